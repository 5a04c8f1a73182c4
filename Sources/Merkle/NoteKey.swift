import Crypto
import FoundationEssentials

// Keys in the form of C2SP signed-note: with the name, and a hash of name and key as the key's id.

/// What a key makes; all are of Ed25519 (C2SP signed-note, "Signature types").
public enum SignatureType: UInt8, Hashable, Sendable {
  /// A signature of a text.
  case signature = 1

  /// A cosignature: of a checkpoint, and of the time at which it was the newest that a witness knew
  /// (C2SP tlog-cosignature).
  case cosignature = 4
}

/// What both halves of a key share.
enum NoteKey {
  /// Whether a key may have this name: not empty, no spaces, no plus.
  static func isName(_ name: some StringProtocol) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy { scalar in
        scalar != "+" && scalar.value >= 0x20 && !scalar.properties.isWhitespace
      }
  }

  static func id(name: String, type: SignatureType, publicKey: [UInt8]) -> UInt32 {
    var checksum = Checksum()
    checksum.update(name)
    let rest = [UInt8(ascii: "\n"), type.rawValue] + publicKey
    checksum.update(rest.span)
    return checksum.finalize().bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  static func hexadecimal(_ id: UInt32) -> String {
    let digits = String(id, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// The parts of `name+id+base64`.
  struct Parts {
    var name: String
    var id: String
    var type: SignatureType

    /// The 32 bytes of the key.
    var bytes: [UInt8]
  }

  /// The parts of a key as text; `nil` for a text that is none, or is of another type.
  static func parts(_ text: some StringProtocol) -> Parts? {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, isName(parts[0]), let bytes = Base64.bytes(parts[2]),
      bytes.count == 33, let type = SignatureType(rawValue: bytes[0])
    else { return nil }
    return Parts(
      name: String(parts[0]),
      id: String(parts[1]),
      type: type,
      bytes: Array(bytes.dropFirst())
    )
  }
}

/// The public half of a key: checks signatures of notes.
public struct NoteVerifier: Hashable, Sendable {
  /// The name of the key.
  public let name: String

  /// Which key of that name.
  public let keyID: UInt32

  /// What the key makes.
  public let type: SignatureType

  /// The Ed25519 public key (RFC 8032).
  let publicKey: [UInt8]

  fileprivate init(name: String, type: SignatureType, publicKey: [UInt8]) {
    self.name = name
    self.type = type
    self.publicKey = publicKey
    keyID = NoteKey.id(name: name, type: type, publicKey: publicKey)
  }

  /// Reads a verifier key: `name+id+base64`.
  ///
  /// - Throws: `NoteError` if it is none.
  public init(encoded: String) throws {
    guard let parts = NoteKey.parts(encoded) else {
      throw NoteError("\"\(encoded)\" is no verifier key, such as name+12ab34cd+AQ…")
    }
    self.init(name: parts.name, type: parts.type, publicKey: parts.bytes)
    guard parts.id == NoteKey.hexadecimal(keyID) else {
      throw NoteError("\"\(encoded)\" is damaged: name, id and key do not belong together")
    }
  }

  /// The verifier key as text, for everybody: `name+id+base64`.
  public var encoded: String {
    "\(name)+\(NoteKey.hexadecimal(keyID))+\(Base64.text([type.rawValue] + publicKey))"
  }

  /// Whether this key signed the note, or cosigned it.
  ///
  /// - Throws: `NoteError` if a signature names this key and is not made with it.
  public func hasSigned(_ note: SignedNote) throws -> Bool {
    var hasSigned = false
    for signature in note.signatures where signature.name == name && signature.keyID == keyID {
      guard let message = message(note, signature), isValid(message.signature, of: message.text)
      else { throw NoteError("the signature of \(name) is not of this text") }
      hasSigned = true
    }
    return hasSigned
  }

  /// What was signed, and the 64 bytes that Ed25519 made of it; `nil` for another number of bytes.
  private func message(
    _ note: SignedNote,
    _ signature: SignedNote.Signature
  ) -> (text: [UInt8], signature: [UInt8])? {
    switch type {
    case .signature: (Array(note.text.utf8), signature.bytes)
    case .cosignature:
      Cosignature(signature).map { ($0.message(note.text), $0.signature) }
    }
  }

  private func isValid(_ signature: [UInt8], of text: [UInt8]) -> Bool {
    let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
    return key?.isValidSignature(signature, for: text) == true
  }
}

/// The private half of a key: signs notes.
public struct NoteSigner: Sendable {
  private static let prefix = "PRIVATE+KEY+"

  private let privateKey: Curve25519.Signing.PrivateKey

  /// The public half.
  public let verifier: NoteVerifier

  private init(name: String, type: SignatureType, privateKey: Curve25519.Signing.PrivateKey) {
    self.privateKey = privateKey
    let publicKey = Array(privateKey.publicKey.rawRepresentation)
    verifier = NoteVerifier(name: name, type: type, publicKey: publicKey)
  }

  /// Makes a new key.
  ///
  /// - Throws: `NoteError` for a name that is empty or has spaces or a plus.
  public init(name: String, type: SignatureType = .signature) throws {
    guard NoteKey.isName(name) else {
      throw NoteError("\"\(name)\" is no name of a key: it may have no spaces and no plus")
    }
    self.init(name: name, type: type, privateKey: Curve25519.Signing.PrivateKey())
  }

  /// Reads a private key: `PRIVATE+KEY+name+id+base64`.
  ///
  /// - Throws: `NoteError`, which does not repeat the text, if it is none.
  public init(encoded: String) throws {
    guard encoded.hasPrefix(Self.prefix),
      let parts = NoteKey.parts(encoded.dropFirst(Self.prefix.count)),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: parts.bytes)
    else { throw NoteError("the text is no private key: \(Self.prefix)name+id+…") }
    self.init(name: parts.name, type: parts.type, privateKey: key)
    guard parts.id == NoteKey.hexadecimal(verifier.keyID) else {
      throw NoteError("the private key is damaged: name, id and key do not belong together")
    }
  }

  /// The private key as text, for nobody else: `PRIVATE+KEY+name+id+base64`.
  public var encoded: String {
    let key = Base64.text([verifier.type.rawValue] + Array(privateKey.rawRepresentation))
    return "\(Self.prefix)\(verifier.name)+\(NoteKey.hexadecimal(verifier.keyID))+\(key)"
  }

  /// Adds this key's signature to a note.
  ///
  /// - Throws: `NoteError` if the key is a witness's; what the cryptographic library throws.
  public func sign(_ note: inout SignedNote) throws {
    guard verifier.type == .signature else {
      throw NoteError("the key \(verifier.name) is a witness's: it cosigns, and signs nothing")
    }
    append(try signature(of: Array(note.text.utf8)), to: &note)
  }

  /// Adds this key's cosignature to a checkpoint, and takes away those of it that are there.
  ///
  /// - Parameter time: Seconds since 1970, less than 2^63.
  /// - Throws: `NoteError` if the key is no witness's, or the note is no checkpoint; what the
  ///   cryptographic library throws.
  public func cosign(_ note: inout SignedNote, at time: UInt64) throws {
    guard verifier.type == .cosignature else {
      throw NoteError("the key \(verifier.name) is no witness's: it signs, and cosigns nothing")
    }
    _ = try Checkpoint(note)
    precondition(time <= Cosignature.timeMax, "the time \(time) is out of bounds")
    note.signatures.removeAll { $0.name == verifier.name && $0.keyID == verifier.keyID }
    guard note.signatures.count < SignedNote.signatureCountMax else {
      throw NoteError("it has \(SignedNote.signatureCountMax) signatures, and takes no more")
    }
    var cosignature = Cosignature(time: time)
    cosignature.signature = try signature(of: cosignature.message(note.text))
    append(cosignature.bytes, to: &note)
  }

  private func signature(of text: [UInt8]) throws -> [UInt8] {
    Array(try privateKey.signature(for: text))
  }

  private func append(_ bytes: [UInt8], to note: inout SignedNote) {
    note.signatures.append(
      SignedNote.Signature(name: verifier.name, keyID: verifier.keyID, bytes: bytes)
    )
  }
}
