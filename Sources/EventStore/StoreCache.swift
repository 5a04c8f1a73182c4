import Facts
import Merkle
import Synchronization

/// The results of earlier look-ups in one ledger, of what never changes.
///
/// A ledger only grows: an event, a symbol and the first so many events never change. So no result in
/// here can be out of date, and each look-up of a statement's layout, which takes longer than filling
/// it, is made once.
final class StoreCache: Sendable {
  /// Whether events are compared with the Merkle tree when they are read.
  let isProving: Bool

  /// Definitions and filings, by their sequences.
  let events = LookupCache<UInt64, Event>()

  /// The sequences of definitions, by their names and before how many events they are looked for;
  /// `nil` where there was none.
  let definitions = LookupCache<DefinitionPlace, UInt64?>()

  /// What amendments change, by the number of events that count; and whether there are any.
  let amendments = LookupCache<UInt64, Amendments>(countMax: 64)
  let amended = LookupCache<UInt64, Bool>(countMax: 64)

  /// The published times that corrections of filings ever gave, by the number of events.
  let correctedTimes = LookupCache<UInt64, [SymbolID: Set<Timestamp>]>(countMax: 64)

  /// What records make, and leaves prove, of events that have rows.
  let proven = ProvenRows()

  /// Makes the lines of claims that are proven; who finds it in use makes lines by himself.
  let lines = Mutex(RecentLines())

  let symbols = LookupCache<ExactText, SymbolID>()
  let texts = LookupCache<SymbolID, String>()

  init(isProving: Bool) { self.isProving = isProving }

  /// Whether there is any presentation, by how many events there are.
  let hasPresentations = LookupCache<UInt64, Bool>()

  /// The names of concepts, by how many events count.
  let conceptNames = LookupCache<UInt64, ConceptNames>(countMax: 4)

  /// Full tiles of the Merkle tree whose hashes lead to the root.
  let tiles = ProvenTiles()

  /// Roots of the Merkle tree in hexadecimal, by its size.
  let roots = LookupCache<UInt64, String>()
}

/// A definition's name, and how many events count.
struct DefinitionPlace: Hashable {
  let name: DefinitionName
  let head: UInt64
}
