import Facts
import Foundation
import Intake
import TestSupport
import Testing

@Suite(
  "The SEC's files",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct RealFilesTests {
  @Test(
    "give the facts that a naive scan of their text finds, each value in its own digits",
    arguments: [
      ("companyfacts/CIK0000055785.json", 22_958, "KIMBERLY-CLARK CORPORATION", "12-31"),
      ("companyfacts/CIK0000320193.json", 24_579, "Apple Inc.", "09-26"),
      ("hecla/CIK0000719413_slice.json", 510, "HECLA MINING COMPANY", "12-31"),
    ]
  )
  func factsMatchNaiveScan(path: String, count: Int, name: String, yearEnd: String) throws {
    let bytes = try Package.bytes(Package.data.appending(path: path))
    let drafts = try CompanyFactsImporter().drafts(from: bytes, file: path)
    let scanned = NaiveScan.reports(in: bytes)
    #expect(scanned.count == count)
    #expect(reports(of: drafts).sorted() == scanned.sorted())
    let entity = try #require(drafts.entities.first)
    #expect(entity.name == name)
    #expect(entity.fiscalYearEnd?.description == yearEnd)
    // Every draft can be read again from its line.
    var text: [UInt8] = []
    for draft in drafts {
      draft.event.appendCanonicalLine(to: &text)
      text.append(UInt8(ascii: "\n"))
    }
    let read = try EventLineReader.drafts(from: text, file: nil)
    #expect(read.map(\.event) == drafts.map(\.event))
  }

  private func reports(of drafts: [Draft]) -> [String] {
    var filing: Filing?
    var reports: [String] = []
    for draft in drafts {
      switch draft.event {
      case .filing(let next): filing = next
      case .claim(let claim):
        let start = claim.fact.period.start.map { "\($0)" } ?? ""
        reports.append(
          [
            claim.fact.concept, claim.fact.unit, start, "\(claim.fact.period.end)",
            claim.figure.value.map { "\($0)" } ?? "", claim.filing, filing?.form ?? "",
            filing.map { "\($0.published)" } ?? "",
          ].joined(separator: "|")
        )
      default: break
      }
    }
    return reports
  }
}

/// Finds facts by looking for quotes and braces: shares nothing with the importer.
private enum NaiveScan {
  /// One `concept|unit|start|end|value|filing|form|filed` a fact.
  static func reports(in bytes: [UInt8]) -> [String] {
    var reports: [String] = []
    var path: [String] = []
    var last = ""
    var unit = ""
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        last = string(in: bytes, at: &index)
      case UInt8(ascii: "{"):
        // facts, taxonomy, concept, units: five objects deep, with the file itself.
        if path.count == 5 {
          let fields = members(in: bytes, at: &index)
          let values = ["start", "end", "val", "accn", "form", "filed"].map { fields[$0] ?? "" }
          reports.append((["\(path[2]):\(path[3])", unit] + values).joined(separator: "|"))
        } else {
          path.append(last)
        }
      case UInt8(ascii: "}"):
        path.removeLast()
      case UInt8(ascii: "["):
        unit = last
      default: break
      }
      index += 1
    }
    return reports
  }

  /// The text from a quote to the next that no backslash precedes; `index` ends at the latter.
  private static func string(in bytes: [UInt8], at index: inout Int) -> String {
    let start = index + 1
    index = start
    while bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// The members of a flat object; `index` ends at its brace.
  private static func members(in bytes: [UInt8], at index: inout Int) -> [String: String] {
    let start = index + 1
    while bytes[index] != UInt8(ascii: "}") { index += 1 }
    var members: [String: String] = [:]
    for member in bytes[start..<index].split(separator: UInt8(ascii: ",")) {
      let parts = member.split(separator: UInt8(ascii: ":"), maxSplits: 1)
        .map { String(decoding: $0.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self) }
      members[parts[0]] = parts[1]
    }
    return members
  }
}
