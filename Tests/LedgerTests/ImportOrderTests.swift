import Facts
import Foundation
import Intake
import TestSupport
import Testing

@testable import Ledger

/// The documents of one small company whose years have 52 and 53 weeks, in every form that can be
/// imported.
private struct Documents {
  private struct Report {
    let filing: String
    let form: String
    let filed: String
    let year: Int
    let part: String
    let facts: [(concept: String, unit: String, period: Period, value: Int)]
  }

  private static let cik = "0000000009"
  private static let yearEnds = ["2016-09-24", "2017-09-30", "2018-09-29", "2019-09-28"]

  private let reports: [Report]

  init() throws {
    var reports: [Report] = []
    let ends = try Self.yearEnds.map { try #require(CivilDate($0)) }
    for (index, (before, end)) in zip(ends, ends.dropFirst()).enumerated() {
      for quarter in 1...4 {
        let start = before.advanced(byDays: 91 * (quarter - 1) + 1)
        let last = quarter == 4 ? end : before.advanced(byDays: 91 * quarter)
        reports.append(
          try Self.report(
            year: 2017 + index,
            quarter: quarter,
            quarterOf: .duration(start: start, end: last),
            yearToDate: .duration(start: before.advanced(byDays: 1), end: last)
          )
        )
      }
    }
    self.reports = reports
  }

  private static func report(
    year: Int,
    quarter: Int,
    quarterOf: Period,
    yearToDate: Period
  ) throws -> Report {
    let seed = year * 10 + quarter
    let flows = ["Revenues": 9000, "NetIncomeLoss": 700, "CostOfRevenue": 5000]
    var facts: [(concept: String, unit: String, period: Period, value: Int)] = []
    for (concept, base) in flows.sorted(by: { $0.key < $1.key }) {
      if quarter < 4 { facts.append((concept, "USD", quarterOf, (base + seed % 97) * 1_000_000)) }
      if quarter > 1 {
        facts.append((concept, "USD", yearToDate, (base * quarter + seed % 89) * 1_000_000))
      }
      // The comparative, which a later year restates by a little.
      if quarter == 4, let end = yearToDate.end.advanced(byMonths: -12), year > 2017 {
        let known = try #require(
          yearEnds.first { FiscalCalendar.isNear(CivilDate($0) ?? end, end) }
        )
        let first = try #require(
          CivilDate(yearEnds[(yearEnds.firstIndex(of: known) ?? 1) - 1])
        ).advanced(byDays: 1)
        facts.append(
          (
            concept, "USD", .duration(start: first, end: try #require(CivilDate(known))),
            (base * quarter + (seed - 10) % 89 + 1) * 1_000_000
          )
        )
      }
    }
    facts.append(("Assets", "USD", .instant(quarterOf.end), (20_000 + seed) * 1_000_000))
    facts.append(("Liabilities", "USD", .instant(quarterOf.end), (9_000 + seed) * 1_000_000))
    return Report(
      filing: "\(cik)-\(year % 100)-00000\(quarter)",
      form: quarter == 4 ? "10-K" : "10-Q",
      filed: "\(quarterOf.end.advanced(byDays: 40))",
      year: year,
      part: quarter == 4 ? "FY" : "Q\(quarter)",
      facts: facts
    )
  }

