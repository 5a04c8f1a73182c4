import Merkle

/// The public half of a key: checks who signed a checkpoint (C2SP signed-note, Ed25519).
public struct VerifierKey: Hashable, Sendable {
  private let verifier: NoteVerifier

  /// Reads a verifier key, `name+id+base64`, whatever line ends follow.
  ///
  /// - Throws: ``LedgerError`` of the code `refused` if it is none.
  public init(text: String) throws {
    var line = text[...]
    while line.last?.isNewline == true { line.removeLast() }
    verifier = try Ledger.translating(path: "") { try NoteVerifier(encoded: String(line)) }
  }

  /// The name of the key: by C2SP tlog-checkpoint, that of the ledger whose checkpoints it signs.
  public var name: String { verifier.name }

  /// Whether this key signed the checkpoint.
  ///
  /// - Throws: ``LedgerError`` of the code `refused` if a signature names this key and is not made with
  ///   it.
  public func hasSigned(_ checkpoint: KeptCheckpoint) throws -> Bool {
    try Ledger.translating(path: "") { try verifier.hasSigned(checkpoint.note) }
  }
}
