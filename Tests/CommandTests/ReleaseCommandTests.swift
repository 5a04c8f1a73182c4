import Foundation
import TestSupport
import Testing

@Suite("Importing a release")
struct ReleaseCommandTests {
  let assay: Assay

  init() throws {
    assay = try Assay()
    try assay.write(Quarry.definitions, to: "quarry.jsonl")
    try assay.write(Quarry.release, to: "release.txt")
  }

  private static let filing = ["--filing", "q-3", "--published", "2011-11-04"]

  private func run(_ arguments: String..., from file: String = "release.txt") throws -> Outcome {
    try assay.run(["import", "release", file, "--profile", "quarry.jsonl"] + arguments)
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(assay.folder)/\(name)"))
  }

  @Test("tells statements that use its figures how many could not be read, until they are")
  func recordedInPart() throws {
    try assay.write(Quarry.release.replacing("Less other ", with: "Less others"), to: "odd.txt")
    #expect(
      try run(Self.filing[0], Self.filing[1], Self.filing[2], Self.filing[3], from: "odd.txt")
        .status == 0
    )
    let words = ["statement", "bridge", "--entity", "quarry"]
    let note = "recorded in part: 4 figures of the 8 that q-3 prints in this statement"
    let text = try assay.run(words).output
    #expect(text.split(separator: "\n").joined(separator: " ").contains(note), "\(text)")
    #expect(try assay.run(words + ["-O", "markdown"]).output.contains(note))
    #expect(
      try assay.run(words + ["-O", "json"]).output
        .contains(#""recordedInPart":[{"filing":"q-3","figures":8,"unmapped":4}]"#)
    )
    #expect(try !assay.run("statement", "pits", "--entity", "quarry").output.contains("in part"))
    #expect(try run(Self.filing[0], Self.filing[1], Self.filing[2], Self.filing[3]).status == 0)
    #expect(try !assay.run(words).output.contains("in part"))
    #expect(try assay.run("verify").status == 0)
  }

  @Test(
    "makes the events of the release of 2004-11-04, byte for byte",
    .enabled(if: Package.hasData)
  )
  func makesEventsOfRelease() throws {
    let file = "hecla/2004-11-04_0001157523-04-010335_tables.jsonl"
    let outcome = try assay.run(
      "import",
      "release",
      Package.release.path(),
      "--profile",
      Package.events.path() + "/hecla",
      "--filing",
      "0001157523-04-010335",
      "--published",
      "2004-11-04T13:00:30Z",
      "--strict",
      "-o",
      "made.jsonl"
    )
    #expect(outcome.status == 0 && outcome.output.isEmpty)
    #expect(
      outcome.errors.contains("744 figures in tables: 744 mapped (19 of them dashes), 0 unmapped")
    )
    #expect(outcome.errors.contains("! production/gold  2004-07-01/2004-09-30  residual 65 ozt"))
    #expect(outcome.errors.contains("against the ledger, 636 facts: 636 new"))
    #expect(try bytes("made.jsonl") == Data(contentsOf: Package.events.appending(path: file)))
    // Its own folder knows the document by its checksum.
    let again = try assay.run(
      "import",
      "release",
      Package.release.path(),
      "--profile",
      Package.events.path() + "/hecla",
      "-o",
      "again.jsonl"
    )
    #expect(again.status == 0)
    #expect(try bytes("again.jsonl") == bytes("made.jsonl"))
  }

  @Test("records definitions and claims, and knows the document the next time")
  func recordsAndKnowsDocumentNextTime() throws {
    let first = try run(Self.filing[0], Self.filing[1], Self.filing[2], Self.filing[3])
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("48 figures in tables: 48 mapped (3 of them dashes), 0 unmapped"))
    #expect(first.output.contains("over this document alone: 14 ties: 14 agree,"))
    #expect(first.output.contains("read again from the printed text: 48 of 48 figures"))
    #expect(first.output.contains("against the ledger, 38 facts: 38 new"))
    #expect(first.output.contains("appended "))
    let again = try assay.run("import", "release", "release.txt", "--profile", "quarry")
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("38 recorded before"))
    #expect(again.output.contains("nothing new"))
    let facts = try assay.run("facts", "--all", "-O", "csv").output.csv
    #expect(facts.count == 49)
    let claim = try #require(facts.first { $0[15] == "(30)" })
    #expect(claim[3] == "quarry:Other" && claim[7] == "30000" && claim[8] == "-3")
  }

  @Test("finds the profile in the ledger, in Events, in a folder or a file")
  func findsProfileWhereverItIs() throws {
    let events = "\(assay.folder)/Events/quarry"
    try FileManager.default.createDirectory(atPath: events, withIntermediateDirectories: true)
    try assay.write(Quarry.definitions, to: "Events/quarry/all.jsonl")
    for profile in ["quarry", "Events/quarry", "./quarry.jsonl"] {
      let outcome = try assay.run(
        ["import", "release", "release.txt", "--profile", profile, "--dry-run"] + Self.filing
      )
      #expect(outcome.status == 0, "\(profile): \(outcome.errors)")
    }
    let standard = try assay.run(
      ["import", "release", "-", "--profile", "quarry", "-o", "-"] + Self.filing,
      input: Quarry.release
    )
    #expect(standard.output.lines.count == 49)
    #expect(standard.errors.contains("wrote 49 events to -"))
  }

  @Test("maps concepts of public taxonomies that no event defines yet, and defines them")
  func mapsElementsOfPublicTaxonomies() throws {
    let definitions = Quarry.definitions.split(separator: "\n")
      .filter { !$0.contains(#""type":"concept","concept":"quarry:Sales""#) }
      .joined(separator: "\n").replacing("quarry:Sales", with: "us-gaap:Revenues")
    for isRecorded in [true, false] {
      let assay = try Assay()
      try assay.write(definitions, to: "quarry.jsonl")
      try assay.write(Quarry.release, to: "release.txt")
      if isRecorded { #expect(try assay.run("append", "quarry.jsonl").status == 0) }
      let profile = isRecorded ? "quarry" : "quarry.jsonl"
      let outcome = try assay.run(
        ["import", "release", "release.txt", "--profile", profile, "--strict"] + Self.filing
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
      let facts = try assay.run("facts", "us-gaap:Revenues", "-O", "csv").output.csv.dropFirst()
      #expect(facts.map { $0[7] }.sorted() == ["15333000", "17950000", "5004000", "6120000"])
    }
  }

  @Test("lists every figure and what became of it")
  func listsEveryFigure() throws {
    let outcome = try run("-O", "csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = outcome.output.csv.dropFirst()
    let counts = rows.reduce(into: [:]) { $0[$1[3], default: 0] += 1 }
    #expect(counts == ["mapped": 48, "heading": 11, "text": 10], "\(counts)")
    #expect(!FileManager.default.fileExists(atPath: "\(assay.folder)/test.assay"))
    let json = try run("-O", "json").output
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect(object?["schema"] as? String == "assay.release/2")
  }

  @Test("tells unmapped figures with line and reason; --strict then refuses, and writes nothing")
  func strictRefusesUnmappedFigures() throws {
    let text = Quarry.release.replacing("Sales of stone", with: "Sales of rocks")
    try assay.write(text, to: "changed.txt")
    let strict = try run(
      "--filing",
      "q",
      "--published",
      "2011-11-04",
      "--strict",
      "-o",
      "no.jsonl",
      from: "changed.txt"
    )
    #expect(strict.status == 1)
    #expect(strict.errors.contains("4 figures in its tables are unmapped; teach the statements"))
    #expect(!FileManager.default.fileExists(atPath: "\(assay.folder)/no.jsonl"))
    let outcome = try run("--filing", "q", "--published", "2011-11-04", from: "changed.txt")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output.contains(
        "  line 15: 6,120  5,004  17,950  15,333: no line \"Sales of rocks\" in results"
      )
    )
    #expect(outcome.output.contains("44 mapped"))
  }

  @Test("shows what would change in the ledger, and records nothing")
  func showsWhatWouldChange() throws {
    let first = try run(Self.filing[0], Self.filing[1], Self.filing[2], Self.filing[3])
    #expect(first.status == 0)
    let head = try assay.head()
    let later = Quarry.release.replacing("$ 17,950", with: "$ 18,950").replacing(
      "2.19",
      with: "2.19"
    )
    try assay.write(later, to: "later.txt")
    let text = try run("--filing", "q-4", "--published", "2012-02-22", "--diff", from: "later.txt")
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("against the ledger, 38 facts: 37 confirmed, 1 restated"))
    let restated = try #require(text.output.lines.first { $0.hasPrefix("restated") })
    for word in ["quarry:Sales", "17950000", "18950000", "1000000", "5.57", "q-3"] {
      #expect(restated.contains(word), "\(restated)")
    }
    let csv = try run(
      "--filing",
      "q-4",
      "--published",
      "2012-02-22",
      "--diff",
      "-O",
      "csv",
      from: "later.txt"
    )
    #expect(csv.output.csv.count == 39)
    #expect(try assay.head() == head)
  }

  @Test("says what is wrong, and what to do")
  func saysWhatIsWrongAndWhatToDo() throws {
    let unknown = try run()
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("give --filing and --published"))
    let nobody = try assay.run("import", "release", "release.txt", "--profile", "nobody")
    #expect(nobody.status == 1)
    #expect(
      nobody.errors.contains("nobody: neither the ledger nor the folder Events holds a profile")
    )
    try assay.write("{\"type\":\"entity\",\"entity\":\"x:1\",\"name\":\"N\"}", to: "none.jsonl")
    let none = try assay.run("import", "release", "release.txt", "--profile", "none.jsonl")
    #expect(none.status == 1 && none.errors.contains("none.jsonl: it holds no profile"))
    let other = Quarry.definitions.replacing(
      "\"profile\":\"quarry\"",
      with: "\"profile\":\"other\""
    )
    try assay.write(Quarry.definitions + "\n" + other, to: "two.jsonl")
    let two = try assay.run("import", "release", "release.txt", "--profile", "two.jsonl")
    #expect(two.status == 1 && two.errors.contains("two.jsonl: it holds several profiles"))
    try assay.write("Nothing but the years 2010 and 2011.", to: "prose.txt")
    let prose = try run("--filing", "q", "--published", "2011-11-04", from: "prose.txt")
    #expect(prose.status == 1)
    #expect(prose.errors.contains("prose.txt: none of its 2 figures was mapped; is it a release"))
    let missing = try run(from: "missing.txt")
    #expect(missing.status == 1 && missing.errors.contains("missing.txt: No such file"))
  }

  @Test("does not tie out a document of very many figures, and says so")
  func doesNotTieOutVeryManyFigures() throws {
    try assay.write(String(repeating: Quarry.release + "\n", count: 210), to: "long.txt")
    let outcome = try assay.run(
      ["import", "release", "long.txt", "--profile", "quarry.jsonl"] + Self.filing + ["-o", "-"]
    )
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.errors.contains(
        "not tied out, as more than 10000 events: run the checks once they are recorded\n"
      )
    )
    #expect(outcome.errors.contains("against the ledger, 38 facts: 38 new\n"))
  }

  @Test(
    "drafts a profile named by the company, or by its identifier where the name is not known",
    arguments: [
      (["--name", "The Other Foundry, Inc."], "other"), (["--name", "Ñandú"], "cik-0000000043"),
      ([], "cik-0000000043"), (["--profile", "works"], "works"),
    ]
  )
  func draftsProfile(options: [String], profile: String) throws {
    try assay.write(Foundry.release, to: "foundry.txt")
    let command = ["new", "profile", "foundry.txt", "--entity", Foundry.entity, "-o", "new.json"]
    let drafted = try assay.run(command + options)
    #expect(drafted.status == 0, "\(drafted.errors)")
    #expect(try assay.run("append", "new.json", "-f", "new.assay").status == 0)
    let imported = try assay.run([
      "import", "release", "foundry.txt", "--profile", profile, "-f", "new.assay", "--filing",
      "0000000043-23-000001", "--published", "2023-08-01",
    ])
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(try assay.run("bs", "-f", "new.assay", "--as-of", "2023-07-01").status == 0)
  }
}
