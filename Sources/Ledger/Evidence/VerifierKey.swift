import Merkle

/// The public half of a key: checks who signed a checkpoint (C2SP signed-note, Ed25519), or cosigned it
/// (C2SP tlog-cosignature).
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

  init(_ verifier: NoteVerifier) { self.verifier = verifier }

  /// Whether it is a witness's.
  public var isWitness: Bool { verifier.type == .cosignature }

  /// The name of the key: by C2SP tlog-checkpoint, that of the ledger whose checkpoints it signs.
  public var name: String { verifier.name }

  /// Whether this key signed the checkpoint, or cosigned it.
  ///
  /// - Throws: ``LedgerError`` of the code `refused` if a signature names this key and is not made with
  ///   it.
  public func hasSigned(_ checkpoint: KeptCheckpoint) throws -> Bool {
    try Ledger.translating(path: "") { try verifier.hasSigned(checkpoint.note) }
  }

  /// When this witness cosigned the checkpoint, for the last time: seconds since 1970; `nil` if it has
  /// not.
  ///
  /// - Throws: ``LedgerError`` of the code `refused` if a cosignature names this key and is not made with
  ///   it.
  public func cosigningTime(of checkpoint: KeptCheckpoint) throws -> UInt64? {
    try Ledger.translating(path: "") { try verifier.cosigningTime(of: checkpoint.note) }
  }
}

extension VerifierKey {
  /// Whether a signature, as ``SigningKey/signature(of:)`` makes it, is of a text and by this key.
  public func hasSigned(_ text: String, _ signature: String) -> Bool {
    // What does not read as a note, or names the key and is made by another, is no signature of it.
    guard let note = try? SignedNote(encoded: "\(text)\n\u{2014} \(signature)\n") else {
      return false
    }
    return (try? verifier.hasSigned(note)) == true
  }
}
