import Foundation
import TestSupport
import Testing
import XML

/// A node as one line: `a{ns} b=1 "text" (child child)`.
private func told(_ node: XMLNode) -> String {
  let namespace = node.name.namespace.isEmpty ? "" : "{\(node.name.namespace)}"
  let attributes = node.attributes.map { " \($0.name.local)=\($0.value)" }.joined()
  let text = node.trimmedText.isEmpty ? "" : " \"\(node.trimmedText)\""
  let children = node.children.map(told).joined(separator: " ")
  return node.name.local + namespace + attributes + text
    + (children.isEmpty ? "" : " (\(children))")
}

/// The children of the root, told, read in pieces of `size` bytes.
private func read(_ bytes: [UInt8], piecesOf size: Int = .max) throws -> [XMLNode] {
  var nodes: [XMLNode] = []
  let reader = XMLReader { child, _ in nodes.append(child) }
  var start = 0
  while start < bytes.count {
    let end = size > bytes.count - start ? bytes.count : start + size
    try reader.read(bytes[start..<end].span)
    start = end
  }
  try reader.finish()
  return nodes
}

private func read(_ text: String) throws -> [XMLNode] { try read(Array(text.utf8)) }

private func error(_ text: String) throws -> XMLError {
  try #require(throws: XMLError.self) { _ = try read(text) }
}

@Suite("The XML reader")
struct XMLTests {
  private static let sample = """
    <?xml version="1.0"?>
    <!-- before --><r xmlns="u:d" xmlns:p="u:p"><?pi x?>
      <a b="1" p:c='2 &amp; 3'>x<p:i>in</p:i>y &lt; <![CDATA[<z>]]> &#65;</a>
      <p:a xmlns:p="u:q">\u{E9}\u{1F600}</p:a><e/>
    </r><!-- after -->
    """

  @Test("gives each child of the root, whole, in pieces of any size")
  func givesEachChildOfRootWhole() throws {
    let expected = [
      "a{u:d} b=1 c=2 & 3 \"xy < <z> A\" (i{u:p} \"in\")",
      "a{u:q} \"\u{E9}\u{1F600}\"", "e{u:d}",
    ]
    let bytes = Array(Self.sample.utf8)
    for size in [1, 2, 3, 7, 64, bytes.count] {
      #expect(try read(bytes, piecesOf: size).map(told) == expected)
    }
    let attribute = try #require(try read(bytes).first?[XMLName("c", in: "u:p")])
    #expect(attribute == "2 & 3")
  }

  @Test("hands over the root's start tag, with its prefixes")
  func handsOverRootsStartTagWithItsPrefixes() throws {
    var root: XMLNode?
    let reader = XMLReader(root: { root = $0 }, child: { _, _ in })
    try reader.read(Array(Self.sample.utf8).span)
    let namespaces = try #require(root?.namespaces)
    #expect(namespaces.name("p:x") == XMLName("x", in: "u:p"))
    #expect(namespaces.name("x") == XMLName("x", in: "u:d"))
    #expect(namespaces.name("q:x") == nil)
    #expect([":x", "p:", "p:x:y", ""].allSatisfy { namespaces.name($0) == nil })
    #expect(namespaces.prefix(of: "u:p") == "p" && namespaces.prefix(of: "u:d") == nil)
    #expect(namespaces["xml"] != nil && namespaces["p"] == "u:p")
  }

  @Test(
    "tells the line and column of a text's last character",
    arguments: [
      ("<r><a>123</a></r>", 1, 9), ("<r><a> 45 </a></r>", 1, 9), ("<r>\n  <a>-9.5</a></r>", 2, 9),
      ("<r>\n<a\n b=\"1\"\n >7</a></r>", 4, 3), ("<r><a>\n\n  12\n  </a></r>", 3, 4),
      ("<r><b>\u{E9}\u{1F600}</b><a>1</a></r>", 1, 16), ("<r>\r\n<a>5</a></r>", 2, 4),
    ]
  )
  func tellsLineAndColumnOfTextsLastCharacter(text: String, line: Int, column: Int) throws {
    let node = try #require(try read(text).last)
    #expect(node.textEnd == XMLPlace(line: line, column: column))
  }

  @Test(
    "tells the last character before the end of an element without text",
    arguments: [
      ("<r><a></a></r>", 1, 6), ("<r><a> </a></r>", 1, 7), ("<r><a/></r>", 1, 6),
      ("<r><a><c>1</c></a></r>", 1, 14), ("<r>\n<a>\n </a></r>", 3, 1), ("<r><a>\n</a></r>", 2, 1),
    ]
  )
  func tellsLastCharacterBeforeEndOfElementWithoutText(
    text: String,
    line: Int,
    column: Int
  ) throws {
    let node = try #require(try read(text).last)
    #expect(node.textEnd == XMLPlace(line: line, column: column))
  }

