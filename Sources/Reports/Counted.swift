import Facts
import Ledger

/// A number with its noun: `1 fact`, `2 facts`.
func counted(_ count: Int, _ one: String, _ several: String) -> String {
  "\(count) \(count == 1 ? one : several)"
}

extension ReportedSplit {
  /// The split, and the shares that show it.
  var words: String {
    "the ratio is that of a \(newCount)-for-\(oldCount) \(newCount < oldCount ? "reverse " : "")split, "
      + "by which \(shares.concept) \(shares.period) moved"
  }
}
