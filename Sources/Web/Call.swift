import Facts
import Ledger

/// A request that found its route, with its parameters.
struct Call: Sendable {
  /// The request.
  let request: WebRequest

  /// The moment that it asks about.
  let times: Times

  /// The site that is asked.
  let site: Site

  private let parameters: [String: String]

  init(_ request: WebRequest, _ parameters: [String: String], _ times: Times, _ site: Site) {
    (self.request, self.parameters, self.times, self.site) = (request, parameters, times, site)
  }

  /// A parameter of the path.
  subscript(name: String) -> String { parameters[name] ?? "" }

  /// An item of the query; `nil` if it is not there or empty.
  func option(_ name: String) -> String? {
    request.query.first { $0.name == name }.flatMap { $0.value.isEmpty ? nil : $0.value }
  }

  /// The words of all items of this name.
  func words(_ name: String) -> [String] {
    request.query.filter { $0.name == name }.flatMap { $0.value.split(separator: " ") }
      .map(String.init)
  }

  /// An item of the query, read.
  ///
  /// - Throws: ``Problem`` 422 with `form` if it does not read.
  func option<Value>(
    _ name: String,
    _ form: String,
    _ read: (String) throws -> Value?
  ) throws -> Value? {
    guard let text = option(name) else { return nil }
    guard let value = try? read(text) else {
      throw Problem(option: name, text, isNo: form)
    }
    return value
  }

  /// A moment or a day.
  func time(_ name: String) throws -> PublishedTime? {
    try option(name, Self.timeForm) { PublishedTime(reading: $0) }
  }

  static let timeForm = "a day such as 2004-09-30 or a time such as 2004-11-04T13:00:30Z"

  /// Whether something is asked for: `true` or an item without a value.
  func flag(_ name: String) throws -> Bool {
    guard let item = request.query.first(where: { $0.name == name }) else { return false }
    switch item.value {
    case "", "true": return true
    case "false": return false
    default:
      throw Problem(option: name, item.value, isNo: "true or false")
    }
  }

  /// A whole number within bounds.
  func count(_ name: String, in bounds: ClosedRange<Int>) throws -> Int? {
    try option(name, "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)") { text in
      Int(text).flatMap { bounds.contains($0) ? $0 : nil }
    }
  }

  /// A sequence.
  func sequence(_ name: String) throws -> UInt64? {
    try option(name, "a sequence, a whole number from 0") { UInt64($0) }
  }

  /// The time at which periods end.
  func label(_ name: String) throws -> PeriodLabel? {
    try option(name, "a day such as 2004-09-30 or a period such as 2004Q3 or FY2003") {
      CivilDate($0).map { .exact(.instant($0)) } ?? PeriodLabel($0)
    }
  }
}

extension PublishedTime {
  /// Reads a day, the last day of a period, or a time.
  init?(reading text: String) {
    if let time = PublishedTime(text) {
      self = time
    } else if case .exact(let period)? = PeriodLabel(text) {
      self = .day(period.end)
    } else {
      return nil
    }
  }
}

extension Times.Recorded {
  /// Reads a number of events, a day or a time.
  init?(reading text: String) {
    if let head = UInt64(text) {
      self = .head(head)
    } else if let time = PublishedTime(text) {
      self = .time(time)
    } else {
      return nil
    }
  }
}
