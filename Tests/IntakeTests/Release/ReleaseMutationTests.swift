import Facts
import Foundation
import Intake
import TestSupport
import Testing

/// Damages a text as copying, scanning and careless editing do.
struct Damage {
  var random: SeededGenerator

  /// How many damages a test tries; a debug build takes half a second for each.
  ///
  /// Thousands in a campaign: `ASSAY_MUTATIONS=100000 swift test -c release -Xswiftc -enable-testing --filter Damaged`.
  static let count =
    ProcessInfo.processInfo.environment["ASSAY_MUTATIONS"].flatMap { Int($0) } ?? 40

  /// The only one that is tried, to look at it again: `ASSAY_MUTATION=3434`.
  static let only = ProcessInfo.processInfo.environment["ASSAY_MUTATION"].flatMap { Int($0) }

  /// Calls `body` with the number and the bytes of each damage of texts in turn.
  ///
  /// - Returns: Whether all were tried.
  mutating func forEach(
    of texts: [[UInt8]],
    _ body: (_ number: Int, _ bytes: [UInt8]) throws -> Void
  ) rethrows -> Bool {
    for number in 0..<max(Self.count, (Self.only ?? 0) + 1) {
      let bytes = apply(to: texts[number % texts.count])
      if Self.only == nil || Self.only == number { try body(number, bytes) }
    }
    return Self.only == nil
  }

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
    var (mapped, unmapped, refusedCount) = (0, 0, 0)
    let isWhole = try damage.forEach(of: texts) { number, bytes in
      let hasMarkup = bytes.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
      let reading: Reading
      do {
        reading = try Reading(bytes, profiles.profile)
      } catch let refusal as ImportError {
        // A part of a page that never ends, a caption in another currency.
        #expect(!refusal.message.isEmpty && !refusal.remedy.isEmpty, "damage \(number)")
        refusedCount += hasMarkup ? 0 : 1
        return
      }
      mapped += reading.claims.count
      unmapped += reading.unmapped.count
      // Markup parts words, so that only their digits can be counted.
      if hasMarkup { return }
      let isText = String(validating: bytes, as: UTF8.self) != nil
      let text = isText ? String(decoding: bytes, as: UTF8.self) : latin(bytes)
      #expect(reading.digitCounts == digitWordCounts(text), "damage \(number): \(text)")
      for claim in reading.claims {
        let line = Event.claim(claim.claim(kind: "k", filing: "f")).canonicalLine
        #expect(!line.isEmpty)
      }
    }
    guard isWhole else { return }
    #expect(mapped > Damage.count && unmapped > Damage.count && refusedCount * 1000 <= Damage.count)
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
    let isWhole = try damage.forEach(of: pages) { number, bytes in
      guard let reading = try? Reading(bytes, profiles.profile) else {
        refusedCount += 1
        return
      }
      // Pages that are no UTF-8 have other columns.
      guard let text = String(validating: bytes, as: UTF8.self) else { return }
      let plain = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      let lines = plain.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        .map(Array.init)
      for claim in reading.claims {
        let place = try #require(claim.source?.place)
        let last = lines[Int(place.line) - 1][Int(place.column) - 1]
        let shown = try #require(claim.source?.text?.unicodeScalars.last)
        let around = String(String.UnicodeScalarView(lines[Int(place.line) - 1]))
        #expect(last == shown || last == ";", "damage \(number): \(claim): \(around)")
      }
      claimCount += reading.claims.count
    }
    guard isWhole else { return }
    #expect(claimCount > 10 * Damage.count && refusedCount * 4 < Damage.count)
  }

  /// Each byte as a character: the lines that are no UTF-8 count alike, the others have no digits
  /// beyond ASCII either.
  private func latin(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: bytes.map { Unicode.Scalar($0) })
    return String(text)
  }
}
