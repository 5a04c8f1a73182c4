import Facts
import Intake
import Ledger
import TestSupport
import Testing

@Suite("A drafted profile")
struct ProfileDraftTests {
  private func draft(
    _ text: String = Foundry.release,
    _ recorded: RecordedConcepts = RecordedConcepts()
  ) throws -> DraftedProfile {
    let entity = EntityDefinition(entity: Foundry.entity, name: "Other Foundry")
    let shipped = try ["balance-sheet", "operations", "cash-flow"].compactMap { name in
      try Ledger.statement(name, of: Foundry.entity, in: nil)
    }
    return try ProfileDrafter.draft(
      SourceDocument(path: "foundry.txt", bytes: Array(text.utf8)),
      .init(entity: entity, profile: "works"),
      KnownCaptions(shipped),
      recorded
    )
  }

  /// What the drafted profile reads of a text.
  private func reading(_ text: String, by draft: DraftedProfile) throws -> Reading {
    var drafts = draft.events.map { Draft($0) }
    for name in ["us-gaap:Assets"] + draft.events.flatMap(Self.conceptNames) {
      if let concept = StandardElements.concept(name) { drafts.append(Draft(.concept(concept))) }
    }
    return try Reading(text, Profiles(drafts).profile)
  }

  private static func conceptNames(_ event: Event) -> [String] {
    if case .statement(let statement) = event { return statement.lines.compactMap(\.concept) }
    return []
  }

  private func statements(_ draft: DraftedProfile) -> [StatementDefinition] {
    draft.events.compactMap { if case .statement(let found) = $0 { found } else { nil } }
  }

  @Test("reads every figure of the three main statements, each as it is printed")
  func everyFigureIsRead() throws {
    let reading = try reading(Foundry.release, by: draft())
    let tables = reading.tables.filter { $0.statement != nil }
    #expect(tables.map(\.mappedCount).reduce(0, +) == 100)
    #expect(tables.map(\.unmappedCount) == [0, 0, 0])
    for claim in reading.claims {
      let text = try #require(claim.source?.text)
      let digits = text.filter { $0.isNumber || $0 == "." }
      guard let value = claim.figure.value else {
        #expect(text == "-")
        continue
      }
      let scale = claim.fact.unit == "USD/shares" ? 0 : 6
      let printed = try #require(try Amount(digits).scaled(byPowerOfTen: scale))
      // Interest expense is printed as a deduction, and is the shipped concept of the expense.
      let isNegative = text.hasPrefix("(") && claim.fact.concept != "us-gaap:InterestExpense"
      #expect(value.isEqual(to: isNegative ? printed.negated : printed), "\(claim)")
    }
  }

  @Test("takes shipped concepts where caption, place and sign fit, and else the company's own")
  func conceptsFit() throws {
    let lines = try statements(draft()).flatMap(\.lines)
    let concepts = Dictionary(
      lines.compactMap { line in line.concept.map { (line.label, $0) } },
      uniquingKeysWith: { first, _ in first }
    )
    #expect(concepts["Total current assets"] == "us-gaap:AssetsCurrent")
    #expect(concepts["Goodwill"] == "us-gaap:Goodwill")
    // Current liabilities are no noncurrent ones, whatever the caption.
    #expect(concepts["Other liabilities"] == "works:OtherLiabilities")
    // It is printed as a deduction.
    #expect(concepts["Taxes"] == "works:Taxes")
    let cash = lines.filter { $0.instant != nil }
    #expect(cash.map(\.instant) == [.start, .end])
    #expect(cash.allSatisfy { $0.concept == "us-gaap:CashAndCashEquivalentsAtCarryingValue" })
    let shares = lines.filter { $0.unit == "shares" }
    #expect(shares.map(\.label) == ["Basic", "Diluted"] && shares.allSatisfy { $0.scale == nil })
    let perShare = lines.filter { $0.unit == "USD/shares" }
    #expect(perShare.map(\.scale) == [0, 0] && perShare.map(\.places) == [2, 2])
    #expect(Set(perShare.map(\.concept)).isDisjoint(with: shares.map(\.concept)))
    // Net income of both statements is one concept, and so are no two other rows.
    let own = lines.compactMap(\.concept).filter { $0.hasPrefix("works:") }
    #expect(own.count { $0 == "works:NetIncome" } == 2 && Set(own).count == own.count - 1)
  }

