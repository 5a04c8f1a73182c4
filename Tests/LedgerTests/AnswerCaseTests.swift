import Facts
import Ledger
import Projections
import TestSupport
import Testing

/// Small ledgers of one company, of which each stands for a kind of answer.
@Suite("Answers to small ledgers")
struct AnswerCaseTests {
  /// Lines of a company with a fiscal year end, of filings and of what these claim.
  private struct Paper {
    private(set) var lines: String

    init(yearEnd: String? = "12-31") {
      let yearEnd = yearEnd.map { #","fiscalYearEnd":"\#($0)""# } ?? ""
      lines = #"{"type":"entity","entity":"x:7","name":"SEVEN CO"\#(yearEnd)}"# + "\n"
    }

    mutating func filing(_ name: String, _ published: String, form: String = "10-K") {
      lines +=
        #"{"type":"filing","filing":"\#(name)","entity":"x:7","form":"\#(form)","#
        + #""published":"\#(published)"}"# + "\n"
    }

    /// Claims, each as `filing concept period value decimals qualifier`; a dash stands for none.
    mutating func claims(_ claims: String...) {
      for claim in claims {
        let parts = claim.split(separator: " ").map(String.init)
        func field(_ index: Int, _ text: (String) -> String) -> String {
          parts.indices.contains(index) && parts[index] != "-" ? text(parts[index]) : ""
        }
        let unit = parts[1].hasPrefix("EarningsPerShare") ? "USD/shares" : "USD"
        let value = parts[3] == "nil" ? "null" : #""\#(parts[3])""#
        lines +=
          #"{"type":"statement-line","filing":"\#(parts[0])","entity":"x:7","#
          + #""concept":"us-gaap:\#(parts[1])","period":"\#(parts[2])","unit":"\#(unit)","#
          + #""value":\#(value)"# + field(4) { #","decimals":\#($0)"# }
          + field(5) { #","qualifier":"\#($0)""# }
          + field(6) { #","source":{"line":\#($0),"column":1}"# }
          + "}\n"
      }
    }
  }

  private func ledger(_ folder: TemporaryFolder, _ paper: Paper) throws -> Ledger {
    let ledger = try folder.ledger()
    try ledger.append(paper.lines)
    return ledger
  }

  /// The claims of each concept, as `value status`.
  private func claims(_ ledger: Ledger, _ concept: String) throws -> [String] {
    try ledger.claims("us-gaap:\(concept)")
  }

  /// What changed between two days, as `concept then to now`.
  private func differences(_ ledger: Ledger, _ then: String, _ now: String) throws -> [String] {
    func text(_ answer: FactAnswer) -> String {
      switch answer {
      case .holds(let claim):
        [claim.figure.qualifier?.rawValue, claim.figure.value?.description ?? "nil"]
          .compactMap(\.self).joined(separator: " ")
      case .conflict: "conflict"
      default: "\(answer)"
      }
    }
    return try ledger.read(at: Times(knownAt: PublishedTime(now))) { view in
      try view.difference(.init(), since: #require(PublishedTime(then))).changes.map { change in
        "\(change.fact.concept.dropFirst(8)) \(text(change.from)) to \(text(change.to))"
      }
    }
  }

  @Test("a change by one unit of the last digit is a restatement")
  func offByOne() throws {
    var paper = Paper()
    paper.filing("F1", "2004-11-04")
    paper.filing("F2", "2005-03-01")
    let quarter = "2004-07-01/2004-09-30"
    paper.claims(
      "F1 Assets 2004-09-30 283228000 -3",
      "F2 Assets 2004-09-30 283229000 -3",
      "F1 EarningsPerShareBasic \(quarter) -0.10 2",
      "F2 EarningsPerShareBasic \(quarter) -0.11 2"
    )
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder, paper)
    #expect(try claims(ledger, "Assets") == ["283228000 restated", "283229000 holds"])
    #expect(try claims(ledger, "EarningsPerShareBasic") == ["-0.10 restated", "-0.11 holds"])
    let changes = try ledger.restatements(.init())
    #expect(Set(changes.compactMap { $0.change?.difference?.description }) == ["1000", "-0.01"])
  }

  @Test("a filing that contradicts itself is a change, and so is the filing that ends it")
  func conflictsAreChanges() throws {
    var paper = Paper()
    paper.filing("F1", "2004-11-04")
    paper.filing("F2", "2005-03-01")
    paper.filing("F3", "2005-04-01")
    paper.claims(
      "F1 Assets 2004-09-30 100",
      "F2 Assets 2004-09-30 900 - - 1",
      "F2 Assets 2004-09-30 100 - - 2",
      "F3 Assets 2004-09-30 900",
      "F1 Liabilities 2004-09-30 100",
      "F2 Liabilities 2004-09-30 100 - - 3",
      "F2 Liabilities 2004-09-30 900 - - 4",
      "F1 Goodwill 2004-09-30 100",
      "F2 Goodwill 2004-09-30 100 - - 5",
      "F2 Goodwill 2004-09-30 900 - - 6",
      "F3 Goodwill 2004-09-30 100"
    )
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder, paper)
    #expect(
      try claims(ledger, "Assets")
        == ["100 restated", "900 holds", "100 conflict", "900 confirmed"]
    )
    // Nothing else restates it: the last filing confirms the half that is the first one's, too.
    #expect(
      try claims(ledger, "Goodwill")
        == ["100 restated", "100 holds", "900 conflict", "100 confirmed"]
    )
    #expect(
      try differences(ledger, "2004-12-01", "2005-03-15") == [
        "Assets 100 to conflict", "Liabilities 100 to conflict", "Goodwill 100 to conflict",
      ]
    )
    #expect(
      try differences(ledger, "2005-03-15", "2005-12-01") == [
        "Assets conflict to 900", "Goodwill conflict to 100",
      ]
    )
    #expect(try differences(ledger, "2004-12-01", "2005-12-01").count == 2)
    #expect(try ledger.restatements(.init()).count == 3)
  }

  @Test("a bound is taken at its word, whatever its decimals")
  func boundsAreTakenAtTheirWord() throws {
    var paper = Paper()
    paper.filing("F1", "2004-11-04")
    paper.filing("F2", "2005-03-01")
    paper.filing("F3", "2005-04-01")
    paper.claims(
      "F1 Assets 2004-09-30 93000000 -6 more-than",
      "F2 Assets 2004-09-30 92600000 -3",
      "F1 Liabilities 2004-09-30 100000000 -6 less-than",
      "F2 Liabilities 2004-09-30 1000 -3",
      "F3 Liabilities 2004-09-30 200000000 -6 less-than",
      "F1 StockholdersEquity 2004-09-30 50 - more-than",
      "F2 StockholdersEquity 2004-09-30 50",
      "F1 Goodwill 2004-09-30 100 - low",
      "F1 Goodwill 2004-09-30 200 - high",
      "F2 Goodwill 2004-09-30 150"
    )
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder, paper)
    #expect(try claims(ledger, "Assets") == ["93000000 restated", "92600000 holds"])
    #expect(
      try claims(ledger, "Liabilities")
        == ["100000000 refined", "1000 holds", "200000000 confirmed"]
    )
    #expect(try claims(ledger, "StockholdersEquity") == ["50 restated", "50 holds"])
    #expect(try claims(ledger, "Goodwill") == ["100 holds", "200 holds", "150 holds"])
    #expect(
      try differences(ledger, "2004-12-01", "2005-12-01") == [
        "Assets more-than 93000000 to 92600000", "Liabilities less-than 100000000 to 1000",
        "StockholdersEquity more-than 50 to 50",
      ]
    )
    // The same number is no change of zero: it is no bound any more.
    let equity = try ledger.restatements(.init(words: ["us-gaap:StockholdersEquity"]))
    #expect(equity.map(\.change?.difference) == [nil])
  }

  @Test("a dash agrees with zero, and with nothing else")
  func dashesAgreeWithZero() throws {
    var paper = Paper()
    paper.filing("F1", "2004-11-04")
    paper.filing("F2", "2005-03-01")
    paper.claims(
      "F1 Assets 2004-09-30 nil",
      "F2 Assets 2004-09-30 0",
      "F1 Liabilities 2004-09-30 0 -3",
      "F2 Liabilities 2004-09-30 nil",
      "F1 StockholdersEquity 2004-09-30 nil",
      "F2 StockholdersEquity 2004-09-30 71000 -3"
    )
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder, paper)
    #expect(try claims(ledger, "Assets") == ["nil holds", "0 confirmed"])
    #expect(try claims(ledger, "Liabilities") == ["0 holds", "nil confirmed"])
    #expect(try claims(ledger, "StockholdersEquity") == ["nil restated", "71000 holds"])
  }

  @Test("stretches of time add up, with what their roundings leave open")
  func periodsAddUp() throws {
    var paper = Paper()
    paper.filing("F1", "2004-11-04")
    paper.claims(
      "F1 NetIncomeLoss 2004-01-01/2004-06-30 100000 -3",
      "F1 NetIncomeLoss 2004-07-01/2004-09-30 50000 -3",
      "F1 NetIncomeLoss 2003-01-01/2003-12-31 500000 -3",
      "F1 NetIncomeLoss 2003-01-01/2003-09-30 400000 -3"
    )
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder, paper)
    for (label, value, low, high) in [
      ("2004-9M", "150000", "149000", "151000"), ("2003Q4", "100000", "99000", "101000"),
    ] {
      let history = try ledger.history(.init(words: ["NetIncomeLoss", label]))
      guard case .derived(let derived)? = history.first?.answer else {
        Issue.record("\(label) is not derived")
        continue
      }
      #expect(derived.figure.value?.description == value)
      #expect([derived.low, derived.high] == [low, high])
    }
  }

  @Test("a check compares what the roundings leave open, and takes a dash as nothing")
  func checksCompareIntervals() throws {
    var paper = Paper()
    paper.filing("F1", "2004-11-04")
    paper.claims(
      "F1 Assets 2004-09-30 100000 -3",
      "F1 AssetsCurrent 2004-09-30 60000 -3",
      "F1 OtherAssetsNoncurrent 2004-09-30 41500 -3",
      "F1 Assets 2004-06-30 100000 -3",
      "F1 AssetsCurrent 2004-06-30 nil",
      "F1 OtherAssetsNoncurrent 2004-06-30 100000 -3",
      "F1 Assets 2004-03-31 100000 -3 more-than",
      "F1 AssetsCurrent 2004-03-31 60000 -3",
      "F1 OtherAssetsNoncurrent 2004-03-31 41500 -3"
    )
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder, paper)
    try ledger.append(
      #"{"type":"check","check":"x/foot","entity":"x:7","kind":"foot","title":"t","#
        + #""total":{"concept":"us-gaap:Assets"},"items":[{"concept":"us-gaap:AssetsCurrent"},"#
        + #"{"concept":"us-gaap:OtherAssetsNoncurrent"}]}"#,
      seconds: 1
    )
    #expect(
      try ledger.checks("x/foot").results.map { "\($0.period) \($0.status.rawValue)" } == [
        "2004-09-30 agrees-within-rounding", "2004-06-30 agrees",
        "2004-03-31 agrees-within-rounding",
      ]
    )
  }

  @Test("the name of a period is of the company's own fiscal years, and of the calendar's with CY")
  func labelsAreFiscal() throws {
    var paper = Paper(yearEnd: "06-30")
    paper.filing("F1", "2004-09-04")
    paper.filing("F2", "2005-02-04", form: "10-Q")
    paper.claims(
      "F1 NetIncomeLoss 2003-07-01/2004-06-30 111",
      "F1 NetIncomeLoss 2003-07-01/2003-09-30 22",
      "F2 NetIncomeLoss 2004-07-01/2004-12-31 333",
      "F2 NetIncomeLoss 2004-10-01/2004-12-31 44"
    )
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder, paper)
    for (label, value) in [
      ("FY2004", "111"), ("2004Q1", "22"), ("2005H1", "333"), ("2005Q2", "44"), ("CY2004Q4", "44"),
      ("Q2 2005", "44"),
    ] {
      let history = try ledger.history(.init(words: ["NetIncomeLoss", label]))
      #expect(history.map(\.answer.figure?.value?.description) == [value], "\(label)")
    }
    for label in ["CY2004", "2004Q3"] {
      #expect(throws: LedgerError.self) {
        try ledger.history(.init(words: ["NetIncomeLoss", label]))
      }
    }
    let days = ["FY2004": "2004-06-30", "2005Q2": "2004-12-31", "CY2004": "2004-12-31"]
    for (label, day) in days {
      let found = try ledger.read { try $0.day(#require(PeriodLabel(label))).date }
      #expect(found.description == day)
    }
  }

  @Test("a new quarter has the periods of the company's own calendar, and each fact once")
  func newQuarters() throws {
    var months = Paper()
    months.filing("F1", "2004-11-04")
    months.claims(
      "F1 NetIncomeLoss 2004-07-01/2004-09-30 10",
      "F1 NetIncomeLoss 2004-01-01/2004-09-30 30"
    )
    var weeks = Paper(yearEnd: "09-26")
    weeks.filing("F1", "2019-07-31", form: "10-Q")
    weeks.claims(
      "F1 NetIncomeLoss 2019-03-31/2019-06-29 10",
      "F1 NetIncomeLoss 2018-09-30/2019-06-29 30"
    )
    for (paper, expected) in [
      (
        months,
        [
          "2004-12-31": ["2004-10-01/2004-12-31", "2004-01-01/2004-12-31"],
          "2005-03-31": ["2005-01-01/2005-03-31"],
          "2005-06-30": ["2005-04-01/2005-06-30", "2005-01-01/2005-06-30"],
        ]
      ),
      (
        weeks,
        [
          "2019-09-28": ["2019-06-30/2019-09-28", "2018-09-30/2019-09-28"],
          "2019-12-28": ["2019-09-29/2019-12-28"],
          "2020-03-28": ["2019-12-29/2020-03-28", "2019-09-29/2020-03-28"],
        ]
      ),
    ] {
      let folder = try TemporaryFolder()
      let ledger = try ledger(folder, paper)
      for (day, periods) in expected {
        let template = try ledger.template(entity: nil, asOf: #require(CivilDate(day)))
        #expect(template.rows.map(\.fact.period.description) == periods, "\(day)")
      }
    }
  }
}
