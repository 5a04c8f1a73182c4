import Archive
public import Facts
import Platform

/// Reads an EDGAR full submission: what its header tells of the filing, then each document by its own
/// importer.
///
/// Pages of Inline XBRL, or an instance, are read with the taxonomy files beside them; exhibits 99, HTML or
/// text, by a profile. Lines and columns count within a document, and the source of each claim names it.
public struct SubmissionImporter: Importer {
  private let given: FilingParticulars
  private let profile: ReleaseProfile?
  private let isPartial: Bool

  /// An importer of submissions.
  ///
  /// - Parameters:
  ///   - given: What the user says of the filing; the header must not contradict it.
  ///   - profile: What the releases of the company print; `nil` leaves them out.
  ///   - isPartial: Whether a report is read of whose taxonomy files are missing.
  public init(
    _ given: FilingParticulars = FilingParticulars(),
    profile: ReleaseProfile? = nil,
    isPartial: Bool = false
  ) {
    (self.given, self.profile, self.isPartial) = (given, profile, isPartial)
  }

  /// Reads one submission.
  ///
  /// - Parameters:
  ///   - document: The submission, with what is known of its filing.
  ///   - known: What the ledger has recorded already.
  ///   - emit: Called with what the importers of its documents make, the filing and who filed it.
  /// - Throws: ``ImportError`` if it is no submission, is cut off or contradicts what is given, if a
  ///   document is damaged, or if no document holds figures that are read; whatever the functions throw.
  /// - Complexity: O(*n*) time; memory as the importers of its documents need it.
  public func read(
    _ document: SourceDocument,
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> SubmissionSummary {
    guard case .file(let bytes, _) = document.content else {
      throw ImportError(
        file: document.path,
        place: .file,
        message: "a folder is no submission",
        remedy: "name the file of the full submission (.txt)"
      )
    }
    let submission = try Submission(path: document.path, bytes)
    let header = submission.header
    let particulars = try particulars(of: submission, known)
    var summary = SubmissionSummary(submission, particulars)
    var filing: Filing?
    var told: [String: EntityDefinition] = [:]
    let filers = Set(header.filers.compactMap(\.entity))
    let noting: (Draft) throws -> Void = { draft in
      if case .filing(let found) = draft.event { filing = found }
      if case .entity(let found) = draft.event, filers.contains(found.entity) {
        told[found.entity] = found
      } else {
        try emit(draft)
      }
    }
    if let folder = try reportFolder(of: submission) {
      let names = try ReportDocuments(in: folder).names
      let importer = XBRLImporter(
        particulars,
        documentNames: names,
        isPartial: isPartial,
        allowsTextsOnly: true
      )
      summary.report = try importer.read(folder, known: known, noting)
      summary.readNames = Set(folder.names.filter { $0.hasSuffix(".xsd") || $0.hasSuffix(".xml") })
        .union(names)
    }
    if let profile {
      for part in submission.parts where part.isExhibit99 {
        let filing = try filing ?? self.filing(particulars, submission, known)
        let name = "\(submission.path)/\(part.name)"
        let release = try readRelease(part, of: submission, profile, filing, known, noting)
        guard release.coverage.mappedCount > 0 else { continue }
        summary.releases.append(
          "\(name): \(release.coverage.mappedCount) figures mapped, "
            + "\(release.coverage.unmappedCount) unmapped"
        )
        summary.readNames.insert(part.name)
      }
    }
    guard summary.hasFigures else { throw nothingRead(submission) }
    for party in header.filers {
      guard let entity = party.entity else { continue }
      let definition = party.definition(of: entity, joining: told[entity])
      let source = try filing ?? self.filing(particulars, submission, known)
      let additions = try known.additions(definition, by: [source])
      if let additions { try emit(Draft(.entity(additions), file: submission.path)) }
    }
    return summary
  }

  private func error(_ submission: Submission, _ message: String, remedy: String) -> ImportError {
    ImportError(file: submission.path, place: .file, message: message, remedy: remedy)
  }

  /// What the header says, which must not contradict what is given.
  private func particulars(
    of submission: Submission,
    _ known: KnownDefinitions
  ) throws -> FilingParticulars {
    let header = submission.header
    if let given = given.filing, let accession = header.accession, given != accession {
      throw error(
        submission,
        "it is filing \(accession), and not \(given)",
        remedy: "leave the identifier out, or name the submission of that filing"
      )
    }
    if let given = given.published, let published = header.published,
      !Self.isSame(given, published, header)
    {
      throw error(
        submission,
        "it became public \(published), and not \(given)",
        remedy: "leave the time out: the header has it"
      )
    }
    var particulars = FilingParticulars(
      filing: header.accession ?? given.filing,
      published: header.published ?? given.published,
      form: header.form
    )
    particulars.accepted = header.accepted
    particulars.documents = try submission.documents()
    let filers = header.filers.compactMap(\.entity)
    if filers.count > 1 { particulars.entities = filers }
    particulars.filer = filers.first
    if let name = particulars.filing, let recorded = try known.filing(name) {
      // Another source may have brought the filing as that of a co-registrant, or with its exhibit.
      if filers.contains(recorded.entity) { particulars.filer = recorded.entity }
      if let form = header.form, recorded.form?.hasPrefix("\(form) ") == true {
        particulars.form = recorded.form
      }
    }
    return particulars
  }

  /// Whether a time is that of the header, as far as it tells.
  private static func isSame(
    _ given: PublishedTime,
    _ published: PublishedTime,
    _ header: SubmissionHeader
  ) -> Bool {
    switch (given, published) {
    case (.day(let day), .moment(let moment)): day == moment.day || day == header.filed
    default: given == published
    }
  }

  /// The documents of the report as a folder; `nil` if there is none.
  private func reportFolder(of submission: Submission) throws -> SourceFolder? {
    let folder = submission.folder
    for name in folder.names {
      let isReport =
        try ReportDocuments.isPage(name, in: folder)
        || (submission.isInstance(name) && ReportDocuments.isInstance(name, in: folder))
      if isReport { return folder }
    }
    guard let part = submission.parts.first(where: { $0.type == "ZIP" }) else { return nil }
    var bytes: [UInt8] = []
    try submission.read(part) { piece in
      guard bytes.count + piece.count <= Input.byteCountMax else {
        throw error(
          submission,
          "the archive \(part.name) has more than \(Input.byteCountMax) bytes",
          remedy: "import the files of the filing from a folder"
        )
      }
      bytes += piece
    }
    return try SourceFolder(archive: "\(submission.path)/\(part.name)", RandomAccessBytes(bytes))
  }

  private func filing(
    _ particulars: FilingParticulars,
    _ submission: Submission,
    _ known: KnownDefinitions
  ) throws -> Filing {
    guard let name = particulars.filing, let published = particulars.published,
      let entity = particulars.filer
    else {
      throw error(
        submission,
        "its header lacks the accession number, the day or the filer",
        remedy: Remedies.downloadAgain
      )
    }
    return Filing(
      filing: name,
      entity: entity,
      form: particulars.form,
      published: published,
      accepted: particulars.accepted,
      documents: particulars.documents,
      entities: particulars.entities
    )
  }

  private func readRelease(
    _ part: Submission.Part,
    of submission: Submission,
    _ profile: ReleaseProfile,
    _ filing: Filing,
    _ known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> ReleaseSummary {
    var isRead = false
    let importer = ReleaseImporter(
      profile,
      figure: { if case .mapped = $0.status { isRead = true } },
      filing: { _ in isRead ? filing : nil }
    )
    let file = SourceFile(path: "\(submission.path)/\(part.name)", try submission.bytes(of: part))
    return try importer.read(file, known: known) { draft in
      var draft = draft
      if case .claim(var claim) = draft.event {
        claim.source?.document = part.name
        draft.event = .claim(claim)
      }
      try emit(draft)
    }
  }

  private func nothingRead(_ submission: Submission) -> ImportError {
    let texts = submission.parts.filter { $0.isExhibit99 }.map { "\($0.type) \($0.name)" }
    guard !texts.isEmpty else {
      return error(
        submission,
        "none of its \(submission.parts.count) documents is a report in XBRL with figures",
        remedy: "there is nothing in it to record"
      )
    }
    return error(
      submission,
      "it holds no report in XBRL with figures, but \(texts.joined(separator: ", "))"
        + (profile == nil ? "" : ", of which the profile maps nothing"),
      remedy: profile == nil
        ? "a release is read by the profile of its company: give one"
        : "is it a release of that company? List its figures as a release"
    )
  }
}

extension SubmissionHeader.Party {
  /// What the header tells of an entity, and what a report in the submission does.
  fileprivate func definition(
    of entity: String,
    joining told: EntityDefinition?
  ) -> EntityDefinition {
    let own = EntityDefinition(entity: entity, name: name ?? entity, fiscalYearEnd: fiscalYearEnd)
    guard var joined = told else { return own }
    if joined.name == entity { joined.name = own.name }
    joined.fiscalYearEnd = joined.fiscalYearEnd ?? own.fiscalYearEnd
    return joined
  }
}

extension Submission {
  /// Whether the document of this name is an instance by its type.
  fileprivate func isInstance(_ name: String) -> Bool {
    parts.contains { $0.name == name && $0.type.hasPrefix("EX-10") && $0.type.hasSuffix(".INS") }
  }

  /// The bytes of a document that is not encoded; of another, its text as it is.
  fileprivate func bytes(of part: Part) throws -> RandomAccessBytes { bytes.part(part.range) }
}

extension Submission.Part {
  /// Whether it is a release or another exhibit of that number, as a text.
  var isExhibit99: Bool { type.hasPrefix("EX-99") && !isEncoded }
}
