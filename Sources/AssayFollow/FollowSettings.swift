#if Server
import Ledger
import Platform
import Replication

/// What `assay follow` hands over: pairs of a name and a value.
struct FollowSettings {
  /// Where the other ledger is served, without a slash at its end.
  private(set) var address = ""

  private(set) var follower: Follower.Settings

  /// Whether to end after the first step.
  private(set) var isOnce = false

  /// How long to wait between two steps.
  private(set) var interval = Duration.milliseconds(500)

  /// - Throws: `FileFailure` for words that `assay follow` does not hand over, or a file that is no key;
  ///   `LedgerError` for a text that is none.
  init(_ words: [String]) throws {
    var values: [String: String] = [:]
    var rest = words[...]
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { throw Self.notMeant }
      values[name] = value
    }
    guard let ledger = values["--ledger"], let key = values["--key"],
      let address = values["--address"]
    else { throw Self.notMeant }
    self.address = String(address.reversed().drop { $0 == "/" }.reversed())
    follower = .init(path: ledger, key: try VerifierKey(text: key), origin: values["--origin"])
    follower.mirror = try values["--cosign"].map { path in
      let bytes = try Input.bytes(of: path, byteCountMax: 1 << 20)
      return try SigningKey(text: String(decoding: bytes, as: UTF8.self))
    }
    isOnce = values["--once"] == "true"
    if let text = values["--interval"], let count = Int(text) { interval = .milliseconds(count) }
  }

  private static var notMeant: FileFailure {
    FileFailure(
      path: "assay-follow",
      message: "it is started by assay follow",
      remedy: "see: assay help follow"
    )
  }
}
#endif
