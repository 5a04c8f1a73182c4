/// Who reports.
public struct EntityDefinition: Hashable, Sendable {
  /// The identifier, with its scheme: `cik:0000719413`.
  public var entity: String

  /// The name as people write it.
  public var name: String

  /// When its fiscal years end; `nil` if unknown.
  public var fiscalYearEnd: FiscalYearEnd?

  /// The newest filing of the document that gives the name; `nil` if somebody chose it.
  public var namedBy: String?

  /// The newest filing of the document that gives the year end; `nil` if somebody chose it.
  public var yearEndBy: String?

  /// An entity with these aspects.
  public init(
    entity: String,
    name: String,
    fiscalYearEnd: FiscalYearEnd? = nil,
    namedBy: String? = nil,
    yearEndBy: String? = nil
  ) {
    self.entity = entity
    self.name = name
    self.fiscalYearEnd = fiscalYearEnd
    self.namedBy = namedBy
    self.yearEndBy = yearEndBy
  }
}

/// The named thing a figure measures, as in the XBRL Open Information Model.
public struct ConceptDefinition: Hashable, Sendable {
  /// Whether facts of a concept are about the end of a day or about a stretch of time.
  public enum PeriodType: String, Sendable, CaseIterable {
    /// The end of a day.
    case instant

    /// A stretch of days.
    case duration
  }

  /// What a concept's values are.
  public enum DataType: String, Sendable, CaseIterable {
    case monetary, shares, perShare, perUnit, mass, length, area, volume, energy, ratio, percent
    case pure, integer, duration

    /// Whether values of this type never add up over time, as a figure a share does not.
    public var neverAdds: Bool {
      switch self {
      case .perShare, .perUnit, .ratio, .percent: true
      case .monetary, .shares, .mass, .length, .area, .volume, .energy, .pure, .integer, .duration:
        false
      }
    }
  }

  /// Which side of an account increases a monetary concept.
  public enum Balance: String, Sendable, CaseIterable {
    case debit, credit
  }

  /// The name with its namespace's prefix: `us-gaap:Assets`.
  public var concept: String

  /// A short caption.
  public var label: String?

  /// What the concept means, in a sentence or more.
  public var description: String?

  /// The type of the events that claim it: `production`, `statement-line`, ….
  public var kind: String

  /// Instant or duration; `nil` where the source mixes both.
  public var periodType: PeriodType?

  /// What its values are; `nil` if unknown.
  public var dataType: DataType?

  /// Debit or credit, for monetary concepts.
  public var balance: Balance?

  /// Whether durations of it add up over time; `nil` if unknown or an instant.
  public var isAdditive: Bool?

  /// For guidance: the concept that later reports what came of it.
  public var actual: String?

  /// A concept with these aspects.
  public init(
    concept: String,
    label: String? = nil,
    description: String? = nil,
    kind: String,
    periodType: PeriodType? = nil,
    dataType: DataType? = nil,
    balance: Balance? = nil,
    isAdditive: Bool? = nil,
    actual: String? = nil
  ) {
    self.concept = concept
    self.label = label
    self.description = description
    self.kind = kind
    self.periodType = periodType
    self.dataType = dataType
    self.balance = balance
    self.isAdditive = isAdditive
    self.actual = actual
  }
}

/// A document that entered the ledger.
public struct Filing: Hashable, Sendable {
  /// The document as a file.
  public struct Document: Hashable, Sendable {
    /// The file's name.
    public var name: String

    /// What it is in its filing: `10-Q`, `EX-99.1`; `nil` if unknown.
    public var type: String?

    /// Its number among the documents of its filing, from 1; `nil` if unknown.
    public var sequence: Int?

    /// Its size in bytes.
    public var byteCount: Int?

    /// The SHA-256 of its bytes, in 64 lower-case hexadecimal digits.
    public var sha256: String?

    /// A document with these aspects.
    public init(
      name: String,
      type: String? = nil,
      sequence: Int? = nil,
      byteCount: Int? = nil,
      sha256: String? = nil
    ) {
      self.name = name
      self.type = type
      self.sequence = sequence
      self.byteCount = byteCount
      self.sha256 = sha256
    }
  }

  /// The accession number or other identifier.
  public var filing: String

  /// Who filed.
  public var entity: String

  /// The form: `10-K`, `8-K EX-99.1`; `nil` if unknown.
  public var form: String?

  /// When it became public.
  public var published: PublishedTime

  /// When its recipient accepted it, in the recipient's time; `nil` if unknown.
  public var accepted: ZonedTime?

  /// The fiscal year and period its filer gave it, as `2009` and `FY`; `nil` if unknown.
  public var fiscalYear: Int?

  /// See ``fiscalYear``.
  public var fiscalPeriod: String?

  /// The file; `nil` if not at hand.
  public var document: Document?

  /// The files of a filing that has several; empty if not at hand.
  public var documents: [Document]

  /// All who filed, ``entity`` among them, of a filing with co-registrants; else empty.
  public var entities: [String]

  /// What its XBRL report said of its names; `nil` if it has none, or it is not at hand.
  public var report: Report?

  /// A filing with these aspects.
  public init(
    filing: String,
    entity: String,
    form: String? = nil,
    published: PublishedTime,
    accepted: ZonedTime? = nil,
    fiscalYear: Int? = nil,
    fiscalPeriod: String? = nil,
    document: Document? = nil,
    documents: [Document] = [],
    entities: [String] = [],
    report: Report? = nil
  ) {
    self.filing = filing
    self.entity = entity
    self.form = form
    self.published = published
    self.accepted = accepted
    self.fiscalYear = fiscalYear
    self.fiscalPeriod = fiscalPeriod
    self.document = document
    self.documents = documents
    self.entities = entities
    self.report = report
  }
}

/// The first event of every append, and the only place of the recorded time.
public struct Batch: Hashable, Sendable {
  /// When the ledger learned of the events.
  ///
  /// Never earlier than the batch before.
  public var recorded: Timestamp

  /// How many events follow that belong to it.
  public var count: Int

  /// Who or what appended: a tool's name and version, or a person.
  public var by: String

  /// The request of a client that may ask again; `nil` for a batch that none made.
  public var request: Request?

  /// What a client of ``by`` asked for, so that the answer is found again if it was lost on its way.
  public struct Request: Hashable, Sendable {
    /// The client's own name of the request (the header field `Idempotency-Key`).
    public var key: String

    /// The SHA-256 of what it sent, in hexadecimal.
    public var sha256: String

    /// A request of this key and content.
    public init(key: String, sha256: String) {
      self.key = key
      self.sha256 = sha256
    }
  }

  /// A batch with these aspects.
  public init(recorded: Timestamp, count: Int, by: String, request: Request? = nil) {
    self.recorded = recorded
    self.count = count
    self.by = by
    self.request = request
  }
}
