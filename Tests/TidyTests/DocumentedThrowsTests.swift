import Testing

@Suite("Every public function that throws")
struct DocumentedThrowsTests {
  @Test("documents what it throws")
  func documentsWhatItThrows() throws {
    let findings = try SourceFile.sources.get().flatMap { file in
      PublicDeclaration.all(in: file)
        .filter { $0.throwsErrors && !$0.documentation.contains("- Throws:") }
        .map { Finding(what: "\(file.room) \($0.name)", path: file.path) }
    }
    Finding.expectNone(
      "throws",
      findings,
      remedy: "name the error and what to do about it after `- Throws:`"
    )
  }

  @Test("is found in its forms")
  func findsTheForms() {
    let forms = [
      ("public func read() throws -> Int {", true),
      ("public init(_ body: () throws -> Void) rethrows {", false),
      ("public func each(_ body: (Int) throws -> Void) throws {", true),
      ("public func first() throws(Failure) -> Int {", true),
      ("public func rest() -> Int { 0 }", false),
      ("public var size: Int", false),
      ("func hidden() throws {", nil),
    ]
    for (text, expected) in forms {
      let found = PublicDeclaration.all(lines: [text], code: [text])
      #expect(found.first?.throwsErrors == expected, "\(text)")
    }
    let property = ["/// Summary.", "public var size: Int {", "  get throws { 1 }", "}"]
    let found = PublicDeclaration.all(lines: property, code: property)
    #expect(found.first?.throwsErrors == true)
    #expect(found.first?.documentation == "/// Summary.")
  }
}

/// A public function, initializer, property or subscript.
private struct PublicDeclaration {
  var name: String
  var documentation: String
  var throwsErrors: Bool

  static func all(in file: SourceFile) -> [PublicDeclaration] {
    all(lines: file.lines, code: file.code)
  }

  static func all(lines: [String], code: [String]) -> [PublicDeclaration] {
    code.indices.compactMap { index in
      let words = code[index].split(separator: " ")
      guard words.contains("public"),
        let keyword = words.first(where: { word in
          ["func", "var", "subscript"].contains { word == $0 || word.hasPrefix($0 + "(") }
            || word.hasPrefix("init(") || word.hasPrefix("init?(") || word.hasPrefix("init<")
        })
      else { return nil }
      // A signature goes on to the brace that opens the body.
      var signature = ""
      for line in code[index...].prefix(30) {
        signature += line + " "
        if line.hasSuffix("{") || line.contains("{ ") || line.hasSuffix("}") { break }
        // A stored property opens no brace.
        if keyword == "var" { break }
      }
      if keyword == "var" || keyword.hasPrefix("subscript"), index + 1 < code.count {
        signature += code[index + 1].contains("get throws") ? " throws" : ""
      }
      let after = code[index].components(after: String(keyword))
      return PublicDeclaration(
        name: keyword == "func" || keyword == "var"
          ? String(after.prefix { $0 != "(" && $0 != ":" && $0 != "<" && $0 != " " })
          : String(keyword.prefix { $0 != "(" && $0 != "<" }),
        documentation: documentation(before: index, in: lines),
        throwsErrors: throwsOutside(signature)
      )
    }
  }

  private static func documentation(before index: Int, in lines: [String]) -> String {
    let above = lines[..<index].reversed().prefix { line in
      let text = line.drop { $0 == " " }
      return text.hasPrefix("///") || text.hasPrefix("@")
    }
    return above.reversed().filter { !$0.drop { $0 == " " }.hasPrefix("@") }
      .joined(separator: "\n")
  }

  /// Whether the word `throws` stands outside of the parameters.
  private static func throwsOutside(_ signature: String) -> Bool {
    var depth = 0
    let outside = signature.filter { character in
      if character == "(" { depth += 1 }
      defer { if character == ")" { depth -= 1 } }
      return depth == 0
    }
    let words = outside.prefix { $0 != "{" }.split(separator: " ")
    return words.contains("throws") || outside.hasSuffix(" throws")
  }
}

extension String {
  /// What follows the first occurrence of a word and a space.
  fileprivate func components(after word: String) -> Substring {
    guard let range = firstRange(of: word + " ") else { return "" }
    return self[range.upperBound...]
  }
}
