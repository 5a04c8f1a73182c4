import Facts

/// What an importer read of a submission, and what it left out.
public struct SubmissionSummary: Sendable {
  /// What the header says.
  private let heading: String

  /// The documents: type and name.
  private let parts: [(type: String, name: String)]

  private let path: String

  /// What was read of the report in XBRL; `nil` if there is none.
  public internal(set) var report: ImportSummary?

  /// What was read of each release.
  var releases: [String] = []

  /// The names of documents that were read.
  var readNames: Set<String> = []

  init(_ submission: Submission, _ particulars: FilingParticulars) {
    path = submission.path
    let words = [
      particulars.filing.map { "filing \($0)" }, particulars.form.map { "form \($0)" },
      particulars.filer.map { filer in
        let count = particulars.entities.count
        return "of \(filer)" + (count > 1 ? " and \(count - 1) more" : "")
      }, particulars.accepted.map { "accepted \($0)" },
      particulars.published.map { "published \($0)" }, "\(submission.parts.count) documents",
    ]
    heading = words.compactMap(\.self).joined(separator: ", ")
    parts = submission.parts.filter { !$0.isRendered && $0.type != "GRAPHIC" }
      .map { ($0.type, $0.name) }
  }

  /// Whether anything was read that is recorded.
  var hasFigures: Bool { (report?.figureCount ?? 0) > 0 || !releases.isEmpty }
}

extension SubmissionSummary: CustomStringConvertible {
  /// A line for the submission, one for each document that was read, one for those that were not.
  public var description: String {
    var lines = ["\(path): \(heading)"]
    if let report, report.figureCount > 0 { lines.append("\(report)") }
    lines += releases
    let rest = parts.filter { !readNames.contains($0.name) }
    if !rest.isEmpty {
      lines.append(
        "\(path): not read: " + rest.map { "\($0.type) \($0.name)" }.joined(separator: ", ")
      )
    }
    return lines.joined(separator: "\n")
  }
}
