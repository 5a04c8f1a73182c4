/// Texts in the cells of a table that a spreadsheet may open.
///
/// A cell that begins with `=`, `+`, `-`, `@`, a tab or a line end is a formula to a spreadsheet, and may
/// run what a document says (OWASP, CSV Injection). So an apostrophe is put before it, and before a text
/// that begins with apostrophes and goes on so: taking one away gives the text back. A dash, and a number
/// with a sign, are no formula, and stay.
public enum SpreadsheetText {
  private static let apostrophe = UInt8(ascii: "'")

  /// What a printed number has besides its digits.
  private static let numeralBytes = Set(" .,%()+-$".utf8)

  /// The full-width forms of the four signs, in UTF-8.
  private static let wideSigns: [[UInt8]] = ["\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"].map {
    Array($0.utf8)
  }

  /// Whether a spreadsheet would take a text for a formula, or it begins with apostrophes before one.
  public static func isFormula(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = bytes.drop { $0 == apostrophe }
    switch text.first {
    case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D: return true
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      return !text.allSatisfy { numeralBytes.contains($0) || (0x30...0x39).contains($0) }
    case 0xEF: return wideSigns.contains { text.starts(with: $0) }
    default: return false
    }
  }

  /// The text that a cell was written for.
  static func text(ofCell cell: String) -> String {
    let bytes = Array(cell.utf8)
    guard bytes.first == apostrophe, isFormula(bytes[...]) else { return cell }
    return String(decoding: bytes.dropFirst(), as: UTF8.self)
  }
}
