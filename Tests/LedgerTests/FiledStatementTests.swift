import Facts
import Foundation
import Intake
import Projections
import TestSupport
import Testing

@testable import Ledger

/// A filing as filed, with the instance that was extracted from it, if that lies elsewhere.
private struct FiledReport: CustomTestStringConvertible {
  var folder: String
  var filing: String
  var published: String
  var instance: String?

  /// The files' names, before `_pre.xml` and so on.
  var prefix: String

  var testDescription: String { folder }

  static let apple = FiledReport(
    folder: "inline/apple_10q_2025",
    filing: "0000320193-25-000057",
    published: "2025-05-02",
    instance: "inline/apple_10q_2025.extracted_instance.xml",
    prefix: "aapl-20250329"
  )

  static let all = [
    apple,
    FiledReport(
      folder: "inline/aeon_10q_2023",
      filing: "0001558370-23-018532",
      published: "2023-11-14",
      prefix: "aeon-20230930"
    ),
    FiledReport(
      folder: "xbrl/amzn_10k_2022_segments",
      filing: "0001018724-23-000004",
      published: "2023-02-03",
      prefix: "amzn-20221231"
    ),
    FiledReport(
      folder: "xbrl/nflx_10q_20100930",
      filing: "0001193125-10-237020",
      published: "2010-10-27",
      prefix: "nflx-20100930"
    ),
  ]

  func ledger(_ folder: TemporaryFolder) throws -> Ledger {
    let files = try SourceFolder.real(self.folder)
    let ledger = try folder.ledger()
    let source = SourceFolder(
      path: self.folder,
      names: files.names + (instance == nil ? [] : ["instance.xml"])
    ) { name, body in
      guard name == "instance.xml", let instance else { return try files.read(name, body) }
      try body(Package.bytes(Package.data.appending(path: instance))[...])
    }
    let report = try XBRLImporter().report(
      from: source,
      FilingParticulars(filing: filing, published: PublishedTime(published)),
      known: KnownDefinitions(of: nil)
    )
    _ = try ledger.append(report.drafts, options())
    return ledger
  }

  func text(_ ending: String) throws -> String {
    try String(
      contentsOf: Package.data.appending(path: "\(folder)/\(prefix)\(ending)"),
      encoding: .utf8
    )
  }
}

/// A reader of presentation linkbases that shares nothing with the product: patterns over the text.
private struct NaivePresentation {
  /// For each role the leaves in their order, as `prefix_name label-role`.
  private(set) var leaves: [String: [(concept: String, label: String)]] = [:]

  init(_ text: String) throws {
    let links = text.matches(
      of: /(?s)<(?:link:)?presentationLink (.*?)>(.*?)<\/(?:link:)?presentationLink>/
    )
    for link in links {
      let role = String(try #require(link.1.firstMatch(of: /xlink:role="([^"]*)"/)).1)
      var concepts: [String: String] = [:]
      var arcs: [String: [(order: Double, child: String, label: String)]] = [:]
      var below: Set<String> = []
      for element in link.2.matches(of: /<(?:link:)?(loc|presentationArc) ([^>]*)>/) {
        func attribute(_ name: String) -> String? {
          let found = try? Regex("\\b\(name)=\"([^\"]*)\"").firstMatch(in: element.2)
          return found?[1].substring.map(String.init)
        }
        if element.1 == "loc" {
          concepts[attribute("xlink:label") ?? ""] =
            attribute("xlink:href")?.split(separator: "#").last.map(String.init)
          continue
        }
        let parent = concepts[attribute("xlink:from") ?? ""] ?? ""
        let child = concepts[attribute("xlink:to") ?? ""] ?? ""
        let order = attribute("order").flatMap(Double.init) ?? 1
        arcs[parent, default: []].append((order, child, attribute("preferredLabel") ?? ""))
        below.insert(child)
      }
      func walk(_ concept: String, _ label: String) {
        guard let children = arcs[concept] else {
          leaves[role, default: []].append((concept, label))
          return
        }
        for child in children.sorted(by: { $0.order < $1.order }) { walk(child.child, child.label) }
      }
      for root in arcs.keys where !below.contains(root) { walk(root, "") }
    }
  }
}

/// A reader of label linkbases that shares nothing with the product: patterns over the text.
private struct NaiveLabels {
  /// For each concept, as `prefix_name`, its labels by the last word of their roles.
  private var texts: [String: [String: String]] = [:]

