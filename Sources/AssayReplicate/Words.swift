#if Server
import Ledger
import Platform

/// What a command hands over: names, each with its value; some of them several times.
struct Words {
  private var values: [String: [String]] = [:]

  /// What to do: `publish`, `follow` or `status`.
  let job: String

  /// - Throws: `FileFailure` if they are no pairs.
  init(_ words: [String]) throws {
    var rest = words[...]
    guard let job = rest.popFirst() else { throw Self.notMeant }
    self.job = job
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { throw Self.notMeant }
      values[name, default: []].append(value)
    }
  }

  /// Every value of a name.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  subscript(_ name: String) -> String? { values[name]?.last }

  /// The value of a name that must be there.
  ///
  /// - Throws: `FileFailure` if it is not.
  func needed(_ name: String) throws -> String {
    guard let value = self[name] else { throw Self.notMeant }
    return value
  }

  /// A number of milliseconds.
  func duration(_ name: String, otherwise: Duration) -> Duration {
    self[name].flatMap { Int($0) }.map { .milliseconds($0) } ?? otherwise
  }

  /// The private key in a file.
  ///
  /// - Throws: `FileFailure` if it cannot be read; `LedgerError` if it is none.
  func signingKey(_ name: String) throws -> SigningKey? {
    try self[name].map { path in
      let bytes = try Input.bytes(of: path, byteCountMax: 1 << 20)
      return try SigningKey(text: String(decoding: bytes, as: UTF8.self))
    }
  }

  static var notMeant: FileFailure {
    FileFailure(
      path: "assay-replicate",
      message: "it is started by assay publish, assay follow and assay cluster",
      remedy: "see: assay help follow"
    )
  }
}
#endif
