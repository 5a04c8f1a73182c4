import Facts

/// Finds which rows are the sums of rows above them, by trying: a total is what the rows above it add up to
/// in every column.
struct SumSearch {
  /// A sum: the index of its row, and those of its items with 1 or -1.
  struct Sum: Hashable {
    let total: Int
    let items: [Item]

    struct Item: Hashable {
      let row: Int
      let weight: Int
    }
  }

  /// How many rows a sum has, at most, and how many where signs are tried.
  private static let itemCountMax = 40
  private static let signedCountMax = 8

  /// The sums among rows, in order.
  ///
  /// - Parameters:
  ///   - rows: The amounts of each row by column, in one scale; `nil` for a cell without a figure. A row that
  ///     is `nil` takes no part.
  ///   - isSubtracted: Whether a row can be subtracted where it is printed without a sign.
  /// - Complexity: O(*n* × 2^8) for *n* rows.
  static func sums(_ rows: [[Int128?]?], isSubtracted: (Int) -> Bool) -> [Sum] {
    var open: [Int] = []
    var sums: [Sum] = []
    for (index, row) in rows.enumerated() {
      guard let row else { continue }
      if let items = items(of: row, open, rows, isSubtracted) {
        sums.append(Sum(total: index, items: items))
        open.removeLast(items.count)
      }
      open.append(index)
    }
    return sums
  }

  private static func items(
    of total: [Int128?],
    _ open: [Int],
    _ rows: [[Int128?]?],
    _ isSubtracted: (Int) -> Bool
  ) -> [Sum.Item]? {
    // Two columns and more that are not zero make chance unlikely.
    guard total.count(where: { $0 != nil && $0 != 0 }) >= 2 else { return nil }
    for count in stride(from: 2, through: min(open.count, itemCountMax), by: 1) {
      let items = open.suffix(count).map { Sum.Item(row: $0, weight: 1) }
      if fits(items, total, rows) { return items }
    }
    for count in stride(from: 2, through: min(open.count, signedCountMax), by: 1) {
      let suffix = Array(open.suffix(count))
      for signs in 1..<(1 << (count - 1)) {
        let items = suffix.enumerated().map { position, row in
          Sum.Item(row: row, weight: position > 0 && signs >> (position - 1) & 1 == 1 ? -1 : 1)
        }
        guard items.allSatisfy({ $0.weight > 0 || isSubtracted($0.row) }) else { continue }
        if fits(items, total, rows) { return items }
      }
    }
    return nil
  }

  private static func fits(_ items: [Sum.Item], _ total: [Int128?], _ rows: [[Int128?]?]) -> Bool {
    for (column, wanted) in total.enumerated() {
      guard let wanted else { continue }
      var sum: Int128 = 0
      var count = 0
      for item in items {
        guard let value = rows[item.row]?[column] else { continue }
        sum += Int128(item.weight) * value
        count += 1
      }
      guard count > 0, sum == wanted else { return false }
    }
    return true
  }
}
