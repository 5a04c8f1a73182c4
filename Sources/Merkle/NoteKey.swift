import Crypto
import FoundationEssentials

// Keys in the form of C2SP signed-note: with the name, and a hash of name and key as the key's id.

/// What both halves of a key share.
enum NoteKey {
  /// Ed25519: the only type of signature that this program makes and checks.
  static let ed25519: UInt8 = 1

  /// Whether a key may have this name: not empty, no spaces, no plus.
  static func isName(_ name: some StringProtocol) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy { scalar in
        scalar != "+" && scalar.value >= 0x20 && !scalar.properties.isWhitespace
      }
  }

  static func id(name: String, publicKey: [UInt8]) -> UInt32 {
    var checksum = Checksum()
    checksum.update(name)
    let rest = [UInt8(ascii: "\n"), ed25519] + publicKey
    checksum.update(rest.span)
    return checksum.finalize().bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  static func hexadecimal(_ id: UInt32) -> String {
    let digits = String(id, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// The name, the id and the 32 bytes in `name+id+base64`.
  static func parts(_ text: some StringProtocol) -> (name: String, id: String, bytes: [UInt8])? {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, isName(parts[0]), let bytes = Base64.bytes(parts[2]),
      bytes.count == 33, bytes[0] == ed25519
    else { return nil }
    return (String(parts[0]), String(parts[1]), Array(bytes.dropFirst()))
  }
}

/// The public half of a key: checks signatures of notes.
public struct NoteVerifier: Hashable, Sendable {
  /// The name of the key.
  public let name: String

  /// Which key of that name.
  public let keyID: UInt32

  /// The Ed25519 public key (RFC 8032).
  private let publicKey: [UInt8]

  fileprivate init(name: String, publicKey: [UInt8]) {
    self.name = name
    self.publicKey = publicKey
    keyID = NoteKey.id(name: name, publicKey: publicKey)
  }

  /// Reads a verifier key: `name+id+base64`.
  ///
  /// - Throws: `NoteError` if it is none.
  public init(encoded: String) throws {
    guard let parts = NoteKey.parts(encoded) else {
      throw NoteError("\"\(encoded)\" is no verifier key, such as name+12ab34cd+AQ…")
    }
    self.init(name: parts.name, publicKey: parts.bytes)
    guard parts.id == NoteKey.hexadecimal(keyID) else {
      throw NoteError("\"\(encoded)\" is damaged: name, id and key do not belong together")
    }
  }

  /// The verifier key as text, for everybody: `name+id+base64`.
  public var encoded: String {
    "\(name)+\(NoteKey.hexadecimal(keyID))+\(Base64.text([NoteKey.ed25519] + publicKey))"
  }

  /// Whether this key signed the note.
  ///
  /// - Throws: `NoteError` if a signature names this key and is not made with it.
  public func hasSigned(_ note: SignedNote) throws -> Bool {
    var hasSigned = false
    for signature in note.signatures where signature.name == name && signature.keyID == keyID {
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
      guard key?.isValidSignature(signature.bytes, for: Array(note.text.utf8)) == true else {
        throw NoteError("the signature of \(name) is not of this text")
      }
      hasSigned = true
    }
    return hasSigned
  }
}

/// The private half of a key: signs notes.
public struct NoteSigner: Sendable {
  private static let prefix = "PRIVATE+KEY+"

  private let privateKey: Curve25519.Signing.PrivateKey

  /// The public half.
  public let verifier: NoteVerifier

  private init(name: String, privateKey: Curve25519.Signing.PrivateKey) {
    self.privateKey = privateKey
    verifier = NoteVerifier(name: name, publicKey: Array(privateKey.publicKey.rawRepresentation))
  }

  /// Makes a new key.
  ///
  /// - Throws: `NoteError` for a name that is empty or has spaces or a plus.
  public init(name: String) throws {
    guard NoteKey.isName(name) else {
      throw NoteError("\"\(name)\" is no name of a key: it may have no spaces and no plus")
    }
    self.init(name: name, privateKey: Curve25519.Signing.PrivateKey())
  }

  /// Reads a private key: `PRIVATE+KEY+name+id+base64`.
  ///
  /// - Throws: `NoteError`, which does not repeat the text, if it is none.
  public init(encoded: String) throws {
    guard encoded.hasPrefix(Self.prefix),
      let parts = NoteKey.parts(encoded.dropFirst(Self.prefix.count)),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: parts.bytes)
    else { throw NoteError("the text is no private key: \(Self.prefix)name+id+…") }
    self.init(name: parts.name, privateKey: key)
    guard parts.id == NoteKey.hexadecimal(verifier.keyID) else {
      throw NoteError("the private key is damaged: name, id and key do not belong together")
    }
  }

  /// The private key as text, for nobody else: `PRIVATE+KEY+name+id+base64`.
  public var encoded: String {
    let key = Base64.text([NoteKey.ed25519] + Array(privateKey.rawRepresentation))
    return "\(Self.prefix)\(verifier.name)+\(NoteKey.hexadecimal(verifier.keyID))+\(key)"
  }

  /// Adds this key's signature to a note.
  ///
  /// - Throws: what the cryptographic library throws.
  public func sign(_ note: inout SignedNote) throws {
    let bytes = Array(try privateKey.signature(for: Array(note.text.utf8)))
    note.signatures.append(
      SignedNote.Signature(name: verifier.name, keyID: verifier.keyID, bytes: bytes)
    )
  }
}