  @Test("reads the encodings that a document declares")
  func readsEncodingsThatDocumentDeclares() throws {
    let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><r><a>".utf8) + [0xE9]
    #expect(try read(latin + Array("</a></r>".utf8)).map(told) == ["a \"\u{E9}\""])
    let wide = try #require("<r><a>\u{E9}</a></r>".data(using: .utf16))
    #expect(try read(Array(wide)).map(told) == ["a \"\u{E9}\""])
  }

  @Test("reads texts and documents of any length")
  func readsTextsAndDocumentsOfAnyLength() throws {
    let text = String(repeating: "x", count: 12_000_000)
    let nodes = try read("<r><a b=\"\(text)\">\(text)</a></r>")
    #expect(nodes.first?.text.utf8.count == text.utf8.count)
    #expect(nodes.first?["b"]?.utf8.count == text.utf8.count)
  }

  @Test("refuses a document wherever it is cut off")
  func refusesDocumentWhereverItIsCutOff() throws {
    let whole = Array("<r xmlns:p=\"u\">\n<p:a b=\"1\">te&amp;xt</p:a>\n</r>".utf8)
    for count in 0..<whole.count {
      #expect(throws: XMLError.self) { try read(Array(whole[..<count])) }
    }
    #expect(try read(whole).count == 1)
  }

  @Test(
    "refuses what is not well-formed, with the line",
    arguments: [
      ("<r>\n<a></b></r>", 2), ("<r>\n\n<a b=1/></r>", 3), ("<r>&undefined;</r>", 1),
      ("<r><p:a/></r>", 1), ("<r/><r/>", 1), ("<r>\n\u{1}</r>", 2), ("{}", 1), ("", 1),
      ("<r><a b='1' b='2'/></r>", 1),
    ]
  )
  func refusesWhatIsNotWellFormedWithLine(text: String, line: Int) throws {
    let error = try error(text)
    #expect(error.line == line)
    #expect(!error.message.isEmpty && !error.message.contains("\n"))
    #expect(error.description == "line \(line): \(error.message)")
  }

  @Test("refuses bytes that are not of the document's encoding")
  func notUTF8() {
    #expect(throws: XMLError.self) {
      try read(Array("<r><a>".utf8) + [0xFF] + Array("</a></r>".utf8))
    }
  }

  @Test("refuses every document type, so that no entity grows or names a file")
  func documentTypes() throws {
    let folder = try TemporaryFolder()
    try "secret".write(toFile: folder("secret"), atomically: true, encoding: .utf8)
    for declaration in [
      "<!DOCTYPE r>", "<!DOCTYPE r SYSTEM \"file://\(folder("secret"))\">",
      "<!DOCTYPE r [<!ENTITY x \"lol\"><!ENTITY y \"&x;&x;&x;\">]>",
      "<!DOCTYPE r [<!ENTITY x SYSTEM \"file://\(folder("secret"))\">]>",
      "<!DOCTYPE r [<!ENTITY % x SYSTEM \"file://\(folder("secret"))\"> %x;]>",
      "<!DOCTYPE r PUBLIC \"p\" \"http://localhost:9/x.dtd\">",
    ] {
      var seen = 0
      let reader = XMLReader(root: { _ in seen += 1 }, child: { _, _ in seen += 1 })
      let text = "\n\(declaration)<r><a>&x;</a></r>"
      let error = try #require(throws: XMLError.self) {
        try reader.read(Array(text.utf8).span)
        try reader.finish()
      }
      #expect(error.message.contains("<!DOCTYPE") && error.line == 2 && seen == 0)
    }
  }

  @Test("refuses elements that lie deeper than its limit, however many")
  func refusesElementsThatLieDeeperThanItsLimit() throws {
    func nested(_ count: Int) -> String {
      String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
    }
    #expect(try read(nested(XMLReader.depthLimit)).count == 1)
    for count in [XMLReader.depthLimit + 1, 200_000] {
      let error = try error(nested(count))
      #expect(error.message == "more than 256 elements lie in each other")
    }
  }

  @Test("stops where its user throws, and throws the same")
  func stopsWhereItsUserThrowsAndThrowsSame() throws {
    struct Enough: Error {}
    var count = 0
    let reader = XMLReader { _, _ in
      count += 1
      if count == 2 { throw Enough() }
    }
    #expect(throws: Enough.self) { try reader.read(Array("<r><a/><a/><a/><a/></r>".utf8).span) }
    #expect(throws: Enough.self) { try reader.finish() }
    #expect(count == 2)
  }
}
