import Facts
import Projections
import TestSupport
import Testing

/// A log told line by line; a line's index is its event's sequence.
///
/// `file a 2004-01-01` is a filing, `a: 7 0` its claim, `fix 1: 8 0` corrects event 1, `undo 1`
/// takes it back.
private func log(_ story: [String]) throws -> TestLog {
  var log = TestLog()
  for line in story {
    let words = line.split(separator: " ").map(String.init)
    let rest = line.split(separator: ": ").last.map(String.init) ?? ""
    switch words[0] {
    case "file": try log.filing(words[1], words[2])
    case "fix": try log.amend(try #require(UInt64(words[1].dropLast())), rest)
    case "undo": try log.amend(try #require(UInt64(words[1])), nil)
    default: try log.claim("x:A", "2003-12-31", rest, String(words[0].dropLast()))
    }
  }
  return log
}

/// What a walk tells: the answer, then a line for each claim.
private func told(
  _ story: [String],
  _ rangeEnd: RangeEnd = .figure,
  knownAt: String? = nil,
  head: UInt64? = nil
) throws -> [String] {
  let log = try log(story)
  let facts = try log.facts()
  let known = try knownAt.map { try #require(PublishedTime($0)).timestamp }
  let vantage = Vantage(knownAt: known, head: head ?? log.head)
  let walk = try ClaimWalk(facts.rows, rangeEnd: rangeEnd, within: vantage) {
    FilingOrder(try facts.text($0))
  }
  let answer =
    switch walk.answer {
    case .holds(let row): "holds \(row.sequence)"
    case .range(let low, let high): "range \(low.sequence) \(high.sequence)"
    case .conflict(let rows): "conflict " + rows.map { "\($0.sequence)" }.joined(separator: " ")
    case .notReported: "not reported"
    case .notYetKnown(let row): "not yet known until \(row.published)"
    case .retracted, .derived, .notDerivable: "a walk of claims alone has none of these"
    }
  return [answer]
    + walk.steps.map { step in
      "\(step.row.sequence) \(step.role?.rawValue ?? "-"), \(step.status.rawValue)"
    }
}

@Suite("A story of claims") struct ClaimStoriesTests {
  @Test(
    "goes from filing to filing",
    arguments: [
      // A, B, A again: restated twice.
      (
        ["file a 2004-01-01", "a: 7", "file b 2004-02-01", "b: 8", "file c 2004-03-01", "c: 7"],
        ["holds 5", "1 first reported, restated", "3 restated, restated", "5 restated, holds"]
      ),
      // Each agrees with the one before, but the last not with the first.
      (
        [
          "file a 2004-01-01", "a: 10 -1", "file b 2004-02-01", "b: 14 0", "file c 2004-03-01",
          "c: 14.4 1",
        ],
        ["holds 5", "1 first reported, refined", "3 refined, refined", "5 refined, holds"]
      ),
      // The more precise claim stays, and later ones are held against it.
      (
        [
          "file a 2004-01-01", "a: 14.4 1", "file b 2004-02-01", "b: 10 -1", "file c 2004-03-01",
          "c: 15 0",
        ],
        ["holds 5", "1 first reported, restated", "3 confirmed, confirmed", "5 restated, holds"]
      ),
      // A bound, then the figure, then the bound again.
      (
        [
          "file a 2004-01-01", "a: 6 0 more-than", "file b 2004-02-01", "b: 7", "file c 2004-03-01",
          "c: 6 0 more-than",
        ],
        ["holds 3", "1 first reported, refined", "3 refined, holds", "5 confirmed, confirmed"]
      ),
      // "More than 50" is above 50: fifty is something else, and so is less.
      (
        ["file a 2004-01-01", "a: 50 more-than", "file b 2004-02-01", "b: 50"],
        ["holds 3", "1 first reported, restated", "3 restated, holds"]
      ),
      (
        ["file a 2004-01-01", "a: 50 -1 more-than", "file b 2004-02-01", "b: 49 0"],
        ["holds 3", "1 first reported, restated", "3 restated, holds"]
      ),
      (
        ["file a 2004-01-01", "a: 50 more-than", "file b 2004-02-01", "b: 50 less-than"],
        ["holds 3", "1 first reported, restated", "3 restated, holds"]
      ),
      // Two bounds that can both hold are a range; what says less confirms it, what says more refines.
      (
        [
          "file a 2004-01-01", "a: 50 more-than", "file b 2004-02-01", "b: 90 less-than",
          "file c 2004-03-01", "c: 40 more-than",
        ],
        [
          "range 1 3", "1 first reported, holds", "3 refined, holds", "5 confirmed, confirmed",
        ]
      ),
      (
        [
          "file a 2004-01-01", "a: 50 more-than", "a: 90 less-than", "file b 2004-02-01",
          "b: 60 more-than",
        ],
        ["range 4 2", "1 first reported, refined", "2 first reported, holds", "4 refined, holds"]
      ),
      (
        [
          "file a 2004-01-01", "a: 50 more-than", "a: 90 less-than", "file b 2004-02-01", "b: 70",
        ],
        [
          "holds 4", "1 first reported, refined", "2 first reported, refined", "4 refined, holds",
        ]
      ),
      (
        [
          "file a 2004-01-01", "a: 50 more-than", "a: 90 less-than", "file b 2004-02-01", "b: 90",
        ],
        [
          "holds 4", "1 first reported, restated", "2 first reported, restated",
          "4 restated, holds",
        ]
      ),
      // A unit of the last digit more is another figure.
      (
        ["file a 2004-01-01", "a: 283228 0", "file b 2004-02-01", "b: 283229 0"],
        ["holds 3", "1 first reported, restated", "3 restated, holds"]
      ),
      // A dash and zero confirm each other, whichever came first; another figure restates a dash.
      (
        [
          "file a 2004-01-01", "a: nil", "file b 2004-02-01", "b: 0", "file c 2004-03-01", "c: 7 0",
        ],
        ["holds 5", "1 first reported, restated", "3 confirmed, confirmed", "5 restated, holds"]
      ),
      (
        ["file a 2004-01-01", "a: 0 -1", "file b 2004-02-01", "b: nil"],
        ["holds 1", "1 first reported, holds", "3 confirmed, confirmed"]
      ),
      // About the same, and exactly so.
      (
        [
          "file a 2004-01-01", "a: 7 0 approximately", "file b 2004-02-01", "b: 7 0",
          "file c 2004-03-01", "c: 7",
        ],
        ["holds 5", "1 first reported, refined", "3 refined, refined", "5 refined, holds"]
      ),
      // Reported late, but published early.
      (
        ["file b 2004-02-01", "b: 8", "file a 2004-01-01", "a: 7"],
        ["holds 1", "3 first reported, restated", "1 restated, holds"]
      ),
      // Several claims of the filing that is restated.
      (
        ["file a 2004-01-01", "a: 7 0", "a: 7.1 1", "a: 7.1 1", "file b 2004-02-01", "b: 9"],
        [
          "holds 5", "1 repeated, confirmed", "2 first reported, restated",
          "3 repeated, confirmed", "5 restated, holds",
        ]
      ),
      ([], ["not reported"]),
    ] as [([String], [String])]
  )
  func goesFromFilingToFiling(story: [String], expected: [String]) throws {
    #expect(try told(story) == expected)
  }

  @Test(
    "has conflicts within a filing, until a later one speaks",
    arguments: [
      (
        ["file a 2004-01-01", "a: 7", "a: 8"],
        ["conflict 1 2", "1 conflict, conflict", "2 conflict, conflict"]
      ),
      // All of its claims, agreeing or not.
      (
        ["file a 2004-01-01", "a: 10 -1", "a: 6 0", "a: 14 0"],
        ["conflict 1 2 3", "1 conflict, conflict", "2 conflict, conflict", "3 conflict, conflict"]
      ),
      // A dash and a number are not the same; a dash and zero are.
      (
        ["file a 2004-01-01", "a: nil", "a: 7"],
        ["conflict 1 2", "1 conflict, conflict", "2 conflict, conflict"]
      ),
      (
        ["file a 2004-01-01", "a: nil", "a: 0"],
        ["holds 2", "1 repeated, confirmed", "2 first reported, holds"]
      ),
      // Figures of the same decimals, a unit apart.
      (
        ["file a 2004-01-01", "a: -0.10 2", "a: -0.11 2"],
        ["conflict 1 2", "1 conflict, conflict", "2 conflict, conflict"]
      ),
      // The next filing confirms a half of it.
      (
        ["file a 2004-01-01", "a: 7", "a: 8", "file b 2004-02-01", "b: 8"],
        ["holds 2", "1 conflict, conflict", "2 conflict, holds", "4 confirmed, confirmed"]
      ),
      // Or refines it.
      (
        ["file a 2004-01-01", "a: 10 -1", "a: 30 -1", "file b 2004-02-01", "b: 12 0"],
        ["holds 4", "1 conflict, conflict", "2 conflict, conflict", "4 refined, holds"]
      ),
      // Or agrees with claims that contradict each other, and decides nothing.
      (
        ["file a 2004-01-01", "a: 10 0", "a: 11 0", "file b 2004-02-01", "b: 10 -1"],
        ["holds 4", "1 conflict, conflict", "2 conflict, conflict", "4 restated, holds"]
      ),
      // Or says something else.
      (
        ["file a 2004-01-01", "a: 7", "a: 8", "file b 2004-02-01", "b: 9"],
        ["holds 4", "1 conflict, conflict", "2 conflict, conflict", "4 restated, holds"]
      ),
      // The half that was confirmed is restated as any claim is.
      (
        [
          "file a 2004-01-01", "a: 7", "a: 8", "file b 2004-02-01", "b: 8", "file c 2004-03-01",
          "c: 7",
        ],
        [
          "holds 6", "1 conflict, conflict", "2 conflict, restated", "4 confirmed, confirmed",
          "6 restated, holds",
        ]
      ),
      // The next contradicts itself too, then a third speaks.
      (
        [
          "file a 2004-01-01", "a: 6", "file b 2004-02-01", "b: 7", "b: 8", "file c 2004-03-01",
          "c: 7", "c: 9", "file d 2004-04-01", "d: 6",
        ],
        [
          "holds 9", "1 first reported, restated", "3 conflict, conflict", "4 conflict, conflict",
          "6 conflict, conflict", "7 conflict, conflict", "9 restated, holds",
        ]
      ),
      // Taking back one of the claims ends it.
      (
        ["file a 2004-01-01", "a: 7", "a: 8", "undo 2"],
        ["holds 1", "1 first reported, holds", "2 -, withdrawn"]
      ),
      // Correcting one of the claims ends it, or begins it.
      (
        ["file a 2004-01-01", "a: 7", "a: 8", "fix 2: 7"],
        ["holds 1", "1 first reported, holds", "3 repeated, confirmed", "2 -, corrected"]
      ),
      (
        ["file a 2004-01-01", "a: 7", "a: 7", "fix 2: 8"],
        ["conflict 1 3", "1 conflict, conflict", "3 conflict, conflict", "2 -, corrected"]
      ),
    ] as [([String], [String])]
  )
  func conflictLastsUntilLaterFiling(story: [String], expected: [String]) throws {
    #expect(try told(story) == expected)
  }

  @Test(
    "forgets what was copied wrongly, and keeps it in sight",
    arguments: [
      (["file a 2004-01-01", "a: 7", "undo 1"], ["not reported", "1 -, withdrawn"]),
      (
        ["file a 2004-01-01", "a: 7", "fix 1: 8", "fix 2: 9"],
        ["holds 3", "3 first reported, holds", "1 -, corrected", "2 -, corrected"]
      ),
      // A correction that is taken back, and a withdrawal that is, change nothing.
      (
        ["file a 2004-01-01", "a: 7", "fix 1: 8", "undo 2"],
        ["holds 1", "1 first reported, holds", "2 -, withdrawn"]
      ),
      (
        ["file a 2004-01-01", "a: 7", "undo 1", "undo 2"],
        ["holds 1", "1 first reported, holds"]
      ),
      (
        ["file a 2004-01-01", "a: 7", "fix 1: 8", "undo 2", "undo 3"],
        ["holds 2", "2 first reported, holds", "1 -, corrected"]
      ),
      // What had been restated holds again when the restatement is taken back.
      (
        ["file a 2004-01-01", "a: 7", "file b 2004-02-01", "b: 8", "undo 3"],
        ["holds 1", "1 first reported, holds", "3 -, withdrawn"]
      ),
      // A correction is published when its claim was.
      (
        ["file a 2004-01-01", "a: 7", "file b 2004-02-01", "b: 8", "fix 1: 8"],
        ["holds 4", "4 first reported, holds", "3 confirmed, confirmed", "1 -, corrected"]
      ),
      // A correction can make a dash of it.
      (
        ["file a 2004-01-01", "a: 7", "fix 1: nil"],
        ["holds 2", "2 first reported, holds", "1 -, corrected"]
      ),
    ] as [([String], [String])]
  )
  func amendedClaimsStayVisible(story: [String], expected: [String]) throws {
    #expect(try told(story) == expected)
  }

  @Test("knows of a correction from the moment it is recorded, whenever its filing came out")
  func recordedAmendments() throws {
    let story = ["file a 2004-01-01", "a: 7", "fix 1: 8"]
    #expect(try told(story, head: 2) == ["holds 1", "1 first reported, holds"])
    #expect(try told(story, head: 1) == ["not reported"])
    #expect(
      try told(story, knownAt: "2004-01-01")
        == ["holds 2", "2 first reported, holds", "1 -, corrected"]
    )
    let early = try told(story, knownAt: "2003-12-31")
    #expect(early.first == "not yet known until 2004-01-01T23:59:59.999999Z")
    #expect(early.contains("2 -, not-yet-known"))
  }

  @Test("keeps both ends of a range and the figure itself apart")
  func endsOfRanges() throws {
    let story = [
      "file a 2004-01-01", "a: 5 low", "a: 7 high", "a: 6 0", "file b 2004-02-01", "b: 4 low",
      "fix 2: 9 low",
    ].map { $0.replacing(" low", with: " 0 low").replacing(" high", with: " 0 high") }
    #expect(try told(story) == ["holds 3", "3 first reported, holds"])
    #expect(
      try told(story, .low, head: 6)
        == ["holds 5", "1 first reported, restated", "5 restated, holds"]
    )
    #expect(try told(story, .high, head: 6) == ["holds 2", "2 first reported, holds"])
    // The correction moves the claim from one end to the other.
    #expect(try told(story, .high) == ["not reported", "2 -, corrected"])
    #expect(
      try told(story, .low) == [
        "holds 5", "1 conflict, conflict", "6 conflict, conflict", "5 restated, holds",
      ]
    )
  }

  @Test(
    "is known from the moment of a filing, or from the end of its day",
    arguments: [
      ("2004-11-03", "not yet known until 2004-11-04T13:00:30Z"),
      ("2004-11-04T13:00:29.999999Z", "not yet known until 2004-11-04T13:00:30Z"),
      ("2004-11-04T08:00:30-05:00", "holds 1"), ("2004-11-04T23:59:59Z", "holds 1"),
      ("2004-11-04", "holds 3"), ("2004-11-05", "holds 3"),
    ]
  )
  func publishedTimes(knownAt: String, answer: String) throws {
    let story = ["file b 2004-11-04T13:00:30Z", "b: 7", "file a 2004-11-04", "a: 8"]
    #expect(try told(story, knownAt: knownAt).first == answer)
  }
}
