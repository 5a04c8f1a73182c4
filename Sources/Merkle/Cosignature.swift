/// What a witness says of a checkpoint (C2SP tlog-cosignature, Ed25519): that at a time it was the
/// newest that the witness had seen, and that the log had only grown to it.
struct Cosignature: Hashable, Sendable {
  /// The latest time that may be written.
  static let timeMax = UInt64(Int64.max)

  private static let timeByteCount = 8
  private static let signatureByteCount = 64

  /// When it was made, in seconds since 1970.
  var time: UInt64

  /// What Ed25519 made of ``message(_:)``.
  var signature: [UInt8] = []

  init(time: UInt64) { self.time = time }

  /// Reads the bytes of a signature line; `nil` if they are no cosignature.
  init?(_ line: SignedNote.Signature) {
    guard line.bytes.count == Self.timeByteCount + Self.signatureByteCount else { return nil }
    time = line.bytes.prefix(Self.timeByteCount).reduce(0) { $0 << 8 | UInt64($1) }
    signature = Array(line.bytes.dropFirst(Self.timeByteCount))
    guard time <= Self.timeMax else { return nil }
  }

  /// The bytes of a signature line.
  var bytes: [UInt8] {
    (0..<Self.timeByteCount).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) } + signature
  }

  /// What is signed: the time, and the whole text of the checkpoint.
  func message(_ text: String) -> [UInt8] {
    Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
  }
}

extension NoteVerifier {
  /// When a witness cosigned a checkpoint, for the last time; `nil` if it has not.
  ///
  /// - Returns: Seconds since 1970, less than 2^63.
  /// - Throws: `NoteError` if a cosignature names this key and is not made with it.
  public func cosigningTime(of note: SignedNote) throws -> UInt64? {
    guard type == .cosignature, try hasSigned(note) else { return nil }
    return note.signatures.lazy.filter { $0.name == name && $0.keyID == keyID }
      .compactMap { Cosignature($0)?.time }.max()
  }
}
