public import Facts

/// One value of a table, typed, so that each format writes it in its own way.
///
/// Formats for programs write figures exactly and in full units, counts as numbers, and what is
/// absent as nothing or `null`. Formats for people group digits where the column asks for it.
public enum Cell: Hashable, Sendable {
  /// Nothing to say: empty; `null` in JSON.
  case none

  /// Words.
  case text(String)

  /// A reported figure, its value in full units; a dash is `nil` in texts and `null` in JSON.
  case figure(Figure)

  /// A whole number that counts or numbers something: a sequence, a line, decimals.
  case count(Int)

  /// A moment or a day.
  case time(PublishedTime)

  /// What a figure is about in time.
  case period(Period)

  /// What the concept alone does not say: `metal=gold`; an object in JSON.
  case dimensions(Dimensions)

  /// Several values: with blanks between them; an array in JSON.
  case list([Cell])

  /// Words that lead to an address.
  case link(String, address: String)

  /// A figure as an issuer prints it, and what it rests on: shown by formats that can.
  case printed(String, evidence: String)

  /// Words, or nothing.
  public init(_ text: String?) { self = text.map { .text($0) } ?? .none }

  /// An exact number, or nothing.
  public init(_ amount: Amount?) { self = amount.map { .figure(Figure(value: $0)) } ?? .none }

  /// A decimal number that was computed, as a figure if it has no more digits than figures can have; or nothing.
  init(decimal text: String?) {
    self =
      text.map { text in
        (try? Amount(text)).map { .figure(Figure(value: $0)) } ?? .text(text)
      } ?? .none
  }

  /// A whole number, or nothing.
  public init(_ count: (some BinaryInteger)?) {
    self = count.map { .count(Int(clamping: $0)) } ?? .none
  }

  /// A moment, or a day if it is the very end of one, or nothing.
  public init(_ time: Timestamp?) { self = time.map { .time(PublishedTime($0)) } ?? .none }
}

extension Cell {
  /// Whether its plain text says what somebody wrote: no figure, no number and no time.
  var isText: Bool {
    switch self {
    case .none, .figure, .count, .time, .period: false
    case .text, .dimensions, .list, .link, .printed: true
    }
  }

  /// Appends the cell as plain text, without any escapes.
  ///
  /// - Parameter isGrouped: Whether figures are for reading: `more than 71,607,000`. Otherwise they
  ///   are exact and without their qualifier: `71607000`.
  func appendText(to bytes: inout [UInt8], isGrouped: Bool) {
    switch self {
    case .none: break
    case .text(let text), .link(let text, _), .printed(let text, _):
      bytes.append(contentsOf: text.utf8)
    case .figure(let figure):
      if isGrouped {
        bytes.append(contentsOf: figure.grouped.utf8)
      } else if let value = figure.value {
        value.appendText(to: &bytes)
      } else {
        bytes.append(contentsOf: "nil".utf8)
      }
    case .count(let count): bytes.append(contentsOf: String(count).utf8)
    case .time(let time): bytes.append(contentsOf: time.description.utf8)
    case .period(let period): bytes.append(contentsOf: period.description.utf8)
    case .dimensions(let dimensions): bytes.append(contentsOf: dimensions.text.utf8)
    case .list(let cells):
      for (index, cell) in cells.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: " ")) }
        cell.appendText(to: &bytes, isGrouped: isGrouped)
      }
    }
  }

  /// The cell as plain text, without any escapes.
  func text(isGrouped: Bool) -> String {
    var bytes: [UInt8] = []
    appendText(to: &bytes, isGrouped: isGrouped)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The cell as people read it: digits grouped, qualifiers named.
  public var readableText: String { text(isGrouped: true) }
}
