/// A package of a report (Report Packages 1.0): its reports lie in the folder `reports`, the files of its
/// own taxonomy beside it.
struct ReportPackage {
  private let folder: SourceFolder

  /// The folder of the reports, with a slash.
  private let reports: String

  /// The package in a folder or archive; `nil` if it is none.
  init?(_ folder: SourceFolder) {
    let mark = "META-INF/"
    guard
      let name = folder.names.first(where: { $0.hasPrefix(mark) || $0.contains("/" + mark) }),
      let start = name.firstRange(of: mark)?.lowerBound
    else { return nil }
    self.folder = folder
    reports = name[..<start] + "reports/"
  }

  private static let endings = [".xhtml", ".html", ".htm", ".json", ".xbrl"]

  /// The report: a file, or the folder of a document set, with a slash.
  ///
  /// - Throws: ``ImportError`` if there is none, or there are several.
  func report() throws -> String {
    var found: [String] = []
    for name in folder.names where name.hasPrefix(reports) {
      let rest = name.dropFirst(reports.count)
      guard Self.endings.contains(where: rest.lowercased().hasSuffix) else { continue }
      // Files of one folder in it are one set.
      let report = rest.firstIndex(of: "/").map { reports + rest[...$0] } ?? name
      if found.last != report { found.append(report) }
    }
    guard let report = found.first, found.count == 1 else {
      throw ImportError(
        file: folder.path,
        place: .file,
        message: found.isEmpty
          ? "the package has no report in \(reports)"
          : "the package has several reports: \(found.joined(separator: ", "))",
        remedy: found.isEmpty ? Remedies.downloadAgain : "unpack it, and import one of them"
      )
    }
    return report
  }

  /// The files of a report.
  func documents(of report: String) -> [String] {
    guard report.hasSuffix("/") else { return [report] }
    return folder.names.filter { $0.hasPrefix(report) }
  }
}
