import Facts

/// How far a figure is rounded, as the attributes of an XBRL fact say (XBRL 2.1 §4.6.3 to §4.6.6).
struct FigureRounding {
  let decimals: String?
  let precision: String?

  /// How far `value` is rounded; `nil` if it is exact.
  ///
  /// - Parameter concept: What the figure is of, for the message.
  /// - Throws: ``Malformation`` if neither attribute, both, or no number says so.
  func places(
    of value: Amount,
    _ concept: String
  ) throws(Malformation) -> Int8? {
    if let decimals, let precision {
      throw Malformation(
        message: "\(concept) has decimals \"\(decimals)\" and precision \"\(precision)\"",
        remedy: "a figure has one of them"
      )
    }
    if decimals == "INF" || precision == "INF" { return nil }
    let number: Int?
    if let decimals, let given = Int(decimals) {
      number = given
    } else if let precision, let given = Int(precision), given > 0 {
      number = value.decimals(ofPrecision: given)
    } else {
      let given = decimals ?? precision
      throw Malformation(
        message:
          "\(concept) has \(given.map { "decimals or precision \"\($0)\"" } ?? "no decimals")",
        remedy: "a figure says how far it is rounded: decimals=\"-3\" is thousands, INF is exact"
      )
    }
    guard let number, number <= Amount.digitCountMax else { return nil }
    guard number >= -Amount.digitCountMax else {
      throw Malformation(
        message: "\(concept) has decimals \(number)",
        remedy: Remedies.fewerPlaces
      )
    }
    return Int8(number)
  }

  /// What is wrong with the attributes, and what would be right.
  struct Malformation: Error {
    let message: String
    let remedy: String
  }
}