  init(_ text: String) throws {
    var (concepts, ends): ([String: String], [(from: String, to: String)]) = ([:], [])
    func attribute(_ name: String, _ text: Substring) -> String {
      let found = try? Regex("\\b\(name)=\"([^\"]*)\"").firstMatch(in: text)
      return found?[1].substring.map(String.init) ?? ""
    }
    for element in text.matches(of: /<(?:link:)?(loc|labelArc) ([^>]*)>/) {
      if element.1 == "loc" {
        concepts[attribute("xlink:label", element.2)] =
          attribute("xlink:href", element.2).split(separator: "#").last.map(String.init)
      } else {
        ends.append((attribute("xlink:from", element.2), attribute("xlink:to", element.2)))
      }
    }
    let named = Dictionary(ends.map { ($0.to, concepts[$0.from] ?? "") }) { first, _ in first }
    for label in text.matches(of: /(?s)<(?:link:)?label ([^>]*)>(.*?)<\/(?:link:)?label>/) {
      let role = attribute("xlink:role", label.1).split(separator: "/").last ?? ""
      let words = String(label.2).replacing("&amp;", with: "&").replacing("&#8217;", with: "’")
        .replacing("&#8212;", with: "—").split { $0.isWhitespace }
      let concept = named[attribute("xlink:label", label.1)] ?? ""
      texts[concept, default: [:]][String(role)] = words.joined(separator: " ")
    }
  }

