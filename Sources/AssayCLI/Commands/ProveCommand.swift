public import ArgumentParser
import Facts
public import Ledger
import Platform

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
    help: .outputFile
  )
  var path: String?

  @Option(
    name: [.customShort("O"), .customLong("output-format")],
    help: ArgumentHelp(
      "json, tlog-proof or add-checkpoint. Default: by the file's name, else json.",
      valueName: "format"
    )
  )
  var format: LedgerProof.Format?

  @OptionGroup var overwriting: ForceOption
  @OptionGroup var ledger: LedgerOptions

  /// The format that is asked for, or that the name of the file tells.
  private var chosenFormat: LedgerProof.Format {
    format ?? (path?.hasSuffix(".tlog-proof") == true ? .tlogProof : .json)
  }

  func validate() throws {
    switch chosenFormat {
    case .json:
      guard !event.isEmpty || since != nil else {
        throw ValidationError("name an event or a fact, or give --since with an older checkpoint")
      }
    case .tlogProof:
      guard !event.isEmpty, since == nil, checkpoint != nil else {
        throw ValidationError("a tlog-proof is of an event, and of a --checkpoint that it leads to")
      }
    case .addCheckpoint:
      guard event.isEmpty, checkpoint != nil else {
        throw ValidationError("a request names no event, and a --checkpoint to be cosigned")
      }
    }
    guard checkpoint == nil || times.recordedAt == nil else {
      throw ValidationError("--checkpoint says what was recorded: leave --recorded-at out")
    }
  }

  func run() throws {
    let later = try checkpoint.map { try NoteFile.checkpoint($0) }
    let earlier = try since.map { try NoteFile.checkpoint($0) }
    let ledger = try ledger.open()
    var times = times.times
    if let later {
      try ledger.read { try $0.requireGrowth(from: later) }
      times.recordedAt = .head(later.treeHead.size)
    }
    let proof = try ledger.read(at: times) { view in
      let sequence =
        event.isEmpty ? nil : try view.sequence(named: event, entity: subject.entity)
      return try view.proof(of: sequence, since: earlier, at: later)
    }
    try Output.write(
      proof.fileBytes(as: chosenFormat),
      to: path,
      replacing: overwriting.replacement
    )
  }
}

extension LedgerProof.Format: ExpressibleByArgument {}
