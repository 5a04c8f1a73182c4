import Foundation
import Testing

@Suite("Where -o writes")
struct OutputPlaceTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  @Test(
    "a name whose ending is no format is refused, with those that there are",
    arguments: ["x.pdf", "all.parquet", "a.b/x.json5"]
  )
  func unknownEnding(name: String) throws {
    for command in [["stats"], ["facts"], ["log"], ["bs"], ["history", "us-gaap:Assets"]] {
      let outcome = try assay.run(command + ["-o", name])
      #expect(outcome.status == 64 && outcome.output.isEmpty)
      let ending = name.split(separator: ".").last.map(String.init) ?? ""
      #expect(outcome.errors.contains("-o \(name): \"\(ending)\" is no format"))
      #expect(
        outcome.errors.replacing(/\s+/, with: " ")
          .contains("text, csv, tsv, json, jsonl, markdown, html, svg or xlsx"),
        "\(outcome.errors)"
      )
      #expect(!FileManager.default.fileExists(atPath: "\(assay.folder)/\(name)"))
    }
  }

  @Test("with -O, or without an ending, any name will do")
  func anyName() throws {
    for (arguments, start) in [
      (["-o", "x.pdf", "-O", "csv"], "what,name,count\n"), (["-o", "plain"], "what "),
      (["-o", ".hidden"], "what "), (["-o", "x.NDJSON"], "{\"what\":\"events\""),
    ] {
      #expect(try assay.run(["stats"] + arguments).status == 0)
      let text = try String(contentsOfFile: "\(assay.folder)/\(arguments[1])", encoding: .utf8)
      #expect(text.hasPrefix(start))
    }
  }

  @Test("- is standard output", arguments: [["stats"], ["facts", "Assets"], ["export"], ["bs"]])
  func standardOutput(command: [String]) throws {
    let plain = try assay.run(command)
    let dashed = try assay.run(command + ["-o", "-"])
    #expect(dashed.status == 0 && dashed.output == plain.output && !plain.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: "\(assay.folder)/-"))
  }
}
