/// What projections read: the rows of the `facts` table in order, and the dictionary, definitions and
/// filings that they refer to.
///
/// There are two implementations: the tables of the ledger file, and a fold of the whole log in
/// memory. Their answers are equal.
public protocol FactSource: ~Copyable, ~Escapable {
  /// How many events the source holds.
  var head: UInt64 { get }

  /// The symbol of `text`; `nil` if no event ever used it.
  ///
  /// - Throws: An error of the storage that is read.
  func symbol(_ text: String) throws -> SymbolID?

  /// The text of a symbol.
  ///
  /// - Throws: An error of the storage that is read, also if the dictionary lacks the symbol.
  func text(_ symbol: SymbolID) throws -> String

  /// Appends the rows that follow `start`, in the order of ``FactRow/isOrdered(_:_:)``.
  ///
  /// Many rows come with one call, because a call for each would take longer than the use of the row.
  ///
  /// - Parameters:
  ///   - start: The rows at and after it.
  ///   - end: The last fact whose rows are wanted.
  ///   - limit: How many rows at most, from 1.
  ///   - rows: Gets them at its end.
  /// - Returns: Whether there may be more: go on from `Place(after:)` the last one.
  /// - Throws: An error of the storage that is read.
  /// - Complexity: O(log *n*) to the first row, then O(1) each.
  func appendRows(
    from start: FactRow.Place,
    through end: FactID,
    limit: Int,
    to rows: inout [FactRow]
  ) throws -> Bool

  /// Appends the first rows of several stretches, one after the other.
  ///
  /// - Parameters:
  ///   - stretches: The facts whose rows are wanted; the read is fastest if they are in the order of
  ///     the table.
  ///   - limit: How many rows of each stretch at most, from 1; a stretch with so many may have more.
  ///   - rows: Gets them at its end.
  ///   - ends: Gets the count of `rows` after each stretch.
  /// - Throws: An error of the storage that is read.
  /// - Complexity: O(log *n*) for each stretch, then O(1) for each row.
  func appendRows(
    of stretches: [FactStretch],
    limit: Int,
    to rows: inout [FactRow],
    ends: inout [Int]
  ) throws

  /// Appends the rows of one fact before `end` that are of events before `head`, the last first.
  ///
  /// All rows that come together (``Timestamp/comesTogether(with:)``) are appended, or none.
  ///
  /// A row *repeats* the row before it if both are claims of equal figures, and each comes alone. Leaving
  /// repeating rows out does not change which claim holds: after the first of two such claims, a claim
  /// holds that is consistent with their figure and as precise or more so, and so the second confirms it.
  ///
  /// - Parameters:
  ///   - end: A place between two published times of the fact, or after the last.
  ///   - head: How many events count.
  ///   - repeats: Whether repeating rows are wanted, too.
  ///   - limit: After so many rows, from 1, it stops before the next that does not come with them.
  ///   - rows: Gets them at its end.
  /// - Returns: Whether there may be more: go on before the place of the last one.
  /// - Throws: An error of the storage that is read.
  /// - Complexity: O(log *n*) to the first row, then O(1) each: of those that repeat others, a few
  ///   nanoseconds.
  func appendRows(
    backwardFrom end: FactRow.Place,
    head: UInt64,
    repeats: Bool,
    limit: Int,
    to rows: inout [FactRow]
  ) throws -> Bool

  /// Checks that a row is what its event says, before its figure is shown to anybody.
  ///
  /// - Throws: An error of the storage that is read, also if the row is not.
  func prove(_ row: FactRow) throws

  /// Checks several rows side by side, where that is faster than one by one: ``prove(_:)`` of each must still be
  /// called.
  ///
  /// - Throws: An error of the storage that is read, also if a row is not what its event says.
  func proveTogether(_ rows: [FactRow]) throws

  /// The last row of the table whose fact is at or before `fact`: also one of another entity or
  /// concept.
  ///
  /// - Throws: An error of the storage that is read.
  /// - Complexity: O(log *n*).
  func lastRow(atOrBefore fact: FactID) throws -> FactRow?

  /// The newest definition of `name` recorded before `head`; `nil` if there is none.
  ///
  /// - Throws: An error of the storage that is read.
  func definition(_ name: DefinitionName, before head: UInt64) throws -> Event?

  /// The sequence of the newest definition of `name` recorded before `head`; `nil` if there is none.
  ///
  /// - Throws: An error of the storage that is read.
  /// - Complexity: O(log *n*) in a ledger file.
  func definitionSequence(_ name: DefinitionName, before head: UInt64) throws -> UInt64?