  @Test("has the sums that the columns show, and no other")
  func sumsAreFound() throws {
    let checks = try draft().events.compactMap {
      if case .check(let check) = $0 { check } else { nil }
    }
    let told = checks.map { check in
      "\(check.check.split(separator: "/").last ?? ""): "
        + check.items.map { $0.weight < 0 ? "-" : "+" }.joined()
    }
    #expect(
      told == [
        "AssetsCurrent: ++", "Assets: ++", "LiabilitiesCurrent: ++",
        "LiabilitiesAndStockholdersEquity: +++", "GrossProfit: +-", "OperatingExpenses: ++",
        "OperatingIncome: +-", "IncomeBeforeTaxes: +-", "NetIncome: ++",
        "NetCashFromOperations: +++", "ChangeInCash: +++",
      ]
    )
  }

  @Test("is appended as it is written, whole or as lines")
  func writtenDraftIsRead() throws {
    let draft = try draft()
    let lines = try EventLineReader.drafts(from: Array(draft.lines.utf8), file: nil).map(\.event)
    #expect(lines == draft.events)
    let array = try EventFileImporter().drafts(from: Array(draft.array.utf8), file: "works.json")
    #expect(array.map(\.event) == draft.events)
  }

  @Test("reads the next release, in other columns and scale")
  func nextReleaseIsRead() throws {
    let next = Foundry.release.replacing("Thirteen Weeks", with: "13 Weeks")
      .replacing("Twenty-Six Weeks", with: "39 Weeks").replacing("July 1,", with: "Sept. 30,")
      .replacing("July 2,", with: "Oct. 1,").replacing("(in millions", with: "(in billions")
    let reading = try reading(next, by: draft())
    #expect(reading.claims.count == 100, "\(reading.unmapped)")
    #expect(reading.claims.first?.figure.value?.description == "120500000000")
    #expect(reading.claims.first?.fact.period.description == "2023-07-02/2023-09-30")
  }

  @Test("tells what is in doubt, and what it did not find")
  func doubtsAreTold() throws {
    let odd = Foundry.release.replacing("Net income per share:", with: "Results:")
      .replacing("Consolidated Statements of Cash Flows", with: "Flows")
    let draft = try draft(odd)
    #expect(draft.doubts.contains { $0.contains("\"Basic\"") && $0.contains("decimals") })
    #expect(draft.doubts.contains("no cash-flow was found"))
    let none = try #require(throws: ImportError.self) { try self.draft("nothing but 5 words") }
    #expect(none.message.contains("is titled as a balance sheet"))
  }

  /// What a ledger has recorded of the company: each concept with a caption, and its figures in millions.
  private func recorded(
    _ concepts: [(name: String, caption: String, figures: [(period: String, value: String)])]
  ) throws -> RecordedConcepts {
    var recorded = RecordedConcepts()
    for concept in concepts {
      recorded.add(concept.caption, of: concept.name)
      for figure in concept.figures {
        let fact = Fact(
          entity: Foundry.entity,
          concept: concept.name,
          dimensions: Dimensions(canonicalText: ""),
          unit: "USD",
          period: try #require(Period(figure.period))
        )
        recorded.add(fact, try #require(try Amount(figure.value).scaled(byPowerOfTen: 6)))
      }
    }
    return recorded
  }

  @Test(
    "takes the concepts whose figures a ledger has, and tells where figures or captions alone say so"
  )
  func recordedConceptsAreTaken() throws {
    let (now, before) = ("2023-07-01", "2022-12-31")
    let recorded = try recorded([
      ("us-gaap:InventoryNet", "Inventory, net", [(now, "30"), (before, "35")]),
      // Of two with the same figures, the one with the caption.
      ("us-gaap:AccountsPayableTradeCurrent", "Trade", [(now, "15"), (before, "20")]),
      ("us-gaap:AccountsPayableCurrent", "Accounts payable", [(now, "15"), (before, "20")]),
      // The release prints it as a deduction.
      (
        "us-gaap:IncomeTaxExpenseBenefit", "Provision",
        [("2023-04-02/2023-07-01", "4"), ("2022-04-03/2022-07-02", "3.5")]
      ),
      ("us-gaap:Goodwill", "Goodwill", [(now, "21"), (before, "20")]),
      ("us-gaap:OtherLiabilitiesCurrent", "Other liabilities", [("2020-12-31", "7")]),
      // A half year's figures are not those of a quarter, and one figure alone says nothing.
      ("us-gaap:GrossProfit", "Margin", [("2023-01-01/2023-07-01", "40")]),
      ("us-gaap:NotesPayable", "Notes", [(now, "10")]),
    ])
    let draft = try draft(Foundry.release, recorded)
    var lines: [String: StatementDefinition.Line] = [:]
    for line in statements(draft).flatMap(\.lines) where line.concept != nil {
      lines[line.label] = lines[line.label] ?? line
    }
    #expect(lines["Inventories"]?.concept == "us-gaap:InventoryNet")
    #expect(lines["Accounts payable"]?.concept == "us-gaap:AccountsPayableCurrent")
    #expect(lines["Taxes"]?.concept == "us-gaap:IncomeTaxExpenseBenefit")
    #expect(lines["Taxes"]?.isNegated == true)
    #expect(lines["Other liabilities"]?.concept == "us-gaap:OtherLiabilitiesCurrent")
    #expect(lines["Long-term debt"]?.concept != "us-gaap:NotesPayable")
    let doubts = draft.doubts.joined(separator: "\n")
    for doubt in [
      "\"Taxes\": it is us-gaap:IncomeTaxExpenseBenefit by its figures alone",
      "\"Goodwill\": the ledger has other figures of us-gaap:Goodwill",
      "\"Other liabilities\": it is us-gaap:OtherLiabilitiesCurrent by its caption alone",
    ] {
      #expect(doubts.contains(doubt), "\(doubts)")
    }
    #expect(!doubts.contains("InventoryNet") && !doubts.contains("AccountsPayable"))
    #expect(draft.summary.contains { $0.contains("4 that the ledger has figures of") })
    // What is recorded is not defined again.
    let defined = draft.events.compactMap {
      if case .concept(let found) = $0 { found.concept } else { nil }
    }
    #expect(defined.allSatisfy { $0.hasPrefix("works:") })
    let taxes = try reading(Foundry.release, by: draft).claims.first {
      $0.fact.concept == "us-gaap:IncomeTaxExpenseBenefit"
    }
    #expect(taxes?.figure.value?.description == "4000000")
  }
}
