import CNats

/// A connection to servers of NATS, by libnats: it finds another server by itself when one is gone.
///
/// Its calls wait for answers, each for some seconds at most.
@safe
public final class Connection: @unchecked Sendable {
  // libnats guards its connections against several threads.
  private let connection: OpaquePointer

  /// How long an answer may take.
  private static let milliseconds: Int64 = 4_500

  /// How long a server may take to let a client in.
  private static let connectMilliseconds: Int64 = 3_500

  /// How often a server is asked whether it is there.
  private static let pingMilliseconds: Int64 = 1_300

  /// A message that came as an answer, or is sent as a question.
  struct Message {
    var headers: [String: String] = [:]
    var body: [UInt8] = []
  }

  /// Connects to one of some servers.
  ///
  /// - Parameters:
  ///   - addresses: Such as `nats://127.0.0.1:4222`; a password may stand before the host, and `tls://` encrypts.
  ///   - credentials: A file with a user's credentials; `nil` for none.
  /// - Throws: ``ConnectionError`` if none of them answers, or lets this user in.
  public init(to addresses: [String], credentials: String? = nil) throws(ConnectionError) {
    var options: OpaquePointer?
    try Self.check(unsafe natsOptions_Create(&options), "options")
    defer { unsafe natsOptions_Destroy(options) }
    var pointers: [UnsafePointer<CChar>?] = unsafe []
    let status = unsafe Self.withEach(of: addresses[...], added: &pointers) { pointers in
      unsafe natsOptions_SetServers(options, &pointers, Int32(pointers.count))
    }
    try Self.check(status, "the addresses")
    try Self.check(unsafe natsOptions_SetTimeout(options, Self.connectMilliseconds), "the timeout")
    try Self.check(unsafe natsOptions_SetMaxReconnect(options, -1), "the attempts")
    try Self.check(unsafe natsOptions_SetReconnectWait(options, 200), "the pause")
    // A server that is cut off says nothing: after two questions without an answer another one is taken.
    try Self.check(
      unsafe natsOptions_SetPingInterval(options, Self.pingMilliseconds),
      "the questions"
    )
    try Self.check(unsafe natsOptions_SetMaxPingsOut(options, 2), "the questions")
    // Who asks is told at once that nobody is there, and tries again itself.
    try Self.check(unsafe natsOptions_SetFailRequestsOnDisconnect(options, true), "the options")
    if let credentials {
      try Self.check(
        unsafe natsOptions_SetUserCredentialsFromFiles(options, credentials, nil),
        credentials
      )
    }
    var found: OpaquePointer?
    try Self.check(
      unsafe natsConnection_Connect(&found, options),
      addresses.joined(separator: ", ")
    )
    guard let found = unsafe found else { throw ConnectionError("no connection was made") }
    unsafe connection = found
  }

  deinit { unsafe natsConnection_Destroy(connection) }

  /// Sends a message and waits for the answer.
  ///
  /// - Throws: ``ConnectionError`` if none came: whether the message arrived is not known then.
  func ask(_ subject: String, _ message: Message = Message()) throws(ConnectionError) -> Message {
    var question: OpaquePointer?
    try Self.check(
      unsafe message.body.withUnsafeBytes { body in
        unsafe natsMsg_Create(
          &question,
          subject,
          nil,
          body.baseAddress?.assumingMemoryBound(to: CChar.self),
          Int32(body.count)
        )
      },
      subject
    )
    defer { unsafe natsMsg_Destroy(question) }
    for (name, value) in message.headers {
      try Self.check(unsafe natsMsgHeader_Set(question, name, value), name)
    }
    var answer: OpaquePointer?
    try Self.check(
      unsafe natsConnection_RequestMsg(&answer, connection, question, Self.milliseconds),
      subject
    )
    defer { unsafe natsMsg_Destroy(answer) }
    let count = Int(unsafe natsMsg_GetDataLength(answer))
    var found = Message()
    if count > 0, let data = unsafe natsMsg_GetData(answer) {
      found.body = unsafe Array(UnsafeRawBufferPointer(start: data, count: count))
    }
    for name in JetStream.headerNames {
      var value: UnsafePointer<CChar>?
      if unsafe natsMsgHeader_Get(answer, name, &value) == NATS_OK, let value = unsafe value {
        found.headers[name] = unsafe String(cString: value)
      }
    }
    return found
  }

  /// Calls `body` with pointers to texts, as long as those live.
  private static func withEach(
    of texts: ArraySlice<String>,
    added pointers: inout [UnsafePointer<CChar>?],
    _ body: (inout [UnsafePointer<CChar>?]) -> natsStatus
  ) -> natsStatus {
    guard let text = texts.first else { return unsafe body(&pointers) }
    return unsafe text.withCString { pointer in
      unsafe pointers.append(pointer)
      return unsafe withEach(of: texts.dropFirst(), added: &pointers, body)
    }
  }

  private static func check(_ status: natsStatus, _ what: String) throws(ConnectionError) {
    guard status != NATS_OK else { return }
    throw ConnectionError("\(what): \(unsafe String(cString: natsStatus_GetText(status)))")
  }
}

/// Servers that do not answer, or not as JetStream does.
public struct ConnectionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  init(_ description: String) { self.description = description }
}
