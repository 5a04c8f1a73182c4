public import Facts
public import JSON
import Ledger

/// An answer with its receipt, which can be compared with a paper.
public protocol ReceiptedPaper {
  /// What the answer rests on.
  var receipt: Receipt { get set }

  /// The drawings of the answer; none if it is not one to draw.
  var charts: [Chart] { get }

  /// The answer in a format.
  ///
  /// - Throws: As ``Document/bytes(as:)``.
  func bytes(as format: ReportFormat) throws -> [UInt8]
}

/// Any answer with its receipt: under it where people read, among the members of its JSON.
///
/// Formats of rows alone have no place for it: ``Receipt`` is then kept beside them.
public struct ReceiptedAnswer: Document, ReceiptedPaper {
  private let answer: any Document

  /// Whose figures the answer is about, where it does not say so itself; pages name it.
  private let subject: String?

  /// What the answer rests on.
  public var receipt: Receipt

  /// An answer with the receipt of a view.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - query: The question as a command that asks it again.
  ///   - head: How many events the answer could use.
  ///   - root: The root over them, in hexadecimal.
  ///   - subject: The name of the entity that the question is about, for pages whose answer does not name it.
  /// - Complexity: O(*r*) for *r* rows: they are written once for their checksum.
  public init(
    _ answer: any Document,
    query: String,
    head: UInt64,
    root: String,
    subject: String? = nil
  ) {
    self.answer = answer
    self.subject = subject
    var receipt = Receipt(
      query: query,
      head: head,
      root: root,
      factsChecksum: Ledger.checksum(of: answer.rows.csvBytes)
    )
    receipt.listsLatest = false
    self.receipt = receipt
  }

  /// The rows of the answer.
  public var rows: Table { answer.rows }

  /// The notes of the answer, and the receipt for programs.
  public var notes: [Note] { answer.notes + receipt.members.map { Note($0.key, $0.value) } }

  /// What the answer shows, and the receipt.
  public var text: [Block] { answer.text + [.lines([""]), .items(receipt.lines)] }

  /// What the answer shows, and the receipt.
  public var markdown: [Block] { answer.markdown + [.items(receipt.lines)] }

  /// Whose answer it is, what it shows, and the receipt.
  public var page: [Block] {
    var blocks = answer.page
    if let subject, case .heading? = blocks.first { blocks.insert(.caption(subject), at: 1) }
    return blocks + [.items(receipt.lines)]
  }

  /// The title of the answer, with whose it is.
  public var pageTitle: String {
    subject.map { "\($0): \(answer.pageTitle)" } ?? answer.pageTitle
  }

  /// The drawings of the answer.
  public var charts: [Chart] { answer.charts }

  /// The sheets of the answer, and the receipt.
  public var sheets: [Sheet] { answer.sheets + [Sheet(receipt)] }

  /// The moment of the answer.
  public var moment: Timestamp? { answer.moment }

  /// The object of the answer, with the members of the receipt.
  public var object: JSONValue? {
    guard case .object(let members)? = answer.object else { return nil }
    return .object(members + receipt.members)
  }

  /// The records of the answer.
  public var records: [JSONValue]? { answer.records }
}
