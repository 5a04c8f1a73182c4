import Testing

@Suite("Every test")
struct TestNamesTests {
  @Test("has a sentence that says what must hold, and a function name of several words")
  func namesSayWhatMustHold() throws {
    let findings = try SourceFile.all(under: "Tests").flatMap { file in
      Self.tests(in: file).filter { $0.sentenceWordCount < 2 || $0.functionWordCount < 2 }
        .map { Finding(what: "\(file.room) \($0.function)", path: file.path) }
    }
    Finding.expectNone(
      "vague name",
      findings,
      remedy: "say what must hold: in a sentence with the suite's name, and in the function's name"
    )
  }

  @Test("is found with its names")
  func findsTheNames() throws {
    let file = try SourceFile(path: "Tests/TidyTests/TestNamesTests.swift")
    let tests = Self.tests(in: file)
    #expect(tests.map(\.function) == ["namesSayWhatMustHold", "findsTheNames"])
    #expect(tests.map(\.functionWordCount) == [5, 3])
    #expect(tests.map(\.sentenceWordCount) == [15, 5])
  }

  private struct NamedTest {
    var function: String
    /// How many words the function's name has.
    var functionWordCount: Int
    /// How many words the display name has; 0 without one.
    var sentenceWordCount: Int
  }

  private static func tests(in file: SourceFile) -> [NamedTest] {
    file.code.indices.compactMap { start in
      let line = file.code[start].drop { $0 == " " }
      guard line.hasPrefix("@Test"),
        let end = file.code[start...].firstIndex(where: { $0.contains("func ") }),
        let name = file.code[end].firstMatch(of: /func (\w+)/)?.1
      else { return nil }
      let sentence = file.literals.first { (start...end).contains($0.line - 1) }
      return NamedTest(
        function: String(name),
        functionWordCount: 1 + name.count { $0.isUppercase },
        sentenceWordCount: sentence?.text.split(separator: " ").count ?? 0
      )
    }
  }
}
