import ArgumentParser
import Facts
import Intake
import Ledger
import Platform
import Reports

/// The command `assay import release`.
struct ReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "import release")

  @Argument(help: "The release: HTML, plain text, or a table; - is standard input.")
  var file: String

  @Option(
    help: ArgumentHelp(
      "A profile's name, or a file or folder that holds one.",
      valueName: "profile"
    )
  )
  var profile: String

  @Option(
    help: ArgumentHelp(
      "The filing's accession number; not needed for a document that the ledger knows.",
      valueName: "id"
    )
  )
  var filing: String?

  @Option(help: .published)
  var published: PublishedTime?

  @Option(help: ArgumentHelp("The form. Default: the profile's.", valueName: "form"))
  var form: String?

  @Flag(help: "Refuse unless every figure in a table is mapped.")
  var strict = false

  @Flag(help: "Record the document, even if it has few of the profile's tables.")
  var force = false

  @Flag(help: "Show what would change in the ledger, and record nothing.")
  var diff = false

  @Flag(name: .shortAndLong, help: "Tell every check and every fact, too.")
  var verbose = false

  @Option(
    name: [.customShort("O"), .customLong("output-format")],
    help: ArgumentHelp(
      "Other than text: list every figure and what became of it, and record nothing.",
      valueName: "format"
    )
  )
  var format: ReportFormat?

  @OptionGroup var destination: ImportOptions

  private var path: String? { destination.path }

  func validate() throws {
    guard let format, !format.isText || format == .svg else { return }
    throw ValidationError(
      "-O \(format.name) is no list for standard output: give another, such as csv"
    )
  }

  func run() throws {
    if let drafts = try read() { try destination.take(drafts) }
  }

  /// Reads the document and tells of it; `nil` if there is nothing more to do.
  private func read() throws -> SpooledDrafts? {
    let ledger = try destination.recording.ledger.openIfThere()
    let source = try ReleaseSource(profile, ledger)
    let isListing = !diff && (format ?? .text) != .text
    let output = try Output(path: nil)
    var listing = isListing ? try ReleaseFigureReport(format ?? .text, sink: output.write) : nil
    let spool = DraftSpool()
    for definition in path == nil ? source.definitions : [] { try spool.append(definition) }
    let importer = ReleaseImporter(
      source.profile,
      figure: { try listing?.append($0) },
      filing: { document in
        try listing?.finish()
        try refuseUnmapped(document, source.profile)
        return isListing && path == nil ? nil : try filing(of: document, source, ledger)
      },
      isRecorded: { name in try ledger?.read { try $0.definition(name) } != nil }
    )
    let document = try importer.read(SourceFile(reading: file)) { try spool.append($0) }
    if isListing, path == nil { return nil }
    let drafts = spool.finish()
    if diff {
      try showDifference(drafts, ledger)
      return nil
    }
    if !isListing {
      try print(ReleaseReport(document, drafts, source, in: ledger, isVerbose: verbose).text)
    }
    return drafts
  }

  private func refuseUnmapped(_ document: ReleaseSummary, _ profile: ReleaseProfile) throws {
    guard document.coverage.mappedCount > 0 else {
      throw FileFailure(
        path: file,
        message: "none of its \(document.coverage.count) figures was mapped",
        remedy: "is it a release of \(profile.entity)? List its figures with -O csv"
      )
    }
    let isRecorded = !diff && (path != nil || (format ?? .text) == .text)
    if isRecorded, !force, let doubt = document.doubt(profile) {
      throw FileFailure(
        path: file,
        message: doubt,
        remedy: "is it a release of \(profile.entity)? List its figures with -O csv; "
          + "record it with --force"
      )
    }
    guard !strict || document.coverage.unmappedCount == 0 else {
      try print(ReleaseCoverageReport(document).text)
      throw FileFailure(
        path: file,
        message: "\(document.coverage.unmappedCount) figures in its tables are unmapped",
        remedy: "teach the statements or the profile their captions, or leave --strict out"
      )
    }
  }

  /// The filing: as the ledger or the profile's files know it, or as the options say.
  private func filing(
    of document: ReleaseSummary,
    _ source: ReleaseSource,
    _ ledger: Ledger?
  ) throws -> Filing {
    let known =
      try filing.flatMap { try Ledger.filing($0, in: ledger) }
      ?? ledger?.read({ try $0.filing(ofDocument: document.sha256) })
      ?? source.filing(ofDocument: document.sha256)
    if let known, filing.map({ $0 == known.filing }) ?? true { return known }
    guard let filing, let published else {
      throw ValidationError(
        "the ledger does not know this document: give --filing and --published; of a full submission "
          + "of EDGAR, whose header tells both: assay import FILE --profile \(profile)"
      )
    }
    return Filing(
      filing: filing,
      entity: source.profile.entity,
      form: form ?? source.profile.definition.form,
      published: published,
      document: Filing.Document(
        name: file == "-"
          ? Filing.Document.standardInputName : String(file.split(separator: "/").last ?? ""),
        byteCount: document.byteCount,
        sha256: document.sha256
      )
    )
  }

  private func showDifference(_ drafts: SpooledDrafts, _ ledger: Ledger?) throws {
    let comparison = try Ledger.comparison(of: drafts, in: ledger)
    let report = DraftReport(comparison, isVerbose: verbose)
    try print(report.rendered(as: format ?? .text))
  }

  /// Writes to standard output; to standard error where events are the output.
  private func print(_ text: String) throws {
    guard path == nil else {
      for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        Console.note(String(line))
      }
      return
    }
    try Console.print(text)
  }
}
