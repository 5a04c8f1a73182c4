/// A caption as it is compared: in small letters, without spaces, footnote marks, leaders and a
/// colon at its end, so that it does not matter how it was wrapped.
struct CaptionKey: Hashable {
  /// What is left of the caption.
  let characters: [Unicode.Scalar]

  /// The key of `text`, which may have been wrapped anywhere.
  init(_ text: some Sequence<Unicode.Scalar>) {
    let plain = text.lazy.map(\.plain).filter { $0 != " " }
    var key: [Unicode.Scalar] = []
    for character in plain {
      key.append("A"..."Z" ~= character ? Unicode.Scalar(UInt8(character.value) + 32) : character)
      if character == ")" { Self.dropMark(&key) }
    }
    while let last = key.last,
      last == ":" || (last == "." && key.suffix(3) == ["." as Unicode.Scalar, ".", "."])
    {
      key.removeLast()
    }
    characters = key
  }

  /// The key of `text`.
  init(_ text: String) { self.init(text.unicodeScalars) }

  /// Takes away one or two digits in parentheses.
  private static func dropMark(_ key: inout [Unicode.Scalar]) {
    for count in 3...4 where key.count >= count {
      let end = key.suffix(count)
      if end.first == "(", end.dropFirst().dropLast().allSatisfy(\.isDigit) {
        key.removeLast(count)
        return
      }
    }
  }

  /// Whether nothing is left.
  var isEmpty: Bool { characters.isEmpty }

  /// Whether this is a pattern: a `*` in it stands for any text.
  var isPattern: Bool { characters.contains("*") }

  /// Whether the pattern fits the whole of `other`.
  ///
  /// - Complexity: O(*m* × *n*).
  func matches(_ other: CaptionKey) -> Bool {
    guard isPattern else { return self == other }
    let text = other.characters
    var (position, place) = (0, 0)
    var star: (position: Int, place: Int)?
    while place < text.count {
      if position < characters.count, characters[position] == "*" {
        star = (position, place)
        position += 1
      } else if position < characters.count, characters[position] == text[place] {
        (position, place) = (position + 1, place + 1)
      } else if let last = star {
        star = (last.position, last.place + 1)
        (position, place) = (last.position + 1, last.place + 1)
      } else {
        return false
      }
    }
    return characters[position...].allSatisfy { $0 == "*" }
  }
}
