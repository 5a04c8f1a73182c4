import Facts

/// One copy of each text that many figures hold.
struct SharedTexts {
  private var texts: Set<ExactText> = []

  /// The copy of `text`.
  mutating func copy(of text: String) -> String {
    texts.insert(ExactText(text)).memberAfterInsert.text
  }
}
