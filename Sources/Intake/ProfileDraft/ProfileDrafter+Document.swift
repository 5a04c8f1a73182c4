import Archive
public import Facts

extension ProfileDrafter {
  /// Drafts the definitions of a company from a document: a release, or a submission with exhibits 99.
  ///
  /// - Throws: ``ImportError`` if it is damaged, or holds none of the main statements; whatever reading it
  ///   throws.
  /// - Complexity: O(*n*) for a document of *n* bytes.
  public static func draft(
    _ document: SourceDocument,
    _ subject: Subject,
    _ captions: KnownCaptions,
    _ recorded: RecordedConcepts = RecordedConcepts()
  ) throws -> DraftedProfile {
    var drafter = ProfileDrafter(subject, captions, recorded)
    for file in try document.releases() { try drafter.read(file) }
    return try drafter.finish(file: document.path)
  }
}

extension SourceDocument {
  /// Who filed it, as the header of a submission tells; empty for other documents.
  ///
  /// - Throws: ``ImportError`` if it is a damaged submission; whatever reading it throws.
  public var filers: [EntityDefinition] {
    get throws {
      guard let submission = try submission() else { return [] }
      return submission.header.filers.compactMap { party in
        party.entity.map {
          EntityDefinition(entity: $0, name: party.name ?? $0, fiscalYearEnd: party.fiscalYearEnd)
        }
      }
    }
  }

  /// The texts and pages that it consists of: itself, or the exhibits 99 of a submission.
  func releases() throws -> [SourceFile] {
    guard case .file(let bytes, _) = content else {
      throw ImportError(
        file: path,
        place: .file,
        message: "a folder is no release",
        remedy: "name the file of the release"
      )
    }
    guard let submission = try submission() else { return [SourceFile(path: path, bytes)] }
    return submission.parts.filter(\.isExhibit99).map { part in
      SourceFile(path: "\(path)/\(part.name)", bytes.part(part.range))
    }
  }

  private func submission() throws -> Submission? {
    guard case .file(let bytes, _) = content,
      case .submission = try DocumentKind(bytes, in: SourceFolder(file: path, bytes))
    else { return nil }
    return try Submission(path: path, bytes)
  }
}
