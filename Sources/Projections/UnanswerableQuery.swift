import Facts

/// A question that has no answer, and what could be asked instead.
public struct UnanswerableQuery: Error, Hashable, Sendable {
  /// What kind of refusal it is.
  public enum Reason: Hashable, Sendable {
    /// What the question names is not there.
    case notFound

    /// It is there, but nothing of it is reported for the period asked for.
    case notReported

    /// The question does not apply to what it names.
    case notApplicable
  }

  /// What could be asked instead.
  public enum Remedy: Hashable, Sendable {
    /// One of these names.
    case nameOneOf([String])

    /// This name, of which the one that was given is a slip.
    case useName(String)

    /// Which entities there are.
    case listEntities

    /// Which facts of the entity are reported.
    case listFacts(entity: String)

    /// The same without a span of time.
    case leaveOutSpan

    /// The same without asking for a layout that a filing prints.
    case useGeneralLayout

    /// Nothing, until checks are defined.
    case appendChecks
  }

  /// What kind of refusal it is.
  public var reason: Reason

  /// What is wrong.
  public var message: String

  /// What could be asked.
  public var remedy: Remedy

  /// A refusal to answer.
  public init(_ reason: Reason, _ message: String, remedy: Remedy) {
    self.reason = reason
    self.message = message
    self.remedy = remedy
  }

  /// The refusal of a name, with the one that was meant, or else those there are.
  init(noSuch message: String, _ name: String, among names: [String]) {
    self.init(
      .notFound,
      message,
      remedy: nearest(to: name, among: names).map { .useName($0) } ?? .nameOneOf(names)
    )
  }
}

extension UnanswerableQuery {
  /// The refusal of a question about an entity that no claim is about.
  static func nothing(of entity: String) -> UnanswerableQuery {
    UnanswerableQuery(.notFound, "the ledger holds nothing of \(entity)", remedy: .listEntities)
  }
}

extension UnanswerableQuery: CustomStringConvertible {
  /// Message and remedy.
  public var description: String { "\(message); \(remedy)" }
}

extension UnanswerableQuery.Remedy: CustomStringConvertible {
  /// What could be asked, as a clause.
  public var description: String {
    switch self {
    case .nameOneOf(let names): "it has: \(names.joined(separator: ", "))"
    case .useName(let name): "did you mean \"\(name)\"?"
    case .listEntities: "list the entities"
    case .listFacts(let entity): "list the facts of \(entity)"
    case .leaveOutSpan: "leave the span out"
    case .useGeneralLayout: "use the general layout"
    case .appendChecks: "append check events for it"
    }
  }
}

/// Events that contradict each other, in a log that no ledger writes.
public struct InconsistentLog: Error, Hashable, Sendable {
  /// What does not fit.
  public var message: String

  /// The event that does not fit; `nil` if that is not known.
  public var sequence: UInt64?

  /// A contradiction that `message` describes.
  public init(_ message: String, sequence: UInt64? = nil) {
    self.message = message
    self.sequence = sequence
  }
}

extension InconsistentLog: CustomStringConvertible {
  /// Where, and what does not fit.
  public var description: String { sequence.map { "event \($0): \(message)" } ?? message }
}
