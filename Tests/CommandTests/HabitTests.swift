import TestSupport
import Testing

@Suite("What people type who know other programs")
struct HabitTests {
  @Test("is understood: -Q, -Y, -b and -e, show and blame")
  func habitsAreUnderstood() throws {
    let assay = try Assay.withEvents()
    func output(_ words: String) throws -> String {
      let outcome = try assay.run(words.split(separator: " ").map(String.init))
      #expect(outcome.status == 0, "\(words): \(outcome.errors)")
      return outcome.output
    }
    let is3 = "is --entity hecla --as-of 2004-09-30 --span quarter --columns"
    for (begin, count) in [("2004-07-01", 1), ("2004-06-30", 2), ("2004Q2", 2), ("2003-09-30", 5)] {
      #expect(
        try output("is --entity hecla -Q -b \(begin) -e 2004Q3") == output("\(is3) \(count)"),
        "from \(begin)"
      )
    }
    #expect(
      try output("cf --entity hecla -Y -e 2003-12-31")
        == output("cf --entity hecla --span year --as-of 2003-12-31")
    )
    #expect(try output("blame Assets 2004-09-30") == output("history Assets 2004-09-30"))
    let lines = try output("log -O jsonl").lines
    #expect(try output("show 560 7 -O jsonl").lines == [lines[560], lines[7]])
    for (words, reason) in [
      ("is --entity hecla -b 2004-01-01", "give -Q, -Y or --span"),
      ("is --entity hecla -Q -Y", "give one of them"),
      ("is --entity hecla -Q -b 2005-01-01 -e 2004-09-30", "after the end of the last column"),
      ("is --entity hecla --as-of 2004-09-30 -e 2004-09-30", "the same as --as-of"),
      ("show 560 --type filing", "not both"),
    ] {
      let outcome = try assay.run(words.split(separator: " ").map(String.init))
      #expect(outcome.status == 64 && outcome.errors.contains(reason), "\(words): \(outcome)")
    }
    #expect(try assay.run("show", "99999999").status == 1)
  }
}
