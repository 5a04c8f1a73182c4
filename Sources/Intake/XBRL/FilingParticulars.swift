public import Facts

/// What a filing is, where its documents do not tell.
public struct FilingParticulars: Hashable, Sendable {
  /// One of the particulars.
  public enum Name: String, Hashable, Sendable {
    /// The accession number or other identifier.
    case filing

    /// When it became public.
    case published

    /// That a report may be read without the files of its taxonomy.
    case taxonomy
  }

  /// The accession number or other identifier.
  public var filing: String?

  /// When it became public.
  public var published: PublishedTime?

  /// The form: `10-K`.
  public var form: String?

  /// When its recipient accepted it.
  public var accepted: ZonedTime?

  /// All its documents; empty if they are not at hand.
  public var documents: [Filing.Document] = []

  /// Who filed, where a container tells it.
  var filer: String?

  /// All who filed, if they are several; else empty.
  public var entities: [String] = []

  /// Particulars of which some may be unknown.
  public init(filing: String? = nil, published: PublishedTime? = nil, form: String? = nil) {
    self.filing = filing
    self.published = published
    self.form = form
  }

  /// These, and what is unknown here from `other`.
  func completed(from other: FilingParticulars) -> FilingParticulars {
    var completed = self
    completed.filing = filing ?? other.filing
    completed.published = published ?? other.published
    completed.form = form ?? other.form
    completed.accepted = accepted ?? other.accepted
    completed.filer = filer ?? other.filer
    if documents.isEmpty { completed.documents = other.documents }
    if entities.isEmpty { completed.entities = other.entities }
    return completed
  }
}

extension FilingParticulars {
  /// The accession number that a folder or an archive of EDGAR is named by, with its hyphens or without:
  /// `0001018724-23-000004`, `000101872423000004`, `0001018724-23-000004-xbrl.zip`; `nil` for any other
  /// name.
  static func accession(inFolderName path: String) -> String? {
    guard var name = path.split(separator: "/").last else { return nil }
    for ending in [".zip", "-xbrl"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
    let digits = name.filter { $0 != "-" }
    guard digits.utf8.count == 18,
      digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else { return nil }
    let accession = "\(digits.prefix(10))-\(digits.dropFirst(10).prefix(2))-\(digits.suffix(6))"
    return name == digits || name == accession ? accession : nil
  }
}
