import Foundation
import TestSupport
import Testing

/// A page of Markdown of this package, by its path in it.
struct DocumentPage: CustomTestStringConvertible {
  var path: String

  var testDescription: String { path }

  func text() throws -> String {
    try String(contentsOf: Package.folder.appending(path: path), encoding: .utf8)
  }

  /// The pages for kinds of users, which begin with an empty folder.
  static let paths = ["auditors", "controllers", "analysts", "operators"].map {
    DocumentPage(path: "Sources/Manual/pages/\($0).md")
  }

  /// The pages for readers; those of commands have tests of their own.
  static let all: [DocumentPage] = {
    let folders = ["Sources/Manual/pages", "Sources/Manual/formats"]
    let paths = folders.flatMap { folder in
      let url = Package.folder.appending(path: folder)
      let names = try? FileManager.default.contentsOfDirectory(atPath: url.path())
      return (names ?? []).sorted().map { "\(folder)/\($0)" }
    }
    return
      ([
        "README.md", "Sources/README.md", "Sources/Manual/README.md", "Tests/README.md",
        "Tools/README.md",
      ] + paths).map { DocumentPage(path: $0) }
  }()
}

@Suite("The pages for readers")
struct DocumentationTests {
  @Test(
    "show commands with what they print",
    arguments: DocumentPage.all.filter { page in
      !DocumentPage.paths.contains { $0.path == page.path }
    }
  )
  func consoleBlocksRun(page: DocumentPage) throws {
    try Transcript(markdown: page.text()).run(in: ManualFolder.prepared())
  }

  @Test("begin with the first answer, in an empty folder")
  func readmeRunsInAnEmptyFolder() throws {
    let assay = try Assay()
    try ManualFolder.link(in: assay)
    try Transcript(markdown: DocumentPage(path: "README.md").text()).run(in: assay)
  }

  @Test("lead kinds of users from an empty folder to what they need", arguments: DocumentPage.paths)
  func pathsRunInAnEmptyFolder(page: DocumentPage) throws {
    let assay = try Assay()
    try ManualFolder.link(in: assay)
    let tests = Package.folder.path() + "Tests/"
    let documents = assay.folder + "/documents"
    try FileManager.default.copyItem(atPath: tests + "CommandTests/Fixtures", toPath: documents)
    try FileManager.default.copyItem(
      atPath: tests + "EventStoreTests/Fixtures/format-2.assay",
      toPath: documents + "/format-2.assay"
    )
    try Transcript(markdown: page.text()).run(in: assay)
  }

  @Test("lead only to files that are there", arguments: DocumentPage.all)
  func linksLeadToFiles(page: DocumentPage) throws {
    let folder = Package.folder.appending(path: page.path).deletingLastPathComponent()
    for match in try page.text().matches(of: /\]\(([^):#]+)\)/) {
      let target = folder.appending(path: match.1)
      #expect(FileManager.default.fileExists(atPath: target.path()), "\(match.1)")
    }
  }

  @Test("append the next quarter as they show")
  func importsAppendTheNextQuarter() throws {
    let page = try DocumentPage(path: "Sources/Manual/pages/imports.md").text()
    let assay = try Assay()
    let events = Package.folder.path() + "Events"
    for file in [
      "definitions.json", "statements.json", "profile.json", "checks.json",
      "2004-11-04_0001157523-04-010335_tables.jsonl",
    ] {
      #expect(try assay.run("append", "\(events)/hecla/\(file)").status == 0)
    }
    let lines = try #require(Transcript.blocks("json", in: page).first)
    try assay.write(lines.joined(separator: "\n"), to: "prose.jsonl")
    try assay.write(Self.release, to: "release.txt")
    let commands = Transcript.blocks("sh", in: page).joined().filter { $0.hasPrefix("assay ") }
    #expect(commands.count == 5)
    for var command in commands {
      // This release has one of the eight tables that the profile names.
      command.replace(" --profile hecla", with: " --profile hecla --force", maxReplacements: 1)
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

  @Test("list every page and every command")
  func indexIsWhole() throws {
    let index = try DocumentPage(path: "Sources/Manual/README.md").text()
    for folder in ["commands", "formats", "pages"] {
      let url = Package.folder.appending(path: "Sources/Manual/\(folder)")
      for name in try FileManager.default.contentsOfDirectory(atPath: url.path()) {
        #expect(index.contains("(\(folder)/\(name))"), "\(folder)/\(name)")
      }
    }
  }
}
