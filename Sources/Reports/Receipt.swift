/// What a report rests on: with it, anyone can ask again later and prove that nothing changed.
public struct Receipt: Hashable, Sendable {
  /// The filing published last of those that a report used.
  public struct LatestFiling: Hashable, Sendable {
    /// When it was published, as its event says: a moment, or a day.
    public var published: String

    /// Its accession number or other identifier.
    public var filing: String

    /// A filing with these aspects.
    public init(published: String, filing: String) {
      self.published = published
      self.filing = filing
    }
  }

  /// How many events the answer could use.
  public var head: UInt64

  /// The root hash of the Merkle tree over them, in hexadecimal.
  public var root: String

  /// The SHA-256 of the statement's `checksumBytes`, in hexadecimal.
  public var factsChecksum: String

  /// The filing published last; `nil` if the report used none.
  public var latestPublished: LatestFiling?

  /// A receipt with these aspects.
  public init(
    head: UInt64,
    root: String,
    factsChecksum: String,
    latestPublished: LatestFiling? = nil
  ) {
    self.head = head
    self.root = root
    self.factsChecksum = factsChecksum
    self.latestPublished = latestPublished
  }

  /// Name and text of each part, as printed under a report.
  var lines: [(name: String, text: String)] {
    let latest = latestPublished.map { "\($0.filing), published \($0.published)" }
    return [
      ("head", String(head)), ("root", root), ("facts checksum", factsChecksum),
      ("latest filing used", latest ?? "none"),
    ]
  }
}
