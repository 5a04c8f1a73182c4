/// What a log held at one moment, in three lines (C2SP tlog-checkpoint): who keeps it, how many
/// events it has and the root of the Merkle tree over them.
///
/// An auditor who keeps these lines can check at any later time whether the log has only grown.
public struct Checkpoint: Hashable, Sendable {
  /// Which log: a name that no other has.
  public var origin: String

  /// How many leaves the tree has.
  public var size: UInt64

  /// The root of the tree.
  public var root: MerkleHash

  /// A checkpoint of these parts.
  ///
  /// - Throws: `NoteError` for an origin that is empty or more than a line.
  public init(origin: String, size: UInt64, root: MerkleHash) throws {
    guard !origin.isEmpty, origin.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
      throw NoteError("the origin \"\(origin)\" is not a line of text")
    }
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// The three lines: what is signed.
  public var text: String { "\(origin)\n\(size)\n\(Base64.text(root.bytes))\n" }

  /// Reads the text of a note; further lines are left out.
  ///
  /// - Throws: `NoteError` with what is wrong.
  public init(_ note: SignedNote) throws {
    let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines.dropLast().allSatisfy({ !$0.isEmpty }) else {
      throw NoteError("a checkpoint has three lines: origin, size and root")
    }
    guard let size = UInt64(lines[1]), String(size) == lines[1] else {
      throw NoteError("the size \"\(lines[1])\" is not a number")
    }
    guard let bytes = Base64.bytes(lines[2]), bytes.count == MerkleHash.byteCount else {
      throw NoteError("the root \"\(lines[2])\" is not 32 bytes in base 64")
    }
    try self.init(origin: String(lines[0]), size: size, root: MerkleHash(bytes.span))
  }

  /// Reads a checkpoint as it is stored, signed or not; signatures are not checked.
  ///
  /// - Throws: `NoteError` with what is wrong.
  public init(encoded: String) throws { try self.init(SignedNote(encoded: encoded)) }
}
