import JSON

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

  /// The question that is answered, as a command that asks it again.
  public var query: String

  /// How many events the answer could use.
  public var head: UInt64

  /// The root hash of the Merkle tree over them, in hexadecimal.
  public var root: String

  /// The SHA-256 of what was found, in hexadecimal: of a statement's `checksumBytes`, of any other answer's lines
  /// as comma-separated values.
  public var factsChecksum: String

  /// The filing published last; `nil` if the report used none.
  public var latestPublished: LatestFiling?

  /// Whether ``lines`` tell the latest filing; answers whose notes tell it do not say it twice.
  public var listsLatest = true

  /// The key's name and its signature of ``signedText``, as a line of a C2SP signed-note has them; `nil` for none.
  public var signature: String?

  /// A receipt with these aspects.
  public init(
    query: String,
    head: UInt64,
    root: String,
    factsChecksum: String,
    latestPublished: LatestFiling? = nil
  ) {
    self.query = query
    self.head = head
    self.root = root
    self.factsChecksum = factsChecksum
    self.latestPublished = latestPublished
  }

  /// Name and text of each part, as printed under a report.
  public var lines: [(name: String, text: String)] {
    let latest = latestPublished.map { "\($0.filing), published \($0.published)" }
    let texts = [query, String(head), root, factsChecksum]
    return zip(Self.names, texts).map { (name: $0, text: $1) }
      + (listsLatest ? [("latest filing used", latest ?? "none")] : [])
      + (signature.map { [(Self.signatureName, $0)] } ?? [])
  }

  /// What a signature is of: a first line that says what it is, and the four parts, a line each.
  public var signedText: String {
    (["receipt of an answer", query, String(head), root, factsChecksum].joined(separator: "\n"))
      + "\n"
  }

  /// The receipt's members in JSON, as those of a statement.
  var members: [(key: String, value: JSONValue)] {
    [
      ("query", .string(query)),
      (
        "recordedAt",
        .object([("head", .integer(Int(clamping: head))), ("root", .string(root))])
      ), ("factsChecksum", .string(factsChecksum)),
    ] + (signature.map { [("signature", .string($0))] } ?? [])
  }

  /// The names of the parts that a receipt is verified by: query, head, root, facts checksum.
  static let names = ["query", "head", "root", "facts checksum"]

  /// The name of the part that vouches for the others.
  static let signatureName = "signature"
}
