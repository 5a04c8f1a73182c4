import Foundation
import FuzzProperties
import TestSupport
import Testing

@Suite("What must hold for any bytes")
struct SeedTests {
  /// The seeds of a property, one a line; those of event lines are the events of the package.
  private func seeds(of property: FuzzProperty) throws -> [[UInt8]] {
    if property == .event { return try Package.eventLines().map { Array($0.utf8) } }
    let path = "Tools/Fuzz/Seeds/\(property.rawValue).txt"
    return try String(contentsOf: Package.folder.appending(path: path), encoding: .utf8)
      .split(separator: "\n").map { Array(Self.unescaped(String($0)).utf8) }
  }

  /// Line feeds are written as `\n` in the files of seeds.
  private static func unescaped(_ line: String) -> String { line.replacing("\\n", with: "\n") }

  @Test("holds for the seeds and for damaged ones", arguments: FuzzProperty.allCases)
  func holdsForSeedsAndForDamagedOnes(property: FuzzProperty) throws {
    let seeds = try seeds(of: property)
    try #require(seeds.count >= 4)
    var generator = SeededGenerator(seed: 9162)
    for seed in seeds { try property.check(seed) }
    // A release is read twice, once in small pieces: that takes its time.
    for _ in 0..<(property == .release ? 200 : 2_000) {
      var bytes = seeds[generator.below(seeds.count)]
      repeat { Self.damage(&bytes, seeds, &generator) } while generator.below(3) == 0
      do {
        try property.check(bytes)
      } catch {
        Issue.record("\(error): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
        return
      }
    }
  }

  private static func damage(
    _ bytes: inout [UInt8],
    _ seeds: [[UInt8]],
    _ generator: inout SeededGenerator
  ) {
    let place = generator.below(bytes.count + 1)
    switch generator.below(5) {
    case 0: bytes.insert(UInt8(generator.below(256)), at: place)
    case 1 where place < bytes.count: bytes[place] ^= 1 << generator.below(8)
    case 2 where place < bytes.count:
      bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.below(8)))
    case 3:
      let other = seeds[generator.below(seeds.count)]
      bytes = bytes.prefix(place) + other.suffix(generator.below(other.count + 1))
    default:
      let start = generator.below(place + 1)
      bytes.insert(contentsOf: bytes[start..<place], at: place)
    }
  }
}
