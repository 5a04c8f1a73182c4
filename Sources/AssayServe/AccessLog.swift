#if Server
import Facts
import HTTPTypes
import Hummingbird
import JSON
import Platform

/// A line on standard error for each request, a JSON object: whatever a client sends is a string in it.
struct AccessLog: Sendable {
  func note(
    _ request: Request,
    from client: String,
    _ status: Int,
    byteCount: Int?,
    _ duration: Duration
  ) {
    let parts = duration.components
    let microseconds = parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
    let now = Timestamp(microseconds: ThisProcess.timeInMicroseconds)
    var members: [(key: String, value: JSONValue)] = [
      ("time", .string(now.description)), ("client", .string(client)),
      ("method", .string(request.method.rawValue)), ("target", .string(request.head.path ?? "")),
      ("status", .integer(status)), ("microseconds", .integer(Int(microseconds))),
    ]
    if let byteCount { members.append(("bytes", .integer(byteCount))) }
    let line = JSONValue.object(members).bytes + [UInt8(ascii: "\n")]
    // Where standard error is closed, nobody can be told.
    try? FileDescriptor.standardError.write(line)
  }
}
#endif
