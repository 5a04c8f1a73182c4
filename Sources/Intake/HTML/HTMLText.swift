/// Text of a page that is put together, with the place of each character as filed.
struct HTMLText {
  private(set) var characters: [Unicode.Scalar] = []
  private(set) var places: [HTMLPlace] = []

  /// Whether white space stands at the end, and waits for a character behind it.
  private var hasSpace = false

  /// The start of the raised text at the end; `nil` outside of raised text.
  private var raisedStart: Int?

  /// Whether it is a footnote mark, and nothing else.
  private(set) var isMark = false

  /// White space as HTML means it: of several characters, one is shown.
  private static func isSpace(_ character: Unicode.Scalar) -> Bool {
    character.value == 0x20 || 0x09...0x0D ~= character.value
  }

  /// Whether it has nothing but spaces.
  var isBlank: Bool { characters.allSatisfy { $0.plain == " " } }

  /// Adds a character.
  ///
  /// - Parameter isKept: Whether white space is shown as it is.
  mutating func append(_ character: Unicode.Scalar, _ place: HTMLPlace, isKept: Bool = false) {
    if Self.isSpace(character), !isKept {
      hasSpace = !characters.isEmpty
      return
    }
    isMark = false
    if hasSpace {
      characters.append(" ")
      places.append(place)
      hasSpace = false
    }
    characters.append(character)
    places.append(place)
  }

  /// Parts what comes from what is there.
  mutating func appendSpace() { hasSpace = !characters.isEmpty }

  /// Adds what another text holds, without space between.
  mutating func append(_ other: HTMLText) {
    characters += other.characters
    places += other.places
  }

  /// Adds characters at the place of the last one.
  mutating func pad(_ padding: [Unicode.Scalar]) {
    guard let last = places.last else { return }
    characters += padding
    places += padding.map { _ in last }
  }

  mutating func removeAll() { self = HTMLText() }

  // MARK: Raised text

  /// Begins text that is set above the line.
  mutating func beginRaised() { if raisedStart == nil { raisedStart = characters.count } }

  /// Ends it: digits in it are a footnote mark, and set in parentheses, so that they are never taken for
  /// digits of the figure before them.
  ///
  /// A number of more digits than marks have, with no figure before it, is a figure that is raised.
  mutating func endRaised() {
    guard let start = raisedStart else { return }
    raisedStart = nil
    let raised = characters[start...].drop { $0 == " " }
    guard let first = raised.first, first.isDigit,
      raised.allSatisfy({ !$0.properties.isAlphabetic })
    else { return }
    let isParted = raised.contains { $0 == "(" || $0 == ")" }
    guard !isParted, let last = places.last else { return }
    let before = characters[..<start]
    let isShort = raised.split { !$0.isDigit }.allSatisfy { $0.count < 3 }
    guard isShort || before.contains(where: \.isDigit) else { return }
    isMark = before.allSatisfy { $0.plain == " " }
    characters.insert("(", at: raised.startIndex)
    places.insert(places[raised.startIndex], at: raised.startIndex)
    characters.append(")")
    places.append(last)
  }
}

extension HTMLText {
  /// A figure in a cell without the spaces within it: `( 112 )` is `(112)`, `$ 5` keeps its space.
  mutating func closeFigure() {
    guard characters.contains(where: \.isDigit),
      characters.allSatisfy({ $0.isDigit || " (),.%$-".unicodeScalars.contains($0.plain) })
    else { return }
    var kept = HTMLText()
    for index in characters.indices {
      if characters[index].plain == " " {
        let next = characters[(index + 1)...].first { $0.plain != " " }
        let isClosing = next == ")" || next == "%" || next == nil
        if isClosing || kept.characters.last == "(" { continue }
      }
      kept.characters.append(characters[index])
      kept.places.append(places[index])
    }
    self = kept
  }

  /// Whether it is what closes the figure of the cell before it: `)`, `%`, `)%`, and a footnote mark.
  var isClosing: Bool {
    let plain = characters.filter { $0.plain != " " }
    let mark = plain.drop { $0 == ")" || $0 == "%" }
    guard mark.count < plain.count else { return false }
    return mark.isEmpty
      || (mark.first == "(" && mark.last == ")"
        && mark.dropFirst().dropLast().allSatisfy(\.isDigit))
  }

  /// Whether its last character is one that a figure ends with.
  var endsWithFigure: Bool {
    guard let last = characters.last(where: { $0.plain != " " }) else { return false }
    return last.isDigit || last == ")" || last == "%" || last.plain == "-"
  }

  /// The index of the last digit, or of the dash where there is none.
  var edgeIndex: Int? {
    characters.lastIndex(where: \.isDigit) ?? characters.lastIndex { $0.plain == "-" }
  }

  mutating func trim() {
    while characters.last?.plain == " " {
      characters.removeLast()
      places.removeLast()
    }
  }
}
