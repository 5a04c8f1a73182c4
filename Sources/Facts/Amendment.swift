/// A correction or a withdrawal of what the ledger's keeper had recorded wrongly: of a claim with the right
/// figure, of a filing with the right particulars, or without either.
///
/// Nothing is ever edited; what is amended stays in the log. An amendment names earlier events only, and is
/// an event itself, so that it can be withdrawn, too.
public struct Amendment: Hashable, Sendable {
  /// What an amendment names.
  public enum Subject: Hashable, Sendable {
    /// The event with this leaf hash (RFC 6962 §2.1), in hexadecimal.
    case event(String)

    /// The filing of this identifier, with all that was recorded of it before.
    case filing(String)

    /// The batch whose batch event has this leaf hash, in hexadecimal.
    case batch(String)
  }

  /// What it names.
  public var subject: Subject

  /// Why.
  public var reason: String

  /// The right figure of a claim; `nil` for any other amendment.
  public var figure: Figure?

  /// Where the right figure is printed; `nil` keeps the place of the claim.
  public var source: Source?

  /// The right particulars of a filing; `nil` for any other amendment.
  public var particulars: FilingCorrection?

  /// Whether it takes back what it names, and puts nothing in its place.
  public var isWithdrawal: Bool { figure == nil && particulars == nil }

  /// An amendment of an event: with the right figure, a correction; without, a withdrawal.
  public init(event: String, reason: String, figure: Figure?, source: Source? = nil) {
    subject = .event(event)
    self.reason = reason
    self.figure = figure
    self.source = source
  }

  /// An amendment of a filing: with the right particulars, a correction; without, a withdrawal.
  public init(filing: String, reason: String, particulars: FilingCorrection?) {
    subject = .filing(filing)
    self.reason = reason
    self.particulars = particulars
  }

  /// The withdrawal of a batch.
  public init(batch: String, reason: String) {
    subject = .batch(batch)
    self.reason = reason
  }
}

/// What is right about a filing; what is `nil` stays as it was.
public struct FilingCorrection: Hashable, Sendable {
  /// See ``Filing/published``.
  public var published: PublishedTime?

  /// See ``Filing/form``.
  public var form: String?

  /// See ``Filing/fiscalYear``.
  public var fiscalYear: Int?

  /// See ``Filing/fiscalYear``.
  public var fiscalPeriod: String?

  /// See ``Filing/document``.
  public var document: Filing.Document?

  /// See ``Filing/accepted``.
  public var accepted: ZonedTime?

  /// See ``Filing/documents``; empty if they stay.
  public var documents: [Filing.Document]

  /// See ``Filing/entities``; empty if they stay.
  public var entities: [String]

  /// See ``Filing/report``.
  public var report: Filing.Report?

  /// Whether nothing is corrected.
  public var isEmpty: Bool { self == FilingCorrection() }

  /// Particulars with these aspects.
  public init(
    published: PublishedTime? = nil,
    form: String? = nil,
    fiscalYear: Int? = nil,
    fiscalPeriod: String? = nil,
    document: Filing.Document? = nil,
    accepted: ZonedTime? = nil,
    documents: [Filing.Document] = [],
    entities: [String] = [],
    report: Filing.Report? = nil
  ) {
    self.published = published
    self.form = form
    self.fiscalYear = fiscalYear
    self.fiscalPeriod = fiscalPeriod
    self.document = document
    self.accepted = accepted
    self.documents = documents
    self.entities = entities
    self.report = report
  }

  /// The correction that makes `right` of `recorded`, which has the same identifier and the same entity; `nil`
  /// if they differ only in particulars that `right` lacks.
  public init?(from recorded: Filing, to right: Filing) {
    self.init()
    if right.published != recorded.published { published = right.published }
    if right.form != recorded.form { form = right.form }
    if right.fiscalYear != recorded.fiscalYear { fiscalYear = right.fiscalYear }
    if right.fiscalPeriod != recorded.fiscalPeriod { fiscalPeriod = right.fiscalPeriod }
    if right.document != recorded.document { document = right.document }
    if right.accepted != recorded.accepted { accepted = right.accepted }
    if right.documents != recorded.documents { documents = right.documents }
    if right.entities != recorded.entities { entities = right.entities }
    if right.report != recorded.report { report = right.report }
    if isEmpty { return nil }
  }

  /// These particulars, and those of an older correction that this one does not give.
  func overriding(_ older: FilingCorrection) -> FilingCorrection {
    FilingCorrection(
      published: published ?? older.published,
      form: form ?? older.form,
      fiscalYear: fiscalYear ?? older.fiscalYear,
      fiscalPeriod: fiscalPeriod ?? older.fiscalPeriod,
      document: document ?? older.document,
      accepted: accepted ?? older.accepted,
      documents: documents.isEmpty ? older.documents : documents,
      entities: entities.isEmpty ? older.entities : entities,
      report: report ?? older.report
    )
  }
}

extension Filing {
  /// The filing with particulars in place of its own.
  public func corrected(by right: FilingCorrection) -> Filing {
    var filing = self
    filing.published = right.published ?? published
    filing.form = right.form ?? form
    filing.fiscalYear = right.fiscalYear ?? fiscalYear
    filing.fiscalPeriod = right.fiscalPeriod ?? fiscalPeriod
    filing.document = right.document ?? document
    filing.accepted = right.accepted ?? accepted
    filing.documents = right.documents.isEmpty ? documents : right.documents
    filing.entities = right.entities.isEmpty ? entities : right.entities
    filing.report = right.report ?? report
    return filing
  }
}

/// What a filing says about earlier figures: that they should no longer be relied upon, as Form 8-K Item
/// 4.02 does, or that guidance is withdrawn.
///
/// It is the filer's, and no amendment by the ledger's keeper: the figures held until it was published.
public struct Retraction: Hashable, Sendable {
  /// The filing that says so.
  public var filing: String

  /// Whose figures.
  public var entity: String

  /// The concepts meant; empty if a statement is named.
  public var concepts: [String]

  /// The statement whose concepts are meant; `nil` if concepts are named.
  public var statement: String?

  /// The periods meant, at least one.
  public var periods: [Period]

  /// Where the filing says so; `nil` if unknown.
  public var source: Source?

  /// A retraction with these aspects.
  public init(
    filing: String,
    entity: String,
    concepts: [String] = [],
    statement: String? = nil,
    periods: [Period],
    source: Source? = nil
  ) {
    self.filing = filing
    self.entity = entity
    self.concepts = concepts
    self.statement = statement
    self.periods = periods
    self.source = source
  }
}