  /// The SEC's companyfacts file, with every filing.
  var companyFacts: String {
    var rows: [String: [String]] = [:]
    for report in reports {
      for fact in report.facts {
        let start = fact.period.start.map { #""start":"\#($0)","# } ?? ""
        rows[fact.concept, default: []].append(
          #"{\#(start)"end":"\#(fact.period.end)","val":\#(fact.value),"accn":"\#(report.filing)","#
            + #""fy":\#(report.year),"fp":"\#(report.part)","form":"\#(report.form)","#
            + #""filed":"\#(report.filed)"}"#
        )
      }
    }
    let concepts = rows.sorted { $0.key < $1.key }.map { name, rows in
      #""\#(name)":{"label":"\#(name)","description":null,"units":{"USD":["#
        + rows.joined(separator: ",") + "]}}"
    }
    return #"{"cik":9,"entityName":"Weekly Company","facts":{"us-gaap":{"#
      + concepts.joined(separator: ",") + "}}}"
  }

  /// The data set of one year, whose periods end with months; one row states a wrong year end.
  func dataSet(_ year: Int) -> SourceFolder {
    var sub = ["adsh\tcik\tname\tfye\tform\tfy\tfp\tfiled\tinstance"]
    var num = ["adsh\ttag\tversion\tddate\tqtrs\tuom\tvalue"]
    let plain = { (day: String) in day.replacing("-", with: "") }
    for report in reports where report.year == year {
      let yearEnd = report.year == 2018 && report.part == "Q1" ? "1231" : "0930"
      sub.append(
        [
          report.filing, "9", "WEEKLY COMPANY", yearEnd, report.form, "\(report.year)", report.part,
          plain(report.filed), "wkly-2018.xml",
        ].joined(separator: "\t")
      )
      for fact in report.facts {
        let end = fact.period.end.monthEnd
        let quarters = fact.period.start == nil ? 0 : (fact.period.dayCount + 45) / 91
        num.append(
          [
            report.filing, fact.concept, "us-gaap/2018", plain("\(end)"), "\(quarters)", fact.unit,
            "\(fact.value).0000",
          ].joined(separator: "\t")
        )
      }
    }
    let files = ["sub.txt": sub, "num.txt": num].mapValues { $0.joined(separator: "\n") + "\n" }
    return SourceFolder(path: "set\(year)", names: Array(files.keys)) { name, body in
      try body(Array((files[name] ?? "").utf8)[...])
    }
  }

  /// The instance of the annual report of a year, in millions.
  func instance(_ year: Int) throws -> (folder: SourceFolder, particulars: FilingParticulars) {
    let report = try #require(reports.first { $0.year == year && $0.part == "FY" })
    var (contexts, facts): ([String], [String]) = ([], [])
    for (index, fact) in report.facts.enumerated() {
      let period =
        fact.period.start.map {
          "<startDate>\($0)</startDate><endDate>\(fact.period.end)</endDate>"
        } ?? "<instant>\(fact.period.end)</instant>"
      contexts.append(
        "<context id=\"c\(index)\"><entity>"
          + "<identifier scheme=\"http://www.sec.gov/CIK\">\(Self.cik)"
          + "</identifier></entity><period>\(period)</period></context>"
      )
      facts.append(
        "<us-gaap:\(fact.concept) contextRef=\"c\(index)\" unitRef=\"usd\" decimals=\"-6\">"
          + "\(fact.value)</us-gaap:\(fact.concept)>"
      )
    }
    let year = "\(report.year)"
    for (name, text) in [
      ("DocumentType", report.form), ("DocumentFiscalYearFocus", year),
      ("DocumentFiscalPeriodFocus", "FY"),
      ("EntityRegistrantName", report.year == 2018 ? "Weekly Co." : "Weekly Company"),
      ("CurrentFiscalYearEndDate", "--09-30"),
    ] {
      facts.append("<dei:\(name) contextRef=\"c0\">\(text)</dei:\(name)>")
    }
    let instance = """
      <?xml version="1.0" encoding="UTF-8"?>
      <xbrl xmlns="http://www.xbrl.org/2003/instance" \
      xmlns:iso4217="http://www.xbrl.org/2003/iso4217" \
      xmlns:us-gaap="http://fasb.org/us-gaap/2018-01-31" \
      xmlns:dei="http://xbrl.sec.gov/dei/2018-01-31">
      \((contexts + facts).joined(separator: "\n"))
      <unit id="usd"><measure>iso4217:USD</measure></unit>
      </xbrl>
      """
    let folder = SourceFolder(path: "instance", names: ["w.xml"]) { _, body in
      try body(Array(instance.utf8)[...])
    }
    // The other documents know the day alone.
    let filed = try #require(PublishedTime("\(report.filed)T20:05:30Z"))
    return (folder, FilingParticulars(filing: report.filing, published: filed))
  }

  /// Lines of a release that knows figures of the last year first.
  var release: String {
    // What it is about, a release itself does not define.
    var lines = [
      #"{"type":"concept","concept":"us-gaap:Revenues","kind":"statement-line","#
        + #""periodType":"duration","dataType":"monetary","additive":true}"#,
      #"{"type":"filing","filing":"release","entity":"cik:0000000009","form":"8-K EX-99.1","#
        + #""published":"2019-10-30T20:30:00Z"}"#,
    ]
    for (concept, period, value) in [
      ("Revenues", "2018-09-30/2019-09-28", "36100000000"),
      ("NetIncomeLoss", "2019-06-30/2019-09-28", "800000000"),
    ] {
      lines.append(
        #"{"type":"statement-line","filing":"release","entity":"cik:0000000009","#
          + #""concept":"us-gaap:\#(concept)","period":"\#(period)","unit":"USD","#
          + #""value":"\#(value)","decimals":-8}"#
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension CivilDate {
  /// The nearest end of a month, as data sets have it.
  fileprivate var monthEnd: CivilDate {
    let (year, month, day) = components
    let count = CivilDate.dayCount(year: year, month: month)
    return advanced(byDays: day > 15 ? count - day : -day)
  }
}

@Suite("The order in which documents are imported") struct ImportOrderTests {
  private static func known(_ ledger: Ledger) -> KnownDefinitions {
    KnownDefinitions(
      concept: { try Ledger.concept($0, in: ledger) },
      entity: { try Ledger.entity($0, in: ledger) },
      filing: { try Ledger.filing($0, in: ledger) },
      element: StandardElements.concept
    )
  }

  /// A ledger with all documents, in the order that `generator` chooses.
  private static func ledger(
    _ documents: Documents,
    in folder: TemporaryFolder,
    _ name: String,
    _ generator: inout SeededGenerator
  ) throws -> Ledger {
    let ledger = try folder.ledger("\(name).assay")
    var imports: [(KnownDefinitions) throws -> [Draft]] = [
      {
        let bytes = Array(documents.companyFacts.utf8)
        return try CompanyFactsImporter().drafts(from: bytes, file: "facts.json", known: $0)
      },
      { _ in try drafts(documents.release) },
    ]
    for year in 2017...2019 {
      imports.append { try FSDSImporter().drafts(from: documents.dataSet(year), known: $0).drafts }
    }
    for year in 2018...2019 {
      imports.append { known in
        let (folder, particulars) = try documents.instance(year)
        return try XBRLImporter().report(from: folder, particulars, known: known).drafts
      }
    }
    imports.shuffle(using: &generator)
    for (index, document) in imports.enumerated() {
      _ = try ledger.append(document(known(ledger)), options(seconds: Int64(index)))
    }
    return ledger
  }

  /// A question, and how it is asked.
  private enum Question: CustomStringConvertible {
    case statement(StatementRequest, knownAt: String?, label: String?)
    case facts([String], knownAt: String?)

    var description: String {
      switch self {
      case .statement(let request, let knownAt, let label):
        "\(request.statement) \(label ?? "") \(request.span?.rawValue ?? "") \(knownAt ?? "")"
      case .facts(let words, let knownAt): "\(words) \(knownAt ?? "")"
      }
    }

    init(_ generator: inout SeededGenerator) {
      let labels = [
        "FY2017", "FY2018", "FY2019", "2018Q1", "2018Q3", "2019Q2", "2019Q4", "2019H1", "2019-9M",
        "CY2018", "CY2019Q1", "2019-09-30", "2019-09-28", "2018-12-29",
      ]
      let moments = [
        nil, nil, "2018-03-01", "2018-11-08", "2019-10-30", "2019-10-31", "2019-12-01",
      ]
      let label = labels[generator.below(labels.count)]
      let knownAt = moments[generator.below(moments.count)]
      guard generator.below(3) > 0 else {
        let concepts = [
          "Revenues", "NetIncomeLoss", "Assets", "us-gaap",
          "net income (loss) attributable to parent",
        ]
        let words = [concepts[generator.below(concepts.count)]]
        self = .facts(words + (generator.below(3) > 0 ? [label] : []), knownAt: knownAt)
        return
      }
      let names = ["operations", "operations", "balance-sheet", "cash-flow"]
      let spans: [StatementRequest.Span?] = [nil, nil, .quarter, .half, .ytd, .year, .ttm]
      var request = StatementRequest(names[generator.below(names.count)])
      request.span = spans[generator.below(spans.count)]
      if request.span != nil, generator.below(2) == 0 { request.columnCount = 5 }
      self = .statement(request, knownAt: knownAt, label: generator.below(4) > 0 ? label : nil)
    }

    /// The answer without what tells of the log: sequences, heads and roots.
    func answer(_ ledger: Ledger) throws -> [String] {
      do {
        switch self {
        case .statement(var request, let knownAt, let label):
          return try ledger.read(at: Times(knownAt: knownAt.flatMap { PublishedTime($0) })) {
            view in
            request.asOf = try label.map { try view.day(#require(PeriodLabel($0))).date }
            return try Self.lines(view.statement(request))
          }
        case .facts(let words, let knownAt):
          var lines: [String] = []
          try ledger.read(at: Times(knownAt: knownAt.flatMap { PublishedTime($0) })) { view in
            _ = try view.forEachClaim(.init(words: words)) { listed in
              let claim = listed.claim
              lines.append(
                "\(claim.fact) \(claim.figure) \(claim.filing) \(listed.published) \(listed.status)"
              )
            }
          }
          return lines.sorted()
        }
      } catch let error as LedgerError {
        return [error.message]
      }
    }

    private static func lines(_ answer: StatementAnswer) -> [String] {
      let columns = answer.columns.map { "\($0.label) \($0.period)" }.joined(separator: " | ")
      return [answer.entity.name, columns]
        + answer.lines.map { line in
          let cells = line.cells.map { cell -> String in
            let claims = cell.claims.map {
              "\($0.figure) \($0.period) \($0.filing) \($0.published)"
            }
            return claims.isEmpty ? "\(cell)".prefix(14).description : "\(claims)"
          }
          return "\(line.definition.label) \(line.concept ?? "") \(cells)"
        }
    }
  }

  @Test("changes no answer: 20 orders, 200 questions each")
  func changesNoAnswer() throws {
    let documents = try Documents()
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 2019)
    let questions = (0..<200).map { _ in Question(&generator) }
    let first = try Self.ledger(documents, in: folder, "0", &generator)
    let expected = try questions.map { try $0.answer(first) }
    // The questions are worth asking: most have answers, and these differ.
    #expect(Set(expected).count > 60)
    #expect(expected.count { $0.count > 1 } > 100)
    for order in 1..<20 {
      let ledger = try Self.ledger(documents, in: folder, "\(order)", &generator)
      for (question, expected) in zip(questions, expected) {
        let found = try question.answer(ledger)
        #expect(found == expected, "order \(order): \(question)")
      }
    }
  }
}
