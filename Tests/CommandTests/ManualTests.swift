import Foundation
import TestSupport
import Testing

/// A page of `Sources/Manual/commands`, as text.
private struct Page: CustomTestStringConvertible {
  var name: String
  var text: String

  var testDescription: String { name }

  /// The command without the name of the program; empty for the program itself.
  var command: [String] { title.split(separator: " ").dropFirst(2).map(String.init) }

  var title: String { String(text.prefix { $0 != "\n" }) }

  /// The text of a section.
  func section(_ title: String) -> String? {
    text.components(separatedBy: "\n## ").first { $0.hasPrefix(title + "\n") }
      .map { String($0.dropFirst(title.count + 1)) }
  }

  static let all: [Page] = {
    let folder = Package.folder.appending(path: "Sources/Manual/commands")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { name in
      let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
      return Page(name: name, text: text ?? "")
    }
  }()
}

@Suite("The pages of the manual")
struct ManualTests {
  /// Every command that help lists, and the commands of those.
  private static func commands() throws -> [[String]] {
    let assay = try Assay()
    func listed(_ command: [String]) throws -> [[String]] {
      let help = try assay.run(["help"] + command).output
      let sections = help.components(separatedBy: "SUBCOMMANDS")
      guard sections.count > 1 else { return [] }
      let names = sections.dropFirst().joined()
        .matches(of: /\n  ([a-z-]+)(?:, [a-z-]+)*[ ]/).map { String($0.1) }
      return names.map { command + [$0] }
    }
    let commands = try listed([])
    return try commands + commands.flatMap(listed)
  }

  /// The names of all formats, as help lists them.
  private static func formats() throws -> [String] {
    let help = try Assay().run("help", "stats").output
    let values = try #require(help.firstMatch(of: /values:([^)]*)\)/)).1
    return values.split { !$0.isLetter }.map(String.init)
  }

  @Test("are one for each command")
  func everyCommandHasAPage() throws {
    let commands = try Self.commands()
    #expect(commands.count > 30)
    #expect(Set(commands + [[]]) == Set(Page.all.map(\.command)))
    for page in Page.all {
      let name = (["assay"] + page.command).joined(separator: " ")
      #expect(page.title == "# " + name)
      #expect(
        page.name == (page.command.isEmpty ? ["assay"] : page.command).joined(separator: "-")
          + ".md"
      )
    }
  }

  @Test("have all sections", arguments: Page.all)
  fileprivate func pageIsWhole(page: Page) throws {
    for title in [
      "Synopsis", "Description", "Options", "Examples", "Exit status", "See also",
    ] {
      #expect(page.section(title)?.isEmpty == false, "\(title)")
    }
    let examples = try #require(page.section("Examples"))
    // The examples of a server need one that runs: Tools/serve-test runs them.
    let isServed = [["serve"], ["follow"], ["publish"], ["cluster"], ["cluster", "status"]]
      .contains(page.command)
    let example = isServed ? "```sh" : "```console"
    #expect(examples.components(separatedBy: example).count > 3, "three examples or more")
    let seeAlso = try #require(page.section("See also"))
    for match in seeAlso.matches(of: /`assay ([a-z -]+)`/) {
      let name = match.1.replacing(" ", with: "-") + ".md"
      #expect(Page.all.contains { $0.name == name }, "\(name)")
    }
  }

  @Test("name every option of their command, and no other", arguments: Page.all)
  fileprivate func optionsAgree(page: Page) throws {
    let help = try Assay().run(["help"] + page.command).output
    let ofHelp = help.matches(of: /\n +(?:-[a-zA-Z], )?(--[a-z-]+)/).map { String($0.1) }
    let section = try #require(page.section("Options"))
    let ofPage =
      section.matches(of: /\n- (?:`-[a-zA-Z]`, )?`(--[a-z-]+)/).map { String($0.1) }
      + section.prefixMatch(of: /- (?:`-[a-zA-Z]`, )?`(--[a-z-]+)/).map { [String($0.1)] }.orEmpty
    let ofAll: Set = ["--help", "--version"]
    #expect(Set(ofHelp).subtracting(ofAll) == Set(ofPage).subtracting(ofAll))
  }

  @Test("name every format where they name one", arguments: Page.all)
  fileprivate func optionsNameEveryFormat(page: Page) throws {
    let options = page.section("Options")?.split(separator: "\n") ?? []
    let line = options.first { $0.contains("-format") && $0.contains("`csv`") }
    guard let line else { return }
    for name in try Self.formats() { #expect(line.contains("`\(name)`"), "\(name)") }
  }

  @Test("show what the commands print", arguments: Page.all)
  fileprivate func examplesRun(page: Page) throws {
    try Transcript(markdown: page.text).run(in: ManualFolder.prepared())
  }

  @Test("are what help prints", arguments: Page.all)
  fileprivate func helpPrintsThePage(page: Page) throws {
    let help = try Assay().run(["help"] + page.command).output
    let words = help.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let abstract = try #require(page.text.split(separator: "\n").dropFirst().first)
    #expect(words.contains(abstract))
    let description = try #require(page.section("Description"))
    for paragraph in description.components(separatedBy: "\n\n") {
      let expected = paragraph.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains(expected), "\(expected)")
    }
    #expect(help.contains("EXAMPLES:"))
  }

  @Test("become manual pages")
  func manualPagesAreMade() throws {
    let assay = try ManualFolder.prepared()
    #expect(try assay.shell("Tools/manual man").status == 0)
    for page in Page.all {
      let name = page.name.replacing(".md", with: ".1")
      let path = "\(assay.folder)/man/man1/\(page.command.isEmpty ? "" : "assay-")\(name)"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.hasPrefix(".TH ") && text.contains(".SH \"EXAMPLES\""), "\(path)")
    }
    #expect(try assay.shell("Tools/manual || true").output.contains("Tools/manual DIR"))
  }

  @Test("are one for each format")
  func everyFormatHasAPage() throws {
    let folder = Package.folder.appending(path: "Sources/Manual/formats")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
    #expect(try Self.formats().map { $0 + ".md" }.sorted() == names.sorted())
  }
}

