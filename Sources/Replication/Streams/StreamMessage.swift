public import Ledger
import Merkle

/// A message of a ledger's stream.
public enum StreamMessage: Hashable, Sendable {
  /// A writer begins: what follows is its.
  case claim(StreamClaim)

  /// Some events.
  case slice(StreamSlice)

  /// What the writer's ledger holds, of which every event stands in the messages before.
  case checkpoint(KeptCheckpoint, epoch: Epoch)

  /// Which claim a message goes with: its sequence in the stream, and the first digits of its hash, since a stream
  /// that was lost and made anew counts from the beginning.
  public struct Epoch: Hashable, Sendable, CustomStringConvertible {
    /// The sequence of the claim.
    public var sequence: UInt64

    let digest: String

    init(sequence: UInt64, digest: String) { (self.sequence, self.digest) = (sequence, digest) }

    init?(_ text: String) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, let sequence = UInt64(parts[0]), !parts[1].isEmpty else { return nil }
      self.init(sequence: sequence, digest: String(parts[1]))
    }

    /// As headers have it.
    public var description: String { "\(sequence).\(digest)" }
  }

  /// A message as a stream keeps it.
  public struct Encoded: Hashable, Sendable {
    /// What kind it is: a checkpoint is found by that.
    public var isCheckpoint: Bool

    /// Names and values, each of printable ASCII.
    public var headers: [String: String]

    /// What follows them; servers of NATS take a megabyte, with the headers.
    public var body: [UInt8]

    /// A message with these parts.
    public init(isCheckpoint: Bool, headers: [String: String], body: [UInt8]) {
      (self.isCheckpoint, self.headers, self.body) = (isCheckpoint, headers, body)
    }
  }

  /// The names of the headers.
  enum Header {
    static let epoch = "Assay-Epoch"
    static let first = "Assay-First"
    static let next = "Assay-Next"
    static let rootBefore = "Assay-Root-Before"
    static let rootAfter = "Assay-Root-After"
    static let hash = "Assay-Hash"
    static let signature = "Assay-Signature"
  }

  /// The names of the headers that messages have.
  public static var headerNames: [String] {
    [
      Header.epoch, Header.first, Header.next, Header.rootBefore, Header.rootAfter, Header.hash,
      Header.signature,
    ]
  }

  /// The claim that the message goes with.
  public var epoch: Epoch {
    switch self {
    case .claim(let claim): claim.epoch
    case .slice(let slice): slice.epoch
    case .checkpoint(_, let epoch): epoch
    }
  }

  /// The tree of the events up to the end of the message.
  public var treeHead: TreeHead {
    switch self {
    case .claim(let claim): claim.start
    case .slice(let slice): slice.end
    case .checkpoint(let checkpoint, _): checkpoint.treeHead
    }
  }

  /// The message as a stream keeps it.
  public var encoded: Encoded {
    switch self {
    case .claim(let claim):
      Encoded(
        isCheckpoint: false,
        headers: [Header.epoch: "\(claim.epoch)", Header.signature: claim.signature],
        body: Array(claim.text.utf8)
      )
    case .slice(let slice):
      Encoded(isCheckpoint: false, headers: slice.headers, body: slice.packed)
    case .checkpoint(let checkpoint, let epoch):
      Encoded(
        isCheckpoint: true,
        headers: [Header.epoch: "\(epoch)"],
        body: Array(checkpoint.text.utf8)
      )
    }
  }

  /// Reads a message; no signature is checked.
  ///
  /// - Parameter sequence: Where it stands.
  /// - Throws: ``ReplicationError`` of the code `malformed`.
  public init(_ encoded: Encoded, at sequence: UInt64) throws {
    func malformed(_ what: String) -> ReplicationError {
      ReplicationError(
        .malformed,
        "message \(sequence) of the stream is none of a ledger: \(what)",
        remedy: ReplicationError.refillRemedy
      )
    }
    guard let epoch = encoded.headers[Header.epoch].flatMap(Epoch.init) else {
      throw malformed("it has no epoch")
    }
    if encoded.isCheckpoint {
      do {
        self = .checkpoint(
          try KeptCheckpoint(text: String(decoding: encoded.body, as: UTF8.self)),
          epoch: epoch
        )
      } catch let error as LedgerError { throw malformed(error.message) }
    } else if let signature = encoded.headers[Header.signature] {
      guard let claim = StreamClaim(encoded.body, signature: signature), claim.epoch == epoch else {
        throw malformed("it is no whole claim")
      }
      self = .claim(claim)
    } else {
      guard let slice = StreamSlice(encoded.headers, epoch: epoch, packed: encoded.body) else {
        throw malformed("it has not all headers of a slice")
      }
      self = .slice(slice)
    }
  }
}
