import Facts
import Testing

@Suite("The caption of a statement")
struct CaptionTests {
  @Test(
    "names currencies by code, name and sign",
    arguments: [
      ("millions of euros", "EUR"), ("in thousands of U.S. dollars", "USD"),
      ("C$000", "CAD"), ("US$ millions", "USD"), ("€m", "EUR"), ("in CHF millions", "CHF"),
      ("Swiss francs in millions", "CHF"), ("RMB in thousands", "CNY"),
      ("Expressed in millions of Canadian dollars", "CAD"),
      ("New Taiwan dollars, in thousands", "TWD"), ("in millions of yen", "JPY"),
      ("£ in millions, except per share in €", "EUR"),
      ("pounds sterling in thousands", "GBP"), ("NT$ thousands", "TWD"),
    ]
  )
  func namedCurrencies(caption: String, code: String) {
    let found = CurrencyMention.mentions(in: caption).last?.codes
    #expect(found == [code], "\(CurrencyMention.mentions(in: caption))")
  }

  @Test(
    "names no currency where it names none",
    arguments: [
      "in millions, except per share amounts", "ALL AMOUNTS IN THOUSANDS",
      "per pound and per ounce",
      "unaudited", "tons in thousands", "in thousands, try it",
    ]
  )
  func noMention(caption: String) {
    #expect(CurrencyMention.mentions(in: caption).isEmpty)
  }

  private func statement(
    _ caption: String,
    unit: String = "USD",
    scale: Int = 0,
    lines: [StatementDefinition.Line] = [.init(label: "a", concept: "x:A")]
  ) -> StatementDefinition {
    StatementDefinition(
      statement: "s",
      title: "S",
      caption: caption,
      unit: unit,
      scale: scale,
      columns: [.init(span: .instant)],
      lines: lines
    )
  }

  @Test(
    "is refused where it says another scale or currency than the lines have",
    arguments: [
      ("(millions)", "USD", 0), ("(in thousands)", "USD", 6), ("(in billions of yen)", "JPY", 6),
      ("(in millions, except per share amounts)", "USD", 3), ("(millions of euros)", "USD", 6),
      ("(€ in thousands)", "USD", 3), ("(dollars in thousands)", "EUR", 3),
      ("(in thousands of Canadian dollars)", "USD", 3), ("(in CNY and US$ millions)", "CNY", 6),
    ]
  )
  func captionsThatContradict(caption: String, unit: String, scale: Int) {
    #expect(throws: InvalidEvent.self) {
      try statement(caption, unit: unit, scale: scale).checkCaption()
    }
  }

  @Test(
    "is right where the lines have what it says",
    arguments: [
      ("(millions)", "USD", 6), ("(unaudited)", "USD", 0), ("(dollars in thousands)", "CAD", 3),
      ("(in millions of yen)", "JPY", 6), ("(kroner in millions)", "NOK", 6),
      ("(ounces in thousands)", "ozt", 3), ("(¥ in billions)", "JPY", 9),
    ]
  )
  func captionsThatAgree(caption: String, unit: String, scale: Int) throws {
    try statement(caption, unit: unit, scale: scale).checkCaption()
  }

  @Test("may except lines, which have scales of their own")
  func exceptedLines() throws {
    let lines: [StatementDefinition.Line] = [
      .init(label: "a", concept: "x:A"),
      .init(label: "b", concept: "x:B", unit: "USD/shares", scale: 0),
      .init(label: "c", concept: "x:C", scale: 0),
    ]
    try statement("(in millions, except c and per share amounts)", scale: 6, lines: lines)
      .checkCaption()
    #expect(throws: InvalidEvent.self) {
      try statement("(in millions)", scale: 6, lines: lines).checkCaption()
    }
    #expect(throws: InvalidEvent.self) {
      try statement("(in millions of yen, except per share)", unit: "JPY", scale: 6, lines: lines)
        .checkCaption()
    }
  }
}
