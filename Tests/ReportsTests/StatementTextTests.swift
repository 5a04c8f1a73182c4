import Facts
import Reports
import TestSupport
import Testing

@Suite("The text of a statement") struct StatementTextTests {
  @Test("looks as an issuer prints it, and explains every sign it uses")
  func looksAsAnIssuerPrintsIt() throws {
    let expected = """
      Ore & Sons (test:1)
      as of 2004-10-15: the latest reporting date before it is 2004-09-30
      known at 2004-12-31
      recorded at: now, head 20

                                   ORE & SONS
                                 Balance Sheets
                                  (thousands)

                                                      Sept. 30,  Dec. 31,
                                                        2004       2003

      ASSETS

        Cash                                          $  71,607  $(105,387)
        Inventories, at the lower of cost and market
         value, net                                     ~17,866     *6,100
        Receivables                                         - -          0
        Allowance                                          (118)     n/y/k
        Land                                           conflict        n/r
                                                      ---------  ---------
                                                      $  90,000  $  12,000
                                                      =========  =========

      Gold, "fine"                                      154,124        n/r
                                                      =========  =========

      n/r       not reported
      n/y/k     not yet known at the date asked for
      conflict  one filing contradicts itself
                Land, Sept. 30, 2004: 5,000 or 6,000 in F1
      ~         approximately
      *         reported in fewer digits than printed here

      query               assay statement balance-sheet --unit 'a <b> & c_d'
      head                20
      root                00ff
      facts checksum      ab12
      latest filing used  F1, published 2004-11-04

      """
    let text = try SampleCompany.balanceSheet().rendered(as: .text)
    #expect(text == expected)
    #expect(!text.contains(" \n"), "no spaces at the end of a line")
  }

  @Test("says plainly that nothing was known yet, and when that changed")
  func notYetKnown() throws {
    let text = try SampleCompany.log()
      .report("balance-sheet", of: SampleCompany.entity, knownAt: "2004-11-03").rendered(as: .text)
    #expect(text.contains("This statement was not yet known on 2004-11-03: its first figures were"))
    #expect(text.contains("published 2004-11-04 by F1."))
    #expect(text.contains("latest filing used  none"))
  }

  @Test("of a list has a row for each figure, with its heading, wording, unit and filing")
  func listHasRowForEachFigure() throws {
    let text = try SampleCompany.log().report("guidance", of: SampleCompany.entity)
      .rendered(as: .text)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("Gold: ") }.map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(
      rows == [
        "Gold: Cost 2004-01-01/2004-12-31 less than $185 USD/ozt F1",
        "Gold: Share, low 2005-01-01/2005-12-31 low 65 percent F1",
      ]
    )
    #expect(!text.contains("Absent"))
  }

  @Test("names the recorded-at that was asked for")
  func recordedAt() throws {
    let log = try SampleCompany.log()
    let report = StatementReport(
      try log.answer("balance-sheet", of: SampleCompany.entity),
      receipt: Receipt(query: "", head: log.head, root: "", factsChecksum: ""),
      recordedAt: "2026-01-01"
    )
    let lines = try report.rendered(as: .text).split(separator: "\n")
    #expect(lines[2] == "known at: everything published")
    #expect(lines[3] == "recorded at 2026-01-01: head 20")
  }
}
