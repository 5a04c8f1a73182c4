import Testing

/// Something that a rule of this suite forbids.
struct Finding {
  /// What it is, without the file.
  var what: String
  /// The file.
  var path: String

  /// Expects that a rule finds nothing.
  ///
  /// - Parameters:
  ///   - rule: The rule in a word or two, for the failure.
  ///   - remedy: What to do about a finding.
  static func expectNone(
    _ rule: String,
    _ findings: [Finding],
    remedy: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let paths = Dictionary(grouping: findings, by: \.what)
      .mapValues { Set($0.map(\.path)).sorted().joined(separator: ", ") }
    for (what, files) in paths.sorted(by: { $0.key < $1.key }) {
      Issue.record("\(rule): \(what) in \(files): \(remedy)", sourceLocation: sourceLocation)
    }
  }
}
