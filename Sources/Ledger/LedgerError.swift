public import Facts

/// Why a ledger gave no answer, or took no events.
///
/// A program acts on ``code`` and ``remedy``; a person reads ``description``.
public struct LedgerError: Error, Hashable, Sendable {
  /// What kind of failure it is.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// What was named is not there, or there is no such file.
    case notFound = "not-found"

    /// Several things have that name.
    case ambiguous

    /// It is there, but was published or recorded later than the moment asked for.
    case notKnownYet = "not-known-yet"

    /// The question has no answer: it does not apply, or asks for more than the ledger holds.
    case notAnswerable = "not-answerable"

    /// Events do not fit the ledger. Nothing was written.
    case refused

    /// A checkpoint or another ledger's export has another past than this ledger.
    case conflict

    /// Another process writes to the ledger.
    case busy

    /// The file holds what no ledger writes.
    case damaged

    /// The file is another program's, or of a format that this program does not read.
    case foreignFormat = "foreign-format"

    /// The machine failed: the disk, the memory, permissions.
    case machine
  }

  /// Where it is wrong; what is not known is `nil`.
  public struct Place: Hashable, Sendable {
    /// The file: the ledger, or the one that events come from.
    public var file: String?

    /// The line in that file, from 1.
    public var line: Int?

    /// The sequence of the event.
    public var event: UInt64?

    /// The filing of the event.
    public var filing: String?

    /// The table of the file.
    public var table: String?

    /// The entity.
    public var entity: String?

    /// A place of these parts.
    public init(
      file: String? = nil,
      line: Int? = nil,
      event: UInt64? = nil,
      filing: String? = nil,
      table: String? = nil,
      entity: String? = nil
    ) {
      self.file = file
      self.line = line
      self.event = event
      self.filing = filing
      self.table = table
      self.entity = entity
    }
  }

  /// What kind of failure it is.
  public var code: Code

  /// What is wrong, without its place and without a full stop.
  public var message: String

  /// Where it is wrong.
  public var place: Place

  /// What can be done about it; `nil` where the message says that itself, or nothing can.
  public var remedy: Remedy?

  /// The events that were refused, at most `RefusedEvents/shownCountMax`.
  public var refusals: [InvalidEvent] = []

  /// How many events were refused.
  public var refusalCount = 0

  /// A failure with these aspects.
  public init(_ code: Code, _ message: String, at place: Place = Place(), remedy: Remedy? = nil) {
    self.code = code
    self.message = message
    self.place = place
    self.remedy = remedy
  }
}

extension LedgerError {
  /// Whether the question is at fault, and neither the ledger nor the machine.
  public var isRefusalToAnswer: Bool {
    switch code {
    case .notFound, .ambiguous, .notKnownYet, .notAnswerable: true
    case .refused, .conflict, .busy, .damaged, .foreignFormat, .machine: false
    }
  }
}

extension LedgerError: CustomStringConvertible {
  /// What is wrong, where, and what to do.
  public var description: String { text { $0.description } }

  /// What is wrong, where, and what to do in the words of a face: a command line, a page.
  ///
  /// - Parameter words: The remedy as a clause.
  public func text(_ words: (Remedy) -> String) -> String {
    var parts: [String] = []
    if let file = place.file { parts.append(file + (place.line.map { ":\($0)" } ?? "")) }
    // Where a message says what to do, it says what is damaged, too.
    if code == .damaged, remedy != nil {
      parts.append("the ledger is damaged")
      var event = place.event.map { "event \($0)" } ?? ""
      if let filing = place.filing { event += " of filing \(filing)" }
      if let table = place.table { event += event.isEmpty ? "table \(table)" : ", table \(table)" }
      if !event.isEmpty { parts.append(event) }
    }
    let text = (parts + [message]).joined(separator: ": ")
    return remedy.map { "\(text); \(words($0))" } ?? text
  }
}
