import ArgumentParser
import Ledger
import Platform

/// The command `assay witness`.
struct WitnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "witness")

  @Argument(
    help: """
      A checkpoint, or a request that proves its growth; - for standard input. Default: the ledger's.
      """
  )
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      "Cosign with this private key of a witness.",
      valueName: "file"
    )
  )
  var key: String

  @Option(
    help: ArgumentHelp(
      "The checkpoint that was cosigned last: what the new one must have grown from, and what it replaces.",
      valueName: "file"
    )
  )
  var state: String

  @Option(
    help: ArgumentHelp(
      "The public key of the ledger's keeper, or a file of it.",
      valueName: "key"
    )
  )
  var logKey: String?

  @Option(
    help: ArgumentHelp(
      "What the checkpoint calls the ledger. Default: as the last one, else the name of --log-key.",
      valueName: "name"
    )
  )
  var origin: String?

  @Flag(help: "Nothing was cosigned yet: make the file of --state.")
  var first = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: .outputFile
  )
  var path: String?

  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard checkpoint != nil || logKey == nil else {
      throw ValidationError("--log-key is of a checkpoint that somebody signed: name its file")
    }
    guard checkpoint == nil || logKey != nil else {
      throw ValidationError("give --log-key with the key that must have signed the checkpoint")
    }
  }

  func run() throws {
    let key = try NoteFile.read(key, SigningKey.init(text:))
    let log = try logKey.map { try NoteFile.verifierKey($0, option: "--log-key") }
    let witness = try Witness(key: key, log: log, origin: origin)
    let output = try Output(path: path, replacing: .nothing())
    let state = try WitnessState(path: state, isFirst: first)
    try naming(self.state, "ask the ledger's keeper, and do not make it anew") {
      if let last = state.last { try witness.check(last: last) }
    }
    let (asked, growth) = try request(after: state.last)
    let now = UInt64(clamping: ThisProcess.timeInMicroseconds / 1_000_000)
    let cosigned = try naming(
      checkpoint ?? ledger.resolvedPath,
      "nothing was cosigned; keep it, and ask the ledger's keeper"
    ) {
      try witness.cosign(asked, after: state.last, growth: growth, at: now)
    }
    // What was given away must be known for ever: first the state, then the answer.
    try state.replace(with: cosigned)
    try output.write(Array(cosigned.text.utf8))
    try output.finish()
  }

  /// What is to be cosigned, and what shows that the ledger has grown to it.
  private func request(
    after last: KeptCheckpoint?
  ) throws -> (checkpoint: KeptCheckpoint, growth: Witness.Growth) {
    guard let checkpoint else {
      let ledger = try ledger.open()
      let made = try ledger.read { try $0.checkpoint(origin: origin ?? last?.origin) }
      return (made, .ledger(ledger))
    }
    return try NoteFile.read(
      checkpoint,
      remedy: "name a file that assay checkpoint or assay prove -O add-checkpoint wrote"
    ) { text in
      if CheckpointRequest.isRequest(text) {
        let request = try CheckpointRequest(text: text)
        return (request.checkpoint, .proof(request))
      }
      let asked = try KeptCheckpoint(text: text)
      return (asked, try ledger.path == nil ? .none : .ledger(ledger.open()))
    }
  }

  /// Calls `body`; an error that names no file names this one.
  private func naming<Result>(
    _ path: String,
    _ remedy: String,
    _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as LedgerError where [.refused, .conflict].contains(error.code) {
      throw FileFailure(
        path: path,
        message: error.message,
        remedy: error.remedy?.commandWords ?? remedy
      )
    }
  }
}

/// The file in which a witness keeps the last checkpoint that it cosigned, while no other process has it.
private struct WitnessState: ~Copyable {
  private let path: String

  /// The folder of the file, which is locked until this leaves scope.
  private let folder: OpenFile

  /// What was cosigned last; `nil` if nothing was.
  let last: KeptCheckpoint?

  /// Waits for other witnesses whose files are in the same folder, and reads the file.
  ///
  /// - Parameter isFirst: Whether there is no such file yet. A witness that forgot what it cosigned would
  ///   cosign another past.
  init(path: String, isFirst: Bool) throws {
    let isThere = FileSystem.exists(path)
    guard isThere != isFirst else {
      throw FileFailure(
        path: path,
        message: isThere ? "something is there" : "there is no such file",
        remedy: isThere ? "leave --first out" : "name the last checkpoint, or begin with --first"
      )
    }
    let path = isThere ? try FileSystem.resolvingLinks(path) : path
    let folder = try OpenFile(inspecting: FileSystem.folder(of: path))
    try folder.descriptor.lock(waits: true)
    last = isThere ? try NoteFile.checkpoint(path) : nil
    self.path = path
    self.folder = folder
  }

  /// Keeps a checkpoint in place of the last one; it is on the disk when this returns.
  func replace(with checkpoint: KeptCheckpoint) throws {
    try Output.write(
      Array(checkpoint.text.utf8),
      to: path,
      replacing: last == nil ? .nothing() : .outgrown
    )
  }
}
