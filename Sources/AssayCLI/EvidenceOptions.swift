import ArgumentParser
import Facts
import Ledger
import Platform

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

  /// The checkpoint, signed if there is a key.
  func checkpoint(of ledger: Ledger, recordedAt: Times.Recorded?) throws -> KeptCheckpoint {
    let key = try key.map { try NoteFile.read($0, SigningKey.init(text:)) }
    return try ledger.read(at: Times(recordedAt: recordedAt)) { view in
      try view.checkpoint(origin: origin, signedWith: key)
    }
  }
}

/// Small files of one text: keys and checkpoints.
enum NoteFile {
  /// Notes with 64 signatures are smaller.
  private static let byteCountMax = 1 << 20

  /// What `parse` makes of the text of a file; an error names the file.
  static func read<Value>(_ path: String, _ parse: (String) throws -> Value) throws -> Value {
    let bytes = try Input.bytes(of: path, byteCountMax: byteCountMax)
    guard bytes.count <= byteCountMax, let text = String(validating: bytes, as: UTF8.self) else {
      throw FileFailure(
        path: path,
        message: "the file is no text of a key or a checkpoint",
        remedy: "name a file that assay keygen or assay checkpoint wrote"
      )
    }
    do {
      return try parse(text)
    } catch let error as LedgerError {
      throw FileFailure(
        path: path,
        message: error.message,
        remedy: "name a file that assay keygen or assay checkpoint wrote"
      )
    }
  }

  static func checkpoint(_ path: String) throws -> KeptCheckpoint {
    try read(path, KeptCheckpoint.init(text:))
  }

  /// A verifier key: the text itself, or a file of it.
  static func verifierKey(_ text: String) throws -> VerifierKey {
    if FileSystem.exists(text) { return try read(text, VerifierKey.init(text:)) }
    do {
      return try VerifierKey(text: text)
    } catch let error as LedgerError {
      throw FileFailure(
        path: "--key",
        message: error.message,
        remedy: "give a verifier key, as assay keygen prints it, or a file of it"
      )
    }
  }
}

/// A checkpoint that somebody kept, and what makes it one to believe.
struct TrustedCheckpoint: ParsableArguments {
  @Option(
    help: ArgumentHelp("A checkpoint that the ledger must have grown from.", valueName: "file")
  )
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      "The verifier key that must have signed the checkpoint, or a file of it.",
      valueName: "key"
    )
  )
  var key: String?

  @Option(
    help: ArgumentHelp(
      "What the checkpoint calls the ledger. Default: the name from its first event.",
      valueName: "name"
    )
  )
  var origin: String?

  func validate() throws {
    guard checkpoint != nil || (key == nil && origin == nil) else {
      throw ValidationError("--key and --origin are of the checkpoint: give --checkpoint with them")
    }
  }

  /// The checkpoint, whose signature is checked if there is a key.
  func read() throws -> KeptCheckpoint? {
    guard let path = checkpoint else { return nil }
    let kept = try NoteFile.checkpoint(path)
    guard let key = try key.map({ try NoteFile.verifierKey($0) }) else { return kept }
    let isSigned: Bool
    do {
      isSigned = try key.hasSigned(kept)
    } catch let error as LedgerError {
      throw refusal(error.message)
    }
    guard isSigned else { throw refusal("it is not signed by \(key.name)") }
    return kept
  }

  private func refusal(_ message: String) -> FileFailure {
    FileFailure(
      path: checkpoint ?? "",
      message: message,
      remedy: "find out where it comes from, and trust no figure that rests on it"
    )
  }

  /// The name of the key that signed the checkpoint; `nil` if no key was given.
  var signer: String? { get throws { try key.map { try NoteFile.verifierKey($0).name } } }

  /// Checks that a checkpoint is of this ledger, by its name.
  ///
  /// - Parameter name: What the first event of the ledger makes of it.
  func check(_ kept: KeptCheckpoint, isOf name: String?) throws {
    // A key has the name of the ledger whose checkpoints it signs (C2SP tlog-checkpoint).
    let names = try origin.map { [$0] } ?? [name, signer].compactMap(\.self)
    guard !names.contains(kept.origin) else { return }
    throw FileFailure(
      path: checkpoint ?? "",
      message: "it is of the ledger \(kept.origin), and this one is \(names.first ?? "empty")",
      remedy: "give this ledger's checkpoint, or --origin \(kept.origin) if that is its name"
    )
  }
}
