import Facts
import XML

/// A sum that a calculation linkbase declares in one role: a total and its weighted items.
struct CalculationSum {
  let role: String
  let total: String
  var items: [(concept: String, weight: Int)] = []
}

/// The sums of calculation linkbases (XBRL 2.1 §5.2.5, XBRL Calculations 1.1), by role and total in
/// the order of the files.
struct CalculationNetworks {
  private var relationships: [(relationship: Relationship, rank: ArcRank)] = []
  private var indices: [Relationship: Int] = [:]

  /// A relationship: arcs that are equivalent declare or prohibit the same one.
  private struct Relationship: Hashable {
    let role: String
    let total: String
    let item: String
    let weight: String
    let order: String
    let others: [String]
  }

  private static let arcroles: Set<String> = [
    "http://www.xbrl.org/2003/arcrole/summation-item",
    "https://xbrl.org/2023/arcrole/summation-item",
  ]

  /// Adds the arcs of one extended link.
  mutating func add(_ link: ExtendedLink, in file: XBRLFile) throws(ImportError) {
    for arc in link.arcs {
      let arcrole = try file.attribute(XMLName("arcrole", in: XBRLNames.link), of: arc.node)
      guard Self.arcroles.contains(arcrole) else { continue }
      let weight = try file.attribute(XMLName("weight"), of: arc.node)
      guard let number = try? Amount(lexical: weight), !number.isZero else {
        throw file.error(
          at: arc.node,
          "the weight of an arc is \"\(weight.prefix(40))\"",
          remedy: "a weight is a decimal number other than zero"
        )
      }
      for total in link.concepts[arc.from] ?? [] {
        for item in link.concepts[arc.to] ?? [] {
          let relationship = Relationship(
            role: link.role,
            total: total,
            item: item,
            weight: number.withoutTrailingZeros.description,
            order: arc.order.withoutTrailingZeros.description,
            others: arc.otherAttributes
          )
          add(relationship, arc.rank)
        }
      }
    }
  }

  private mutating func add(_ new: Relationship, _ rank: ArcRank) {
    guard let index = indices[new] else {
      indices[new] = relationships.count
      return relationships.append((new, rank))
    }
    relationships[index].rank = max(relationships[index].rank, rank)
  }

  /// The sums whose weights are 1 and −1, and how many others there are, which no check can say.
  var sums: (sums: [CalculationSum], otherCount: Int) {
    var sums: [CalculationSum] = []
    var indices: [[String]: Int] = [:]
    var others: Set<Int> = []
    for (relationship, rank) in relationships where !rank.isProhibition {
      let key = [relationship.role, relationship.total]
      let index = indices[key] ?? sums.count
      if index == sums.count {
        indices[key] = index
        sums.append(CalculationSum(role: relationship.role, total: relationship.total))
      }
      guard let weight = Int(relationship.weight), abs(weight) == 1 else {
        others.insert(index)
        continue
      }
      let isThere = sums[index].items.contains {
        $0.concept == relationship.item && $0.weight == weight
      }
      if !isThere { sums[index].items.append((relationship.item, weight)) }
    }
    let plain = sums.indices.filter { !others.contains($0) }.map { sums[$0] }
    return (plain, others.count)
  }
}
