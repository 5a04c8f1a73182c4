import ArgumentParser
import Facts
import Ledger
import Merkle

/// How a checkpoint is named and signed.
struct SigningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Sign with this private key, as assay keygen makes them. Default: no signature.",
      valueName: "file"
    )
  )
  var key: String?

  @Option(
    help: ArgumentHelp(
      "What the checkpoint calls the ledger. Default: a name from its first event.",
      valueName: "name"
    )
  )
  var origin: String?

  /// The checkpoint as a note, signed if there is a key.
  func note(of ledger: Ledger, recordedAt: Times.Recorded?) throws -> SignedNote {
    let checkpoint = try ledger.checkpoint(origin: origin, recordedAt: recordedAt)
    var note = SignedNote(text: checkpoint.text)
    if let key {
      let signer = try NoteFile.read(key) { try NoteSigner(encoded: $0.trimmedOfLineEnds) }
      try signer.sign(&note)
    }
    return note
  }
}

/// Small files of one text: keys and checkpoints.
enum NoteFile {
  /// Notes with 64 signatures are smaller.
  private static let byteCountMax = 1 << 20

  /// What `parse` makes of the text of a file; an error names the file.
  static func read<Value>(_ path: String, _ parse: (String) throws -> Value) throws -> Value {
    let bytes = try Input.bytes(of: path)
    guard bytes.count <= byteCountMax, let text = String(validating: bytes, as: UTF8.self) else {
      throw FileFailure(
        path: path,
        message: "the file is no text of a key or a checkpoint",
        remedy: "name a file that assay keygen or assay checkpoint wrote"
      )
    }
    do {
      return try parse(text)
    } catch let error as NoteError {
      throw FileFailure(
        path: path,
        message: error.description,
        remedy: "name a file that assay keygen or assay checkpoint wrote"
      )
    }
  }

  static func checkpoint(_ path: String) throws -> (note: SignedNote, checkpoint: Checkpoint) {
    try read(path) { text in
      let note = try SignedNote(encoded: text)
      return (note, try Checkpoint(note))
    }
  }
}

extension String {
  fileprivate var trimmedOfLineEnds: String {
    var text = self[...]
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}
