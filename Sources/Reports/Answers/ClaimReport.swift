public import Facts
import JSON
public import Ledger

/// Writes claims one by one, for millions of them: nothing is kept but a buffer.
///
///     var report = ClaimReport(.csv) { bytes in try output.write(bytes) }
///     for claim in claims { try report.append(claim) }
///     try report.finish()
public struct ClaimReport {
  private var writer: TableWriter
  private let isForReading: Bool

  /// A report that has written nothing yet.
  ///
  /// - Parameter sink: Takes the bytes, part by part.
  public init(_ format: ReportFormat, sink: @escaping ([UInt8]) throws -> Void) {
    isForReading = format.isForReading
    let head = TableHead(
      title: "Claims",
      shape: .init("assay.facts/1", rowsKey: "claims", omitsAbsent: true),
      columns: isForReading ? ListedClaim.readableColumns : ListedClaim.columns
    )
    writer = TableWriter(head, as: format, sink: sink)
  }

  /// Writes a claim.
  ///
  /// - Throws: Whatever the sink throws.
  public mutating func append(_ claim: ListedClaim) throws {
    try writer.append(isForReading ? claim.readableCells : claim.cells)
  }

  /// Writes what comes after the last claim, and all that is still held back.
  ///
  /// - Parameter latestPublished: When the latest filing among the claims was published.
  /// - Throws: Whatever the sink throws.
  public mutating func finish(latestPublished: Timestamp? = nil) throws {
    let notes = latestPublished.map(PublishedTime.init).map { time in
      let latest = time.description
      return [Note("latestPublished", .string(latest), line: "latest published: \(latest)")]
    }
    try writer.finish(notes ?? [])
  }
}
