import Foundation
import TestSupport
import Testing

@Suite("The reference of events, by the command")
struct EventReferenceTests {
  private static let page = DocumentPage(path: "Events/README.md")

  /// A ledger with the page's examples in it, and the page's release.
  private func examples() throws -> Assay {
    let assay = try Assay()
    let page = try Self.page.text()
    let blocks = Transcript.blocks("json", in: page)
    #expect(blocks.count >= 6)
    for (index, block) in blocks.enumerated() {
      try assay.write(block.joined(separator: "\n"), to: "\(index).json")
      let outcome = try assay.run("append", "\(index).json")
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let release = try #require(Transcript.blocks("text", in: page).first)
    try assay.write(release.joined(separator: "\n") + "\n", to: "release.txt")
    return assay
  }

  @Test("has examples that can be appended, and prints what they make")
  func examplesAppend() throws {
    let assay = try examples()
    let outcome = try assay.run(
      [
        "import", "release", "release.txt", "--profile", "foundry", "--filing", "f-2",
        "--published", "2024-11-05", "--strict",
      ]
    )
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("16 mapped (0 of them dashes), 0 unmapped"))
    try Transcript(markdown: Self.page.text()).run(in: assay)
  }

  private static let canValidate =
    (try? Assay().shell("python3 -c 'import jsonschema'"))?.status == 0

  @Test(
    "has a schema that the definitions, claims and examples satisfy, and mistakes do not",
    .enabled(if: canValidate, "python3-jsonschema is missing; Tools/setup installs it")
  )
  func hasSchemaThatDefinitionsClaimsAndExamplesSatisfy() throws {
    let assay = try examples()
    let mistakes = [
      #"{"type":"entity","entity":"e"}"#, #"{"type":"entity","entity":"e","name":"n","more":1}"#,
      #"{"type":"concept","concept":"Assets","kind":"k"}"#,
      #"{"type":"concept","concept":"x:A","kind":"batch"}"#,
      #"{"type":"statement","statement":"s","title":"t","lines":[{"label":"l"}]}"#,
      #"{"type":"statement","statement":"s","title":"t","layout":"list","lines":[]}"#,
      #"{"type":"statement","statement":"s","title":"t","layout":"list","lines":[{"label":"l","unit":"u"}]}"#,
      #"{"type":"check","check":"c","kind":"foot","title":"t","total":{"concept":"x:A"}}"#,
      #"{"type":"check","check":"c","kind":"foot","title":"t","total":{"concept":"x:A"},"items":[{}]}"#,
      #"{"type":"check","check":"c","kind":"foot","title":"t","total":{"concept":"x:A"},"items":[{"concept":"x:B"}],"divisor":[{"concept":"x:C"}]}"#,
      #"{"type":"profile","profile":"p@e","entity":"e","tables":[{"statement":"s"}]}"#,
      #"{"type":"filing","filing":"f","entity":"e","published":"soon"}"#,
      #"{"type":"cost","filing":"f","entity":"e","concept":"x:A","period":"2024-09-30","unit":"u","value":1}"#,
      #"{"type":"cost","filing":"f","entity":"e","concept":"x:A","period":"2024-09-30","unit":"u","value":null,"decimals":0}"#,
    ]
    for (index, mistake) in mistakes.enumerated() {
      try assay.write("[\(mistake)]", to: "mistake-\(index).json")
      // The schema is no stricter than the command where both refuse.
      #expect(try assay.run("append", "mistake-\(index).json").status == 1, "\(mistake)")
    }
    let script = Package.folder.path() + "Tests/CommandTests/Scripts/validate_events.py"
    let events = Package.events.path()
    let valid = try assay.shell(
      "python3 \(script) \(events)/definitions.schema.json \(events)/*/*.json* [0-9].json"
    )
    #expect(valid.status == 0 && valid.output.isEmpty, "\(valid.output)")
    let invalid = try assay.shell(
      "python3 \(script) \(events)/definitions.schema.json mistake-*.json"
    )
    #expect(
      Set(invalid.output.split(separator: "\n").map { $0.prefix { $0 != ":" } }).count
        == mistakes.count,
      "\(invalid.output)"
    )
  }
}
