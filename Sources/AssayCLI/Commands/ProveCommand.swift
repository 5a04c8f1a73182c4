import ArgumentParser
import Facts
import JSON
import Ledger
import Merkle

/// The command `assay prove`.
struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "prove")

  @Argument(help: "A sequence, a leaf hash, or words that name one fact.")
  var event: [String] = []

  @Option(
    help: ArgumentHelp(
      "Prove too that the ledger begins with what this older checkpoint says.",
      valueName: "checkpoint"
    )
  )
  var since: String?

  @Option(
    help: ArgumentHelp(
      "Lead to this checkpoint and embed it. Default: to what the ledger holds.",
      valueName: "file"
    )
  )
  var checkpoint: String?

  @OptionGroup var subject: SubjectOptions
  @OptionGroup var times: TimeOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write to this file.", valueName: "file")
  )
  var path: String?

  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard !event.isEmpty || since != nil else {
      throw ValidationError("name an event or a fact, or give --since with an older checkpoint")
    }
    guard checkpoint == nil || times.recordedAt == nil else {
      throw ValidationError("--checkpoint says what was recorded: leave --recorded-at out")
    }
  }

  func run() throws {
    let later = try checkpoint.map { try NoteFile.checkpoint($0) }
    let earlier = try since.map { try NoteFile.checkpoint($0).checkpoint }
    let ledger = try ledger.open()
    var times = times.times
    if let later { times.recordedAt = .head(later.checkpoint.size) }
    let proof = try ledger.proof(
      of: event.isEmpty ? nil : sequence(in: ledger, times),
      since: earlier,
      at: later?.checkpoint,
      recordedAt: times.recordedAt
    )
    let output = try Output(path: path)
    let file = ProofFile(proof: proof, checkpoint: later?.note)
    try output.write(file.json.bytes + [UInt8(ascii: "\n")])
    try output.finish()
  }

  private func sequence(in ledger: Ledger, _ times: Times) throws -> UInt64 {
    if event.count == 1 {
      if MerkleHash(hexadecimal: event[0]) != nil { return try ledger.sequence(ofLeaf: event[0]) }
      if let sequence = UInt64(event[0]) { return sequence }
    }
    return try ledger.sequenceOfClaim(
      Ledger.FactsRequest(entity: subject.entity, words: event, times: times, isAll: true)
    )
  }
}
