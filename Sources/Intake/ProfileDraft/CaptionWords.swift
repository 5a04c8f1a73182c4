/// The words of captions and of names, as they are compared: in the singular, without those that say nothing.
enum CaptionWords {
  /// Words that names or captions have besides.
  private static let freeWords: Set<String> = [
    "current", "noncurrent", "net", "value", "at", "carrying", "expense", "of", "and", "tax", "in",
    "total", "by", "the", "s",
  ]

  static func of(_ text: String) -> Set<String> { all(text).subtracting(freeWords) }

  /// The words of a concept's name: `us-gaap:AssetsCurrent`.
  static func of(name: String) -> Set<String> {
    of(parted(name[...].split(separator: ":").last ?? ""))
  }

  /// `AssetsCurrent` as words.
  private static func parted(_ name: Substring) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? " \($1)" : "\($1)" }
  }

  private static func all(_ text: String) -> Set<String> {
    let words = text.lowercased().split { !$0.isLetter }.map { word -> String in
      if word.hasSuffix("ies") { return String(word.dropLast(3)) + "y" }
      return String(word.hasSuffix("s") ? word.dropLast() : word)
    }
    return Set(words)
  }
}
