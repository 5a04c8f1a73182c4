public import Facts

/// A few words that name facts: parts of a concept's name or its printed label, a period, dimensions.
///
/// `Assets 2004-09-30`, `NetIncomeLoss 2004Q3`, `MetalProduced metal=gold Camorra`, `Assets CHF`. Words
/// that read as a period (``PeriodLabel``) are one; a currency in capitals, or an amount of one a share
/// (`USD/shares`), is the unit; a word with `=` is part of the dimensions; every other word is part of
/// the concept's name or of a dimension's value. Case does not matter there.
public struct FactPattern: Hashable, Sendable {
  /// How the words name concepts.
  enum Naming: Hashable, Sendable {
    /// One of the words is the whole name, with or without its prefix.
    case whole

    /// The words are parts of names.
    case part

    /// It was not found out yet: as ``part``.
    case undecided

    /// The words were a label of these concepts.
    case label(of: Set<String>)
  }

  private(set) var words: [String] = []

  /// How the words name concepts.
  private(set) var naming = Naming.undecided

  /// The period that some of the words name; which days it has depends on whose facts are asked for.
  public private(set) var label: PeriodLabel?

  /// The unit that one of the words is; `nil` for any.
  public private(set) var unit: String?

  /// Reads the words.
  public init(_ words: [String]) {
    let found = PeriodLabel.extract(from: words.flatMap { $0.split(separator: " ") })
    label = found.labels.last
    let units = found.rest.filter { word in
      word.split(separator: "/", maxSplits: 1).first.map(Currency.isCurrency) ?? false
    }
    unit = units.last.map { String($0) }
    self.words = found.rest.filter { !units.contains($0) }.map { $0.lowercased() }
  }

  /// The pattern without its period.
  public var ofAnyPeriod: FactPattern {
    var pattern = self
    pattern.label = nil
    return pattern
  }

  /// The pattern without its unit.
  public var ofAnyUnit: FactPattern {
    var pattern = self
    pattern.unit = nil
    return pattern
  }

  /// The pattern with another way to name concepts.
  ///
  /// - Parameter words: Those that are left to be parts of names or dimensions.
  func naming(_ naming: Naming, words: [String]? = nil) -> FactPattern {
    var pattern = self
    pattern.naming = naming
    pattern.words = words ?? self.words
    return pattern
  }

  /// Whether every fact matches.
  public var isEmpty: Bool { words.isEmpty && label == nil && unit == nil }

  /// The words that are no period.
  public var text: String { words.joined(separator: " ") }

  /// Whether facts of this concept and these dimensions match, whatever their period.
  public func matches(concept: String, dimensions: String) -> Bool {
    switch naming {
    case .part, .undecided: break
    case .whole: guard names(concept: concept) else { return false }
    case .label(let concepts): guard concepts.contains(concept) else { return false }
    }
    let (concept, dimensions) = (concept.lowercased(), dimensions.lowercased())
    return words.allSatisfy { concept.contains(bytesOf: $0) || dimensions.contains(bytesOf: $0) }
  }

  /// Whether the name of a concept has one of the words.
  public func isNear(concept: String) -> Bool {
    let concept = concept.lowercased()
    return words.contains { concept.contains(bytesOf: $0) }
  }

  /// Whether one of the words is the whole concept name, with or without its prefix: then facts of
  /// concepts that merely contain it are not meant.
  public func names(concept: String) -> Bool {
    let name = concept.lowercased()
    let local = name.split(separator: ":").last.map(String.init) ?? name
    return words.contains(name) || words.contains(local)
  }
}

extension String {
  /// Whether the bytes of `part` are somewhere in this text: names are compared by bytes.
  ///
  /// - Complexity: O(*m* × *n*); for names of a few words.
  fileprivate func contains(bytesOf part: String) -> Bool {
    let (text, part) = (utf8.span, part.utf8.span)
    guard !part.isEmpty else { return true }
    var start = 0
    while start + part.count <= text.count {
      var length = 0
      while length < part.count, text[start + length] == part[length] { length += 1 }
      if length == part.count { return true }
      start += 1
    }
    return false
  }
}
