import Facts
import Platform

/// Finds the rows of each series among rows that come in any order.
///
/// A row costs one look into a hash table of 24 bytes a series, and four bytes: folding a log of
/// millions of claims is then bound by reading it.
struct SeriesIndex: Sendable {
  /// A place of the hash table: one series, the number of its last row, from 1, and how many rows it
  /// has; 0 for a free slot.
  struct Slot: Sendable {
    var series: SeriesID
    var lastRow: UInt32
    var rowCount: UInt32
  }

  private var slots: [Slot]

  /// For each row: the number of the row before it in its series, from 1; 0 for none.
  private var previous: [UInt32] = []

  private var seriesCount = 0

  /// For each of the rows that are being added: where the slot of its series is looked for first, and
  /// whether it is there.
  private var places: [(index: Int, isFound: Bool)] = []

  private static let free = Slot(series: FactID.last.series, lastRow: 0, rowCount: 0)

  init() { slots = Array(repeating: Self.free, count: 1 << 10) }

  mutating func reserve(_ rowCount: Int) { previous.reserveInLargePages(rowCount) }

  /// Adds the rows' numbers, which go on from those added before.
  mutating func append(_ rows: [FactRow]) {
    while (seriesCount + rows.count) * 2 > slots.count { grow() }
    findPlaces(of: rows)
    for (index, row) in rows.enumerated() {
      let (series, place) = (row.fact.series, places[index])
      append(series, at: place.isFound ? place.index : self.index(of: series, from: place.index))
    }
  }

  /// Sets the places of rows.
  ///
  /// No look waits for the one before: memory fetches the slots of many rows at once.
  private mutating func findPlaces(of rows: [FactRow]) {
    let mask = slots.count - 1
    places.removeAll(keepingCapacity: true)
    for row in rows {
      let series = row.fact.series
      let index = series.spread & mask
      places.append((index, slots[index].series.isSame(as: series)))
    }
  }

  /// Adds the next row's number, of the series that the slot is for.
  private mutating func append(_ series: SeriesID, at index: Int) {
    if slots[index].rowCount == 0 {
      slots[index].series = series
      seriesCount += 1
    }
    previous.append(slots[index].lastRow)
    slots[index].lastRow = UInt32(previous.count)
    slots[index].rowCount += 1
  }

  /// The slot of a series, or the free one where it belongs.
  private func index(of series: SeriesID, from first: Int) -> Int {
    let mask = slots.count - 1
    var index = first
    while slots[index].rowCount > 0, slots[index].series != series { index = (index + 1) & mask }
    return index
  }

  private mutating func grow() {
    let old = slots
    slots = []
    slots.reserveInLargePages(old.count * 2)
    for _ in 0..<old.count * 2 { slots.append(Self.free) }
    let mask = slots.count - 1
    for slot in old where slot.rowCount > 0 {
      slots[index(of: slot.series, from: slot.series.spread & mask)] = slot
    }
  }

  /// All series, in order.
  func sorted() -> [Slot] {
    slots.filter { $0.rowCount > 0 }.sorted { $0.series < $1.series }
  }

  /// Calls `body` with the index of each row of a series, the last first.
  func forEachRow(of slot: Slot, _ body: (Int) -> Void) {
    var number = slot.lastRow
    while number > 0 {
      body(Int(number) - 1)
      number = previous[Int(number) - 1]
    }
  }
}

extension SeriesID {
  /// Equality without a branch.
  @inline(__always)
  fileprivate func isSame(as other: SeriesID) -> Bool {
    (entity.rawValue ^ other.entity.rawValue) | (concept.rawValue ^ other.concept.rawValue)
      | (dimensions.rawValue ^ other.dimensions.rawValue) | (unit.rawValue ^ other.unit.rawValue)
      == 0
  }

  /// Spreads neighbouring symbols, as those of one entity's concepts are, over the table.
  fileprivate var spread: Int {
    var bits = UInt64(entity.rawValue) << 32 | UInt64(concept.rawValue)
    bits ^=
      (UInt64(dimensions.rawValue) << 32 | UInt64(unit.rawValue)) &* 0x9E37_79B9_7F4A_7C15
    bits ^= bits >> 32
    bits &*= 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: bits >> 32)
  }
}
