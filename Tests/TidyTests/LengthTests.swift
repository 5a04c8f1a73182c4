import Testing

@Suite("Files and functions")
struct LengthTests {
  /// The most lines that a file may have.
  private static let fileLineCount = 400
  /// The most lines that a function may have.
  private static let functionLineCount = 70

  private static let files = Result {
    try SourceFile.sources.get() + SourceFile.all(under: "Tests") + SourceFile.all(under: "Tools")
  }

  @Test("have no more lines than can be read at once")
  func filesAreShort() throws {
    let findings = try Self.files.get().filter { $0.lines.count - 1 > Self.fileLineCount }
      .map { Finding(what: $0.path, path: $0.path) }
    Finding.expectNone("long file", findings, remedy: "one type a file, at most 400 lines")
  }

  @Test("do one thing")
  func functionsAreShort() throws {
    let findings = try Self.files.get().flatMap { file in
      Self.functions(in: file).filter { $0.lineCount > Self.functionLineCount }
        .map { Finding(what: "\(file.room) \($0.name)", path: file.path) }
    }
    Finding.expectNone("long function", findings, remedy: "at most 70 lines")
  }

  /// The functions of a formatted file: each ends at the brace under its first letter.
  private static func functions(in file: SourceFile) -> [(name: String, lineCount: Int)] {
    file.code.indices.compactMap { start in
      let line = file.code[start]
      let indentation = line.prefix { $0 == " " }
      let words = line.split(separator: " ")
      let isInitializer = words.contains { $0.hasPrefix("init(") || $0.hasPrefix("init?(") }
      // A requirement of a protocol has no body: an empty line or comment comes before any brace.
      guard words.contains("func") || isInitializer, !line.hasSuffix("}"),
        let opening = file.code[start...].firstIndex(where: { $0.hasSuffix("{") || $0.isBlank }),
        file.code[opening].hasSuffix("{"),
        let end = file.code[start...].firstIndex(where: { $0 == indentation + "}" })
      else { return nil }
      let name = words.firstIndex(of: "func").map { words[$0 + 1].prefix { $0 != "(" } } ?? "init"
      return (String(name), end - start + 1)
    }
  }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy { $0 == " " || $0 == "}" } }
}
