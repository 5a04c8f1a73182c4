import Foundation
import TestSupport
import Testing

@Suite("Files that say that they are larger than they are")
struct BoundTests {
  /// Runs a command; its status, seconds and megabytes.
  private func measured(_ assay: Assay, _ command: String) throws -> [Int] {
    let script = """
      import os, subprocess, sys, time
      start = time.monotonic()
      process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
      _, status, usage = os.wait4(process.pid, 0)
      print(os.waitstatus_to_exitcode(status), int(time.monotonic() - start), usage.ru_maxrss >> 10)
      """
    try assay.write(script, to: "measure.py")
    let outcome = try assay.shell("timeout 100 python3 measure.py assay \(command)")
    return outcome.output.split { $0 == " " || $0.isNewline }.compactMap { Int($0) }
  }

  private static let commands = [
    "verify", "stats", "bs --entity hecla", "export", "append more.jsonl", "checkpoint", "prove 7",
    "backup copy.assay", "rebuild",
  ]

  @Test("a ledger of 4 TiB without content is read as the small one it is", arguments: commands)
  func sparseLedger(command: String) throws {
    let assay = try Assay.withEvents()
    try assay.write(#"{"type":"entity","entity":"x:1","name":"N"}"# + "\n", to: "more.jsonl")
    #expect(try assay.shell("truncate -s 4T test.assay").status == 0)
    let found = try measured(assay, command)
    #expect(found.count == 3 && found[0] == 0 && found[1] < 60 && found[2] < 256, "\(found)")
  }

  @Test("one whose meta pages claim 4 TiB takes no memory for it", arguments: commands)
  func claimedPages(command: String) throws {
    let assay = try Assay.withEvents()
    try assay.write(#"{"type":"entity","entity":"x:1","name":"N"}"# + "\n", to: "more.jsonl")
    let script = """
      import os, struct
      with open('test.assay', 'r+b') as file:
          for page in range(2):
              file.seek(page * 4096 + 32); file.write(struct.pack('<Q', 1 << 43))
              file.seek(page * 4096 + 136); file.write(struct.pack('<Q', (1 << 30) - 1))
          file.truncate(1 << 42)
      """
    try assay.write(script, to: "claim.py")
    #expect(try assay.shell("python3 claim.py").status == 0)
    let found = try measured(assay, command)
    #expect(found.count == 3 && [0, 1].contains(found[0]), "\(found)")
    #expect(found.count == 3 && found[1] < 60 && found[2] < 256, "\(found)")
    if command == "verify" { #expect(found.first == 1) }
  }

  @Test("an element of 300,000 attributes takes ten times as long as one of 30,000, and no more")
  func manyAttributes() throws {
    let assay = try Assay()
    var seconds: [Double] = []
    for count in [30_000, 300_000] {
      let attributes = (0..<count).map { " a\($0)=\"1\"" }.joined()
      let instance = XBRLFolder.instance()
        .replacing("<us-gaap:AssetsCurrent", with: "<us-gaap:AssetsCurrent\(attributes)")
      try assay.write(instance, to: "my.xml")
      let start = ContinuousClock.now
      let found = try measured(
        assay,
        "import my.xml --instance-only --filing f --published 2010-11-01 -f a\(count).assay"
      )
      #expect(found.count == 3 && found[0] == 0 && found[2] < 256, "\(count): \(found)")
      let duration = ContinuousClock.now - start
      seconds.append(Double(duration.components.seconds) + 1)
    }
    #expect(seconds[1] < 25 * seconds[0], "\(seconds)")
  }
}
