import Ledger

/// One address that is answered, and how.
struct Route: Sendable {
  /// A part of a path.
  enum Part: Hashable {
    /// This word.
    case word(String)

    /// Anything but nothing; its name.
    case parameter(String)

    /// All that follows, of any number of parts; its name.
    case rest(String)
  }

  /// What answers.
  enum Handler: Sendable {
    /// Asks the ledger as of the moment of the request.
    case view(@Sendable (borrowing Ledger.View, Call) throws -> WebResponse)

    /// Asks no moment.
    case plain(@Sendable (Call) throws -> WebResponse)
  }

  /// `GET` or `POST`.
  let method: String

  /// The path with its parameters in braces, as OpenAPI has it.
  let pattern: String

  /// What it answers, as a sentence.
  let summary: String

  /// The names of the items of the query that it takes.
  let options: [String]

  /// The item of the query that says what was known: `known-at`, where it has no other name.
  let knownAt: String

  /// Whether a browser shows the answer: then problems are pages, too.
  let isPage: Bool

  /// What answers.
  let handler: Handler

  private let parts: [Part]

  init(
    _ method: String = "GET",
    _ pattern: String,
    summary: String,
    knownAt: String = "known-at",
    options: [String] = [],
    isPage: Bool = false,
    _ handler: Handler
  ) {
    (self.method, self.pattern, self.options) = (method, pattern, options)
    self.summary = summary
    (self.knownAt, self.isPage, self.handler) = (knownAt, isPage, handler)
    parts = pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
      guard $0.hasPrefix("{"), $0.hasSuffix("}") else { return .word(String($0)) }
      let name = $0.dropFirst().dropLast()
      return name.hasSuffix("*") ? .rest(String(name.dropLast())) : .parameter(String(name))
    }
  }

  /// The parameters of a path; `nil` if it is another route's.
  func match(_ path: ArraySlice<String>) -> [String: String]? {
    var path = path
    var found: [String: String] = [:]
    for part in parts {
      switch part {
      case .word(let word): guard path.popFirst() == word else { return nil }
      case .parameter(let name):
        guard let text = path.popFirst(), !text.isEmpty else { return nil }
        found[name] = text
      case .rest(let name):
        guard !path.isEmpty else { return nil }
        found[name] = path.joined(separator: "/")
        path = []
      }
    }
    return path.isEmpty ? found : nil
  }

  /// How many of its parts are words: of two routes that match, the one with more is meant.
  var wordCount: Int {
    parts.count { if case .word = $0 { true } else { false } }
  }

  /// The items of the query that say which moment is asked about.
  var momentOptions: [String] {
    guard case .view = handler, !pattern.contains("{recorded-at}") else { return [] }
    return pattern.contains("{known-at}") ? ["recorded-at"] : [knownAt, "recorded-at"]
  }
}
