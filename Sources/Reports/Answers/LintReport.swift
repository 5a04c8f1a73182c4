import Facts
public import Ledger
import Projections

/// Restatements that look like slips of the filer.
public struct LintReport: Sendable {
  private let findings: [LintEntry]

  /// A report of `findings`.
  public init(_ findings: [LintEntry]) { self.findings = findings }

  /// Writes the findings.
  public func rendered(as format: ReportFormat) -> String {
    guard format != .text else { return text }
    var table = Table(title: "assay.lint/1", columns: Self.columns.map { .init($0) })
    for finding in findings { table.append(finding.fields) }
    return table.rendered(as: format)
  }

  private static let columns = [
    "kind", "entity", "concept", "dimensions", "period", "unit", "before", "beforeFiling",
    "beforePublished", "value", "filing", "published", "sequence", "likely", "putRightBy",
  ]

  private var text: String {
    var lines = findings.flatMap(\.lines)
    let kinds = Dictionary(grouping: findings, by: \.finding.kind.name).sorted { $0.key < $1.key }
    let counts = kinds.map { "\($0.value.count) \($0.key)" }.joined(separator: ", ")
    lines.append(
      findings.isEmpty
        ? "nothing looks like a slip" : "\(findings.count) findings: \(counts)"
    )
    if let latest = findings.map(\.finding.claim.published).max() {
      lines.append("latest published: \(PublishedTime(latest))")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension LintEntry {
  fileprivate var lines: [String] {
    let dimensions = fact.dimensions.isEmpty ? "" : " [\(fact.dimensions.text)]"
    var lines = ["\(finding.kind.name)  \(fact.concept)\(dimensions) \(fact.period) \(fact.unit)"]
    if let before = finding.before, let filing = beforeFiling {
      lines.append("    before  \(before.figure.grouped)  [\(filing.filing), \(filing.published)]")
    }
    let own = finding.before == nil ? "changed" : "then   "
    lines.append(
      "    \(own) \(finding.claim.figure.grouped)  [\(filing.filing), \(filing.published)]"
    )
    lines.append("    likely  \(likely)")
    if let putRightBy {
      lines.append("    put right by \(putRightBy.filing), \(putRightBy.published)")
    }
    return lines + [""]
  }

  /// What the finding looks like, in words.
  fileprivate var likely: String {
    switch finding.kind {
    case .scale(let exponent?): "one of the two has an error of scale, by 10^\(exponent)"
    case .scale(nil): "one of the two has an error of scale: they differ by more than 1,000 times"
    case .signFlip: "the sign was changed"
    case .otherPeriod(let row): "the figure of \(row.fact.period)"
    case .brokenSum(let result):
      "\(result.check.check) agreed before, and is off by \(result.residual ?? "") since"
    }
  }

  fileprivate var fields: [String] {
    [
      finding.kind.name, fact.entity, fact.concept, fact.dimensions.text, fact.period.description,
      fact.unit, finding.before?.figure.value?.description ?? "", beforeFiling?.filing ?? "",
      beforeFiling?.published.description ?? "", finding.claim.figure.value?.description ?? "nil",
      filing.filing, filing.published.description, String(finding.claim.sequence), likely,
      putRightBy?.filing ?? "",
    ]
  }
}
