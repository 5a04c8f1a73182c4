public import Facts

/// A few words that name facts: parts of a concept's name, a period, dimensions.
///
/// `Assets 2004-09-30`, `NetIncomeLoss 2004Q3`, `MetalProduced metal=gold Camorra`. A word that
/// reads as a period is one; a word with `=` is part of the dimensions; every other word is part of
/// the concept's name or of a dimension's value. Case does not matter.
public struct FactPattern: Hashable, Sendable {
  private var words: [String] = []
  private var period: Period?

  /// The day that a shorthand such as 2004Q3 ends on: balances at it are meant, too.
  private var shorthandEnd: CivilDate?

  /// Reads the words.
  public init(_ words: [String], fiscalYearEnd: FiscalYearEnd = .calendarYear) {
    for word in words.flatMap({ $0.split(separator: " ") }) {
      if let period = Period(shorthand: word, fiscalYearEnd: fiscalYearEnd) {
        self.period = period
        if Period(word) == nil { shorthandEnd = period.end }
      } else {
        self.words.append(word.lowercased())
      }
    }
  }

  /// The stretch of time that one of the words names; `nil` for none, or for the end of a day.
  public var duration: Period? { period?.start == nil ? nil : period }

  /// The pattern without its period.
  public var ofAnyPeriod: FactPattern {
    var pattern = self
    (pattern.period, pattern.shorthandEnd) = (nil, nil)
    return pattern
  }

  /// Whether every fact matches.
  public var isEmpty: Bool { words.isEmpty && period == nil }

  /// The words that are no period.
  public var text: String { words.joined(separator: " ") }

  /// Whether facts of this concept and these dimensions match, whatever their period.
  public func matches(concept: String, dimensions: String) -> Bool {
    let (concept, dimensions) = (concept.lowercased(), dimensions.lowercased())
    return words.allSatisfy { concept.contains(bytesOf: $0) || dimensions.contains(bytesOf: $0) }
  }

  /// Whether the name of a concept has one of the words.
  public func isNear(concept: String) -> Bool {
    let concept = concept.lowercased()
    return words.contains { concept.contains(bytesOf: $0) }
  }

  /// Whether facts of this period match.
  public func matches(_ period: Period) -> Bool {
    guard let asked = self.period else { return true }
    return period == asked || shorthandEnd.map { period == .instant($0) } ?? false
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
