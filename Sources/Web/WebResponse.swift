public import Platform

/// An answer that is whole before its first byte is sent: no snapshot of the ledger is held while a client
/// reads it.
public struct WebResponse: Sendable {
  /// The status, `200`.
  public var status: Int

  /// The headers in their order, without the length.
  public var headers: [(name: String, value: String)]

  /// What is sent.
  public var body: WebBody

  /// An answer.
  public init(_ status: Int, headers: [(name: String, value: String)] = [], body: WebBody) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }

  /// An answer that was found.
  init(_ type: MediaType, _ bytes: [UInt8]) {
    self.init(200, headers: [("Content-Type", type.rawValue)], body: .bytes(bytes))
  }

  /// The value of a header; `nil` if there is none.
  public subscript(name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// What an answer's bytes are.
enum MediaType: String {
  case json = "application/json"
  case jsonLines = "application/jsonl"
  case csv = "text/csv; charset=utf-8"
  case problem = "application/problem+json"
  case html = "text/html; charset=utf-8"
  case text = "text/plain; charset=utf-8"
  case script = "text/javascript; charset=utf-8"
  case style = "text/css; charset=utf-8"
  case bytes = "application/octet-stream"
}

/// The bytes of an answer.
public enum WebBody: Sendable {
  /// In memory.
  case bytes([UInt8])

  /// In memory up to a limit, the rest in a nameless temporary file.
  case spooled(WebSpool.Finished)

  /// Events as they are recorded, from this sequence on, for as long as the client listens; each has its type as
  /// its name, or none has one.
  case events(since: UInt64, areNamed: Bool)

  /// How many bytes there are; `nil` for events.
  public var byteCount: Int? {
    switch self {
    case .bytes(let bytes): bytes.count
    case .spooled(let spool): spool.byteCount
    case .events: nil
    }
  }

  /// Calls `body` with the bytes, piece by piece; not for events.
  ///
  /// - Throws: `SystemError` if the temporary file cannot be read; what `body` throws.
  public func forEachPiece(_ body: ([UInt8]) throws -> Void) throws {
    switch self {
    case .bytes(let bytes): try body(bytes)
    case .spooled(let spool):
      var pieces = spool.pieces
      while let piece = try pieces.next() { try body(piece) }
    case .events: break
    }
  }
}

/// Gathers an answer of any size in little memory.
public struct WebSpool {
  private var buffer = DiskBuffer()
  private var byteCount = 0

  /// All that was gathered.
  public struct Finished: Sendable {
    /// The bytes, piece by piece.
    public let pieces: DiskBuffer.Pieces

    /// How many there are.
    public let byteCount: Int
  }

  /// Lets `write` append some bytes.
  ///
  /// - Throws: ``Problem`` 507 if the temporary file takes no more.
  mutating func append(_ write: (inout [UInt8]) -> Void) throws {
    var added = 0
    do {
      try buffer.append { bytes in
        let before = bytes.count
        write(&bytes)
        added = bytes.count - before
      }
    } catch {
      throw Problem(507, "there is no room for the answer on the server")
    }
    byteCount += added
  }

  /// Appends bytes.
  ///
  /// - Throws: ``Problem`` 507 if the temporary file takes no more.
  mutating func append(_ bytes: [UInt8]) throws { try append { $0 += bytes } }

  /// All that was gathered.
  var finished: Finished { Finished(pieces: buffer.pieces(), byteCount: byteCount) }
}
