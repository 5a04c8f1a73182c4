import Facts
public import Ledger
import Platform
import Synchronization

/// A witness of the ledgers of some keepers: cosigns their checkpoints, and keeps the last one of each in a file.
///
/// Before a cosignature is given away, the checkpoint is on the disk: it can never cosign another past, as long as
/// its folder is kept.
public final class SiteWitness: Sendable {
  private let key: SigningKey
  private let logs: [String: VerifierKey]
  private let folder: String
  private let turn = Mutex(())

  /// A witness.
  ///
  /// - Parameters:
  ///   - key: Its own key.
  ///   - logs: The keys of the keepers; each has the name of its ledger.
  ///   - folder: Where the last checkpoint of each ledger is kept.
  /// - Throws: `LedgerError` if a key is of the wrong kind; `FileFailure` if there is no such folder.
  public init(key: SigningKey, logs: [VerifierKey], folder: String) throws {
    for log in logs { _ = try Witness(key: key, log: log) }
    do {
      _ = try OpenFile(inspecting: folder)
    } catch {
      throw FileFailure(
        error,
        remedy: "make the folder, in which the last checkpoint of each ledger is kept"
      )
    }
    (self.key, self.folder) = (key, folder)
    self.logs = Dictionary(logs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Cosigns what a request asks for.
  ///
  /// - Parameter now: In seconds since 1970.
  /// - Returns: The lines of the cosignature.
  /// - Throws: ``Problem`` with the status that C2SP tlog-witness has for it.
  func cosign(_ text: String, at now: UInt64) throws -> String {
    let request: CheckpointRequest
    do { request = try CheckpointRequest(text: text) } catch {
      throw Problem(400, "the body is no request to cosign: \(error)")
    }
    let (asked, size) = (request.checkpoint, request.checkpoint.treeHead.size)
    guard let log = logs[asked.origin] else {
      throw Problem(404, "this witness does not know the ledger \(asked.origin)")
    }
    guard (try? log.hasSigned(asked)) == true else {
      throw Problem(403, "the checkpoint is not signed by \(log.name)")
    }
    guard request.earlierSize <= size else {
      throw Problem(
        400,
        "the old size \(request.earlierSize) is more than that of the checkpoint, \(size)"
      )
    }
    return try turn.withLock { _ in
      // Another program of the same witness waits, as for assay witness.
      let lock = try OpenFile(inspecting: folder)
      try lock.descriptor.lock(waits: true)
      let path = "\(folder)/\(Ledger.checksum(of: Array(asked.origin.utf8))).checkpoint"
      let last = try self.last(path)
      let known = last?.treeHead.size ?? 0
      guard request.earlierSize == known,
        size != known || last?.treeHead.root == asked.treeHead.root
          || last == nil
      else { throw Self.outgrown(known) }
      let cosigned = try cosignature(request, after: last, log, at: now)
      try Output.write(
        Array(cosigned.text.utf8),
        to: path,
        replacing: last == nil ? .nothing() : .outgrown
      )
      // The signatures follow the three lines and an empty one.
      let own = cosigned.text.split(separator: "\n").filter {
        $0.hasPrefix("\u{2014} \(key.name) ")
      }
      return own.last.map { $0 + "\n" } ?? ""
    }
  }

  private func last(_ path: String) throws -> KeptCheckpoint? {
    guard FileSystem.exists(path) else { return nil }
    let bytes = try Input.bytes(of: path, byteCountMax: 1 << 20)
    return try KeptCheckpoint(text: String(decoding: bytes, as: UTF8.self))
  }

  private func cosignature(
    _ request: CheckpointRequest,
    after last: KeptCheckpoint?,
    _ log: VerifierKey,
    at now: UInt64
  ) throws -> KeptCheckpoint {
    do {
      return try Witness(key: key, log: log)
        .cosign(request.checkpoint, after: last, growth: .proof(request), at: now)
    } catch let error as LedgerError where error.code == .conflict {
      throw Problem(422, error.message, code: "not-grown")
    }
  }

  /// The witness has cosigned another checkpoint than the request goes on from: the answer is its size.
  private static func outgrown(_ size: UInt64) -> Problem {
    var problem = Problem(409, "the last checkpoint that was cosigned is of \(size) events")
    problem.plainBody = (type: "text/x.tlog.size", text: "\(size)\n")
    return problem
  }
}

/// Asks for a cosignature: `POST /add-checkpoint` (C2SP tlog-witness).
enum WitnessRoute {
  static let route = Route(
    "POST",
    "/add-checkpoint",
    summary:
      "Cosigns the checkpoint of a ledger that this server is a witness of, once it has grown (C2SP tlog-witness).",
    .plain(add)
  )

  /// Checks that the server is a witness, and that this client may ask.
  static func check(_ request: WebRequest, _ site: Site) throws {
    guard site.witness != nil else {
      throw Problem(
        404,
        "this server is no witness",
        remedy: "it has to be started with the key of one"
      )
    }
    if let access = site.access, access.isPrivate { _ = try access.holder(of: request, .cosign) }
  }

  @Sendable private static func add(_ call: Call) throws -> WebResponse {
    try check(call.request, call.site)
    guard let text = String(validating: call.request.body, as: UTF8.self) else {
      throw Problem(400, "the body is no text in UTF-8")
    }
    let now = UInt64(clamping: ThisProcess.timeInMicroseconds / 1_000_000)
    let lines = try call.site.witness?.cosign(text, at: now) ?? ""
    var response = WebResponse(.text, Array(lines.utf8))
    response.headers.append(("Cache-Control", "no-store"))
    return response
  }
}
