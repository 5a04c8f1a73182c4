/// What must hold for any bytes at all: checked by the fuzzer and, on a few seeds, by the tests.
public enum FuzzProperty: String, CaseIterable, Sendable {
  /// JSON that is read can be written canonically, and then reads as the same.
  case json

  /// An event line that is read has a canonical line, which reads as the same event; a file of lines
  /// and a companyfacts file are read or refused.
  case event

  /// A number that is read is printed, and then reads as the same.
  case amount

  /// A day, period or time that is read is printed, and then reads as the same.
  case time

  /// Words that name facts, and dimensions, are read or refused.
  case query

  /// A note or a key that is read is written as the very same text.
  case note

  /// A proof has the root that it has by definition.
  case proof

  /// A statement that was carried away is read or refused.
  case paper

  /// A table of claims, and an xBRL-JSON report, are read or refused.
  case table

  /// A release has the same figures in whatever pieces it comes.
  case release

  /// A document of any kind is read or refused, and a report in XBRL says the same in whatever pieces it
  /// comes.
  case document

  /// A workbook with such rows is read or refused, as claims and as statements, the same in whatever pieces it
  /// comes.
  case workbook

  /// Checks the property on `bytes`.
  ///
  /// - Throws: ``PropertyFailure`` if it does not hold. Bytes that are refused as they should be are
  ///   no failure.
  public func check(_ bytes: [UInt8]) throws {
    switch self {
    case .json: try checkJSON(bytes)
    case .event: try checkEvent(bytes)
    case .amount: try checkAmount(text(bytes))
    case .time: try checkTime(text(bytes))
    case .query: try checkQuery(text(bytes))
    case .note: try checkNote(text(bytes))
    case .proof: try checkProof(bytes)
    case .paper: try checkPaper(bytes)
    case .table: try checkTable(bytes)
    case .release: try checkRelease(bytes)
    case .document: try checkDocument(bytes)
    case .workbook: try checkWorkbook(text(bytes))
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    guard condition else { throw PropertyFailure(property: self, message: message()) }
  }
}

/// Bytes for which a property does not hold.
public struct PropertyFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which property.
  public let property: FuzzProperty

  /// What was found.
  public let message: String

  /// Property and finding.
  public var description: String { "\(property.rawValue): \(message)" }
}
