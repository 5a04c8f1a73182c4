import ArgumentParser
import Facts
import Ledger

/// The command `assay retire`.
struct RetireCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "retire")

  @Argument(help: "What it is: check, profile or statement.")
  var kind: Retirement.Kind

  @Argument(help: "Its name.")
  var name: String

  @Option(
    help:
      "A unique part of the name of the entity whose it is. Default: it applies to every entity."
  )
  var entity: String?

  @Option(help: .reason)
  var reason: String

  @OptionGroup var recording: RecordingOptions

  func run() throws {
    let ledger = try recording.ledger.open(.readWrite)
    let owner = try entity.map { part in
      try ledger.read { try $0.entity(matching: part).entity }
    }
    let spool = DraftSpool()
    try spool.append(Draft(.retirement(Retirement(kind, name, entity: owner, reason: reason))))
    try recording.record(spool.finish(), in: ledger)
  }
}
