public import Ledger
import Merkle

/// Some events of the log, in one message: their canonical lines, packed with Zstandard.
public struct StreamSlice: Hashable, Sendable {
  /// The claim that it goes with.
  public let epoch: StreamMessage.Epoch

  /// The tree of the events before it.
  public let start: TreeHead

  /// The tree of the events up to its end.
  public let end: TreeHead

  /// The hash of the lines.
  private let hash: String

  /// The lines, packed.
  let packed: [UInt8]

  /// How many bytes of lines one slice holds; one event has less.
  static let byteCountMax = 900_000

  /// Events in one message.
  ///
  /// - Parameter lines: The canonical lines of the events, each with its line feed.
  init(epoch: StreamMessage.Epoch, start: TreeHead, end: TreeHead, lines: [UInt8]) {
    (self.epoch, self.start, self.end) = (epoch, start, end)
    hash = MerkleHash.leaf(lines.span).hexadecimal
    packed = Zstandard.packed(lines)
  }

  /// A slice from its headers; `nil` if one is missing, or wrong.
  init?(_ headers: [String: String], epoch: StreamMessage.Epoch, packed: [UInt8]) {
    typealias Header = StreamMessage.Header
    guard let first = headers[Header.first].flatMap({ UInt64($0) }),
      let next = headers[Header.next].flatMap({ UInt64($0) }), first < next,
      let before = headers[Header.rootBefore], let after = headers[Header.rootAfter],
      let hash = headers[Header.hash]
    else { return nil }
    (self.epoch, self.hash, self.packed) = (epoch, hash, packed)
    start = TreeHead(size: first, root: before)
    end = TreeHead(size: next, root: after)
  }

  var headers: [String: String] {
    typealias Header = StreamMessage.Header
    return [
      Header.epoch: "\(epoch)", Header.first: "\(start.size)", Header.next: "\(end.size)",
      Header.rootBefore: start.root, Header.rootAfter: end.root, Header.hash: hash,
    ]
  }

  /// The canonical lines of the events, without line feeds.
  ///
  /// - Throws: ``ReplicationError`` of the code `altered` if they are not those that were written.
  /// - Complexity: O(*n*).
  func lines() throws -> [ArraySlice<UInt8>] {
    func altered(_ what: String) -> ReplicationError {
      ReplicationError(
        .altered,
        "the message of the events \(start.size) to \(end.size - 1) is not as it was written: \(what)",
        remedy: ReplicationError.refillRemedy
      )
    }
    let bytes: [UInt8]
    do {
      bytes = try Zstandard.unpacked(packed, byteCountMax: Self.byteCountMax)
    } catch { throw altered(error.message) }
    guard MerkleHash.leaf(bytes.span).hexadecimal == hash else { throw altered("its hash differs") }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.last?.isEmpty == true, lines.count - 1 == Int(clamping: end.size - start.size)
    else {
      throw altered("it has \(max(lines.count - 1, 0)) lines")
    }
    return lines.dropLast()
  }
}
