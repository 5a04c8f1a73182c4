public import Facts

/// Names for the concepts of a company's own.
struct ConceptNames {
  private let prefix: String
  private var taken: Set<String>

  /// Names with this prefix, other than those that are taken.
  init(prefix: String, taken: Set<String>) { (self.prefix, self.taken) = (prefix, taken) }

  private static let lengthMax = 80

  /// A name that none has yet, of a caption's words, and of those of the headings above it where the caption
  /// alone does not tell.
  mutating func name(for label: String, under headings: [String], addingHeadings: Bool) -> String {
    let own = Self.camelCase(label)
    let parts =
      addingHeadings || own.isEmpty ? headings.suffix(2).map(Self.camelCase) + [own] : [own]
    var base = String(parts.joined().prefix(Self.lengthMax))
    if base.isEmpty || base.first?.isNumber == true { base = "Line" + base }
    if own.isEmpty { base += "Total" }
    var name = "\(prefix):\(base)"
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(prefix):\(base)\(number)"
      number += 1
    }
    return name
  }

  private static func camelCase(_ text: String) -> String {
    // In a caption of capitals no word is an abbreviation.
    let isShouted = !text.contains(where: \.isLowercase)
    return text.split { !$0.isLetter && !$0.isNumber }.filter { $0.utf8.allSatisfy { $0 < 0x80 } }
      .map { word in
        word.prefix(1).uppercased()
          + (isShouted ? word.dropFirst().lowercased() : String(word.dropFirst()))
      }.joined()
  }
}

/// Which shipped concept a caption is of: the captions of the general statements.
public struct KnownCaptions: Sendable {
  private var lines: [String: [CaptionKey: StatementDefinition.Line]] = [:]

  /// The captions of statements, by the statement's name.
  public init(_ statements: [StatementDefinition]) {
    for statement in statements {
      for line in statement.lines where line.concept != nil && line.dimensions.isEmpty {
        let key = CaptionKey(line.label)
        // A caption that two lines have tells neither.
        if let other = lines[statement.statement]?[key], other.concept != line.concept {
          lines[statement.statement]?[key] = StatementDefinition.Line(label: "")
        } else {
          lines[statement.statement, default: [:]][key] = line
        }
      }
    }
  }

  /// The line of a statement with this caption; `nil` if there is none, or more than one, or if the name of
  /// its concept has other words than the caption.
  func line(_ label: String, in statement: String) -> StatementDefinition.Line? {
    guard let line = lines[statement]?[CaptionKey(label)], let concept = line.concept,
      CaptionWords.of(name: concept) == CaptionWords.of(label)
    else { return nil }
    return line
  }
}
