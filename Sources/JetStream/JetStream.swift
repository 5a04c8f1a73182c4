import FoundationEssentials
import JSON
public import Replication

/// The stream of one ledger in NATS JetStream.
///
/// Two streams of the servers belong to it: the log, from which nothing can be deleted, and what mirrors cosigned,
/// of each the newest.
public final class JetStream: MessageStream, CosignatureBoard {
  /// The name of the log's stream, such as `ASSAY_ledger-example`.
  public let name: String

  private let connection: Connection
  private let replicaCount: Int
  private let subject: String
  private var boardName: String { name + "_MIRRORS" }

  /// The stream of the ledger `ledger`, over a connection.
  ///
  /// - Parameters:
  ///   - ledger: A name; what no subject can hold is replaced by dashes.
  ///   - replicaCount: How many servers keep it, if it is made: 1, 3 or 5.
  public init(_ connection: Connection, ledger: String, replicaCount: Int = 3) {
    let word = Self.word(ledger)
    (self.connection, self.replicaCount) = (connection, replicaCount)
    (name, subject) = ("ASSAY_\(word)", "assay.\(word)")
  }

  /// A text as one word of a subject.
  private static func word(_ text: String) -> String {
    String(
      text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "-" }
    )
  }

  /// The headers that are read of an answer.
  static let headerNames =
    StreamMessage.headerNames + [sequenceHeader, subjectHeader, statusHeader]
  private static let sequenceHeader = "Nats-Sequence"
  private static let subjectHeader = "Nats-Subject"
  private static let statusHeader = "Status"

  /// Numbers of errors that servers of NATS give.
  private enum ErrorNumber {
    static let notFound = 10059
    /// There is no such stream, or no message of the subject.
    static let nothing: Set = [notFound, 10037]
    static let existsOtherwise = 10058
    /// The sequence that was expected is not the last one, in three wordings.
    static let otherSequence: Set = [10070, 10071, 10164]
  }

  // MARK: The log

  /// Makes both streams if they are not there.
  ///
  /// - Throws: `ReplicationError` of the code `unreachable`, or `malformed` if there is another stream under a
  ///   name.
  public func create() async throws {
    try create(
      .object([
        ("name", .string(name)),
        ("subjects", .array([.string(subject + ".log"), .string(subject + ".checkpoint")])),
        ("storage", .string("file")), ("num_replicas", .integer(replicaCount)),
        ("retention", .string("limits")), ("discard", .string("new")), ("max_age", .integer(0)),
        ("deny_delete", .bool(true)), ("deny_purge", .bool(true)), ("allow_direct", .bool(true)),
        ("duplicate_window", .integer(Self.duplicateNanoseconds)),
      ]),
      name
    )
    try create(
      .object([
        ("name", .string(boardName)), ("subjects", .array([.string(subject + ".mirror.*")])),
        ("storage", .string("file")), ("num_replicas", .integer(replicaCount)),
        ("retention", .string("limits")), ("discard", .string("old")),
        ("max_msgs_per_subject", .integer(1)),
        ("allow_direct", .bool(true)),
      ]),
      boardName
    )
  }

  /// How the subject of checkpoints ends.
  private static let checkpointEnd = ".checkpoint"

  /// Nothing is found by its identifier, since each message says which one it follows.
  private static let duplicateNanoseconds = 1_000_000_000

  private func create(_ configuration: JSONValue, _ stream: String) throws {
    if try info(of: stream) != nil { return }
    let answer = try api("STREAM.CREATE.\(stream)", configuration)
    guard let error = Self.error(answer) else { return }
    throw error.number == ErrorNumber.existsOtherwise
      ? ReplicationError(
        .malformed,
        "there is another stream named \(stream)",
        remedy: "publish under another name"
      ) : unreachable("\(stream): \(error.text)")
  }

  /// The sequence of the log's newest message.
  ///
  /// - Throws: `ReplicationError` of the code `unreachable`.
  public func lastSequence() async throws -> UInt64 {
    guard let info = try info(of: name) else { return 0 }
    return info["state"]?["last_seq"]?.numberText.flatMap { UInt64($0) } ?? 0
  }

  /// The message of the log with a sequence: from any server, and where that one does not have it, as a server does
  /// not whose storage was damaged, from the one that leads the stream.
  ///
  /// - Throws: `ReplicationError` of the code `unreachable`.
  public func message(at sequence: UInt64) async throws -> StreamMessage.Encoded? {
    let question = JSONValue.object([("seq", .integer(Int(clamping: sequence)))])
    return try direct(question, name)?.message ?? stored(question)?.message
  }

  /// The newest checkpoint of the log, as the server says that leads the stream: others may be behind it.
  ///
  /// - Throws: `ReplicationError` of the code `unreachable`.
  public func newestCheckpoint() async throws -> (
    sequence: UInt64, message: StreamMessage.Encoded
  )? {
    try stored(.object([("last_by_subj", .string(subject + ".checkpoint"))]))
  }

  /// One message of the log, from the server that leads the stream; `nil` if it does not have it.
  private func stored(
    _ question: JSONValue
  ) throws -> (sequence: UInt64, message: StreamMessage.Encoded)? {
    let answer = try api("STREAM.MSG.GET.\(name)", question)
    if let error = Self.error(answer) {
      guard ErrorNumber.nothing.contains(error.number) else {
        throw unreachable("\(name): \(error.text)")
      }
      return nil
    }
    guard let message = answer["message"], let place = message["subject"]?.string,
      let sequence = message["seq"]?.numberText.flatMap({ UInt64($0) }),
      let body = Data(base64Encoded: message["data"]?.string ?? ""),
      let headers = message["hdrs"]?.string.flatMap({ Data(base64Encoded: $0) })
    else { throw unreachable("\(name): the message that it gives is not whole") }
    let lines = String(decoding: headers, as: UTF8.self).split(separator: "\r\n")
    var found: [String: String] = [:]
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { found[String(parts[0])] = String(parts[1].drop { $0 == " " }) }
    }
    let isCheckpoint = place.hasSuffix(Self.checkpointEnd)
    return (sequence, .init(isCheckpoint: isCheckpoint, headers: found, body: Array(body)))
  }

  /// Adds a message to the log, behind the one with a sequence.
  ///
  /// - Throws: `ReplicationError` of the code `unreachable`.
  public func append(
    _ message: StreamMessage.Encoded,
    after sequence: UInt64
  ) async throws -> Bool {
    var headers = message.headers
    headers["Nats-Expected-Last-Sequence"] = "\(sequence)"
    headers["Nats-Expected-Stream"] = name
    let place = subject + (message.isCheckpoint ? ".checkpoint" : ".log")
    let answer = try parsed(ask(place, .init(headers: headers, body: message.body)))
    if let error = Self.error(answer.root) {
      if ErrorNumber.otherSequence.contains(error.number) { return false }
      throw unreachable("\(name): \(error.text)")
    }
    guard answer.root["seq"]?.numberText.flatMap({ UInt64($0) }) == sequence + 1 else {
      throw unreachable("\(name): it did not say where the message stands")
    }
    return true
  }

  // MARK: What mirrors show

  /// Shows a mirror's checkpoint in place of the one before.
  ///
  /// - Throws: `ReplicationError` of the code `unreachable`.
  public func show(_ note: String, of mirror: String) async throws {
    let place = "\(subject).mirror.\(Self.word(mirror))"
    let answer = try parsed(ask(place, .init(body: Array(note.utf8))))
    if let error = Self.error(answer.root) { throw unreachable("\(boardName): \(error.text)") }
  }

  /// What the mirrors show.
  ///
  /// - Throws: `ReplicationError` of the code `unreachable`.
  public func notes() async throws -> [String] {
    let question = JSONValue.object([("subjects_filter", .string(subject + ".mirror.*"))])
    guard let info = try info(of: boardName, question),
      let subjects = info["state"]?["subjects"]
    else { return [] }
    return try subjects.members.compactMap { member in
      let found = try direct(.object([("last_by_subj", .string(member.key))]), boardName)
      return found.map { String(decoding: $0.message.body, as: UTF8.self) }
    }
  }

  // MARK: The servers' answers

  /// How the servers say that they keep the log; `nil` if there is no such stream.
  ///
  /// - Throws: `ReplicationError` of the code `unreachable`.
  public func state() throws -> State? { try info(of: name).map(State.init) }

  private func info(of stream: String, _ question: JSONValue? = nil) throws -> JSONNode? {
    let answer = try api("STREAM.INFO.\(stream)", question)
    guard let error = Self.error(answer) else { return answer }
    guard error.number == ErrorNumber.notFound else {
      throw unreachable("\(stream): \(error.text)")
    }
    return nil
  }

  private func api(_ place: String, _ question: JSONValue? = nil) throws -> JSONNode {
    try parsed(ask("$JS.API.\(place)", .init(body: question?.bytes ?? []))).root
  }

  /// One message, from whichever server has it.
  private func direct(
    _ question: JSONValue,
    _ stream: String
  ) throws -> (sequence: UInt64, message: StreamMessage.Encoded)? {
    let answer: Connection.Message
    do {
      answer = try connection.ask("$JS.API.DIRECT.GET.\(stream)", .init(body: question.bytes))
    } catch {
      // Nobody listens where there is no stream.
      if try info(of: stream) == nil { return nil }
      throw unreachable("\(error)")
    }
    guard answer.headers[Self.statusHeader] == nil,
      let sequence = answer.headers[Self.sequenceHeader].flatMap({ UInt64($0) }),
      let place = answer.headers[Self.subjectHeader]
    else { return nil }
    let message = StreamMessage.Encoded(
      isCheckpoint: place.hasSuffix(Self.checkpointEnd),
      headers: answer.headers,
      body: answer.body
    )
    return (sequence, message)
  }

  private func ask(_ place: String, _ message: Connection.Message) throws -> Connection.Message {
    do { return try connection.ask(place, message) } catch { throw unreachable("\(error)") }
  }

  private func parsed(_ message: Connection.Message) throws -> JSONDocument {
    do { return try JSONParser().parse(message.body) } catch {
      throw unreachable("\(name): the answer is none of JetStream")
    }
  }

  private static func error(_ answer: JSONNode) -> (number: Int, text: String)? {
    guard let error = answer["error"] else { return nil }
    return (
      error["err_code"]?.integer ?? 0,
      error["description"]?.string ?? "an error without a description"
    )
  }

  private func unreachable(_ message: String) -> ReplicationError {
    ReplicationError(
      .unreachable,
      message,
      remedy: "are servers of NATS with JetStream running there? Trying again may help"
    )
  }
}
