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

  @Option(help: .checkpointOrigin)
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
  static let byteCountMax = 1 << 20

  /// What `parse` makes of the text of a file; an error names the file.
  static func read<Value>(
    _ path: String,
    remedy: String = "name a file that assay keygen or assay checkpoint wrote",
    _ parse: (String) throws -> Value
  ) throws -> Value {
    let bytes = try Input.bytes(of: path, byteCountMax: byteCountMax)
    guard bytes.count <= byteCountMax, let text = String(validating: bytes, as: UTF8.self) else {
      throw FileFailure(
        path: path,
        message: "the file is no text of a key or a checkpoint",
        remedy: remedy
      )
    }
    do {
      return try parse(text)
    } catch let error as LedgerError {
      throw FileFailure(path: path, message: error.message, remedy: remedy)
    }
  }

  static func checkpoint(_ path: String) throws -> KeptCheckpoint {
    try read(path, KeptCheckpoint.init(text:))
  }

  /// The text of a verifier key: as it was given, or in a file; one that is none is refused.
  static func verifierText(_ text: String, option: String = "--key") throws -> String {
    _ = try verifierKey(text, option: option)
    guard FileSystem.exists(text) else { return text }
    return String(decoding: try Input.bytes(of: text, byteCountMax: byteCountMax), as: UTF8.self)
  }

  /// A verifier key: the text itself, or a file of it.
  ///
  /// - Parameter option: The option that it was given with, for errors.
  static func verifierKey(_ text: String, option: String = "--key") throws -> VerifierKey {
    if FileSystem.exists(text) { return try read(text, VerifierKey.init(text:)) }
    do {
      return try VerifierKey(text: text)
    } catch let error as LedgerError {
      throw FileFailure(
        path: option,
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

  @Option(
    help: ArgumentHelp(
      "The logs and the quorum of witnesses that must have signed it (C2SP tlog-policy).",
      valueName: "file"
    )
  )
  var policy: String?

  func validate() throws {
    guard checkpoint != nil || (key == nil && origin == nil && policy == nil) else {
      throw ValidationError(
        "--key, --origin and --policy are of the checkpoint: give --checkpoint with them"
      )
    }
  }

  /// A checkpoint that was read, and who signed it.
  struct Checked {
    let kept: KeptCheckpoint

    /// The key that was given; else the log of the policy.
    var signer: String?

    /// The witnesses of the policy that cosigned it; `nil` if no policy was given.
    var cosigners: [Cosigner]?
  }

  /// The checkpoint, whose signatures are checked if there is a key or a policy.
  func read() throws -> Checked? {
    guard let path = checkpoint else { return nil }
    var checked = Checked(kept: try NoteFile.checkpoint(path))
    do {
      if let policy = try policy.map(Self.policy) {
        let judgement = try policy.judge(checked.kept)
        checked.signer = judgement.log
        checked.cosigners = judgement.cosigners
        guard judgement.isQuorum else {
          let names = judgement.cosigners.map(\.name).joined(separator: ", ")
          throw refusal(
            "it lacks cosignatures that the policy demands; it has \(names.isEmpty ? "none" : names)"
          )
        }
      }
      if let key = try key.map({ try NoteFile.verifierKey($0) }) {
        guard try key.hasSigned(checked.kept) else {
          throw refusal("it is not signed by \(key.name)")
        }
        checked.signer = key.name
      }
    } catch let error as LedgerError {
      throw refusal(error.message)
    }
    return checked
  }

  private static func policy(_ path: String) throws -> WitnessPolicy {
    let bytes = try Input.bytes(of: path, byteCountMax: NoteFile.byteCountMax)
    do {
      return try WitnessPolicy(bytes)
    } catch let error as LedgerError {
      throw FileFailure(
        path: path,
        message: error.message,
        remedy: "give a policy as C2SP tlog-policy has it: log, witness, group and quorum lines"
      )
    }
  }

  private func refusal(_ message: String) -> FileFailure {
    FileFailure(
      path: checkpoint ?? "",
      message: message,
      remedy: "find out where it comes from, and trust no figure that rests on it"
    )
  }

  /// Checks that a checkpoint is of this ledger, by its name.
  ///
  /// - Parameter name: What the first event of the ledger makes of it.
  func check(_ checked: Checked, isOf name: String?) throws {
    // A key has the name of the ledger whose checkpoints it signs (C2SP tlog-checkpoint).
    let names = origin.map { [$0] } ?? [name, checked.signer].compactMap(\.self)
    let kept = checked.kept
    guard !names.contains(kept.origin) else { return }
    throw FileFailure(
      path: checkpoint ?? "",
      message: "it is of the ledger \(kept.origin), and this one is \(names.first ?? "empty")",
      remedy: "give this ledger's checkpoint, or --origin \(kept.origin) if that is its name"
    )
  }
}
