import Foundation
import TestSupport
import Testing

@Suite("Texts that a spreadsheet or a terminal would obey")
struct SpreadsheetTests {
  private static let texts = [
    "=1+1", "=cmd|' /C calc'!A0", "+x", "-x", "@SUM(A1)", "'=1", "''@x", "'plain", "'-5", "-5",
    "- -",
    "+3%", "(5)", "\u{FF1D}x", "a=b", "-2+3",
  ]

  @Test(
    "keep their letters through a table, and begin no formula in it",
    arguments: ["csv", "tsv"]
  )
  func roundTrip(format: String) throws {
    let assay = try Assay()
    var lines = [
      #"{"type":"entity","entity":"x:1","name":"Example"}"#,
      #"{"type":"concept","concept":"x:Cash","kind":"statement-line","periodType":"instant"}"#,
      #"{"type":"filing","filing":"f1","entity":"x:1","form":"=f","published":"2020-02-01"}"#,
    ]
    for (index, text) in Self.texts.enumerated() {
      lines.append(
        #"{"type":"statement-line","filing":"f1","entity":"x:1","concept":"x:Cash","dimensions":{"#
          + #""place":"\#(text)"},"period":"2019-12-31","unit":"\#(text)","value":"-\#(index + 1)","#
          + #""source":{"line":\#(index + 1),"column":1,"text":"\#(text)"}}"#
      )
    }
    let definitions = lines.prefix(3).joined(separator: "\n") + "\n"
    try assay.write(lines.joined(separator: "\n") + "\n", to: "e.jsonl")
    try assay.write(definitions, to: "d.jsonl")
    #expect(try assay.run("append", "e.jsonl").status == 0)
    let shell = try assay.shell(
      """
      set -e
      assay facts --all -o t.\(format); assay append d.jsonl t.\(format) -f copy.assay >/dev/null
      for f in test copy
      do assay export -f $f.assay | grep '"type":"statement-line"' | sort >$f.claims; done
      cmp test.claims copy.claims; wc -l <copy.claims; cat t.\(format)
      """
    )
    #expect(shell.status == 0, "\(shell.output)")
    #expect(shell.output.lines.first == "\(Self.texts.count)", "\(shell.output)")
    let separator: Character = format == "csv" ? "," : "\t"
    for line in shell.output.lines.dropFirst(2) {
      for cell in line.split(separator: separator) {
        let text = cell.drop { $0 == "\"" }
        #expect(!["=", "@", "\u{FF1D}"].contains(text.first), "\(line)")
        #expect(!text.hasPrefix("+x") && !text.hasPrefix("-x"), "\(line)")
      }
    }
  }

  @Test("reach a terminal as escapes, and a file as they are")
  func escapesOnTerminals() throws {
    let assay = try Assay()
    try assay.write(
      "{\"type\":\"entity\",\"entity\":\"x:1\",\"name\":\"A\u{9B}31mB\u{202E}C\"}",
      to: "e.jsonl"
    )
    #expect(try assay.run("append", "e.jsonl").status == 0)
    let shell = try assay.shell(
      """
      for c in log export "log -O json"; do
        python3 -c 'import pty, sys; pty.spawn(["assay"] + sys.argv[1:])' $c >seen </dev/null
        LC_ALL=C grep -c -a -e $'\\xc2\\x9b' -e $'\\xe2\\x80\\xae' seen
        grep -c -F 'A\\x9b31mB\\u{202e}C' seen
      done
      assay export | LC_ALL=C grep -c -a $'\\xc2\\x9b'
      """
    )
    #expect(shell.output.lines.filter { $0 == "0" }.count == 3, "\(shell.output)")
    #expect(shell.output.lines.count == 7 && shell.output.lines.last == "1", "\(shell.output)")
  }
}
