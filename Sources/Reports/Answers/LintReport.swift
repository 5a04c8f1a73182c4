import Facts
import JSON
public import Ledger
import Platform

/// Restatements that look like slips of the filer.
public struct LintReport: Document, Sendable {
  private let findings: [LintEntry]

  /// A report of `findings`.
  public init(_ findings: [LintEntry]) { self.findings = findings }

  /// One row for each finding.
  public var rows: Table {
    var table = Table(
      TableHead(title: "Findings", shape: .init("assay.lint/2"), columns: Self.columns)
    )
    for finding in findings { table.append(finding.cells) }
    return table
  }

  /// How many findings there are of each kind, and the latest filing that they rest on.
  public var notes: [Note] {
    let kinds = Dictionary(grouping: findings, by: \.kind.name).sorted { $0.key < $1.key }
    let counts = kinds.map { "\($0.value.count) \($0.key)" }.joined(separator: ", ")
    let latest = findings.map(\.claim.published).max().map { "\(PublishedTime($0))" }
    return [
      Note(
        findings.isEmpty
          ? "nothing looks like a slip"
          : "\(counted(findings.count, "finding", "findings")): \(counts)"
      ),
      Note("latestPublished", .of(latest), line: latest.map { "latest published: \($0)" }),
    ]
  }

  /// The findings in words, and the notes.
  public var text: [Block] {
    let lines = findings.flatMap { finding in
      let lines = finding.lines
      return [StyledText(lines[0], .alarm)] + .init(Array(lines.dropFirst()))
    }
    return [.styled(lines), .notes(notes)]
  }

  /// The title, the findings, and the notes.
  public var page: [Block] {
    [.heading("Findings", level: 1)] + (findings.isEmpty ? [] : [.table(rows)]) + [.notes(notes)]
  }

  private static let columns = [
    "kind", "entity", "concept", "dimensions", "period", "unit", "before", "beforeFiling",
    "beforePublished", "value", "filing", "published", "sequence", "likely", "putRightBy",
  ].map { Table.Column($0) }
}

extension LintEntry {
  fileprivate var lines: [String] {
    let dimensions = fact.dimensions.isEmpty ? "" : " [\(fact.dimensions.text)]"
    var lines = ["\(kind.name)  \(fact.concept)\(dimensions) \(fact.period) \(fact.unit)"]
    if let before, let filing = beforeFiling {
      lines.append("    before  \(before.figure.grouped)  [\(filing.filing), \(filing.published)]")
    }
    let own =
      if case .leftOut = kind { "total  " } else { before == nil ? "changed" : "then   " }
    lines.append(
      "    \(own) \(claim.figure.grouped)  [\(filing.filing), \(filing.published)]"
    )
    lines.append("    likely  \(likely)")
    if let putRightBy {
      lines.append("    put right by \(putRightBy.filing), \(putRightBy.published)")
    }
    return lines + [""]
  }

  /// What the finding looks like, in words.
  fileprivate var likely: String {
    switch kind {
    case .scale(let exponent?): "one of the two has an error of scale, by 10^\(exponent)"
    case .scale(nil): "one of the two has an error of scale: they differ by more than 1,000 times"
    case .signFlip: "the sign was changed"
    case .otherPeriod(let period): "the figure of \(period)"
    case .split(let split): "both are right: \(split.words)"
    case .leftOut(let statement, let amount):
      "the lines of \(statement) in its general layout leave out \(amount)"
    case .brokenSum(let check, let residual):
      "\(check) agreed before, and is off by \(residual) since"
    }
  }

  fileprivate var cells: [Cell] {
    [
      .text(kind.name), .text(fact.entity), .text(fact.concept),
      .dimensions(fact.dimensions), .period(fact.period), .text(fact.unit),
      Cell(before?.figure.value), Cell(beforeFiling?.filing),
      beforeFiling.map { .time($0.published) } ?? .none, .figure(claim.figure),
      .text(filing.filing), .time(filing.published), Cell(claim.sequence), .text(likely),
      Cell(putRightBy?.filing),
    ]
  }
}