  /// The names of the definitions of `type` and `entity` recorded before `head`, sorted by their bytes.
  ///
  /// - Parameters:
  ///   - type: The type of their events, such as `check`.
  ///   - entity: Whose definitions; `nil` for those that apply to every entity, as all
  ///     concepts, entities and profiles do.
  ///   - head: How many events count.
  /// - Throws: Whatever the source throws if it cannot be read: restore it from a backup.
  /// - Complexity: O(log *n* + *k*), for *k* definitions of that type and entity, in a ledger file.
  func definitionNames(
    ofType type: String,
    entity: String?,
    before head: UInt64
  ) throws -> [String]

  /// The names of all concepts that are defined before `head`.
  ///
  /// - Throws: An error of the storage that is read.
  /// - Complexity: O(*c*) for *c* concepts, or O(1) if they were asked for before.
  func conceptNames(before head: UInt64) throws -> ConceptNames

  /// The presentations of an entity's filings recorded before `head`, in the order of their names and
  /// sequences.
  ///
  /// - Parameters:
  ///   - entity: The entity's identifier.
  ///   - name: The statement or role (see ``Presentation/name``); `nil` for all.
  ///   - head: How many events count.
  /// - Throws: An error of the storage that is read.
  /// - Complexity: O(log *n* + *k*), for *k* presentations of that name, in a ledger file.
  func presentations(
    of entity: String,
    named name: String?,
    before head: UInt64
  ) throws -> [RecordedPresentation]

  /// The filing named `name`, as the newest event before `head` that records it has it; `nil` if there is
  /// none.
  ///
  /// What is right where the event is wrong: ``filing(_:before:)``.
  ///
  /// - Throws: An error of the storage that is read.
  func recordedFiling(_ name: String, before head: UInt64) throws -> Filing?

  /// What amendments recorded before `head` change, besides claims.
  ///
  /// - Throws: An error of the storage that is read.
  /// - Complexity: O(1) if nothing but claims was ever amended, or if it was asked for before.
  func amendments(before head: UInt64) throws -> Amendments

  /// When the event at `sequence` was recorded.
  ///
  /// - Throws: An error of the storage that is read, also if no batch holds the event.
  func recorded(at sequence: UInt64) throws -> Timestamp

  /// How many events the ledger held after its last batch recorded at or before `time`.
  ///
  /// - Throws: An error of the storage that is read.
  func head(recordedBy time: Timestamp) throws -> UInt64
}

/// A range of facts in the order of the `facts` table.
public struct FactStretch: Hashable, Sendable {
  /// The first fact.
  public var first: FactID

  /// The last fact.
  public var last: FactID

  /// The facts from `first` through `last`.
  public init(from first: FactID, through last: FactID) {
    self.first = first
    self.last = last
  }

  /// All facts of an entity, or those of one of its concepts.
  public init(of entity: SymbolID, _ concept: SymbolID? = nil) {
    (first, last) = (.first, .last)
    (first.entity, last.entity) = (entity, entity)
    guard let concept else { return }
    (first.concept, last.concept) = (concept, concept)
  }
}

extension FactSource where Self: ~Copyable & ~Escapable {
  /// The filing named `name`, as events before `head` record and correct it; `nil` if there is none.
  ///
  /// - Throws: An error of the storage that is read.
  public borrowing func filing(_ name: String, before head: UInt64) throws -> Filing? {
    try recordedFiling(name, before: head).map { try amendments(before: head).corrected($0) }
  }

  /// The place of a filing among those of one moment.
  ///
  /// - Throws: An error of the storage that is read.
  public borrowing func filingOrder(_ filing: SymbolID, before head: UInt64) throws -> FilingOrder {
    let name = try text(filing)
    return try self.filing(name, before: head)?.order ?? FilingOrder(name)
  }

  /// The rows of one fact that count before `head`, in order, with the published times that are right.
  ///
  /// - Throws: An error of the storage that is read.
  public borrowing func liveRows(of fact: FactID, before head: UInt64) throws -> [FactRow] {
    try amendments(before: head).resolve(rows(of: fact), before: head).live
  }

  /// Looks them up among all definitions.
  ///
  /// - Throws: An error of the storage that is read.
  public borrowing func conceptNames(before head: UInt64) throws -> ConceptNames {
    ConceptNames(try definitionNames(ofType: "concept", before: head))
  }

