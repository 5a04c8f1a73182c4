import Facts
import Foundation
import Intake
import TestSupport

/// What a reading of a release found.
struct Reading {
  var figures: [ReleaseFigure] = []
  var tables: [ReleaseTable] = []
  var lineCount = 0

  var claims: [UnfiledClaim] {
    figures.compactMap { if case .mapped(let claim) = $0.status { claim } else { nil } }
  }

  /// The figures of cells that are no claims, with the reason.
  var unmapped: [(figure: ReleaseFigure, reason: String)] {
    figures.compactMap { if case .unmapped(let reason) = $0.status { ($0, reason) } else { nil } }
  }

  init(_ text: String, _ profile: ReleaseProfile) throws {
    try self.init(Array(text.utf8), profile)
  }

  /// - Parameter pieceByteCount: How many bytes are given at a time.
  init(
    _ bytes: [UInt8],
    _ profile: ReleaseProfile,
    file: String = "release.txt",
    pieceByteCount: Int = 1 << 18
  ) throws {
    var figures: [ReleaseFigure] = []
    func note(_ figure: ReleaseFigure) { figures.append(figure) }
    (tables, lineCount) = try withoutActuallyEscaping(note) { emit in
      var reader = ReleaseReader(profile, file: file, emit: emit)
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + pieceByteCount)
        try reader.append(Array(bytes[start..<end]))
        start = end
      }
      try reader.finish()
      return (reader.tables, reader.lineCount)
    }
    self.figures = figures
  }
}

/// Profiles of the tests, with what they rest on.
struct Profiles {
  let profile: ReleaseProfile
  let statements: [(table: ProfileDefinition.Table, StatementDefinition)]

  /// The definitions among event lines.
  init(_ drafts: [Draft]) throws {
    var statements: [String: StatementDefinition] = [:]
    var concepts: [String: ConceptDefinition] = [:]
    var found: ProfileDefinition?
    for draft in drafts {
      switch draft.event {
      case .statement(let statement): statements[statement.statement] = statement
      case .concept(let concept): concepts[concept.concept] = concept
      case .profile(let profile): found = profile
      default: break
      }
    }
    guard let found else { throw Missing() }
    profile = try ReleaseProfile(
      found,
      statement: { statements[$0] },
      concept: { concepts[$0] }
    )
    self.statements = found.tables.compactMap { table in
      statements[table.statement].map { (table, $0) }
    }
  }

  struct Missing: Error {}

  /// The profile of Hecla's releases, from `Events`.
  static func hecla() throws -> Profiles {
    var drafts: [Draft] = []
    for file in [
      "taxonomy/us-gaap", "taxonomy/mine", "hecla/definitions", "hecla/statements", "hecla/profile",
    ] {
      let url = Package.events.appending(path: file + ".json")
      drafts += try EventFileImporter().drafts(from: Package.bytes(url), file: file)
    }
    return try Profiles(drafts)
  }

  static func quarry() throws -> Profiles {
    try Profiles(EventLineReader.drafts(from: Array(Quarry.definitions.utf8), file: nil))
  }
}

/// How many words of a text have digits, line by line: counted without the reader's help.
func digitWordCounts(_ text: String) -> [Int: Int] {
  var counts: [Int: Int] = [:]
  let plain = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  for (index, line) in plain.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    let words = line.unicodeScalars.split {
      $0.value <= 0x20 || $0.value == 0x7F || $0.value == 0xA0
    }
    let count = words.count { word in word.contains { "0"..."9" ~= $0 } }
    if count > 0 { counts[index + 1] = count }
  }
  return counts
}

extension Reading {
  /// How many figures with digits were told of, line by line.
  var digitCounts: [Int: Int] {
    var counts: [Int: Int] = [:]
    for figure in figures where figure.text.unicodeScalars.contains(where: { "0"..."9" ~= $0 }) {
      counts[figure.line, default: 0] += 1
    }
    return counts
  }
}
