/// Proves to anybody that an event is in a log that others have seen (C2SP tlog-proof, version 1): its
/// place, the hashes beside its way to the root, and a checkpoint with all of its signatures.
public struct TransparencyProof: Hashable, Sendable {
  private static let heading = "c2sp.org/tlog-proof@v1"

  /// Whatever helps to make the event again; nothing vouches for it.
  public var extra: [UInt8]?

  /// That the event is in the tree of the checkpoint, if its leaf verifies.
  public var inclusion: InclusionProof

  /// The checkpoint as its log and its witnesses signed it.
  public var note: SignedNote

  /// A proof of these parts, true or not.
  public init(extra: [UInt8]?, inclusion: InclusionProof, note: SignedNote) {
    self.extra = extra
    self.inclusion = inclusion
    self.note = note
  }

  /// The proof as it is stored and sent.
  public var encoded: String {
    let extra = extra.map { "extra \(Base64.text($0))\n" } ?? ""
    return "\(Self.heading)\n\(extra)index \(inclusion.index)\n\(HashLines.text(inclusion.path))\n"
      + note.encoded
  }

  /// Reads a proof; what it says is not checked.
  ///
  /// - Throws: `NoteError` with what is wrong.
  public init(encoded: String) throws {
    var lines = HashLines(encoded)
    guard lines.next() == Self.heading[...] else {
      throw NoteError("a proof begins with the line \(Self.heading)")
    }
    extra = try lines.next(after: "extra ").map { text in
      guard let bytes = Base64.bytes(text) else {
        throw NoteError("what follows extra is not in base 64")
      }
      return bytes
    }
    let index = try lines.number(after: "index ")
    let path = try lines.hashes()
    note = try SignedNote(encoded: String(lines.rest))
    let size = try Checkpoint(note).size
    guard index < size else { throw NoteError("\(size) events have no event \(index)") }
    inclusion = InclusionProof(index: index, size: size, path: path)
  }
}

/// Asks a witness to cosign a checkpoint, and proves that the log has grown to it from the one that the
/// witness knows (C2SP tlog-witness, the body of `add-checkpoint`).
public struct CosigningRequest: Hashable, Sendable {
  /// How every request begins.
  public static let beginning = "old "

  /// That the log has grown: from as many events as the witness knows, or from none.
  public var growth: ConsistencyProof

  /// The checkpoint, signed by its log.
  public var note: SignedNote

  /// A request of these parts, true or not.
  public init(growth: ConsistencyProof, note: SignedNote) {
    self.growth = growth
    self.note = note
  }

  /// The request as it is sent.
  public var encoded: String {
    "\(Self.beginning)\(growth.earlierSize)\n\(HashLines.text(growth.path))\n\(note.encoded)"
  }

  /// Reads a request; what it says is not checked.
  ///
  /// - Throws: `NoteError` with what is wrong.
  public init(encoded: String) throws {
    var lines = HashLines(encoded)
    let earlierSize = try lines.number(after: Self.beginning)
    let path = try lines.hashes()
    note = try SignedNote(encoded: String(lines.rest))
    let size = try Checkpoint(note).size
    growth = ConsistencyProof(earlierSize: earlierSize, size: size, path: path)
  }
}

/// The lines before a checkpoint, as C2SP writes proofs: each with a word, then hashes in base 64, then
/// an empty line.
private struct HashLines {
  /// As many as a tree of 2^64 leaves needs, and no more.
  private static let hashCountMax = 65

  /// What has not been read yet.
  private(set) var rest: Substring

  init(_ text: String) { rest = text[...] }

  static func text(_ hashes: [MerkleHash]) -> String {
    hashes.map { Base64.text($0.bytes) + "\n" }.joined()
  }

  /// The next line; `nil` if no line ends.
  mutating func next() -> Substring? {
    guard let end = rest.firstIndex(of: "\n") else { return nil }
    defer { rest = rest[rest.index(after: end)...] }
    return rest[..<end]
  }

  /// What follows a word in the next line; `nil` if that has another word, which stays unread.
  mutating func next(after word: String) -> Substring? {
    guard rest.hasPrefix(word) else { return nil }
    return next()?.dropFirst(word.count)
  }

  mutating func number(after word: String) throws -> UInt64 {
    guard let text = next(after: word), let number = UInt64(text), String(number) == text else {
      throw NoteError("there is no line of \(word)and a number where one must be")
    }
    return number
  }

  /// The hashes up to the empty line, which is read, too.
  mutating func hashes() throws -> [MerkleHash] {
    var hashes: [MerkleHash] = []
    while let line = next() {
      if line.isEmpty { return hashes }
      guard let bytes = Base64.bytes(line), bytes.count == MerkleHash.byteCount else {
        throw NoteError("\"\(line)\" is not 32 bytes in base 64")
      }
      guard hashes.count < Self.hashCountMax else {
        throw NoteError("it has more than \(Self.hashCountMax) hashes")
      }
      hashes.append(MerkleHash(bytes.span))
    }
    throw NoteError("no empty line follows its hashes")
  }
}
