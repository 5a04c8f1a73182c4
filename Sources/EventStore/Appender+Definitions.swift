import Facts
import LMDB
import Platform

// Definitions, and the concepts that claims need.

extension Appender {
  mutating func recordDefinition(
    _ event: Event,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    guard let name = event.definitionName else { preconditionFailure("not a definition") }
    return try recordDefinition(event, event.canonicalLine, as: name, in: &transaction)
  }

  /// Records a statement whose caption says what its lines are; one recorded before may say anything.
  mutating func recordStatement(
    _ statement: StatementDefinition,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    let isNew = try recordDefinition(.statement(statement), in: &transaction)
    if isNew { try statement.checkCaption() }
    return isNew
  }

  /// Records a definition that a filing owns.
  ///
  /// - Parameter what: What it is, for the refusal of one whose filing is not recorded.
  mutating func recordDefinition(
    _ event: Event,
    of filing: String,
    _ what: String,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    guard let record = try knownFiling(filing, in: transaction) else {
      throw Self.unrecordedFiling(filing, what)
    }
    guard let name = event.definitionName else { preconditionFailure("not a definition") }
    return try recordDefinition(
      event,
      event.canonicalLine,
      as: name,
      after: record.sequence,
      in: &transaction
    )
  }

  /// Records a definition whose name its line alone does not tell.
  ///
  /// - Parameter first: Events before this one do not count: they are of a filing that was withdrawn.
  mutating func recordDefinition(
    _ event: Event,
    _ line: [UInt8],
    as name: DefinitionName,
    after first: UInt64 = 0,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    if try transaction.isRecorded(line, as: name, after: first, tables) { return false }
    try define(DefinitionValue.encode(event), DefinitionKey.key(name, at: head), in: &transaction)
    if case .concept(let concept) = event { concepts[ExactText(concept.concept)] = concept }
    try write(line, line, in: &transaction)
    return true
  }

  mutating func recordRetirement(
    _ retirement: Retirement,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    let (name, event) = (retirement.definition, Event.retirement(retirement))
    let line = event.canonicalLine
    guard let newest = try transaction.newestDefinition(name, before: head, tables) else {
      let names = try transaction.definitionNames(like: name, tables)
      let owner = retirement.entity.map { " of \($0)" } ?? " of every entity"
      throw InvalidEvent(
        "there is no \(retirement.kind.rawValue) \"\(retirement.name)\"\(owner)",
        remedy: nearest(to: retirement.name, among: names).map { "did you mean \"\($0)\"?" }
          ?? "name a definition that the ledger has, and its entity if it is one entity's"
      )
    }
    guard !newest.isRetirement else {
      if try transaction.value(for: newest.sequence, in: tables.log)?.copied() == line {
        return false
      }
      throw InvalidEvent(
        "\(retirement.kind.rawValue) \"\(retirement.name)\" is retired already",
        remedy: "see event \(newest.sequence)"
      )
    }
    try define(DefinitionValue.encode(event), DefinitionKey.key(name, at: head), in: &transaction)
    try write(line, line, in: &transaction)
    return true
  }

  /// Writes a row of definitions.
  mutating func define(
    _ value: [UInt8],
    _ key: ByteKey,
    in transaction: inout WriteTransaction
  ) throws {
    try transaction.setLinked(value.span, for: key, in: tables.definitions, tables, &linkedValues)
  }

  /// The definition of a concept; one of a public taxonomy that the ledger lacks is recorded.
  mutating func concept(
    _ name: String,
    in transaction: inout WriteTransaction
  ) throws -> ConceptDefinition {
    if let known = concepts[ExactText(name)] { return known }
    let definition = DefinitionName(type: "concept", name: name)
    guard
      let sequence = try transaction.definitionSequence(definition, before: head, tables),
      case .concept(let concept) = try transaction.event(at: sequence, tables, text: { _ in "" })
    else {
      if let standard = standardConcepts.concept(name) {
        _ = try recordDefinition(.concept(standard), in: &transaction)
        return standard
      }
      let names = try transaction.conceptNames(tables) + standardConcepts.names()
      let near = nearest(to: name, among: names)
      throw InvalidEvent(
        "concept \"\(name)\" is not defined",
        remedy: near.map { "did you mean \"\($0)\"?" }
          ?? "define it with a concept event before its claims"
      )
    }
    concepts[ExactText(name)] = concept
    return concept
  }
}
