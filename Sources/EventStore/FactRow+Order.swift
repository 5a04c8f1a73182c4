import Facts
import Platform

// The order of the `facts` table for many rows at once: by numbers of few bits in place of comparisons
// of whole rows.

extension [FactRow] {
  /// The indexes of rows in the order of ``FactRow/isOrdered(_:_:)``.
  ///
  /// - Parameter symbolCount: More than the number of any symbol.
  /// - Precondition: The rows come in the order of their sequences.
  /// - Complexity: O(*n*), with at most 64 bytes of memory for each row; O(*n* log *n*) if a filing was
  ///   recorded anew with another published time.
  func indexesInOrder(symbolCount: Int) -> [UInt32] {
    precondition(count < Int(UInt32.max), "more rows than can be numbered")
    guard let columns = KeyColumns(self, symbolCount: symbolCount) else {
      return indices.sorted { FactRow.isOrdered(self[$0], self[$1]) }.map { UInt32($0) }
    }
    return columns.bitCount <= UInt64.bitWidth
      ? indexes(sortedBy: columns, UInt64.self) : indexes(sortedBy: columns, UInt128.self)
  }

  @inline(__always)
  private func indexes<Key: FixedWidthInteger & UnsignedInteger>(
    sortedBy columns: KeyColumns,
    _ type: Key.Type
  ) -> [UInt32] {
    var keys: [NumberedKey<Key>] = []
    keys.reserveInLargePages(count)
    for (index, row) in enumerated() {
      keys.append(NumberedKey(key: columns.key(of: row), index: UInt32(index)))
    }
    keys.sort(bitCount: columns.bitCount)
    return keys.map(\.index)
  }
}

/// The columns of the rows' keys but for the sequence, each with its values numbered in order, so that
/// few bits tell them apart.
private struct KeyColumns {
  private let entities: Column
  private let concepts: Column
  private let dimensions: Column
  private let units: Column
  private let ends: DayColumn
  private let starts: DayColumn

  /// The published times, by the symbols of their filings.
  private let published: Column

  let bitCount: Int

  /// - Returns: `nil` if the rows of some filing have several published times.
  init?(_ rows: [FactRow], symbolCount: Int) {
    var entities = Column(symbolCount)
    var concepts = Column(symbolCount)
    var dimensions = Column(symbolCount)
    var units = Column(symbolCount)
    var times = [Int64?](repeating: nil, count: symbolCount)
    var (ends, starts) = (DayColumn(), DayColumn())
    for row in rows {
      entities.mark(row.fact.entity)
      concepts.mark(row.fact.concept)
      dimensions.mark(row.fact.dimensions)
      units.mark(row.fact.unit)
      ends.mark(row.fact.periodEnd)
      starts.mark(row.fact.periodStart)
      let time = times[Int(row.filing.rawValue)]
      guard time == nil || time == row.published.microseconds else { return nil }
      times[Int(row.filing.rawValue)] = row.published.microseconds
    }
    entities.number()
    concepts.number()
    dimensions.number()
    units.number()
    (self.entities, self.concepts, self.dimensions, self.units) = (
      entities, concepts, dimensions, units
    )
    (self.ends, self.starts) = (ends, starts)
    published = Column(inOrderOf: times)
    bitCount =
      entities.bitCount + concepts.bitCount + dimensions.bitCount + units.bitCount
      + ends.bitCount + starts.bitCount + published.bitCount
  }

  /// All columns in one number, the first in its highest bits.
  @inline(__always)
  func key<Key: FixedWidthInteger & UnsignedInteger>(of row: FactRow) -> Key {
    var key = Key(truncatingIfNeeded: entities[row.fact.entity])
    key = key << concepts.bitCount | Key(truncatingIfNeeded: concepts[row.fact.concept])
    key = key << dimensions.bitCount | Key(truncatingIfNeeded: dimensions[row.fact.dimensions])
    key = key << units.bitCount | Key(truncatingIfNeeded: units[row.fact.unit])
    key = key << ends.bitCount | Key(truncatingIfNeeded: ends[row.fact.periodEnd])
    key = key << starts.bitCount | Key(truncatingIfNeeded: starts[row.fact.periodStart])
    return key << published.bitCount | Key(truncatingIfNeeded: published[row.filing])
  }
}

/// A column of symbols: each that occurs has a number, from 0 on, in order.
private struct Column {
  private var numbers: [UInt32]
  private(set) var bitCount = 0

  init(_ symbolCount: Int) { numbers = Array(repeating: 0, count: symbolCount) }

  /// Numbers symbols in the order of what they stand for: equal ones have one number.
  init(inOrderOf values: [Int64?]) {
    self.init(values.count)
    var (last, number): (Int64?, UInt32) = (nil, 0)
    let sorted = values.enumerated().compactMap { index, value in value.map { (index, $0) } }
      .sorted { $0.1 < $1.1 }
    for (index, value) in sorted {
      if let last, last != value { number += 1 }
      numbers[index] = number
      last = value
    }
    bitCount = UInt32.bitWidth - number.leadingZeroBitCount
  }

  /// Says that a symbol occurs.
  mutating func mark(_ symbol: SymbolID) { numbers[Int(symbol.rawValue)] = 1 }

  /// Numbers all symbols that occur.
  mutating func number() {
    var next: UInt32 = 0
    for index in numbers.indices where numbers[index] == 1 {
      numbers[index] = next
      next += 1
    }
    bitCount = UInt32.bitWidth - (max(next, 1) - 1).leadingZeroBitCount
  }

  subscript(symbol: SymbolID) -> UInt32 { numbers[Int(symbol.rawValue)] }
}

/// A column of days: each has a number, from the first that occurs on; an instant's start comes last.
private struct DayColumn {
  private var first = Int32.max
  private var last = Int32.min

  mutating func mark(_ day: Int32) {
    guard day != FactID.instantStart else { return }
    first = min(first, day)
    last = max(last, day)
  }

  private var instantNumber: UInt32 {
    first <= last ? UInt32(truncatingIfNeeded: Int64(last) - Int64(first)) + 1 : 0
  }

  var bitCount: Int { UInt32.bitWidth - instantNumber.leadingZeroBitCount }

  subscript(day: Int32) -> UInt32 {
    day == FactID.instantStart
      ? instantNumber : UInt32(truncatingIfNeeded: Int64(day) - Int64(first))
  }
}

/// A key, and which row it is of.
private struct NumberedKey<Key: FixedWidthInteger & UnsignedInteger> {
  var key: Key
  var index: UInt32
}

extension Array {
  /// Sorts by the lowest bits of the keys, digit by digit from the lowest: what has the same key stays
  /// in its order.
  @inline(__always)
  fileprivate mutating func sort<Key>(bitCount: Int) where Element == NumberedKey<Key> {
    let digitBitCount = 11
    let mask: Key = 1 << digitBitCount - 1
    var other: [Element] = []
    other.reserveInLargePages(count)
    other += self
    for shift in stride(from: 0, to: bitCount, by: digitBitCount) {
      var places = [Int](repeating: 0, count: 1 << digitBitCount)
      for element in self { places[Int(truncatingIfNeeded: element.key >> shift & mask)] += 1 }
      var place = 0
      for digit in places.indices { (places[digit], place) = (place, place + places[digit]) }
      for element in self {
        let digit = Int(truncatingIfNeeded: element.key >> shift & mask)
        other[places[digit]] = element
        places[digit] += 1
      }
      swap(&self, &other)
    }
  }
}
