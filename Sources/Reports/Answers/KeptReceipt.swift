/// A receipt in a file of its own, for an answer in a format that has no place for it.
///
/// It is a text of lines such as those under an answer, behind them the format and the checksum of the file:
/// `sha256sum` of the file is the last.
public struct KeptReceipt: Hashable, Sendable {
  /// What the answer rests on.
  public let receipt: Receipt

  /// How the answer is written.
  public let format: ReportFormat

  /// The SHA-256 of the answer as it was written, in hexadecimal.
  public let fileChecksum: String

  /// A receipt of an answer.
  public init(_ receipt: Receipt, format: ReportFormat, fileChecksum: String) {
    self.receipt = receipt
    self.format = format
    self.fileChecksum = fileChecksum
  }

  private static let (formatName, checksumName) = ("format", "file checksum")

  /// The receipt as it is kept.
  public var text: String {
    let items = receipt.lines + [(Self.formatName, format.name), (Self.checksumName, fileChecksum)]
    let width = items.reduce(0) { max($0, $1.name.count) }
    return items.map { "\($0.name.padded(to: width))  \($0.text)\n" }.joined()
  }

  /// Reads a receipt as it is kept.
  ///
  /// - Throws: ``PrintedAnswerError`` if it is none.
  public init(_ bytes: [UInt8]) throws {
    let printed = try PrintedAnswer(bytes)
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    func value(_ name: String) -> String? {
      lines.last { $0.hasPrefix(name + "  ") }.map { String($0.dropFirst(name.count).trimmed) }
    }
    guard let format = value(Self.formatName).flatMap({ ReportFormat(name: $0) }),
      let checksum = value(Self.checksumName)
    else { throw PrintedAnswerError("it is no receipt that was kept beside an answer") }
    var receipt = Receipt(
      query: printed.query,
      head: printed.head,
      root: printed.root,
      factsChecksum: printed.factsChecksum
    )
    receipt.signature = printed.signature
    self.init(receipt, format: format, fileChecksum: checksum)
  }
}

extension PrintedAnswer {
  /// An answer and the receipt that was kept beside it.
  ///
  /// - Throws: ``PrintedAnswerError`` if the answer is no text.
  public init(_ bytes: [UInt8], beside kept: KeptReceipt) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PrintedAnswerError("it is not UTF-8")
    }
    self.init(text: text, receipt: kept.receipt, format: kept.format)
  }
}
