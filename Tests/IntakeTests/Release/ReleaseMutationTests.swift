import Facts
import Foundation
import Intake
import TestSupport
import Testing

/// Damages a text as copying, scanning and careless editing do.
struct Damage {
  var random: SeededGenerator

  private static let inserts = [
    "$", "(", ")", ",", ".", "-", "- -", " ", "   ", "\t", "\n", "\r", "\u{C}", "\0", "0", "9",
    "1,",
    "(1)", "2004", "Sept. 30,", "Nine Months Ended", ":", "*", "<pre>", "<p", ">", "&amp;",
    "&#151;",
    "<td>", "</td>", "<tr>", "</table>", "<table>", "<td colspan=3>", "<sup>", "<br>", "<!--",
    "-->", "</p>",
    "<td rowspan=2>", "<div style=\"display:none\">", "&nbsp;", "&#36", "<b", "\"",
    "&", "\u{2014}", "\u{2019}", "é", "----", "====", "999999999999999999999", "\u{301}", "%",
  ].map { Array($0.utf8) }

  mutating func apply(to text: [UInt8]) -> [UInt8] {
    var text = text
    repeat { once(&text) } while random.below(3) > 0
    return text
  }

  private mutating func once(_ text: inout [UInt8]) {
    guard !text.isEmpty else { return }
    let place = random.below(text.count)
    let length = min(text.count - place, 1 + random.below(40))
    switch random.below(8) {
    case 0: text[place] = UInt8(truncatingIfNeeded: random.next())
    case 1: text.remove(at: place)
    case 2: text.removeSubrange(place..<(place + length))
    case 3, 4: text.insert(contentsOf: Self.inserts[random.below(Self.inserts.count)], at: place)
    case 5: text.insert(contentsOf: text[place..<(place + length)], at: random.below(text.count))
    case 6: swapLines(&text)
    default:
      text.replaceSubrange(place..<(place + length), with: [UInt8](repeating: 0x20, count: length))
    }
  }

  private mutating func swapLines(_ text: inout [UInt8]) {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    lines.swapAt(random.below(lines.count), random.below(lines.count))
    text = Array(lines.joined(separator: [0x0A]))
  }
}

@Suite("Damaged releases") struct ReleaseMutationTests {
  /// Thousands in a campaign: `ASSAY_MUTATIONS=100000 swift test -c release --filter Damaged`.
  private static let count =
    ProcessInfo.processInfo.environment["ASSAY_MUTATIONS"].flatMap { Int($0) } ?? 200

  /// Texts to damage: one table of a release each.
  private func texts(_ profiles: Profiles) throws -> [[UInt8]] {
    var texts = profiles.statements.indices.map { index in
      var press = ReleasePress(.init(), seed: UInt64(index))
      press.print([profiles.statements[index]])
      return Array(press.lines.joined(separator: "\n").utf8)
    }
    if Package.hasData {
      let lines = try Package.bytes(Package.release).split(
        separator: 0x0A,
        omittingEmptySubsequences: false
      )
      for start in stride(from: 290, to: lines.count - 150, by: 50) {
        texts.append(Array(lines[start..<(start + 150)].joined(separator: [0x0A])))
      }
    }
    return texts
  }

  @Test("lose no figure: each is mapped, listed, in a heading or in the text")
  func noFigureIsLost() throws {
    let profiles = try Profiles.hecla()
    let texts = try texts(profiles)
    var damage = Damage(random: SeededGenerator(seed: 11))
    var (mapped, unmapped) = (0, 0)
    for number in 0..<Self.count {
      let bytes = damage.apply(to: texts[number % texts.count])
      let hasMarkup = bytes.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
      // A part of a page that never ends is refused.
      let result = Result { try Reading(bytes, profiles.profile) }
      if case .failure = result, hasMarkup { continue }
      let reading = try result.get()
      mapped += reading.claims.count
      unmapped += reading.unmapped.count
      // Markup parts words, so that only their digits can be counted.
      if hasMarkup { continue }
      let isText = String(validating: bytes, as: UTF8.self) != nil
      let text = isText ? String(decoding: bytes, as: UTF8.self) : latin(bytes)
      #expect(reading.digitCounts == digitWordCounts(text), "damage \(number): \(text)")
      for claim in reading.claims {
        let line = Event.claim(claim.claim(kind: "k", filing: "f")).canonicalLine
        #expect(!line.isEmpty)
      }
    }
    #expect(mapped > Self.count && unmapped > Self.count)
  }

  @Test("in HTML are read or refused, and a claim says what its place in the page says")
  func damagedPagesSayWhatTheyShow() throws {
    let profiles = try Profiles.hecla()
    let pages = profiles.statements.indices.map { index in
      var press = ReleasePress(.init(captionWidth: 40, columnWidth: 16), seed: UInt64(index))
      press.print([profiles.statements[index]])
      return Array(PagePress(press, seed: UInt64(index)).html.utf8)
    }
    var damage = Damage(random: SeededGenerator(seed: 12))
    var (claimCount, refusedCount) = (0, 0)
    for number in 0..<Self.count {
      let bytes = damage.apply(to: pages[number % pages.count])
      guard let reading = try? Reading(bytes, profiles.profile) else {
        refusedCount += 1
        continue
      }
      // Pages that are no UTF-8 have other columns.
      guard let text = String(validating: bytes, as: UTF8.self) else { continue }
      let plain = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      let lines = plain.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        .map(Array.init)
      for claim in reading.claims {
        let place = try #require(claim.source?.place)
        let last = lines[Int(place.line) - 1][Int(place.column) - 1]
        let shown = try #require(claim.source?.text?.unicodeScalars.last)
        #expect(last == shown || last == ";", "damage \(number): \(claim)")
      }
      claimCount += reading.claims.count
    }
    #expect(claimCount > 10 * Self.count && refusedCount * 4 < Self.count)
  }

  /// Each byte as a character: the lines that are no UTF-8 count alike, the others have no digits
  /// beyond ASCII either.
  private func latin(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: bytes.map { Unicode.Scalar($0) })
    return String(text)
  }
}
