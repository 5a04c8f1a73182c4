import Facts

// What several importers refuse, and what would be right.

/// What to do about a document that several importers refuse for the same reason.
enum Remedies {
  /// A part of the document is missing.
  static let downloadAgain = "is the file whole and unchanged? Download it again"

  /// A figure is rounded further than ``Facts/Amount`` can say.
  static let fewerPlaces =
    "figures are rounded to at most \(Amount.digitCountMax) places before the point"

  /// The dimensions of a fact cannot be recorded.
  static let usableDimensions =
    "a dimension stands once, with a value that is not empty and holds no semicolon"
}

extension Dimensions.Malformation {
  /// What is wrong.
  var message: String {
    switch self {
    case .unusable(let pair): "dimension \(pair.prefix(80)) cannot be used"
    case .repeated(let key): "dimension \(key) stands twice"
    }
  }
}

extension Amount.Malformation {
  /// What is wrong with the text of a figure.
  ///
  /// - Parameter name: What the figure is of: a concept or a field.
  func message(_ text: some StringProtocol, of name: String) -> String {
    switch self {
    case .notDecimal: "\(name) is \"\(text.prefix(80))\", which is no decimal number"
    case .tooManyDigits:
      "\(name) is \(text.prefix(80)), which has more than \(Amount.digitCountMax) digits"
    }
  }

  /// What to do about it.
  ///
  /// - Parameters:
  ///   - part: What holds the figure: this fact, this line.
  ///   - notDecimal: What would be right in place of a text that is no number.
  func remedy(without part: String, _ notDecimal: String) -> String {
    switch self {
    case .notDecimal: notDecimal
    case .tooManyDigits: "no ledger can hold it exactly: take \(part) out of the file"
    }
  }
}

/// The message of a table in whose first line a column has been named before.
func repeatedColumn(_ name: String) -> String {
  "the column \"\(name.prefix(80))\" stands twice"
}
