import Testing

@Suite("Below the command line")
struct OptionWordsTests {
  @Test("no text speaks of options or commands")
  func textsNameNoOptions() throws {
    let findings = try SourceFile.sources.get().flatMap { file -> [Finding] in
      guard !["AssayCLI", "AssayReplicate", "AssayServe", "Manual"].contains(file.room) else {
        return []
      }
      return file.literals.flatMap { literal in
        literal.text.matches(of: /(--[a-z][a-z-]*|\bassay [a-z]+)/)
          .map { Finding(what: "\(file.room) \($0.output.1)", path: file.path) }
      }
    }
    Finding.expectNone(
      "option words",
      findings,
      remedy: "give a remedy in the library's own terms; the command line translates it"
    )
  }
}
