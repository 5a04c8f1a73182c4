import Facts

/// The tables that a filing's presentation linkbase lays out.
struct PresentedTables {
  private let networks: PresentationNetworks
  private let labels: ConceptLabels
  private let roleDefinitions: [String: String]
  private let dimensionParts: [String: DimensionPart]

  init(_ taxonomy: XBRLTaxonomy) {
    networks = taxonomy.presentations
    labels = taxonomy.labels
    roleDefinitions = taxonomy.roleDefinitions
    dimensionParts = taxonomy.dimensionParts
  }

  /// All tables, in the order in which filers number their roles, each statement named once.
  var tables: [PresentedTable] {
    let sorted = networks.roles.enumerated().sorted { lhs, rhs in
      let (left, right) = (roleDefinitions[lhs.element], roleDefinitions[rhs.element])
      guard let left, let right, left != right else {
        return (left == nil ? 1 : 0, lhs.offset) < (right == nil ? 1 : 0, rhs.offset)
      }
      return left < right
    }
    var tables = sorted.map { table(of: $0.element) }
    let hasStatements = roleDefinitions.values.contains { Self.parts(of: $0).isStatement }
    var named: Set<String> = []
    for index in tables.indices {
      let definition = roleDefinitions[tables[index].role]
      let isStatement = definition.map { Self.parts(of: $0).isStatement } ?? false
      guard isStatement || !hasStatements, !tables[index].title.isParenthetical,
        let name = StatementNames.name(of: tables[index]), named.insert(name).inserted
      else { continue }
      tables[index].statement = name
    }
    return tables
  }

  /// `0000002 - Statement - Balance Sheets`, as the SEC has filers define roles.
  private static func parts(of definition: String) -> (isStatement: Bool, title: String) {
    let parts = definition.split(separator: " - ", maxSplits: 2)
    guard parts.count == 3 else { return (false, definition) }
    return (parts[1] == "Statement", String(parts[2]))
  }

  private func table(of role: String) -> PresentedTable {
    let title =
      roleDefinitions[role].map { Self.parts(of: $0).title }
      ?? role.split(separator: "/").last.map(String.init) ?? role
    var table = PresentedTable(role: role, title: title.onOneLine ?? role)
    var axes: [String] = []
    var members: [(name: String, label: String)] = []
    // Concepts above that are not printed themselves, with their depths in the tree.
    var unprinted: [Int] = []
    let nodes = networks.nodes(of: role)
    let rootCount = nodes.count { $0.depth == 0 }
    for node in nodes {
      unprinted.removeAll { $0 >= node.depth }
      switch dimensionParts[node.concept] ?? DimensionPart(name: node.concept) {
      case .axis:
        axes.append(node.concept)
        unprinted.append(node.depth)
      case .member:
        members.append((node.concept, label(of: node)))
        unprinted.append(node.depth)
      case .table, .lineItems: unprinted.append(node.depth)
      case nil where node.depth == 0 && rootCount == 1: unprinted.append(0)
      case nil:
        table.rows.append(row(of: node, depth: node.depth - unprinted.count))
      }
    }
    if !axes.isEmpty { table.dimensions = .members(axes: axes, members: members) }
    return table
  }

  private func row(of node: PresentationNetworks.Node, depth: Int) -> PresentedTable.Row {
    let role = node.preferredLabel?.split(separator: "/").last?.lowercased() ?? ""
    return PresentedTable.Row(
      concept: node.concept,
      label: label(of: node),
      depth: depth,
      isNegated: role.contains("negated"),
      isTotal: role.contains("total"),
      edge: role.contains("periodstart") ? .start : role.contains("periodend") ? .end : nil
    )
  }

  /// The label that the arc prefers, else the standard one, without what only taxonomies need.
  private func label(of node: PresentationNetworks.Node) -> String {
    let preferred = node.preferredLabel.flatMap { role in
      labels[node.concept, role: role] ?? labels[node.concept, role: Self.plainRole(of: role)]
    }
    let label = preferred ?? labels[node.concept] ?? node.concept.spacedCamelCase
    // IFRS writes them in small letters.
    let small = label.lowercased()
    for ending in ["[abstract]", "[member]", "[domain]", "[roll forward]", "[line items]"]
    where small.hasSuffix(ending) {
      return label.dropLast(ending.count).onOneLine ?? label
    }
    return label
  }

  /// The role of labels of the other sign: `totalLabel` for `negatedTotalLabel`.
  private static func plainRole(of role: String) -> String {
    guard let name = role.split(separator: "/").last, name.hasPrefix("negated") else { return role }
    let rest = name.dropFirst("negated".count)
    guard let first = rest.first, rest != "Label" else { return ConceptLabels.standardRole }
    return "http://www.xbrl.org/2003/role/\(first.lowercased())\(rest.dropFirst())"
  }
}

extension String {
  /// Whether the title is that of what stands in parentheses in another statement.
  fileprivate var isParenthetical: Bool { lowercased().contains("parenthetical") }
}
