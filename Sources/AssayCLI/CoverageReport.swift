import Facts
import Intake
import Ledger
import Projections
import Reports

/// What was read of a document and what was not.
struct CoverageReport {
  let document: ReleaseDocument

  /// How many unmapped rows are told; a list of all is a listing's work.
  private static let rowCountMax = 50

  var text: String {
    let coverage = document.coverage
    var text = "\(document.file): \(document.byteCount) bytes, \(document.lineCount) lines, "
    text += "SHA-256 \(document.sha256)\n\n\(tables.rendered(as: .text))"
    let restCount = document.tableCount - document.tables.count
    text += restCount > 0 ? "… and \(restCount) more tables\n\n" : "\n"
    let cellCount = coverage.mappedCount + coverage.unmappedCount
    text += "\(cellCount) figures in tables: \(coverage.mappedCount) mapped"
    text += " (\(coverage.dashCount) of them dashes), \(coverage.unmappedCount) unmapped\n"
    text += "\(coverage.headingCount) figures in headings, \(coverage.textCount) in text: "
    text += "not imported; -O csv lists them\n"
    return text + unmapped + "\n"
  }

  private var tables: Reports.Table {
    var table = Reports.Table(
      title: "Tables",
      columns: [
        .init("line", .right), .init("table"), .init("columns", .right), .init("rows", .right),
        .init("mapped", .right), .init("unmapped", .right),
      ]
    )
    for found in document.tables {
      table.append([
        String(found.line), found.statement ?? "\"\(found.title)\"", String(found.periods.count),
        String(found.rowCount), String(found.mappedCount), String(found.unmappedCount),
      ])
    }
    return table
  }

  /// One line for each row with unmapped figures.
  private var unmapped: String {
    var rows: [(line: Int, figures: [String], reason: String)] = []
    for figure in document.coverage.unmapped {
      guard case .unmapped(let reason) = figure.status else { continue }
      if let last = rows.last, last.line == figure.line, last.reason == reason {
        rows[rows.count - 1].figures.append(figure.text)
      } else {
        rows.append((figure.line, [figure.text], reason))
      }
    }
    guard !rows.isEmpty else { return "" }
    var text = "\nunmapped:\n"
    for row in rows.prefix(Self.rowCountMax) {
      text += "  line \(row.line): \(row.figures.joined(separator: "  ")): \(row.reason)\n"
    }
    let told = rows.prefix(Self.rowCountMax).lazy.map(\.figures.count).reduce(0, +)
    let rest = document.coverage.unmappedCount - told
    return rest > 0 ? text + "  … and \(rest) more figures; -O csv lists them\n" : text
  }
}

/// How the figures of a draft tie.
struct DraftChecks {
  let answer: CheckAnswer?
  let isVerbose: Bool

  var text: String {
    guard let answer else { return "no checks are defined\n" }
    let report = CheckReport(answer: answer, isVerbose: isVerbose)
    if isVerbose { return report.rendered(as: .text) + "\n" }
    var text = ""
    for result in answer.results where result.status == .exception {
      let unit = result.total.operand.unit
      text +=
        "! \(result.check.check)  \(result.period)  residual \(result.residual ?? "") \(unit)\n"
    }
    return text + "over this document alone: \(report.summary)\n"
  }
}

/// What a draft does to the figures that a ledger knows.
struct DraftReport {
  let comparison: DraftComparison
  let isVerbose: Bool

  /// What is worth telling first.
  private var shown: [DraftComparison.Entry] {
    comparison.entries.filter { entry in
      switch entry.role {
      case .restated?, .refined?, .conflict?: true
      case .firstReported?, .confirmed?, nil: isVerbose
      }
    }
  }

  func rendered(as format: ReportFormat) -> String {
    format == .text ? text : table(of: comparison.entries).rendered(as: format)
  }

  var text: String {
    let rows = shown.isEmpty ? "" : table(of: shown).rendered(as: .text)
    let counts: [(ClaimRole?, String)] = [
      (.firstReported, "new"), (.confirmed, "confirmed"), (.refined, "refined"),
      (.restated, "restated"), (.conflict, "in conflict"), (nil, "recorded before"),
    ]
    let told = counts.compactMap { role, words in
      let count = comparison.count(of: role)
      return count > 0 ? "\(count) \(words)" : nil
    }
    return rows + "against the ledger, \(comparison.entries.count) facts: "
      + told.joined(separator: ", ") + "\n"
  }

  private func table(of entries: [DraftComparison.Entry]) -> Reports.Table {
    var table = Reports.Table(
      title: "assay.release-diff/1",
      columns: [
        .init("status"), .init("concept"), .init("dimensions"), .init("period"), .init("unit"),
        .init("then", .right), .init("now", .right), .init("change", .right),
        .init("percent", .right), .init("from"),
      ]
    )
    for entry in entries {
      table.append([
        entry.role.map { $0 == .firstReported ? "new" : $0.rawValue } ?? "recorded before",
        entry.fact.concept, entry.fact.dimensions.text, entry.fact.period.description,
        entry.fact.unit, entry.change.map { $0.from.value?.description ?? "nil" } ?? "",
        entry.figure.value?.description ?? "nil",
        entry.change?.difference?.description ?? "", entry.change?.percent ?? "",
        entry.fromFiling ?? "",
      ])
    }
    return table
  }
}
