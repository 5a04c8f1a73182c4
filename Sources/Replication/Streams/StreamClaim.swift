public import Ledger
import Merkle

/// Says, signed, that a writer begins: whoever wrote before it stops for good.
///
/// It stands in the stream at the sequence that it names, so that of two writers who claim at once one is refused;
/// no clock takes part. What follows it begins with an event that the writer chooses: the one after the last that
/// the stream has, or an earlier one, where something was lost or damaged.
public struct StreamClaim: Hashable, Sendable {
  /// A place in the stream: a claim, and the last message that goes with it and is sound.
  public struct Place: Hashable, Sendable {
    /// The sequence of the claim.
    public var claim: UInt64

    /// The sequence of the message.
    public var last: UInt64
  }

  /// The name of the ledger.
  public let origin: String

  /// The sequence at which it stands.
  public let sequence: UInt64

  /// The tree of the events before the first one that follows.
  public let start: TreeHead

  /// Where the events before those stand; `nil` where there are none.
  public let previous: Place?

  /// A number that nobody used before.
  let nonce: String

  /// The line of a signed note behind its dash.
  let signature: String

  /// A claim with these aspects, signed.
  ///
  /// - Throws: `LedgerError` if the key does not sign ledgers' checkpoints.
  init(
    origin: String,
    sequence: UInt64,
    start: TreeHead,
    previous: Place?,
    key: SigningKey
  ) throws {
    let nonce = String(UInt64.random(in: 0 ... .max), radix: 16)
    let text = Self.text(origin, sequence, start, previous, nonce)
    (self.origin, self.sequence, self.start, self.previous) = (origin, sequence, start, previous)
    (self.nonce, signature) = (nonce, try key.signature(of: text))
  }

  /// Reads the text of a claim; `nil` if it is none.
  init?(_ bytes: [UInt8], signature: String) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count == 6, lines[5].isEmpty else { return nil }
    func numbers(_ line: String, after word: String) -> [String]? {
      let words = line.split(separator: " ").map(String.init)
      return words.first == word && words.count == 3 ? Array(words.dropFirst()) : nil
    }
    guard lines[1].hasPrefix(Self.title),
      let sequence = UInt64(lines[1].dropFirst(Self.title.count)),
      let start = numbers(lines[2], after: "start"), let size = UInt64(start[0]),
      let previous = numbers(lines[3], after: "previous"), let claim = UInt64(previous[0]),
      let last = UInt64(previous[1])
    else { return nil }
    origin = lines[0]
    self.sequence = sequence
    self.start = TreeHead(size: size, root: start[1])
    self.previous = claim > 0 ? Place(claim: claim, last: last) : nil
    nonce = lines[4]
    self.signature = signature
    // Only the one way to write it is signed.
    guard self.text == text else { return nil }
  }

  private static let title = "claim of the stream at "

  private static func text(
    _ origin: String,
    _ sequence: UInt64,
    _ start: TreeHead,
    _ previous: Place?,
    _ nonce: String
  ) -> String {
    """
    \(origin)
    \(title)\(sequence)
    start \(start.size) \(start.root)
    previous \(previous?.claim ?? 0) \(previous?.last ?? 0)
    \(nonce)

    """
  }

  /// What is signed: five lines.
  var text: String { Self.text(origin, sequence, start, previous, nonce) }

  /// What messages that go with it name.
  public var epoch: StreamMessage.Epoch {
    let hash = MerkleHash.leaf(Array(text.utf8).span).hexadecimal
    return StreamMessage.Epoch(sequence: sequence, digest: String(hash.prefix(16)))
  }

  /// Whether `key` signed it, for the ledger `origin`, and it stands at `sequence`.
  func isGenuine(_ key: VerifierKey, origin: String, at sequence: UInt64) -> Bool {
    self.sequence == sequence && self.origin == origin && key.hasSigned(text, signature)
  }
}
