import Facts

/// What a report says of itself: facts of the SEC's dei taxonomy, without dimensions.
struct DocumentFacts {
  private var values: [String: [String: String]] = [:]
  private(set) var entities: [String] = []

  /// Notes a fact, unless the entity gave one of the concept before.
  mutating func add(_ concept: String, _ value: String, of entity: String) {
    guard !value.isEmpty, values[entity]?[concept] == nil else { return }
    if values[entity] == nil { entities.append(entity) }
    values[entity, default: [:]][concept] = value
  }

  private func value(_ concept: String, of entity: String) -> String? {
    values[entity]?["dei:\(concept)"]
  }

  /// The entity whose document it is; `nil` if nothing says so.
  var filer: String? { entities.first { value("DocumentType", of: $0) != nil } }

  /// The form: `10-K`, with `/A` for an amendment.
  func form(of entity: String) -> String? {
    guard let type = value("DocumentType", of: entity)?.onOneLine else { return nil }
    let isAmendment = value("AmendmentFlag", of: entity) == "true"
    return isAmendment && !type.hasSuffix("/A") ? "\(type)/A" : type
  }

  func fiscalYear(of entity: String) -> Int? {
    value("DocumentFiscalYearFocus", of: entity).flatMap { Int($0) }
      .flatMap { 1...9999 ~= $0 ? $0 : nil }
  }

  func fiscalPeriod(of entity: String) -> String? {
    value("DocumentFiscalPeriodFocus", of: entity)?.onOneLine
  }

  /// The day that the document reports about.
  func reportingDate(of entity: String) -> CivilDate? {
    value("DocumentPeriodEndDate", of: entity).flatMap { CivilDate($0.trimmed) }
  }

  /// The definition of an entity, named by its identifier where the report gives no name.
  func definition(of entity: String) -> EntityDefinition {
    EntityDefinition(
      entity: entity,
      name: value("EntityRegistrantName", of: entity)?.onOneLine ?? entity,
      fiscalYearEnd: value("CurrentFiscalYearEndDate", of: entity).flatMap {
        // A gMonthDay of XML Schema: --12-31.
        $0.hasPrefix("--") ? FiscalYearEnd($0.dropFirst(2)) : nil
      }
    )
  }
}

extension StringProtocol {
  /// The text with one space for every run of white space and control characters; `nil` if nothing
  /// is left.
  var onOneLine: String? {
    let words = utf8.split { $0 <= 0x20 || $0 == 0x7F }.map { String(decoding: $0, as: UTF8.self) }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