extension Optional where Wrapped: RangeReplaceableCollection {
  fileprivate var orEmpty: Wrapped { self ?? Wrapped() }
}

/// The folder in which the examples of the manual run.
enum ManualFolder {
  /// A ledger of all of `Events/`, beside documents of every kind that can be imported.
  static func prepared() throws -> Assay {
    let assay = try Assay()
    try FileManager.default.copyItem(
      atPath: ledger.get().folder + "/test.assay",
      toPath: assay.folder + "/test.assay"
    )
    try link(in: assay)
    try FileManager.default.copyItem(
      atPath: Package.folder.path() + "Tests/EventStoreTests/Fixtures/format-2.assay",
      toPath: assay.folder + "/format-2.assay"
    )
    try assay.write(Quarry.release, to: "release.txt")
    try assay.write(Foundry.release, to: "foundry.txt")
    try assay.write(Quarry.definitions, to: "quarry.jsonl")
    try assay.write(#"{"type":"entity","entity":"x:2","name":"N"}"# + "\n", to: "more.jsonl")
    try assay.write(companyFacts, to: "CIK0000000007.json")
    try XBRLFolder.write("0000000007-10-000001", in: assay)
    try assay.write(SubmissionFile.text, to: "submission.txt")
    try assay.write(XBRLFolder.json(), to: "report.json")
    try DataSetFolder.write("2009q2", in: assay)
    return assay
  }

  /// Leads from the folder to the events and tools of this package.
  static func link(in assay: Assay) throws {
    for name in ["Events", "Tools"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(assay.folder)/\(name)",
        withDestinationPath: Package.folder.path() + name
      )
    }
  }

  private static let ledger = Result { try Assay.withEvents() }

  private static let companyFacts = #"""
    {"cik":7,"entityName":"SEVEN CO","facts":{"us-gaap":{"Assets":{"label":"Assets",\#
    "description":"All.","units":{"USD":[{"end":"2009-12-31","val":7,"accn":"0-1","fy":2009,\#
    "fp":"FY","form":"10-K","filed":"2010-02-01"}]}}}}}
    """#
}
