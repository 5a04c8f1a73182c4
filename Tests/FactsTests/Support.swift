import Facts
import Foundation
import JSON
import TestSupport

/// The event that a line says.
func event(_ line: String) throws -> Event { try Event(JSONParser().parse(line).root) }

/// The canonical line of the event that a line says.
func canonical(_ line: String) throws -> String {
  String(decoding: try event(line).canonicalLine, as: UTF8.self)
}

/// What is said against a line that is no event; `nil` if nothing is.
func refusal(of line: String) throws -> InvalidEvent? {
  let document = try JSONParser().parse(line)
  do throws(InvalidEvent) {
    _ = try Event(document.root)
    return nil
  } catch {
    return error
  }
}

/// The lines of the files under `Events/`.
enum RealEvents {
  static func lines() throws -> [[UInt8]] { try Package.eventLines().map { Array($0.utf8) } }
}

extension Period {
  /// The period that a person means by a text, by a calendar of which only the year end is known.
  init?(shorthand text: String, fiscalYearEnd: FiscalYearEnd? = nil) {
    guard let label = PeriodLabel(text),
      let period = FiscalCalendar(yearEnd: fiscalYearEnd).period(label)
    else { return nil }
    self = period
  }
}
