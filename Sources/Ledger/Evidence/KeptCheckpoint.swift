import Merkle

/// What a ledger held at one moment, in the form in which somebody keeps it (C2SP tlog-checkpoint):
/// the name of the ledger, how many events it had and the root over them, with any signatures of that.
public struct KeptCheckpoint: Hashable, Sendable {
  let note: SignedNote
  let checkpoint: Checkpoint

  /// A checkpoint, signed if there is a key.
  init(_ checkpoint: Checkpoint, signedWith key: SigningKey?) throws {
    var note = SignedNote(text: checkpoint.text)
    try key?.signer.sign(&note)
    self.note = note
    self.checkpoint = checkpoint
  }

  /// Reads a checkpoint as it is kept, signed or not; signatures are not checked.
  ///
  /// - Throws: ``LedgerError`` of the code `refused` with what is wrong.
  public init(text: String) throws {
    self = try Ledger.translating(path: "") { try KeptCheckpoint(SignedNote(encoded: text)) }
  }

  /// The checkpoint that a note holds; signatures are not checked.
  init(_ note: SignedNote) throws {
    checkpoint = try Checkpoint(note)
    self.note = note
  }

  /// The checkpoint with the cosignature of a witness, of this time in seconds since 1970.
  func cosigned(with key: SigningKey, at time: UInt64) throws -> KeptCheckpoint {
    var note = note
    try key.signer.cosign(&note, at: time)
    return try KeptCheckpoint(note)
  }

  /// The checkpoint as it is kept and sent: three lines, and a line for each signature.
  public var text: String { note.encoded }

  /// The name of the ledger.
  public var origin: String { checkpoint.origin }

  /// How many events there were, and the root over them.
  public var treeHead: TreeHead {
    TreeHead(size: checkpoint.size, root: checkpoint.root.hexadecimal)
  }
}

/// How far a ledger had come: how many events it held, and the root over them.
public struct TreeHead: Hashable, Sendable {
  /// How many events there were.
  public var size: UInt64

  /// The root of the Merkle tree over them, in hexadecimal.
  public var root: String

  /// The tree of `size` events with this root.
  public init(size: UInt64, root: String) {
    self.size = size
    self.root = root
  }
}

/// The private half of a key that signs checkpoints (C2SP signed-note, Ed25519), or cosigns them (C2SP
/// tlog-cosignature).
public struct SigningKey: Sendable {
  let signer: NoteSigner

  /// Makes a new key.
  ///
  /// - Parameters:
  ///   - name: The name of the key, without spaces and plus signs.
  ///   - isWitness: Whether it cosigns other ledgers' checkpoints; else it signs those of its own.
  /// - Throws: ``LedgerError`` of the code `refused` for another name.
  public init(name: String, isWitness: Bool = false) throws {
    signer = try Ledger.translating(path: "") {
      try NoteSigner(name: name, type: isWitness ? .cosignature : .signature)
    }
  }

  /// Reads a private key: `PRIVATE+KEY+name+id+base64`, whatever line ends follow.
  ///
  /// - Throws: ``LedgerError`` of the code `refused`, which does not repeat the text, if it is none.
  public init(text: String) throws {
    var line = text[...]
    while line.last?.isNewline == true { line.removeLast() }
    signer = try Ledger.translating(path: "") { try NoteSigner(encoded: String(line)) }
  }

  /// The private key as text, for nobody else.
  public var text: String { signer.encoded }

  /// The public half as text, for everybody who checks signatures: `name+id+base64`.
  public var verifierText: String { signer.verifier.encoded }

  /// The public half.
  public var verifier: VerifierKey { VerifierKey(signer.verifier) }

  /// The name of the key.
  public var name: String { signer.verifier.name }

  /// Whether it cosigns.
  public var isWitness: Bool { verifier.isWitness }

  /// Signs a text (C2SP signed-note).
  ///
  /// - Parameter text: Lines, each ended by a line feed.
  /// - Returns: The name of the key and the signature, as the line of a note has them behind its dash.
  /// - Throws: ``LedgerError`` of the code `refused` for the key of a witness, or a text that no note can have.
  public func signature(of text: String) throws -> String {
    try Ledger.translating(path: "") {
      var note = SignedNote(text: text)
      try signer.sign(&note)
      let line = note.encoded.split(separator: "\n").last ?? ""
      return String(line.dropFirst(2))
    }
  }
}
