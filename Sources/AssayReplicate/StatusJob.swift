#if Server
import Facts
import JSON
import JetStream
import Ledger
import Platform
import Replication

/// What `assay cluster status` becomes.
struct StatusJob {
  private let words: Words
  private let key: VerifierKey
  private let mirrorKeys: [VerifierKey]

  init(_ words: Words) throws {
    self.words = words
    key = try VerifierKey(text: words.needed("--key"))
    mirrorKeys = try words.all("--mirror").map { try VerifierKey(text: $0) }
  }

  /// How a mirror stands to the newest checkpoint.
  private enum Standing: String {
    case equal, behind, ahead
    case different = "another root"
    case unseen = "nothing cosigned"
  }

  /// Writes how the stream and the mirrors are.
  ///
  /// - Throws: `ReplicationError`, of the code `splitView` if a mirror holds another past.
  func run() async throws {
    let servers = try Servers(words, name: words["--origin"] ?? key.name)
    let stream = try servers.stream()
    guard let state = try stream.state() else {
      throw ReplicationError(
        .unreachable,
        "there is no stream \(stream.name)",
        remedy: "start who publishes the ledger, or name its stream"
      )
    }
    let checkpoint = try await StreamLog(stream).checkpoint()
    guard (try? key.hasSigned(checkpoint)) == true else {
      throw ReplicationError(
        .unsigned,
        "the newest checkpoint of \(stream.name) is not signed by \(key.name)",
        remedy: "give the key of its keeper"
      )
    }
    let mirrors = try await Mirrors(mirrorKeys, of: key, origin: words["--origin"], board: stream)
      .states()
    let rows = mirrors.map { ($0, standing(of: $0, to: checkpoint.treeHead)) }
    let text =
      words["--format"] == "json"
      ? json(stream.name, state, checkpoint, rows).text + "\n"
      : lines(stream.name, state, checkpoint, rows)
    try FileDescriptor.standardOutput.write(Array(text.utf8))
    if rows.contains(where: { $0.1 == .different }) {
      throw ReplicationError(
        .splitView,
        "a mirror cosigned \(checkpoint.treeHead.size) events with another root",
        remedy: "keep both notes, and trust neither before you know why"
      )
    }
  }

  private func standing(of mirror: Mirrors.Mirror, to newest: TreeHead) -> Standing {
    guard let held = mirror.treeHead else { return .unseen }
    if held == newest { return .equal }
    if held.size == newest.size { return .different }
    return held.size < newest.size ? .behind : .ahead
  }

  private func time(_ mirror: Mirrors.Mirror) -> String? {
    mirror.time.map { "\(Timestamp(microseconds: Int64(clamping: $0) * 1_000_000))" }
  }

  private func lines(
    _ name: String,
    _ state: JetStream.State,
    _ checkpoint: KeptCheckpoint,
    _ rows: [(Mirrors.Mirror, Standing)]
  ) -> String {
    let replicas = state.replicas.map { "\($0.name) (\($0.state))" }.joined(separator: ", ")
    var lines = [
      "stream  \(name): \(state.messageCount) messages, \(state.byteCount) bytes"
        + (replicas.isEmpty ? "" : ", on \(replicas)"),
      "writer  \(checkpoint.origin): head \(checkpoint.treeHead.size), root \(checkpoint.treeHead.root)",
    ]
    for (mirror, standing) in rows {
      var line = "mirror  \(mirror.name): \(standing.rawValue)"
      if let head = mirror.treeHead?.size { line += ", head \(head)" }
      if let time = time(mirror) { line += ", cosigned \(time)" }
      lines.append(line)
    }
    return lines.map { TerminalText.escaped($0[...]) + "\n" }.joined()
  }

  private func json(
    _ name: String,
    _ state: JetStream.State,
    _ checkpoint: KeptCheckpoint,
    _ rows: [(Mirrors.Mirror, Standing)]
  ) -> JSONValue {
    func size(_ size: UInt64) -> JSONValue { .integer(Int(clamping: size)) }
    return .object([
      ("stream", .string(name)), ("messages", size(state.messageCount)),
      ("bytes", size(state.byteCount)),
      (
        "replicas",
        .array(
          state.replicas.map {
            .object([("name", .string($0.name)), ("state", .string($0.state))])
          }
        )
      ),
      ("origin", .string(checkpoint.origin)), ("head", size(checkpoint.treeHead.size)),
      ("root", .string(checkpoint.treeHead.root)),
      (
        "mirrors",
        .array(
          rows.map { mirror, standing in
            .object([
              ("name", .string(mirror.name)), ("standing", .string(standing.rawValue)),
              ("head", mirror.treeHead.map { size($0.size) } ?? .null),
              ("root", mirror.treeHead.map { .string($0.root) } ?? .null),
              ("cosigned", time(mirror).map { .string($0) } ?? .null),
            ])
          }
        )
      ),
    ])
  }
}
#endif
