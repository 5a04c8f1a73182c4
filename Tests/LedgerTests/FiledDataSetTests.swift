import Facts
import Foundation
import Intake
import TestSupport
import Testing

@testable import Ledger

@Suite(
  "Statements as the table pre of a data set lays them out",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct FiledDataSetTests {
  /// The rows of a table, each by its columns' names.
  private func rows(_ table: String) throws -> [[String: String]] {
    let url = Package.data.appending(path: "fsds/mining_extract/\(table).tsv")
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    let names = lines[0].split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    return lines.dropFirst().map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(uniqueKeysWithValues: zip(names, fields))
    }
  }

  private func day(_ text: String?) -> CivilDate? {
    text.flatMap { CivilDate("\($0.prefix(4))-\($0.dropFirst(4).prefix(2))-\($0.dropFirst(6))") }
  }

  private func ledger(_ folder: TemporaryFolder) throws -> Ledger {
    let ledger = try folder.ledger()
    let drafts = try FSDSImporter().drafts(
      from: .real("fsds/mining_extract"),
      known: KnownDefinitions(of: nil)
    ).drafts
    _ = try ledger.append(drafts, options())
    return ledger
  }

  @Test("print every line of 42 filings, in its order, with its caption and sign")
  func printsEveryLine() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    let presented = Dictionary(grouping: try rows("pre")) { $0["adsh"] ?? "" }
    let figures = Dictionary(grouping: try rows("num")) { "\($0["adsh"] ?? "") \($0["tag"] ?? "")" }
    var (statementCount, lineCount) = (0, 0)
    for filing in try rows("sub") {
      let adsh = try #require(filing["adsh"])
      for (code, name) in [("BS", "balance-sheet"), ("IS", "operations"), ("CF", "cash-flow")] {
        let all = (presented[adsh] ?? []).filter { $0["stmt"] == code && $0["inpth"] == "0" }
        guard let report = all.compactMap({ $0["report"].flatMap { Int($0) } }).min() else {
          continue
        }
        let expected = all.filter { $0["report"] == "\(report)" }
          .sorted { Int($0["line"] ?? "") ?? 0 < Int($1["line"] ?? "") ?? 0 }
        let answer = try ledger.read(
          at: Times(knownAt: day(filing["filed"]).map { PublishedTime.day($0) })
        ) { view in
          try view.statement(
            StatementRequest(
              name,
              entity: "cik:" + String(repeating: "0", count: 10 - (filing["cik"] ?? "").count)
                + (filing["cik"] ?? ""),
              asOf: day(filing["period"])
            )
          )
        }
        // An original and its amendment, filed on one day: the amendment's is printed.
        guard answer.filedLayout?.filing.filing == adsh else { continue }
        let lines = answer.lines.filter { line in
          line.definition.concept != nil && line.definition.dimensions.isEmpty
        }.map { "\($0.definition.label)|\($0.definition.isNegated)" }
        var rest = lines[...]
        for row in expected {
          let words = row["plabel"]?.split(separator: " ").joined(separator: " ") ?? ""
          if rest.first == "\(words)|\(row["negating"] == "1")" {
            rest.removeFirst()
            continue
          }
          // It has no figure for a column.
          let left = (figures["\(adsh) \(row["tag"] ?? "")"] ?? []).filter { figure in
            guard figure["segments"] == "", figure["coreg"] == "",
              let end = day(figure["ddate"]), let count = Int(figure["qtrs"] ?? "")
            else { return false }
            return answer.columns.contains { column in
              column.period.end == end
                && (column.period.start == nil) == (count == 0)
                && (count == 0
                  || column.period.start == end.advanced(byMonths: -3 * count)?.advanced(byDays: 1))
            }
          }
          #expect(left.isEmpty, "\(adsh) \(name) leaves out \(row["tag"] ?? "")")
        }
        #expect(rest.isEmpty, "\(adsh) \(name) prints \(rest)")
        statementCount += 1
        lineCount += lines.count
      }
    }
    #expect(statementCount > 110)
    #expect(lineCount > 3000)
    print(
      "\(statementCount) statements of the data set with \(lineCount) lines equal the table pre"
    )
  }
}
