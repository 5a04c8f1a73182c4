extension StatementDefinition {
  /// Refuses a statement whose caption says another scale or currency than its lines have.
  ///
  /// - Throws: ``InvalidEvent``, with what contradicts what.
  /// - Complexity: O(*n*) in the length of the caption and the number of lines.
  public func checkCaption() throws(InvalidEvent) {
    guard let caption else { return }
    try checkScale(caption)
    if let refusal = currencyContradiction(of: [caption]) {
      throw InvalidEvent(
        "statement \"\(statement)\" has the caption \"\(caption)\": \(refusal)",
        remedy: "give the \"unit\" of the statement, or the caption that is meant"
      )
    }
  }

  private func checkScale(_ caption: String) throws(InvalidEvent) {
    let words = caption.lowercased().split { !$0.isLetter }.map(String.init)
    let scales = Set(words.compactMap { Self.namedScales[$0] })
    guard !scales.isEmpty else { return }
    let asked = lines.filter { $0.concept != nil }
    let money = asked.filter { Currency.isCurrency($0.unit ?? unit) }
    let used = Set((money.isEmpty ? asked : money).map { $0.scale ?? scale })
    // Lines that the caption excepts have scales of their own.
    let fits =
      money.isEmpty || words.contains("except") || words.contains("unless")
      ? !used.isDisjoint(with: scales) : used.isSubset(of: scales)
    guard !fits, let wrong = used.subtracting(scales).min(), let right = scales.min() else {
      return
    }
    throw InvalidEvent(
      "statement \"\(statement)\" has the caption \"\(caption)\", and figures of scale \(wrong): "
        + "what is printed would not be what the caption says",
      remedy: "give \"scale\": \(right), or the caption that is meant"
    )
  }

  private static let namedScales = [
    "thousand": 3, "thousands": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9,
  ]

  /// Why captions name another currency than the lines have; `nil` if they do not.
  ///
  /// - Parameter captions: The words about scale and currency, of the definition or as a document
  ///   prints them.
  public func currencyContradiction(of captions: [String]) -> String? {
    let mentions = captions.flatMap(CurrencyMention.mentions)
    guard !mentions.isEmpty else { return nil }
    for line in lines where line.concept != nil {
      let unit = line.unit ?? self.unit
      guard let code = unit.split(separator: "/").first.map(String.init), Currency.isCurrency(code),
        let other = mentions.first(where: { !$0.codes.contains(code) })
      else { continue }
      return "it names \(other.text), and the line \"\(line.label)\" is in \(unit)"
    }
    return nil
  }
}
