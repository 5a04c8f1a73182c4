import JSON

// One rule for every way in: an event is admitted if its canonical line reads back as the same event.
// What was read from a line keeps that rule; importers and other programs make events of parts.

extension Event {
  /// Checks that the event's canonical line reads back as this event.
  ///
  /// - Throws: ``InvalidEvent`` with what could not be read, or what would change.
  public func checkCanonicalLine() throws(InvalidEvent) {
    try Self.checkCanonical(canonicalLine)
  }

  /// Checks that the line of an event reads back as an event of the same line.
  ///
  /// - Parameter line: The ``canonicalLine`` of an event.
  /// - Throws: ``InvalidEvent`` with what could not be read, or what would change.
  public static func checkCanonical(_ line: [UInt8]) throws(InvalidEvent) {
    let remedy = "mend what made the event; dimensions are sorted by their names"
    let event: Event
    do {
      event = try Event(JSONParser().parse(line).root)
    } catch var refusal as InvalidEvent {
      refusal.byteOffset = nil
      throw refusal
    } catch {
      throw InvalidEvent("its line would be no JSON: \(error)", remedy: remedy)
    }
    guard event.canonicalLine == line else {
      throw InvalidEvent(
        "the event is not in its canonical form: its line reads back as another",
        remedy: remedy
      )
    }
  }
}

extension Claim {
  /// Whether everything but its names is within the bounds of event lines.
  ///
  /// Names are shared by many claims: see ``Event/checkCanonicalLine()`` for them.
  public var isWithinBounds: Bool {
    let days = CivilDate.first...CivilDate.last
    let start = fact.period.start ?? fact.period.end
    guard days.contains(fact.period.end), days.contains(start), start <= fact.period.end else {
      return false
    }
    if let decimals = figure.decimals, !(-18...18 ~= decimals) { return false }
    if figure.value == nil, figure.decimals != nil || figure.qualifier != nil { return false }
    guard let source else { return true }
    guard source.place != nil || source.text != nil else { return false }
    if let place = source.place, place.line < 1 || place.column < 1 { return false }
    return source.document?.isName(utf8CountMax: 4096) != false
      && source.text?.isName(utf8CountMax: Source.textByteCountMax) != false
  }
}

extension String {
  /// Whether it can be a name or a printed text: not empty, no space around it, no control character.
  fileprivate func isName(utf8CountMax: Int) -> Bool {
    1...utf8CountMax ~= utf8.count && utf8.first != 0x20 && utf8.last != 0x20
      && !utf8.contains { $0 < 0x20 || $0 == 0x7F }
  }
}

extension CivilDate {
  /// The first day that an event can name: 0001-01-01.
  public static let first = CivilDate(dayNumber: -719_162)

  /// The last day that an event can name: 9999-12-31.
  public static let last = CivilDate(dayNumber: 2_932_896)
}
