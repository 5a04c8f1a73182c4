import JSON

/// Writes claims one by one, for millions of them: nothing is kept but a buffer.
///
///     var report = ClaimReport(.csv) { bytes in try output.write(bytes) }
///     for claim in claims { try report.append(claim) }
///     try report.finish()
public struct ClaimReport {
  private let format: ReportFormat
  private let sink: ([UInt8]) throws -> Void
  private var writer: TableWriter
  private var buffer: [UInt8] = []
  private var count = 0

  /// The sink is called with about this many bytes at once.
  private static let bufferByteCount = 1 << 16

  /// A report that has written nothing yet.
  ///
  /// - Parameter sink: Takes the bytes, part by part.
  public init(_ format: ReportFormat, sink: @escaping ([UInt8]) throws -> Void) {
    self.format = format
    self.sink = sink
    let columns =
      switch format {
      case .csv, .tsv: ClaimRecord.fieldNames.map { Table.Column($0) }
      case .text, .json, .jsonl, .markdown, .html: ClaimRecord.readableColumns
      }
    writer = TableWriter(title: "Claims", columns: columns, format: format)
  }

  /// Writes a claim.
  ///
  /// - Throws: Whatever the sink throws.
  public mutating func append(_ claim: ClaimRecord) throws {
    switch format {
    case .csv, .tsv: writer.append(claim.fields, to: &buffer)
    case .text, .markdown, .html: writer.append(claim.readableFields, to: &buffer)
    case .json:
      let start = count == 0 ? Self.jsonStart + "\n" : ",\n"
      buffer.append(contentsOf: start.utf8)
      claim.appendJSON(to: &buffer)
    case .jsonl:
      claim.appendJSON(to: &buffer)
      buffer.append(UInt8(ascii: "\n"))
    }
    count += 1
    if buffer.count >= Self.bufferByteCount { try flush() }
  }

  /// Writes what comes after the last claim, and all that is still held back.
  ///
  /// - Parameter latestPublished: When the latest filing among the claims was published, as text.
  /// - Throws: Whatever the sink throws.
  public mutating func finish(latestPublished: String? = nil) throws {
    switch format {
    case .csv, .tsv, .markdown, .html: writer.finish(to: &buffer)
    case .text:
      writer.finish(to: &buffer)
      if let latestPublished {
        buffer.append(contentsOf: "latest published: \(latestPublished)\n".utf8)
      }
    case .json:
      let latest = latestPublished.map { #","latestPublished":"\#($0)""# } ?? ""
      buffer.append(
        contentsOf: ((count == 0 ? Self.jsonStart : "\n") + "]\(latest)}\n").utf8
      )
    case .jsonl: break
    }
    try flush()
  }

  private static let jsonStart = #"{"schema":"assay.facts/1","claims":["#

  private mutating func flush() throws {
    guard !buffer.isEmpty else { return }
    try sink(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
