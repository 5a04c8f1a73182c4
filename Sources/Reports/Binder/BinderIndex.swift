import Facts
import Ledger

/// The first page of a binder: what it is of, its pages, and how it is checked and made again.
struct BinderIndex: Document {
  let entity: EntityDefinition
  let question: Binder.Question
  let head: UInt64
  let root: String
  let pages: [Binder.Page]
  let omissions: [(name: String, text: String)]

  var rows: Table { table(pages) }

  private var title: String { "\(entity.name): review of \(question.asOf)" }

  private func table(_ pages: [Binder.Page]) -> Table {
    var table = Table(
      TableHead(
        title: title,
        columns: [.init("page", title: "Page"), .init("about", title: "What it shows")]
      )
    )
    for page in pages {
      table.append([.link(page.title, address: page.path), .text(page.about)])
    }
    return table
  }

  /// The folders, in the order of a review.
  private static let sections = [
    ("statements", "Statements"), ("lead-sheets", "Lead sheets"), ("quarters", "Roll-forwards"),
    ("ties", "Ties"), ("changes", "Restatements and forecasts"), ("evidence", "Evidence"),
  ]

  var page: [Block] {
    let knownAt = question.knownAt.map { "known at \($0)" } ?? "everything published"
    var blocks: [Block] = [
      .heading(entity.name, level: 1), .heading("Review of \(question.asOf)", level: 2),
      .caption("\(entity.entity), \(knownAt), the first \(head) events of the ledger"),
    ]
    for (folder, title) in Self.sections {
      let found = pages.filter { $0.path.hasPrefix("\(folder)/") }
      if !found.isEmpty { blocks += [.heading(title, level: 2), .table(table(found))] }
    }
    if !omissions.isEmpty {
      blocks += [.heading("What is not in this binder", level: 2), .items(omissions)]
    }
    return blocks + [
      .heading("How it is checked", level: 2),
      .lines([
        "Each page ends with its receipt; where the ledger is at hand, the receipt of a page is verified from the page alone.",
        "Each figure of the statements is proven by the page Evidence, in a browser and without a ledger, or with Python: "
          + "python3 evidence/verify.py evidence/proofs/SEQUENCE.json evidence/checkpoint",
        "The files are what they were: sha256sum -c SHA256SUMS",
        "The same question of the same events makes the same files again.",
      ]), .items([("head", String(head)), ("root", root), ("question", command)]),
    ]
  }

  /// The question, to be asked again.
  private var command: String {
    let knownAt = question.knownAt.map { " known at \($0)," } ?? ""
    return "binder of \(entity.entity) as of \(question.asOf),\(knownAt) recorded at \(head)"
  }
}