  /// The names of the definitions of `type` recorded before `head` that apply to every entity.
  ///
  /// - Throws: Whatever the source throws if it cannot be read: restore it from a backup.
  public borrowing func definitionNames(
    ofType type: String,
    before head: UInt64
  ) throws -> [String] {
    try definitionNames(ofType: type, entity: nil, before: head)
  }

  /// The definitions of `type` recorded before `head` that apply to `entity`, its own and those of
  /// every entity, sorted by the bytes of their qualified names.
  ///
  /// - Throws: Whatever the source throws if it cannot be read: restore it from a backup.
  public borrowing func definitions(
    ofType type: String,
    applyingTo entity: String,
    before head: UInt64
  ) throws -> [DefinitionName] {
    var definitions: [DefinitionName] = []
    for owner in [entity, nil] {
      definitions += try definitionNames(ofType: type, entity: owner, before: head)
        .map { DefinitionName(type: type, name: $0, entity: owner) }
    }
    return definitions.sorted {
      $0.qualifiedName.utf8.lexicographicallyPrecedes($1.qualifiedName.utf8)
    }
  }

  /// Does nothing: the source holds no copy of its events that could differ from them.
  ///
  /// - Throws: Nothing.
  public borrowing func prove(_ row: FactRow) throws {}

  /// Does nothing, like ``prove(_:)``.
  ///
  /// - Throws: Nothing.
  public borrowing func proveTogether(_ rows: [FactRow]) throws {}

  /// Reads each stretch by itself.
  ///
  /// - Throws: An error of the storage that is read.
  public borrowing func appendRows(
    of stretches: [FactStretch],
    limit: Int,
    to rows: inout [FactRow],
    ends: inout [Int]
  ) throws {
    for stretch in stretches {
      _ = try appendRows(
        from: FactRow.Place(before: stretch.first),
        through: stretch.last,
        limit: limit,
        to: &rows
      )
      ends.append(rows.count)
    }
  }

  /// Reads all rows of the fact, and appends those before `end` in reverse.
  ///
  /// - Throws: An error of the storage that is read.
  public borrowing func appendRows(
    backwardFrom end: FactRow.Place,
    head: UInt64,
    repeats: Bool,
    limit: Int,
    to rows: inout [FactRow]
  ) throws -> Bool {
    rows += try self.rows(of: end.fact).filter { $0.sequence < head && end.isAfter($0) }.reversed()
    return false
  }

  /// Calls `body` with each row from the first of `start` through the last of `end`, in order, until
  /// it returns `false`.
  ///
  /// - Throws: An error of the storage that is read; whatever `body` throws.
  /// - Complexity: O(log *n*) to the first row, then O(1) each.
  @inlinable
  public borrowing func forEachRow(
    from start: FactID,
    through end: FactID,
    _ body: (FactRow) throws -> Bool
  ) throws {
    var rows: [FactRow] = []
    var place = FactRow.Place(before: start)
    // Most callers stop after a few rows; from the second read on, many rows come at once.
    var limit = 16
    while true {
      rows.removeAll(keepingCapacity: true)
      let isMore = try appendRows(from: place, through: end, limit: limit, to: &rows)
      for row in rows where try !body(row) { return }
      guard isMore, let last = rows.last else { return }
      place = FactRow.Place(after: last)
      limit = 512
    }
  }

  /// Calls `body` with each row from the first of `start` to the last of all, in order, until it
  /// returns `false`.
  ///
  /// - Throws: An error of the storage that is read; whatever `body` throws.
  @inlinable
  public borrowing func forEachRow(
    from start: FactID,
    _ body: (FactRow) throws -> Bool
  ) throws {
    try forEachRow(from: start, through: .last, body)
  }

  /// All rows of one fact, in order.
  ///
  /// - Throws: An error of the storage that is read.
  public borrowing func rows(of fact: FactID) throws -> [FactRow] {
    var rows: [FactRow] = []
    try forEachRow(from: fact, through: fact) { row in
      rows.append(row)
      return true
    }
    return rows
  }
}

/// Events as the log keeps them, for a fold of the whole log.
public enum LogRecord: Sendable {
  /// Claims, one after the other.
  case claims([FactRow])

  /// A correction or withdrawal of the event at `target`.
  case amendment(Amendment, target: UInt64)

  /// A layout, and its leaf hash in hexadecimal.
  case layout(StatementDefinition, hash: String)

  /// Any other event.
  case other(Event)
}
