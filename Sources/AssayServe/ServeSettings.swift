#if Server
import Facts
import Ledger
import Platform
import Web

/// What `assay serve` hands over: pairs of a name and a value.
struct ServeSettings {
  private(set) var ledger = ""
  private(set) var host = "127.0.0.1"
  private(set) var port = 0
  private(set) var origin: String?
  private(set) var keyPath: String?

  private(set) var tokensPath: String?
  private(set) var isPrivate = false
  private(set) var logsAccess = false
  private(set) var documentsFolder: String?
  private(set) var witnessKeyPath: String?
  private(set) var witnessFolder: String?
  private(set) var witnessLogs: [String] = []

  /// Names that requests may be addressed to, besides those of this machine alone.
  private(set) var allowedHosts: [String] = []

  /// - Throws: `FileFailure` for words that `assay serve` does not hand over.
  init(_ words: [String]) throws {
    var words = words[...]
    while let name = words.popFirst() {
      guard let value = words.popFirst() else { throw Self.notMeant }
      switch name {
      case "--ledger": ledger = value
      case "--host": host = value
      case "--port":
        guard let number = UInt16(value) else { throw Self.notMeant }
        port = Int(number)
      case "--origin": origin = value
      case "--key": keyPath = value
      case "--allow-host": allowedHosts.append(value)
      case "--tokens": tokensPath = value
      case "--private": isPrivate = value == "true"
      case "--documents": documentsFolder = value
      case "--access-log": logsAccess = value == "true"
      case "--witness-key": witnessKeyPath = value
      case "--witness-folder": witnessFolder = value
      case "--witness-log": witnessLogs.append(value)
      default: throw Self.notMeant
      }
    }
    guard !ledger.isEmpty else { throw Self.notMeant }
  }

  private static var notMeant: FileFailure {
    FileFailure(
      path: "assay-serve",
      message: "it is started by assay serve",
      remedy: "see: assay help serve"
    )
  }

  /// The key that signs checkpoints.
  var key: SigningKey? {
    get throws { try keyPath.map { try Self.read($0, SigningKey.init(text:)) } }
  }

  /// Who may append; `nil` if nobody may.
  func access(to ledger: Ledger) throws -> SiteAccess? {
    guard let path = tokensPath else { return nil }
    // What is wrong with the file is told at once, and not to a client.
    _ = try Self.tokens(path)
    return SiteAccess(to: ledger, isPrivate: isPrivate) { try Self.tokens(path) }
  }

  private static func tokens(_ path: String) throws -> AccessTokens {
    try read(path, AccessTokens.init(text:), remedy: "name a file that assay token new wrote")
  }

  /// Cosigns the checkpoints of other ledgers; `nil` if it does not.
  var witness: SiteWitness? {
    get throws {
      guard let keyPath = witnessKeyPath, let folder = witnessFolder else { return nil }
      let logs = try witnessLogs.map { text in
        try FileSystem.exists(text)
          ? Self.read(text, VerifierKey.init(text:)) : VerifierKey(text: text)
      }
      return try SiteWitness(
        key: Self.read(keyPath, SigningKey.init(text:)),
        logs: logs,
        folder: folder
      )
    }
  }

  private static func read<Content>(
    _ path: String,
    _ content: (String) throws -> Content,
    remedy: String = "name a file that assay keygen wrote"
  ) throws -> Content {
    let bytes = try Input.bytes(of: path, byteCountMax: 1 << 20)
    do { return try content(String(decoding: bytes, as: UTF8.self)) } catch {
      throw FileFailure(path: path, message: "\(error)", remedy: remedy)
    }
  }
}
#endif
