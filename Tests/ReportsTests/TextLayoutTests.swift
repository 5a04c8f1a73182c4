import Testing

@testable import Reports

@Suite("Text layout") struct TextLayoutTests {
  @Test("wraps words, and indents every line but the first")
  func wrapsWordsAndIndentsEveryLineButFirst() {
    #expect(
      "Current portion of accrued reclamation".wrapped(to: 20, restIndent: 1)
        == ["Current portion of", " accrued reclamation"]
    )
    #expect("exactly ten".wrapped(to: 11) == ["exactly ten"])
    #expect("exactly ten".wrapped(to: 10) == ["exactly", "ten"])
    #expect("".wrapped(to: 10) == [""])
  }

  @Test("cuts words longer than a line, so that figures keep their columns")
  func longWords() {
    let lines = "IncomeLossFromContinuingOperations before".wrapped(to: 10, restIndent: 2)
    #expect(lines == ["IncomeLo", "  ssFromCo", "  ntinuing", "  Operatio", "  ns", "  before"])
    #expect(lines.allSatisfy { $0.count <= 10 })
  }

  @Test("groups digits in thousands", arguments: [("0", "0"), ("999", "999"), ("1000", "1,000")])
  func groupsDigitsInThousands(_ digits: String, _ grouped: String) {
    #expect(digits.groupedInThousands == grouped)
    #expect((digits + "000000").groupedInThousands == grouped + ",000,000")
  }

  @Test("balances two lines of a heading")
  func balancesTwoLinesOfHeading() {
    #expect("Third Quarter Ended".leastWidth(lineCount: 2) == 13)
    #expect("Year Ended".leastWidth(lineCount: 2) == 5)
    #expect("Ended".leastWidth(lineCount: 1) == 5)
  }
}
