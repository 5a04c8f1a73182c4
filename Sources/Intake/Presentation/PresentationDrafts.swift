import Facts

/// The layouts that one filing prints its tables in, as events: each layout once, before what uses it.
struct PresentationDrafts {
  private(set) var events: [Event] = []

  /// How many tables there are.
  private(set) var tableCount = 0

  /// How many are left out, because their layouts do not fit into one event.
  private(set) var tooLongCount = 0

  /// The longest line of an event.
  private static let lineByteCountMax = Int(UInt16.max)

  /// Makes the layouts of those tables that the filing has figures for.
  init(_ tables: [PresentedTable], by maker: LayoutMaker, of filing: String) {
    var presentations: [Event] = []
    var hashes: Set<String> = []
    for table in tables {
      guard let layout = maker.layout(of: table) else { continue }
      let event = Event.layout(layout)
      let line = event.canonicalLine
      guard line.count <= Self.lineByteCountMax else {
        tooLongCount += 1
        continue
      }
      // The leaf hash of RFC 6962.
      var digest = DocumentDigest()
      digest.update([0])
      digest.update(line[...])
      if hashes.insert(digest.hexadecimal).inserted { events.append(event) }
      presentations.append(
        .presentation(
          Presentation(
            filing: filing,
            role: table.role,
            statement: table.statement,
            title: table.title,
            layout: digest.hexadecimal
          )
        )
      )
      tableCount += 1
    }
    events += presentations
  }
}
