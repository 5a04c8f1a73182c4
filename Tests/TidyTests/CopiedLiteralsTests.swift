import Testing

@Suite("What is written in two files of the product")
struct CopiedLiteralsTests {
  /// Texts shorter than this are words, and may stand anywhere.
  private static let shortestText = 24

  @Test("is no long text")
  func textsStandOnce() throws {
    var files: [String: Set<String>] = [:]
    for file in try SourceFile.sources.get() {
      for literal in file.literals where literal.text.utf8.count >= Self.shortestText {
        files[literal.text, default: []].insert(file.path)
      }
    }
    Finding.expectNone(
      "copied text",
      Self.findings(files),
      remedy: "name it once, or make one function of what prints it"
    )
  }

  @Test("is no number that means something")
  func numbersStandOnce() throws {
    var files: [String: Set<String>] = [:]
    for file in try SourceFile.sources.get() {
      for line in file.code {
        for word in line.split(whereSeparator: {
          !$0.isLetter && !$0.isNumber && !"_.".contains($0)
        })
        where word.utf8.count >= 4 && word.allSatisfy({ $0.isNumber || $0 == "_" }) {
          let digits = word.filter { $0 != "_" }
          // Powers of ten are units, and powers of two sizes of machines.
          guard let value = UInt64(digits), value.nonzeroBitCount > 1, !Self.isPowerOfTen(value)
          else { continue }
          files[digits, default: []].insert(file.path)
        }
      }
    }
    Finding.expectNone(
      "copied number",
      Self.findings(files),
      remedy: "give it a name, once"
    )
  }

  private static func isPowerOfTen(_ value: UInt64) -> Bool {
    var rest = value
    while rest.isMultiple(of: 10) { rest /= 10 }
    return rest == 1
  }

  private static func findings(_ files: [String: Set<String>]) -> [Finding] {
    files.filter { $0.value.count > 1 }.flatMap { text, paths in
      let what = String(text.replacing("\n", with: "\\n").prefix(60))
      return paths.map { Finding(what: what, path: $0) }
    }
  }
}