  /// The label of a role, or of the same role without the other sign; else the standard label.
  func text(_ concept: String, _ role: String) -> String? {
    let role = role.split(separator: "/").last.map(String.init) ?? "label"
    var plain = role.replacing("negated", with: "")
    plain = plain.prefix(1).lowercased() + plain.dropFirst()
    let labels = texts[concept] ?? [:]
    return labels[role] ?? labels[plain] ?? labels["label"]
  }
}

@Suite(
  "Statements as four filers print them",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct FiledStatementTests {
  /// A line as it is printed, but for the alignment.
  private func printed(_ statement: StatementAnswer) -> [(label: String, figures: [String])] {
    statement.lines.map { line in
      let figures = line.cells.map { cell -> String in
        guard case .holds(let claim) = cell, let value = claim.figure.value else {
          return ""
        }
        let (whole, fraction) = value.scaledDigits(
          scale: line.definition.scale ?? statement.definition.scale,
          places: line.definition.places ?? statement.definition.places
        )
        var digits = fraction.isEmpty ? "" : ".\(fraction)"
        for (index, digit) in whole.reversed().enumerated() {
          if index > 0, index.isMultiple(of: 3) { digits = "," + digits }
          digits = "\(digit)" + digits
        }
        let isNegative = (value.mantissa < 0) != line.definition.isNegated && value.mantissa != 0
        return isNegative ? "(\(digits))" : digits
      }
      return (line.definition.label, figures)
    }
  }

  /// The rows of a statement as the SEC renders it.
  private func rendered(_ page: String) throws -> [(label: String, figures: [String])] {
    let url = Package.data.appending(path: "inline/apple_10q_2025.rendered/\(page).htm")
    let html = try String(contentsOf: url, encoding: .utf8)
    let table = html.split(separator: "authRefData").first ?? ""
    func text(_ cell: Substring) -> String {
      cell.replacing(/<[^>]*>/, with: "").replacing("&#160;", with: "")
        .replacing("&#8217;", with: "’").replacing("$ ", with: "")
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
    return table.matches(of: /(?s)<tr class="r[a-z]+">(.*?)<\/tr>/).map { row in
      let cells = row.1.matches(of: /(?s)<td[^>]*>(.*?)<\/td>/).map { text($0.1) }
      return (cells[0], cells.dropFirst().contains { !$0.isEmpty } ? Array(cells.dropFirst()) : [])
    }
  }

  @Test(
    "equal the SEC's rendering of Apple's report, figure by figure",
    arguments: [
      ("operations", "R2"), ("comprehensive-income", "R3"), ("balance-sheet", "R4"),
      ("cash-flow", "R7"),
    ]
  )
  func equalsRendering(statement: String, page: String) throws {
    let folder = try TemporaryFolder()
    let ledger = try FiledReport.apple.ledger(folder)
    let answer = try ledger.statement(StatementRequest(statement))
    #expect(answer.filedLayout?.filing.filing == FiledReport.apple.filing)
    let ours = printed(answer).map { line in
      (line.label, line.figures.contains { !$0.isEmpty } ? line.figures : [])
    }
    let theirs = try rendered(page)
    // The SEC prints the caption above a tree sometimes, and not at other times.
    let figures = theirs.filter { !$0.figures.isEmpty }
    #expect(figures.count > 8)
    let expected = theirs.filter { !$0.label.hasSuffix("[Abstract]") }
    let shown = ours.filter { line in
      !line.1.isEmpty || expected.contains { $0.label == line.0 }
    }
    #expect(shown.map { "\($0.0): \($0.1)" } == expected.map { "\($0.label): \($0.figures)" })
  }

  @Test("print the part of each period that a company reports after it took another one's place")
  func printsSuccessorAndPredecessor() throws {
    let folder = try TemporaryFolder()
    let report = try #require(FiledReport.all.first { $0.prefix == "aeon-20230930" })
    let answer = try report.ledger(folder).statement(StatementRequest("operations"))
    #expect(
      answer.columns.map(\.period.description) == [
        "2023-07-22/2023-09-30", "2023-07-01/2023-07-21", "2022-07-01/2022-09-30",
        "2023-01-01/2023-07-21", "2022-01-01/2022-09-30",
      ]
    )
    let loss = try #require(printed(answer).first { $0.label == "Loss from operations" })
    #expect(loss.figures == ["57,872", "(2,628)", "(9,913)", "(29,644)", "(33,396)"])
  }

  @Test(
    "print every line of the filer's, in its order, with its label and sign",
    arguments: FiledReport.all
  )
  private func printsEveryLine(report: FiledReport) throws {
    let folder = try TemporaryFolder()
    let ledger = try report.ledger(folder)
    let presentation = try NaivePresentation(report.text("_pre.xml"))
    let labels = try NaiveLabels(report.text("_lab.xml"))
    var facts: [Fact] = []
    _ = try ledger.forEachClaim(Ledger.FactsRequest()) { facts.append($0.claim.fact) }
    for name in ["balance-sheet", "operations", "cash-flow"] {
      let statement = try ledger.statement(StatementRequest(name))
      let filed = try #require(statement.filedLayout)
      let leaves = try #require(presentation.leaves[filed.presentation.role])
      let lines = statement.lines.filter {
        $0.definition.concept != nil && $0.definition.dimensions.isEmpty
      }
      // Of the leaves, those with a figure for one of the columns.
      let expected = leaves.filter { leaf in
        lines.contains {
          $0.definition.concept == leaf.concept.replacing("_", with: ":", maxReplacements: 1)
        }
      }
      #expect(
        lines.map { $0.definition.concept?.replacing(":", with: "_") }
          == expected.map(\.concept)
      )
      #expect(
        lines.map(\.definition.label) == expected.map { labels.text($0.concept, $0.label) ?? "" }
      )
      #expect(
        lines.map(\.definition.isNegated)
          == expected.map { $0.label.lowercased().contains("negated") }
      )
      let left = leaves.map(\.concept).filter { concept in
        !expected.contains { $0.concept == concept }
      }
      for concept in left {
        let name = concept.replacing("_", with: ":", maxReplacements: 1)
        #expect(
          !facts.contains { fact in
            fact.concept == name && fact.dimensions.isEmpty
              && statement.columns.contains { $0.period == fact.period }
          },
          "\(statement.definition.statement) leaves out \(name)"
        )
      }
    }
  }
}
