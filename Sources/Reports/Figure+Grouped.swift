public import Facts

extension Figure {
  /// The figure in full units for reading: `-11,292,000`, `approximately 7,700,000`, `nil`.
  public var grouped: String {
    guard let value else { return "nil" }
    return qualifier.map { word in
      word.rawValue.split(separator: "-").joined(separator: " ") + " " + value.grouped
    } ?? value.grouped
  }
}

extension Amount {
  /// The number in full units for reading: `-11,292,000`.
  public var grouped: String {
    let text = description
    let digits = text.drop { $0 == "-" }
    let whole = String(digits.prefix { $0 != "." })
    return text.prefix(text.count - digits.count) + whole.groupedInThousands
      + digits.dropFirst(whole.count)
  }
}
