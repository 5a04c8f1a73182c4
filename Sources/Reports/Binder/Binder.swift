public import Facts
public import Ledger

/// The folder of a review: everything that is said of one company on one reporting date, with the evidence for it.
///
/// The same question of the same events gives the same bytes. Every page but the index ends with its receipt, which
/// is of the moment of the binder.
public struct Binder {
  /// A file of the folder.
  public struct File: Hashable, Sendable {
    /// Its path in the folder.
    public var path: String

    /// What it holds.
    public var bytes: [UInt8]
  }

  /// What is asked.
  public struct Question: Sendable {
    /// The identifier of the company.
    public var entity: String

    /// The reporting date.
    public var asOf: CivilDate

    /// The known-at that was asked for; `nil` for none.
    public var knownAt: PublishedTime?

    /// A question of a company's reporting date.
    public init(entity: String, asOf: CivilDate, knownAt: PublishedTime? = nil) {
      (self.entity, self.asOf, self.knownAt) = (entity, asOf, knownAt)
    }
  }

  /// A page of the binder, for its index.
  struct Page {
    let path: String
    let title: String
    let about: String
  }

  let question: Question
  let sign: (Receipt) throws -> Receipt

  /// - Parameters:
  ///   - question: Whose binder, and of which date and moment.
  ///   - sign: Signs a receipt, or returns it as it is.
  public init(_ question: Question, signing sign: @escaping (Receipt) throws -> Receipt) {
    self.question = question
    self.sign = sign
  }

  var pages: [Page] = []
  var files: [File] = []

  /// The figures of the statements, once each, in the order of the pages.
  var figures: [BinderFigure] = []

  /// The ties of the company that were found, for the marks beside figures.
  var ties: StatementEvidence.Ties = [:]

  /// What could not be written, and why.
  var omissions: [(name: String, text: String)] = []

  /// Makes every file of the folder; the last has the checksums of all others.
  ///
  /// - Parameters:
  ///   - view: The ledger at the moment of the question.
  ///   - checkpoint: The checkpoint of the same events, signed or not.
  /// - Throws: `LedgerError` if the company has no statement on the date; what signing throws.
  /// - Complexity: O(*s* log *n* + *m*), for *s* figures of statements and *m* claims of the company.
  public mutating func made(
    from view: borrowing Ledger.View,
    checkpoint: KeptCheckpoint
  ) throws -> [File] {
    let entity = try view.entity(matching: question.entity)
    try addStatements(view)
    guard !pages.isEmpty else {
      throw LedgerError(
        .notAnswerable,
        "no statement of \(entity.name) is known for \(question.asOf)"
      )
    }
    try addLeadSheets(view)
    try addQuarters(view)
    try addTies(view)
    try addChanges(view)
    try addEvidence(view, checkpoint)
    let index = BinderIndex(
      entity: entity,
      question: question,
      head: view.head,
      root: try view.root,
      pages: pages,
      omissions: omissions
    )
    files.insert(File(path: "index.html", bytes: try index.bytes(as: .html)), at: 0)
    let sums = files.map { "\(Ledger.checksum(of: $0.bytes))  \($0.path)\n" }.joined()
    return files + [File(path: "SHA256SUMS", bytes: Array(sums.utf8))]
  }

  /// Adds a page in HTML, and where programs read it, in CSV.
  mutating func add(
    _ paper: any ReceiptedPaper,
    _ path: String,
    _ title: String,
    _ about: String,
    as formats: [ReportFormat] = [.html]
  ) throws {
    var paper = paper
    paper.receipt = try sign(paper.receipt)
    let endings = formats.map { $0 == .text ? "txt" : $0.name }
    pages.append(Page(path: "\(path).\(endings[0])", title: title, about: about))
    for (format, ending) in zip(formats, endings) {
      files.append(File(path: "\(path).\(ending)", bytes: try paper.bytes(as: format)))
    }
  }

  /// Does what a company may have nothing for; then its index says so.
  mutating func attempt(_ name: String, _ body: (inout Binder) throws -> Void) throws {
    do {
      try body(&self)
    } catch let error as LedgerError where error.isRefusalToAnswer {
      omissions.append((name, error.message))
    }
  }

  /// The words of the moment, behind those of a question.
  func query(_ words: [String], _ view: borrowing Ledger.View) -> String {
    let knownAt = question.knownAt.map { ["--" + "known-at", $0.description] } ?? []
    return ShellWords.joined(["assay"] + words + knownAt + ["--" + "recorded-at", "\(view.head)"])
  }

  func receipted(
    _ document: any Document,
    _ words: [String],
    _ view: borrowing Ledger.View
  ) throws -> ReceiptedAnswer {
    ReceiptedAnswer(
      document,
      query: query(words, view),
      head: view.head,
      root: try view.root,
      subject: try view.entity(matching: question.entity).name
    )
  }
}
