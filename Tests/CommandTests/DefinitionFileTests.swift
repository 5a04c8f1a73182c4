import Foundation
import TestSupport
import Testing

@Suite("Definitions over several lines")
struct DefinitionFileTests {
  let assay: Assay

  init() throws { assay = try Assay() }

  /// The exported lines but for the batches.
  private func exported(_ arguments: String...) throws -> [String] {
    try assay.run(["export"] + arguments).output.split(separator: "\n").map(String.init)
      .filter { !$0.contains(#""type":"batch""#) }
  }

  @Test("those of Events are recorded as they are written, each file in its order")
  func thoseOfEventsAreRecordedAsTheyAreWritten() throws {
    #expect(try assay.run("append", Package.events.path()).status == 0)
    let lines = try exported()
    #expect(try lines.sorted() == Package.eventLines().sorted())
    for file in try Package.eventFiles() where file.hasSuffix(".json") {
      let written = try Package.eventLines(of: file)
      let first = try #require(lines.firstIndex(of: written[0]), "\(file)")
      #expect(Array(lines[first...].prefix(written.count)) == written, "\(file)")
    }
  }

  @Test("are appended from a file, from standard input and from a folder, which may hold a schema")
  func areAppendedFromFile() throws {
    let entity = """
      [
        {
          "type": "entity",
          "entity": "x:1",
          "name": "N"
        }
      ]
      """
    try FileManager.default.createDirectory(
      atPath: assay.folder + "/definitions",
      withIntermediateDirectories: true
    )
    try assay.write(entity, to: "definitions/entity.json")
    try assay.write("{}", to: "definitions/definitions.schema.json")
    let runs: [(arguments: [String], input: String?)] = [
      (["definitions/entity.json"], nil), (["-"], entity), (["definitions"], nil),
    ]
    for (index, run) in runs.enumerated() {
      let ledger = ["-f", "\(index).assay"]
      let outcome = try assay.run(["append"] + run.arguments + ledger, input: run.input)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let line = try exported("-f", "\(index).assay").last
      #expect(line == #"{"entity":"x:1","name":"N","type":"entity"}"#)
    }
  }

  @Test("are refused with file, line and column, and nothing is written")
  func areRefusedWithFileLineAndColumn() throws {
    try assay.write("[\n  {\"type\": \"entity\",\n   \"entty\": \"x:1\"}\n]", to: "slip.json")
    let outcome = try assay.run("append", "slip.json")
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(
      outcome.errors == "assay: slip.json:2: column 3: entity has no \"entity\"; "
        + "is \"entty\" meant to be it?\n"
    )
    #expect(!FileManager.default.fileExists(atPath: assay.folder + "/test.assay"))
    try assay.write("[{\"type\":\"entity\",\"entity\":\"x:1\",\"name\":\"N\"},]", to: "comma.json")
    let comma = try assay.run("append", "comma.json")
    #expect(comma.errors.contains("comma.json:1: column 45: a comma before"), "\(comma.errors)")
  }

  @Test("hold the profile of a release")
  func holdProfileOfRelease() throws {
    let definitions = Quarry.definitions.split(separator: "\n").joined(separator: ",\n")
    try assay.write("[\n\(definitions)\n]\n", to: "quarry.json")
    try assay.write(Quarry.definitions, to: "quarry.jsonl")
    try assay.write(Quarry.release, to: "release.txt")
    let outputs = try ["quarry.json", "quarry.jsonl"].map { profile in
      let outcome = try assay.run(
        ["import", "release", "release.txt", "--profile", profile, "--filing", "q-3"]
          + ["--published", "2011-11-04", "-o", "-"]
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.output
    }
    #expect(outputs[0] == outputs[1] && !outputs[0].isEmpty)
  }
}
