import Facts

/// A statement or table of a filing as the filer lays it out: captions, order and signs, before it
/// is known which figures there are.
struct PresentedTable {
  /// The address of its role.
  var role: String

  /// The statement that it is; `nil` for any other table.
  var statement: String?

  /// The heading.
  var title: String

  /// The rows, from top to bottom.
  var rows: [Row] = []

  /// Which dimensions its figures may have.
  var dimensions = Dimensioning.none

  /// A row: a heading where the filing has no figure of the concept at all.
  struct Row: Hashable {
    var concept: String
    var label: String
    var depth = 0

    /// Whether the printed sign is the opposite of the value's.
    var isNegated = false

    /// Whether the filer says that it is the total of rows above.
    var isTotal = false

    /// For a balance among flows: which end of the period it is about.
    var edge: StatementDefinition.Edge?
  }

  /// Which dimensions the figures of a table may have.
  enum Dimensioning {
    /// None: figures with dimensions are of other tables.
    case none

    /// Those on these axes, with these members, in this order; members have captions.
    case members(axes: [String], members: [(name: String, label: String)])

    /// Any but those on these axes; captions are made of the members' names.
    case anyBut(axes: Set<String>)
  }
}

extension PresentedTable.Dimensioning {
  /// Where figures with these dimensions come among the others, and the caption above them.
  ///
  /// Figures without dimensions come first, without a caption.
  ///
  /// - Returns: `nil` for figures of another table.
  func place(of dimensions: Dimensions) -> (order: [Int], caption: String?)? {
    guard !dimensions.isEmpty else { return ([], nil) }
    let pairs = dimensions.pairs
    switch self {
    case .none: return nil
    case .members(let axes, let members):
      var places: [(axis: Int, member: Int, label: String)] = []
      for (axis, member) in pairs {
        guard let axisIndex = axes.firstIndex(of: String(axis)) else { return nil }
        if let index = members.firstIndex(where: { $0.name == member }) {
          places.append((axisIndex, index, members[index].label))
        } else if member.contains(":") {
          return nil
        } else {
          places.append((axisIndex, members.count, String(member)))
        }
      }
      places.sort { $0.axis < $1.axis }
      let caption = places.map(\.label).joined(separator: " | ")
      return (places.flatMap { [$0.axis, $0.member] }, caption)
    case .anyBut(let axes):
      guard !pairs.contains(where: { axes.contains(String($0.key)) }) else { return nil }
      return ([], pairs.map { String($0.value).spacedCamelCase }.joined(separator: " | "))
    }
  }
}

extension StringProtocol {
  /// The words of a name such as `RetainedEarningsMember`, without a prefix: `Retained Earnings`.
  var spacedCamelCase: String {
    var name = String(self)
    if let colon = name.lastIndex(of: ":") { name = String(name[name.index(after: colon)...]) }
    for ending in ["Member", "Domain"] where name.hasSuffix(ending) && name != ending {
      name.removeLast(ending.count)
    }
    var words = ""
    var previous: Character?
    for character in name {
      if character.isUppercase, previous?.isLowercase == true { words.append(" ") }
      words.append(character)
      previous = character
    }
    return words
  }
}
