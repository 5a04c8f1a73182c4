public import Facts
import JSON
public import Ledger

/// Writes claims one by one, for millions of them: nothing is kept but a buffer.
///
///     var report = try ClaimReport(.csv) { bytes in try output.write(bytes) }
///     for claim in claims { try report.append(claim) }
///     try report.finish()
public struct ClaimReport {
  private var writer: TableWriter
  private let isForReading: Bool

  /// The checksum over the lines as comma-separated values, of a report with a receipt.
  private var checksum: (lines: CSVFormat, hash: Ledger.DocumentChecksum)?

  /// A report that has written nothing yet.
  ///
  /// - Parameters:
  ///   - format: The format in which it is written.
  ///   - hasReceipt: Whether it ends with a receipt, for which its lines are hashed.
  ///   - sink: Takes the bytes, part by part.
  /// - Throws: As ``TableWriter``.
  public init(
    _ format: ReportFormat,
    hasReceipt: Bool = false,
    sink: @escaping ([UInt8]) throws -> Void
  ) throws {
    isForReading = format.isForReading
    if hasReceipt {
      var lines = CSVFormat(TableHead(title: "Claims", columns: ListedClaim.columns))
      var (bytes, hash) = ([UInt8](), Ledger.DocumentChecksum())
      lines.begin(&bytes)
      hash.update(bytes)
      checksum = (lines, hash)
    }
    let head = TableHead(
      title: "Claims",
      shape: .init("assay.facts/1", rowsKey: "claims", omitsAbsent: true),
      columns: isForReading ? ListedClaim.readableColumns : ListedClaim.columns
    )
    writer = try TableWriter(head, as: format, sink: sink)
  }

  /// Writes a claim.
  ///
  /// - Throws: Whatever the sink throws.
  public mutating func append(_ claim: ListedClaim) throws {
    try writer.append(isForReading ? claim.readableRow : Table.Row(claim.cells))
    guard checksum != nil else { return }
    var bytes: [UInt8] = []
    checksum?.lines.append(Table.Row(claim.cells), to: &bytes)
    checksum?.hash.update(bytes)
  }

  /// The receipt of what was written; `nil` if the report was made without.
  ///
  /// - Parameters:
  ///   - query: The question as a command that asks it again.
  ///   - head: How many events the answer could use.
  ///   - root: The root over them, in hexadecimal.
  public func receipt(query: String, head: UInt64, root: String) -> Receipt? {
    guard let checksum else { return nil }
    var receipt = Receipt(
      query: query,
      head: head,
      root: root,
      factsChecksum: checksum.hash.hexadecimal
    )
    receipt.listsLatest = false
    return receipt
  }

  /// Writes what comes after the last claim, and all that is still held back.
  ///
  /// - Parameters:
  ///   - latestPublished: When the latest filing among the claims was published.
  ///   - receipt: What the report rests on, for formats that have a place for it.
  /// - Throws: Whatever the sink throws.
  public mutating func finish(
    latestPublished: Timestamp? = nil,
    receipt: Receipt? = nil
  ) throws {
    let notes = latestPublished.map(PublishedTime.init).map { time in
      let latest = time.description
      return [Note("latestPublished", .string(latest), line: "latest published: \(latest)")]
    }
    try writer.finish((notes ?? []) + (receipt?.notes ?? []))
  }
}

extension Receipt {
  /// The lines for people and the members for programs, as notes of a table.
  fileprivate var notes: [Note] {
    lines.map { Note(item: $0) } + members.map { Note($0.key, $0.value) }
  }
}

/// Listed claims in memory with their receipt, to be compared with a paper.
public struct ClaimPaper: ReceiptedPaper {
  private let claims: [ListedClaim]
  private let latestPublished: Timestamp?

  /// What the list rests on.
  public var receipt: Receipt

  /// The claims of a question.
  ///
  /// - Parameters:
  ///   - claims: The claims, in the order of the log.
  ///   - latestPublished: When the latest filing among them was published.
  ///   - query: The question as a command that asks it again.
  ///   - head: How many events the answer could use.
  ///   - root: The root over them, in hexadecimal.
  /// - Throws: Nothing: its sink takes everything.
  /// - Complexity: O(*n*) for *n* claims.
  public init(
    _ claims: [ListedClaim],
    latestPublished: Timestamp?,
    query: String,
    head: UInt64,
    root: String
  ) throws {
    (self.claims, self.latestPublished) = (claims, latestPublished)
    var report = try ClaimReport(.csv, hasReceipt: true) { _ in }
    for claim in claims { try report.append(claim) }
    receipt =
      report.receipt(query: query, head: head, root: root)
      ?? Receipt(query: query, head: head, root: root, factsChecksum: "")
  }

  /// None.
  public var charts: [Chart] { [] }

  /// The list in a format.
  ///
  /// - Throws: As ``TableWriter``.
  public func bytes(as format: ReportFormat) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var report = try ClaimReport(format) { bytes += $0 }
    for claim in claims { try report.append(claim) }
    try report.finish(latestPublished: latestPublished, receipt: receipt)
    return bytes
  }
}
