import Foundation
import TestSupport
import Testing

@Suite("The README")
struct DocumentationTests {
  private static func readme() throws -> [String] {
    try String(contentsOf: Package.folder.appending(path: "README.md"), encoding: .utf8)
      .components(separatedBy: "\n")
  }

  /// The lines between a fence of this kind and the next.
  private static func blocks(_ kind: String) throws -> [[String]] {
    var blocks: [[String]] = []
    var isInside = false
    for line in try readme() {
      if line == "```" + kind {
        blocks.append([])
        isInside = true
      } else if line.hasPrefix("```") {
        isInside = false
      } else if isInside {
        blocks[blocks.count - 1].append(line)
      }
    }
    return blocks
  }

  @Test("shows commands with what they print")
  func console() throws {
    let assay = try Assay()
    for name in ["Events", "Tools"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(assay.folder)/\(name)",
        withDestinationPath: Package.folder.path() + name
      )
    }
    var printed: ArraySlice<String> = []
    for line in try Self.blocks("console").joined() {
      if line.hasPrefix("$ ") {
        let outcome = try assay.shell(String(line.dropFirst(2)))
        #expect(outcome.status == 0, "\(line): \(outcome.output)")
        printed = outcome.output.components(separatedBy: "\n")[...]
      } else if line != "..." {
        // Where the page leaves lines or columns out, the rest stands in its order.
        let start = line.hasSuffix("…") ? line.dropLast() : line[...]
        let index = printed.firstIndex { $0.hasPrefix(start) }
        #expect(index != nil, "the README shows: \(line)")
        if let index { printed = printed[(index + 1)...] }
      }
    }
  }

  @Test("appends the next quarter as it says")
  func nextQuarter() throws {
    let assay = try Assay()
    let events = Package.folder.path() + "Events"
    for file in [
      "definitions.jsonl", "statements.jsonl", "profile.jsonl", "checks.jsonl",
      "2004-11-04_0001157523-04-010335_tables.jsonl",
    ] {
      #expect(try assay.run("append", "\(events)/hecla/\(file)").status == 0)
    }
    let lines = try #require(try Self.blocks("json").first)
    try assay.write(lines.joined(separator: "\n"), to: "prose.jsonl")
    try assay.write(Self.release, to: "release.txt")
    let commands = try Self.blocks("sh").joined().filter { $0.hasPrefix("assay ") }
    #expect(commands.count == 5)
    for command in commands {
      let outcome = try assay.shell(command)
      #expect(outcome.status == 0, "\(command): \(outcome.output)")
    }
  }

  /// A table such as the next release could print, with figures of its own.
  private static let release = """
                              Production Data

                           Fourth Quarter Ended    Twelve Months Ended
                            Dec. 31,   Dec. 31,   Dec. 31,   Dec. 31,
                              2004       2003       2004       2003

    LUCKY FRIDAY UNIT

    Tons of ore milled        43,210     32,100    165,380    148,237
    Days of operation             92         92        366        365

    """

  @Test("names every command, and help knows each")
  func commands() throws {
    let assay = try Assay()
    let text = try Self.readme().joined(separator: "\n")
    let help = try assay.run("help").output
    let names = [
      "append", "import", "new", "correct", "withdraw", "statement", "bs", "is", "cf", "units",
      "hedges",
      "facts", "history", "check", "diff", "restatements", "log", "replay", "export", "stats",
      "checkpoint", "prove", "keygen", "receipt", "verify",
      "backup", "restore", "rebuild",
    ]
    for name in names {
      #expect(text.contains("`\(name)") && help.contains("  \(name) "), "\(name)")
      let outcome = try assay.run("help", name)
      #expect(outcome.status == 0 && outcome.output.contains("USAGE: assay \(name)"), "\(name)")
    }
  }
}
