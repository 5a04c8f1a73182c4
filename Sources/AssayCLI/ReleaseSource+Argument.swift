import Facts
import FoundationEssentials
import Intake
import Ledger
import Platform

extension ReleaseSource {
  /// Finds a profile, and the definitions it rests on: in a file or folder of events, or in the
  /// ledger.
  ///
  /// - Parameter argument: A file or folder with a profile, or the name of one that the ledger or
  ///   the folder `Events` holds.
  /// - Throws: ``FileFailure`` if there is none; whatever reading a profile throws.
  init(_ argument: String, _ ledger: Ledger?) throws {
    let known = KnownDefinitions(of: ledger, addingElements: true)
    let statement = { try Ledger.statement($0, of: $1, in: ledger) }
    let calendar = { try Ledger.fiscalCalendar(ofKnown: $0, in: ledger) }
    let isPath = argument.contains("/") || FileManager.default.fileExists(atPath: argument)
    if !isPath, let own = try Ledger.profile(argument, in: ledger) {
      try self.init(own, known: known, statement: statement, calendar: calendar)
      return
    }
    let path = isPath ? argument : "Events/\(argument)"
    guard isPath || FileManager.default.fileExists(atPath: path) else {
      throw FileFailure(
        path: argument,
        message: "neither the ledger nor the folder Events holds a profile of this name",
        remedy: "append one, or name a file or folder that holds it, such as Events/hecla"
      )
    }
    var drafts: [Draft] = []
    for file in try EventFiles.paths(at: path) {
      try EventFileImporter().read(SourceFile(reading: file)) { drafts.append($0) }
    }
    try self.init(among: drafts, of: path, known: known, statement: statement, calendar: calendar)
  }
}
