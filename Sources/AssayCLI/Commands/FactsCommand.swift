import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay facts`.
struct FactsCommand: AnswerCommand {
  static let configuration = CommandConfiguration(manual: "facts")

  @Argument(help: "Words that name facts. Default: all.")
  var pattern: [String] = []

  @Flag(help: "Every claim with its status, not only those that hold.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "Only facts whose period ends on this day, or with a period such as FY2019. Default: any.",
      valueName: "date"
    )
  )
  var asOf: AsOfArgument?

  @Option(help: ArgumentHelp("Only claims of this filing. Default: of all.", valueName: "id"))
  var filing: String?

  @OptionGroup var options: FactFormatOptions<FactsFormat>

  func run() throws {
    var request = options.request(pattern, asOf: asOf?.label, isAll: all)
    request.filing = filing
    let format: ReportFormat
    switch options.output.format() {
    case .report(let report):
      format = report
      try format.requireCharts([])
    case .xbrlJSON: return try writeReport(request)
    }
    let ledger = try options.ledger.open()
    let hasReceipt = options.receipt.needsReceipt(in: format)
    var (checksum, kept) = (Ledger.DocumentChecksum(), Receipt?.none)
    // A receipt that is kept has the checksum of all of the answer, as it is in a file.
    let isKept = options.receipt.receipt != nil
    let shownFormat = isKept ? format : format.on(options.output.screen)
    try options.output.write(stopsWithReader: !isKept) { write in
      try withoutActuallyEscaping(write) { write in
        var report = try ClaimReport(shownFormat, hasReceipt: hasReceipt) { bytes in
          if isKept { checksum.update(bytes) }
          try write(bytes)
        }
        let (latest, receipt) = try ledger.read(at: times) { view in
          let latest = try view.forEachClaim(request) { try report.append($0) }
          return (latest, report.receipt(query: query, head: view.head, root: try view.root))
        }
        kept = try receipt.map(options.receipt.signed)
        try report.finish(latestPublished: latest, receipt: kept)
      }
    }
    guard let kept else { return }
    try options.receipt.keep(kept, format: format, checksum: checksum.hexadecimal)
  }

  var times: Times { options.times.times }

  private var query: String {
    let words = (["facts"] + pattern).with("all", all).with("as-of", asOf?.label)
      .with("filing", filing)
    return ShellWords.joined(["assay"] + options.words(after: words))
  }

  func paper(in view: borrowing Ledger.View) throws -> any ReceiptedPaper {
    var request = options.request(pattern, asOf: asOf?.label, isAll: all)
    request.filing = filing
    var claims: [ListedClaim] = []
    let latest = try view.forEachClaim(request) { claims.append($0) }
    return try ClaimPaper(
      claims,
      latestPublished: latest,
      query: query,
      head: view.head,
      root: view.root
    )
  }

  /// Writes the figures of the filing as an XBRL report.
  private func writeReport(_ request: Ledger.FactsRequest) throws {
    guard let name = filing else {
      throw ValidationError("a report in XBRL is of one filing: name it with --filing")
    }
    var request = request
    request.isAll = true
    let ledger = try options.ledger.open()
    let filing = try ledger.read(at: options.times.times) { try $0.filing(named: name) }
    try options.output.write { write in
      try withoutActuallyEscaping(write) { write in
        var report = try XBRLJSONReport(filing, sink: write)
        _ = try ledger.read(at: options.times.times) { view in
          try view.forEachClaim(request) { try report.append($0) }
        }
        try report.finish()
      }
    }
  }
}

/// The formats of a list of facts: those of every report, and of a filing's, XBRL.
enum FactsFormat: NamedFormat {
  case report(ReportFormat)
  case xbrlJSON

  private static let name = "xbrl-json"

  init(_ format: ReportFormat) { self = .report(format) }

  init?(argument: String) {
    guard argument.lowercased() != Self.name else {
      self = .xbrlJSON
      return
    }
    guard let format = ReportFormat(argument: argument) else { return nil }
    self = .report(format)
  }

  var isText: Bool {
    switch self {
    case .report(let format): format.isText
    case .xbrlJSON: true
    }
  }

  var isPlainText: Bool { if case .report(let format) = self { format == .text } else { false } }

  static var names: String { "\(ReportFormat.names), or \(name) of one filing" }
  static var allValueStrings: [String] { ReportFormat.allValueStrings + [name] }
}
