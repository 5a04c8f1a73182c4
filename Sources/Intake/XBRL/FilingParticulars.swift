public import Facts

/// What a filing is, where its documents do not tell.
public struct FilingParticulars: Hashable, Sendable {
  /// One of the particulars.
  public enum Name: String, Hashable, Sendable {
    /// The accession number or other identifier.
    case filing

    /// When it became public.
    case published
  }

  /// The accession number or other identifier.
  public var filing: String?

  /// When it became public.
  public var published: PublishedTime?

  /// The form: `10-K`.
  public var form: String?

  /// Particulars of which some may be unknown.
  public init(filing: String? = nil, published: PublishedTime? = nil, form: String? = nil) {
    self.filing = filing
    self.published = published
    self.form = form
  }

  /// These, and what is unknown here from `other`.
  func completed(from other: FilingParticulars) -> FilingParticulars {
    FilingParticulars(
      filing: filing ?? other.filing,
      published: published ?? other.published,
      form: form ?? other.form
    )
  }
}

extension FilingParticulars {
  /// The accession number that a folder of EDGAR is named by, with its hyphens or without:
  /// `0001018724-23-000004`, `000101872423000004`; `nil` for any other name.
  static func accession(inFolderName path: String) -> String? {
    guard let name = path.split(separator: "/").last else { return nil }
    let digits = name.filter { $0 != "-" }
    guard digits.utf8.count == 18,
      digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else { return nil }
    let accession = "\(digits.prefix(10))-\(digits.dropFirst(10).prefix(2))-\(digits.suffix(6))"
    return name == digits || name == accession ? accession : nil
  }
}
