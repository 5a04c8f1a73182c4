import FoundationEssentials

/// A text and the signatures of it (C2SP signed-note).
///
///     example.com/log
///     42
///     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///
///     — example.com/key Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe…
public struct SignedNote: Hashable, Sendable {
  /// One signature line.
  public struct Signature: Hashable, Sendable {
    /// The name of the key.
    public var name: String

    /// Which key of that name.
    public var keyID: UInt32

    /// What the key made of the text.
    public var bytes: [UInt8]

    /// A signature of these parts.
    public init(name: String, keyID: UInt32, bytes: [UInt8]) {
      self.name = name
      self.keyID = keyID
      self.bytes = bytes
    }
  }

  /// How many signatures a note may have.
  public static let signatureCountMax = 64

  /// The text that is signed, line feed at its end included.
  public var text: String

  /// The signatures, in order; a note that nobody has signed yet has none.
  public var signatures: [Signature]

  /// A note of these parts.
  public init(text: String, signatures: [Signature] = []) {
    self.text = text
    self.signatures = signatures
  }

  /// The note as it is stored and sent.
  public var encoded: String {
    guard !signatures.isEmpty else { return text }
    return text + "\n"
      + signatures.map { signature in
        let id = (0..<4).map { UInt8(truncatingIfNeeded: signature.keyID >> (24 - 8 * $0)) }
        return "— \(signature.name) \(Base64.text(id + signature.bytes))\n"
      }.joined()
  }

  /// Reads a note; one without signatures is its text alone.
  ///
  /// - Throws: `NoteError` with the line that is wrong.
  public init(encoded: String) throws {
    if let control = encoded.unicodeScalars.first(where: { $0.value < 0x20 && $0 != "\n" }) {
      throw NoteError("it holds the control character U+\(String(control.value, radix: 16))")
    }
    guard encoded.utf8.last == UInt8(ascii: "\n") else {
      throw NoteError("its last line does not end")
    }
    var lines = encoded.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    var signatures: [Signature] = []
    if let blank = lines.lastIndex(of: "") {
      signatures = try lines[(blank + 1)...].map { try Signature(line: $0) }
      guard !signatures.isEmpty else { throw NoteError("no signature follows its blank line") }
      lines = lines[..<blank]
    }
    guard signatures.count <= Self.signatureCountMax else {
      throw NoteError("it has more than \(Self.signatureCountMax) signatures")
    }
    guard !lines.isEmpty else { throw NoteError("it has no text") }
    self.init(text: lines.map { $0 + "\n" }.joined(), signatures: signatures)
  }
}

extension SignedNote.Signature {
  fileprivate init(line: Substring) throws {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "—", NoteKey.isName(parts[1]),
      let bytes = Base64.bytes(parts[2]), bytes.count > 4
    else { throw NoteError("\"\(line)\" is no signature line") }
    let keyID = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    self.init(name: String(parts[1]), keyID: keyID, bytes: Array(bytes.dropFirst(4)))
  }
}

/// A text that is no note, no checkpoint or no key, or a note that is not signed as it must be.
public struct NoteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public var description: String

  init(_ description: String) { self.description = description }
}

/// Base 64 with padding (RFC 4648 §4), in its one canonical form.
enum Base64 {
  static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// The bytes; `nil` for a text that `text` does not write.
  static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    guard let data = Data(base64Encoded: String(text)) else { return nil }
    let bytes = Array(data)
    return self.text(bytes).utf8.elementsEqual(text.utf8) ? bytes : nil
  }
}
