import Foundation
import TestSupport
import Testing

@Suite("The folder of a review")
struct BinderTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  private func write(_ folder: String, _ arguments: [String] = []) throws {
    let ask = ["binder", "--entity", "hecla", "--as-of", "2004-09-30", "-o", folder]
    let outcome = try assay.run(ask + arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test("is the same, byte for byte, when it is made again after the ledger has grown")
  func binderIsMadeAgain() throws {
    let head = try assay.head()
    try write("one")
    let more = #"{"type":"entity","entity":"x:9","name":"N"}"#
    #expect(try assay.run("append", "-", input: more).status == 0)
    try write("two", ["--recorded-at", "\(head)"])
    #expect(
      try assay.shell("diff -r one two && cd one && sha256sum --quiet -c SHA256SUMS").status == 0
    )
  }

  @Test("has pages that all hold by their receipts, signed, and links that all lead to a page")
  func pagesHold() throws {
    let key = try assay.run("keygen", "-o", "own.key", "--name", "example.com/own")
    try assay.write(key.output, to: "own.pub")
    try write("binder", ["--key", "own.key"])
    let index = try String(contentsOfFile: "\(assay.folder)/binder/index.html", encoding: .utf8)
    let pages = index.matches(of: /<a href="([^"]+)">/).map { String($0.1) }
    #expect(pages.count > 12)
    for page in pages where !page.hasPrefix("evidence/") {
      let outcome = try assay.run("receipt", "verify", "binder/\(page)", "--key", "own.pub")
      #expect(outcome.status == 0, "\(page): \(outcome.output)\(outcome.errors)")
    }
    for page in pages {
      #expect(FileManager.default.fileExists(atPath: "\(assay.folder)/binder/\(page)"))
    }
    #expect(pages.contains("statements/production.html") && pages.contains("changes/guidance.html"))
  }

  @Test("proves each figure of its statements with Python alone")
  func figuresAreProven() throws {
    try write("binder")
    let proofs = try assay.shell(
      """
      cd binder/evidence && ls proofs | wc -l
      for proof in $(ls proofs | head -n 20); do python3 verify.py proofs/$proof checkpoint || exit 1; done | grep -c '^OK$'
      """
    )
    let lines = proofs.output.lines
    #expect(
      proofs.status == 0 && (Int(lines[0]) ?? 0) > 100 && lines[1] == "20",
      "\(proofs.output)"
    )
    let figures = try String(
      contentsOfFile: "\(assay.folder)/binder/evidence/figures.csv",
      encoding: .utf8
    )
    #expect(figures.contains(",us-gaap:Assets,283228000,-3,"))
  }

  @Test("names the company on every page")
  func pagesNameTheCompany() throws {
    try write("binder")
    let titles = try assay.shell(
      "grep -rhoE --include='*.html' '<title>[^<]*</title>' binder | sort -u"
    )
    let names = titles.output.split(separator: "\n")
    #expect(names.count > 20)
    for name in names where name != "<title>Evidence</title>" {
      #expect(name.hasPrefix("<title>Hecla Mining Company: ") || name.hasPrefix("<title>forecast"))
    }
  }

  @Test("proves each figure in a browser, and finds one that was changed")
  func figuresAreProvenInBrowser() throws {
    guard try assay.shell("command -v chromium").status == 0 else {
      return print("skipped: there is no chromium; Tools/setup chromium")
    }
    try write("binder")
    let verdict = """
      chromium --headless --no-sandbox --disable-gpu --virtual-time-budget=20000 --dump-dom \
      "file://$PWD/binder/evidence/verify.html" 2>/dev/null | grep -o 'id="says"[^<]*'
      """
    let proven = try assay.shell(verdict)
    #expect(
      proven.output.contains(">All ") && proven.output.contains("are proven"),
      "\(proven.output)"
    )
    let page = "\(assay.folder)/binder/evidence/verify.html"
    let text = try String(contentsOfFile: page, encoding: .utf8)
    for (from, to) in [
      ("data-value=\"283228000\"", "data-value=\"283229000\""),
      (#"\"value\":\"283228000\""#, #"\"value\":\"283229000\""#),
    ] {
      #expect(text.contains(from))
      try text.replacing(from, with: to).write(toFile: page, atomically: true, encoding: .utf8)
      let changed = try assay.shell(verdict)
      #expect(changed.output.contains("are NOT proven"), "\(changed.output)")
    }
  }

  @Test(
    "is refused for a folder that holds something, for a date without statements, and without a date"
  )
  func binderIsRefused() throws {
    try write("binder")
    let ask = ["binder", "--entity", "hecla", "-o"]
    let again = try assay.run(ask + ["binder", "--as-of", "2004-09-30"])
    #expect(again.status == 1 && again.errors.contains("something is there"))
    let none = try assay.run(ask + ["other", "--as-of", "1999-12-31"])
    #expect(none.status == 1 && none.errors.contains("1999-12-31"), "\(none.errors)")
    #expect(!FileManager.default.fileExists(atPath: assay.folder + "/other"))
    #expect(try assay.run(ask + ["other"]).status == 64)
  }

  @Test("drawings are well-formed, repeatable, and refused for answers that have none")
  func drawingsAreWellFormed() throws {
    for question in [
      ["history", "us-gaap:Assets", "2004-09-30"], ["history", "NoncashPreferredDividend"],
      ["guidance"], ["panel", "NetIncomeLoss"], ["units"],
      ["is", "--as-of", "2004-09-30"],
    ] {
      #expect(try assay.run(question + ["-o", "a.svg"]).status == 0, "\(question)")
      #expect(try assay.run(question + ["-O", "svg", "-o", "b.svg"]).status == 0)
      let outcome = try assay.shell(
        "cmp a.svg b.svg && python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse(\"a.svg\")'"
      )
      #expect(outcome.status == 0, "\(question): \(outcome.output)\(outcome.errors)")
    }
    for question in [
      ["facts"], ["log"], ["stats"], ["check"], ["verify"], ["diff", "2004-05-04", "2005-12-31"],
    ] {
      let outcome = try assay.run(question + ["-o", "none.svg"])
      #expect(outcome.status == 64 && outcome.errors.contains("has no drawing"), "\(question)")
    }
    #expect(!FileManager.default.fileExists(atPath: assay.folder + "/none.svg"))
  }
}
