import Foundation
import TestSupport
import Testing

@Suite("A workbook") struct WorkbookTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  private static let reader =
    "python3 " + Package.folder.path() + "Tests/CommandTests/Scripts/workbook.py"

  @Test(
    "of a statement has every figure of the answer with its source, and sums that give what is reported",
    arguments: [
      ("bs", 12), ("is", 32), ("cf", 8), ("units", 0), ("bs --known-at 2004-08-30", 0),
      ("is --span quarter --columns 6", 4), ("statement highlights", 0),
      ("statement cost-reconciliation", 0),
    ]
  )
  func statementsAreExact(question: String, formulaCount: Int) throws {
    let outcome = try assay.shell(
      """
      set -e
      assay \(question) -O xlsx -o a.xlsx
      assay \(question) -o b.xlsx
      cmp a.xlsx b.xlsx
      assay \(question) -O json -o a.json
      \(Self.reader) statement a.xlsx a.json
      assay receipt verify a.xlsx >said || { cat said; exit 3; }
      """
    )
    #expect(outcome.status == 0, "\(outcome.output)")
    let counts = outcome.output.matches(of: /\d+/).compactMap { Int($0.output) }
    try #require(counts.count == 2, "\(outcome.output)")
    #expect(counts[1] >= formulaCount, "\(outcome.output)")
  }

  @Test(
    "of any other answer has every cell of its rows",
    arguments: [
      "facts --all", "check", "history us-gaap:Assets", "restatements", "guidance",
      "panel NetIncomeLoss",
      "diff 2004-05-04 2005-12-31", "log", "stats", "lint hecla", "statement guidance",
      "bs --vs 2004-11-03",
    ]
  )
  func rowsAreExact(question: String) throws {
    let outcome = try assay.shell(
      """
      set -e
      assay \(question) -o a.xlsx || [ $? -eq 1 ]
      assay \(question) -o a.csv || [ $? -eq 1 ]
      \(Self.reader) rows a.xlsx a.csv
      """
    )
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test(
    "is recalculated by LibreOffice without a difference",
    arguments: [
      "bs", "is", "cf", "bs --lead-sheet", "is --lead-sheet",
    ]
  )
  func sumsAreRecalculated(statement: String) throws {
    guard try assay.shell("command -v soffice").status == 0 else {
      return print("skipped: there is no LibreOffice; Tools/setup libreoffice-calc")
    }
    let outcome = try assay.shell(
      """
      set -e
      assay \(statement) --as-of 2004-09-30 -o kept.xlsx
      \(Self.reader) strip kept.xlsx stripped.xlsx
      unzip -p stripped.xlsx xl/worksheets/sheet1.xml | grep -c '</f></c>'
      HOME=$PWD soffice -env:UserInstallation=file://$PWD/profile --headless --convert-to csv kept.xlsx stripped.xlsx >/dev/null 2>&1
      cmp kept.csv stripped.csv
      grep -c '[0-9]' kept.csv
      """
    )
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect((outcome.output.lines.last.flatMap { Int($0) } ?? 0) > 20, "\(outcome.output)")
  }

  @Test(
    "has texts that look like formulas as texts, and says which figures are too long for a number"
  )
  func textsStayTexts() throws {
    let hostile = ["=1+1", "=cmd|' /C calc'!A0", "+x", "@SUM(A1)", "_x0041_", "a b <&>"]
    var lines = [
      #"{"type":"entity","entity":"x:1","name":"=HYPERLINK(1)"}"#,
      #"{"type":"concept","concept":"x:Cash","kind":"statement-line","periodType":"instant"}"#,
      #"{"type":"filing","filing":"f1","entity":"x:1","form":"=f","published":"2020-02-01"}"#,
    ]
    let statement = hostile.map {
      #"{"label":"\#($0)","concept":"x:Cash","dimensions":{"p":"\#($0)"}}"#
    }
    lines.append(
      #"{"type":"statement","statement":"s","entity":"x:1","title":"=T","columns":[{"span":"instant"}],"lines":["#
        + statement.joined(separator: ",") + "]}"
    )
    for (index, text) in hostile.enumerated() {
      let value =
        index == 0 ? "-123456789012345678" : index == 1 ? "0.1234567890123456" : "\(index)"
      lines.append(
        #"{"type":"statement-line","filing":"f1","entity":"x:1","concept":"x:Cash","dimensions":{"p":"\#(text)"},"#
          + #""period":"2019-12-31","unit":"USD","value":"\#(value)"}"#
      )
    }
    let other = try Assay()
    try other.write(lines.joined(separator: "\n") + "\n", to: "e.jsonl")
    let outcome = try other.shell(
      """
      set -e
      assay append e.jsonl >said
      assay statement s -o s.xlsx
      \(Self.reader) texts s.xlsx
      assay facts -o f.xlsx
      \(Self.reader) texts f.xlsx
      """
    )
    #expect(outcome.status == 0, "\(outcome.output)")
    for text in [
      "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "_x0041_", "-123456789012345678",
      "0.1234567890123456",
    ] {
      #expect(outcome.output.contains(text), "\(text): \(outcome.output)")
    }
    let told = outcome.output.matches(of: /2 figures have more than 15 significant digits/)
    #expect(told.count == 2, "\(outcome.output)")
  }

  @Test(
    "that was changed in one cell does not hold by its receipt; one that LibreOffice saved again does"
  )
  func changedWorkbooksAreFound() throws {
    let outcome = try assay.shell(
      """
      set -e
      assay bs --as-of 2004-09-30 -o bs.xlsx
      mkdir u; cd u; unzip -q ../bs.xlsx
      sed -i 's|<v>71607</v>|<v>71608</v>|' xl/worksheets/sheet1.xml
      zip -q -r ../changed.xlsx .; cd ..
      assay receipt verify changed.xlsx || echo "status $?"
      for question in "facts us-gaap:Assets" "bs --lead-sheet" "history us-gaap:Assets" check; do
        assay $question -o other.xlsx || [ $? -eq 1 ]
        assay receipt verify other.xlsx | tail -n 1
      done
      """
    )
    #expect(
      outcome.output.contains("the paper says \"sheet Statement, row 9, column 2: 71608\""),
      "\(outcome.output)"
    )
    #expect(outcome.output.contains("status 1"), "\(outcome.output)")
    #expect(outcome.output.lines.count { $0 == "The paper holds." } == 4, "\(outcome.output)")
    guard try assay.shell("command -v soffice").status == 0 else { return }
    let saved = try assay.shell(
      """
      HOME=$PWD soffice -env:UserInstallation=file://$PWD/profile --headless --convert-to xlsx --outdir saved bs.xlsx >/dev/null 2>&1
      assay receipt verify saved/bs.xlsx | tail -n 1
      """
    )
    #expect(saved.output.contains("The paper holds."), "\(saved.output)")
  }

  @Test("is not shown on a terminal, and goes through a pipe")
  func workbooksAreNoText() throws {
    for arguments in [["bs", "-O", "xlsx"], ["facts", "-O", "xlsx"], ["log", "-O", "xlsx"]] {
      let outcome = try assay.run(arguments)
      #expect(outcome.status == 64 && outcome.output.isEmpty)
      #expect(outcome.errors.contains("a workbook is no text"), "\(outcome.errors)")
    }
    let outcome = try assay.shell(
      "assay bs -O xlsx -o - >piped.xlsx && assay bs -o named.xlsx && cmp piped.xlsx named.xlsx"
    )
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test("that the disk does not take is no file, and leaves none behind")
  func fullDisksAreTold() throws {
    try assay.write("kept", to: "facts.xlsx")
    let outcome = try assay.shell(
      """
      mkdir -p spool; trap '' XFSZ; ulimit -f 30
      TMPDIR=$PWD/spool assay facts --all -o facts.xlsx; echo "status $?"
      ls -A spool | wc -l; cat facts.xlsx
      """
    )
    #expect(
      outcome.output.contains("status 1") && outcome.output.contains("TMPDIR"),
      "\(outcome.output)"
    )
    #expect(outcome.output.hasSuffix("0\nkept"), "\(outcome.output)")
  }
}
