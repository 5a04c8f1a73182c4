import Reports
import TestSupport
import Testing

@Suite("A statement as a table for programs and pages") struct StatementTableTests {
  @Test("CSV has one row for each line and column, and one for each claim of a conflict")
  func csvHasRowForEachCell() throws {
    let csv = try SampleCompany.balanceSheet().rendered(as: .csv)
    let lines = csv.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines[0] == "statement,label,depth,concept,dimensions,unit,period,status,value,decimals,"
        + "qualifier,sequence,filing,entity,published,low,high,vintage,vintageFiling,reason,reported"
    )
    #expect(
      lines[1] == "balance-sheet,Cash,1,x:Cash,,USD,2004-09-30,value,71607000,-3,,4,F1,"
        + "test:1,2004-11-04,,,,,,"
    )
    #expect(
      lines[3] == #"balance-sheet,"Inventories, at the lower of cost and market value, net",1,"#
        + "x:Inventories,,USD,2004-09-30,value,17866000,-3,approximately,6,F1,test:1,2004-11-04,,,,,,"
    )
    #expect(
      lines[5] == "balance-sheet,Receivables,1,x:Receivables,,USD,2004-09-30,nil,,,,8,F1,"
        + "test:1,2004-11-04,,,,,,"
    )
    #expect(
      lines[8]
        == "balance-sheet,Allowance,1,x:Allowance,,USD,2003-12-31,not-yet-known,,,,,,test:1,,,,,,,"
    )
    #expect(
      lines[9] == "balance-sheet,Land,1,x:Land,,USD,2004-09-30,conflict,5000000,-3,,11,F1,"
        + "test:1,2004-11-04,,,,,,"
    )
    #expect(
      lines[10] == "balance-sheet,Land,1,x:Land,,USD,2004-09-30,conflict,6000000,-3,,12,F1,"
        + "test:1,2004-11-04,,,,,,"
    )
    #expect(
      lines[14] == #"balance-sheet,"Gold, ""fine""",0,x:Gold,metal=gold,ozt,2004-09-30,value,"#
        + "154124,0,,15,F1,test:1,2004-11-04,,,,,,"
    )
    #expect(lines.count == 17)
    #expect(lines.last == "")
  }

  @Test("TSV has the same rows, without quotes")
  func tsvHasTheSameRows() throws {
    let tsv = try SampleCompany.balanceSheet().rendered(as: .tsv)
    #expect(tsv.contains("balance-sheet\tGold, \"fine\"\t0\tx:Gold\tmetal=gold\tozt\t"))
  }

  @Test("Markdown has the figures as printed, right-aligned")
  func markdownHasFiguresAsPrinted() throws {
    let markdown = try SampleCompany.balanceSheet().rendered(as: .markdown)
    #expect(
      markdown.contains(
        """
        |  | Sept. 30, 2004 | Dec. 31, 2003 |
        | --- | ---: | ---: |
        | **ASSETS** |  |  |
        | &emsp;Cash | $ 71,607 | $ (105,387) |
        | &emsp;Inventories, at the lower of cost and market value, net | \\~17,866 | \\*6,100 |
        | &emsp;Receivables | - - | 0 |
        | &emsp;Allowance | (118) | n/y/k |
        | &emsp;Land | conflict | n/r |
        |  | **$ 90,000** | **$ 12,000** |
        | **Gold, "fine"** | **154,124** | **n/r** |

        - n/r: not reported
        - n/y/k: not yet known at the date asked for
        - conflict: one filing contradicts itself
        - Land, Sept. 30, 2004: 5,000 or 6,000 in F1
        - \\~: approximately
        - \\*: reported in fewer digits than printed here

        - query: assay statement balance-sheet --unit 'a \\<b\\> & c\\_d'
        - head: 20

        """
      )
    )
  }

  @Test("HTML is one page, escaped, whose figures name their events")
  func htmlNamesEvents() throws {
    let html = try SampleCompany.balanceSheet().rendered(as: .html)
    #expect(html.hasPrefix("<!DOCTYPE html>\n"))
    #expect(html.hasSuffix("</html>\n"))
    #expect(html.contains("<h1>Ore &amp; Sons</h1>"))
    #expect(html.contains("Gold, &quot;fine&quot;</th>"))
    #expect(
      html.contains(#"<td class="figure" title="event 5, filing F1">$ (105,387)</td>"#)
    )
    #expect(html.contains(#"title="event 11, filing F1; event 12, filing F1">conflict</td>"#))
    #expect(
      html.contains(#"title="first published 2005-02-22T13:00:00Z, filing F2">n/y/k</td>"#)
    )
    #expect(html.contains("<dt>root</dt><dd>00ff</dd>"))
    #expect(!html.contains("http"), "nothing is loaded from elsewhere")
  }

  @Test("lists keep their rows on pages", arguments: [ReportFormat.markdown, .html])
  func listsKeepTheirRows(_ format: ReportFormat) throws {
    let text = try SampleCompany.log().report("guidance", of: SampleCompany.entity)
      .rendered(as: format)
    #expect(text.contains("less than $185"))
    #expect(text.contains("Gold: Share, low"))
  }
}
