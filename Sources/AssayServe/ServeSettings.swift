#if Server
import Facts
import Ledger
import Platform

/// What `assay serve` hands over: pairs of a name and a value.
struct ServeSettings {
  private(set) var ledger = ""
  private(set) var host = "127.0.0.1"
  private(set) var port = 0
  private(set) var origin: String?
  private(set) var keyPath: String?

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
    get throws {
      try keyPath.map { path in
        let bytes = try Input.bytes(of: path, byteCountMax: 1 << 20)
        do { return try SigningKey(text: String(decoding: bytes, as: UTF8.self)) } catch {
          throw FileFailure(
            path: path,
            message: "\(error)",
            remedy: "name a file that assay keygen wrote"
          )
        }
      }
    }
  }
}
#endif
