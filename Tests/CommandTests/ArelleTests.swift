import Foundation
import TestSupport
import Testing

/// Another reader of XBRL: Arelle (PyPI: arelle-release), of the Python that `ASSAY_ARELLE` names, else `python3`.
private let arelle: String? = {
  let python = ProcessInfo.processInfo.environment["ASSAY_ARELLE"] ?? "python3"
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [python, "-c", "import arelle"]
  process.standardError = FileHandle.nullDevice
  do { try process.run() } catch { return nil }
  process.waitUntilExit()
  return process.terminationStatus == 0 ? python : nil
}()

@Suite(
  "Arelle, another reader of XBRL,",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package"),
  .enabled(
    if: arelle != nil,
    "no Arelle: pip install arelle-release, and name its Python in ASSAY_ARELLE"
  )
)
struct ArelleTests {
  private func compare(_ folder: String, _ rest: String, in assay: Assay) throws -> Outcome {
    let tool = Package.folder.appending(path: "Tools/arelle-facts").path()
    return try assay.shell("\(arelle ?? "") \(tool) \(folder) \(rest)")
  }

  @Test(
    "reads the figures of a report as they are imported",
    arguments: [
      (
        "inline/apple_10q_2025",
        "612 figures alike, 2 of which Arelle makes no number, 0 that differ"
      ),
      (
        "inline/aeon_10q_2023",
        "813 figures alike, 33 of which Arelle makes no number, 0 that differ"
      ),
      (
        "xbrl/nflx_10q_20100930",
        "282 figures alike, 0 of which Arelle makes no number, 0 that differ"
      ),
    ]
  )
  func figuresAreReadAlike(folder: String, told: String) throws {
    let assay = try Assay()
    let path = Package.data.appending(path: folder).path()
    let imported = try assay.run(
      "import",
      "xbrl",
      path,
      "--filing",
      "f",
      "--published",
      "2025-05-02",
      "-o",
      "c.jsonl"
    )
    try #require(imported.status == 0, "\(imported.errors)")
    let outcome = try compare(path, "--claims c.jsonl", in: assay)
    #expect(outcome.status == 0 && outcome.output == told + "\n", "\(outcome.output)")
  }

  @Test(
    "loads a report that is written from the ledger without a message, with the same figures",
    arguments: ["inline/apple_10q_2025", "xbrl/amzn_10k_2022_segments", "xbrl/nflx_10q_20100930"]
  )
  func reportsThatAreWrittenAreLoaded(folder: String) throws {
    let assay = try Assay()
    let path = Package.data.appending(path: folder).path()
    let outcome = try assay.shell(
      """
      set -e
      mkdir filing && cp \(path)/*.xsd filing
      assay import xbrl \(path) --filing f --published 2025-05-02 >/dev/null
      assay facts --filing f -O xbrl-json -o filing/report.json
      assay export -o c.jsonl
      """
    )
    try #require(outcome.status == 0, "\(outcome.output)")
    let silent = try compare("filing", "report.json > /dev/null", in: assay)
    #expect(silent.status == 0 && silent.output.isEmpty, "\(silent.output)")
    let compared = try compare("filing", "report.json --claims c.jsonl", in: assay)
    #expect(
      compared.status == 0 && compared.output.hasSuffix(" 0 that differ\n"),
      "\(compared.output)"
    )
  }
}
