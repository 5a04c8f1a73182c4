import Facts
import XML

/// The trees of presentation linkbases (XBRL 2.1 §5.2.4), by role, in the order of the files.
struct PresentationNetworks {
  /// The roles, in the order of the files.
  private(set) var roles: [String] = []
  private var relationships: [String: [(relationship: Relationship, rank: ArcRank)]] = [:]
  private var indices: [String: [Relationship: Int]] = [:]

  /// A relationship: arcs that are equivalent declare or prohibit the same one.
  private struct Relationship: Hashable {
    let parent: String
    let child: String

    /// The order as a number (`Amount.fixedPoint`).
    let order: Int128
    let preferredLabel: String?
    let others: [String]
  }

  /// A concept in a tree.
  struct Node {
    let concept: String
    let preferredLabel: String?

    /// How many concepts it is below.
    let depth: Int
  }

  /// Adds the arcs of one extended link.
  mutating func add(_ link: ExtendedLink) {
    if relationships[link.role] == nil {
      roles.append(link.role)
      relationships[link.role] = []
    }
    for arc in link.arcs {
      for parent in link.concepts[arc.from] ?? [] {
        for child in link.concepts[arc.to] ?? [] {
          let relationship = Relationship(
            parent: parent,
            child: child,
            order: arc.order.fixedPoint,
            preferredLabel: arc.node["preferredLabel"],
            others: arc.otherAttributes
          )
          add(relationship, arc.rank, to: link.role)
        }
      }
    }
  }

  private mutating func add(_ new: Relationship, _ rank: ArcRank, to role: String) {
    guard let index = indices[role]?[new], let old = relationships[role]?[index].rank else {
      indices[role, default: [:]][new] = relationships[role]?.count ?? 0
      return relationships[role, default: []].append((new, rank))
    }
    relationships[role]?[index].rank = max(old, rank)
  }

  /// The trees of a role: each concept before those below it, which come in their order.
  ///
  /// - Complexity: O(*n* log *n*), for *n* arcs of the role.
  func nodes(of role: String) -> [Node] {
    let valid = (relationships[role] ?? []).filter { !$0.rank.isProhibition }.map(\.relationship)
    var children: [String: [Relationship]] = [:]
    for relationship in valid { children[relationship.parent, default: []].append(relationship) }
    for (parent, found) in children {
      children[parent] = found.enumerated().sorted { lhs, rhs in
        let (left, right) = (lhs.element.order, rhs.element.order)
        return left == right ? lhs.offset < rhs.offset : left < right
      }.map(\.element)
    }
    var nodes: [Node] = []
    var path: Set<String> = []
    func visit(_ concept: String, _ preferredLabel: String?, _ depth: Int) {
      // A tree that runs in a circle is cut there.
      guard path.insert(concept).inserted else { return }
      defer { path.remove(concept) }
      nodes.append(Node(concept: concept, preferredLabel: preferredLabel, depth: depth))
      for child in children[concept] ?? [] {
        visit(child.child, child.preferredLabel, depth + 1)
      }
    }
    let below = Set(valid.map(\.child))
    var seen: Set<String> = []
    for root in valid.map(\.parent) where !below.contains(root) && seen.insert(root).inserted {
      visit(root, nil, 0)
    }
    return nodes
  }
}

/// What a concept is for XBRL Dimensions 1.0, where it is no item with figures.
enum DimensionPart {
  case axis, member, table, lineItems

  /// As a schema declares it.
  init?(substitutionGroup group: String?, type: String?) {
    switch (group, type) {
    case ("dimensionItem", _): self = .axis
    case ("hypercubeItem", _): self = .table
    case (_, "domainItemType"): self = .member
    default: return nil
    }
  }

  /// By the endings that element names of the standard taxonomies have.
  init?(name concept: String) {
    let endings: [(String, DimensionPart)] = [
      ("Axis", .axis), ("Member", .member), ("Domain", .member), ("Table", .table),
      ("LineItems", .lineItems),
    ]
    guard let found = endings.first(where: { concept.hasSuffix($0.0) }) else { return nil }
    self = found.1
  }
}
