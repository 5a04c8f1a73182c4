import Facts
import Testing

@Suite("The nearest word") struct NearestTests {
  @Test(
    "is the one with the fewest changes, if they are at most half of the letters of either word",
    arguments: [
      ("value", "value"), ("vlaue", "value"), ("VALUE", "value"), ("valu", "value"),
      ("values", "value"), ("decimal", "decimals"), ("perod", "period"), ("unt", "unit"),
      ("quailfier", "qualifier"), ("ab", nil), ("u", nil), ("", nil), ("vxxxe", nil),
      ("vxxue", "value"), ("colour", nil), ("unxx", "unit"), ("entity", nil), ("un", nil),
      ("unitx", "unit"),
    ] as [(String, String?)]
  )
  func isOneWithFewestChanges(word: String, expected: String?) {
    let words = ["concept", "decimals", "period", "qualifier", "unit", "value"]
    #expect(nearest(to: word, among: words) == expected)
  }

  @Test("is the first of several that are equally near, and none of no words")
  func isFirstOfSeveralThatAreEquallyNear() {
    #expect(nearest(to: "statement", among: ["statements", "statementx"]) == "statements")
    #expect(nearest(to: "cost", among: ["post", "cast"]) == "post")
    #expect(nearest(to: "cost", among: ["post", "cost"]) == "cost")
    #expect(nearest(to: "cost", among: []) == nil)
  }

  @Test("counts letters put in, taken out and changed as the plain recursion does")
  func countsLettersAsPlainRecursionDoes() {
    func distance(_ first: Substring, _ second: Substring) -> Int {
      guard let a = first.first, let b = second.first else { return first.count + second.count }
      let (first, second) = (first.dropFirst(), second.dropFirst())
      if a == b { return distance(first, second) }
      return 1
        + min(
          distance(first, second),
          distance(String(a) + first, second),
          distance(first, String(b) + second)
        )
    }
    let words = ["", "a", "b", "ab", "ba", "abc", "cab", "acb", "abab", "baba", "bcbc", "aabbc"]
    for word in words {
      for other in words {
        let isNear = 2 * distance(word[...], other[...]) <= min(word.count, other.count)
        #expect((nearest(to: word, among: [other]) != nil) == isNear, "\(word), \(other)")
      }
    }
  }
}

@Suite("Refused events") struct RefusedEventsTests {
  @Test("say file and line as far as they are known, what is wrong and what would be right")
  func describePlaceFaultAndRemedy() {
    var refusal = InvalidEvent("it is wrong", remedy: "make it right")
    #expect(refusal.description == "it is wrong; make it right")
    refusal.line = 7
    #expect(refusal.description == "7: it is wrong; make it right")
    refusal.file = "a.jsonl"
    #expect(refusal.description == "a.jsonl:7: it is wrong; make it right")
    let whole = InvalidEvent("it is wrong", remedy: "make it right", file: "a.jsonl")
    #expect(whole.description == "a.jsonl: it is wrong; make it right")
  }

  @Test("are kept up to twenty, and counted beyond")
  func areKeptUpToTwentyAndCountedBeyond() {
    var refused = RefusedEvents()
    #expect(refused.description.isEmpty)
    for line in 1...20 {
      refused.add(InvalidEvent("wrong", remedy: "right", file: "a", line: line))
    }
    let lines = refused.description.split(separator: "\n")
    #expect(lines.count == 20)
    #expect(lines.last == "a:20: wrong; right")
    for line in 21...23 {
      refused.add(InvalidEvent("wrong", remedy: "right", file: "a", line: line))
    }
    #expect(refused.count == 23)
    #expect(refused.refusals.count == RefusedEvents.shownCountMax)
    #expect(refused.description.split(separator: "\n").last == "… and 3 more")
  }

  @Test("a word of a megabyte is near to no name, and that takes no time", .timeLimit(.minutes(1)))
  func longWordsAreNotCompared() {
    let names = (0..<20_000).map { "us-gaap:SomeConceptOfALedgerNumber\($0)" }
    #expect(nearest(to: String(repeating: "us-gaap:", count: 130_000), among: names) == nil)
  }
}
