import Facts
import Foundation
import JSON
import TestSupport
import Testing

/// A kind of object in an event: where the reference and the schema have it, and an object of the kind
/// with a field that nobody knows.
struct ReferencedObject: CustomTestStringConvertible {
  /// The heading in `Events/README.md`, as it begins.
  var heading: String

  /// The name among the schema's definitions.
  var definition: String

  /// An event with such an object in it, `?` for a field.
  var line: String

  var testDescription: String { definition }

  private static let hash = String(repeating: "0", count: 64)
  private static let claim = #"""
    {"type":"k","filing":"f","entity":"e","concept":"x:A","period":"2024-09-30","unit":"u","value":"1"
    """#
  private static let statement = #"{"type":"statement","statement":"s","title":"t","#
  private static let check = #"{"type":"check","check":"c","kind":"foot","title":"t""#
  private static let filing =
    #"{"type":"filing","filing":"f","entity":"e","published":"2024-09-30""#
  private static let amendment = #""event":"\#(hash)","reason":"r""#

  static let all = [
    ReferencedObject(
      heading: "Entity",
      definition: "entity",
      line: #"{"type":"entity","entity":"e","name":"n",?}"#
    ),
    ReferencedObject(
      heading: "Concept",
      definition: "concept",
      line: #"{"type":"concept","concept":"x:A","kind":"k",?}"#
    ),
    ReferencedObject(
      heading: "Statement",
      definition: "statement",
      line: statement + #""layout":"list","lines":[{"label":"l"}],?}"#
    ),
    ReferencedObject(
      heading: "Column of a statement",
      definition: "statementColumn",
      line: statement + #""columns":[{"span":"year",?}],"lines":[{"label":"l"}]}"#
    ),
    ReferencedObject(
      heading: "Line of a statement",
      definition: "statementLine",
      line: statement + #""layout":"list","lines":[{"label":"l",?}]}"#
    ),
    ReferencedObject(heading: "Check", definition: "check", line: check + ",?}"),
    ReferencedObject(
      heading: "Operand of a check",
      definition: "operand",
      line: check + #","total":{"concept":"x:A",?},"items":[{"concept":"x:B"}]}"#
    ),
    ReferencedObject(
      heading: "Profile",
      definition: "profile",
      line: #"{"type":"profile","profile":"p","entity":"e","tables":[{"statement":"s"}],?}"#
    ),
    ReferencedObject(
      heading: "Table of a profile",
      definition: "profileTable",
      line: #"{"type":"profile","profile":"p","entity":"e","tables":[{"statement":"s",?}]}"#
    ),
    ReferencedObject(
      heading: "Layout",
      definition: "presentation",
      line: #"{"type":"presentation","filing":"f","role":"r","layout":"\#(hash)",?}"#
    ),
    ReferencedObject(heading: "Filing", definition: "filing", line: filing + ",?}"),
    ReferencedObject(
      heading: "Report of a filing",
      definition: "report",
      line: filing + #","report":{"namespaces":{"x":"http://x"},?}}"#
    ),
    ReferencedObject(
      heading: "Document of a filing",
      definition: "document",
      line: filing + #","document":{"name":"n",?}}"#
    ),
    ReferencedObject(heading: "Claim", definition: "claim", line: claim + ",?}"),
    ReferencedObject(
      heading: "Source of a claim",
      definition: "source",
      line: claim + #","source":{"text":"1",?}}"#
    ),
    ReferencedObject(
      heading: "Correction",
      definition: "correction",
      line: #"{"type":"correction",\#(amendment),"value":"1",?}"#
    ),
    ReferencedObject(
      heading: "Coverage",
      definition: "coverage",
      line: #"{"type":"coverage","filing":"f","statement":"s","figures":2,"unmapped":1,?}"#
    ),
    ReferencedObject(
      heading: "Footnote",
      definition: "footnote",
      line: #"{"type":"footnote","filing":"f","statement":"s","text":"t",?}"#
    ),
    ReferencedObject(
      heading: "Retirement",
      definition: "retirement",
      line: #"{"type":"retirement","retires":"check","name":"c","reason":"r",?}"#
    ),
    ReferencedObject(
      heading: "Correction of a filing",
      definition: "filingCorrection",
      line: #"{"type":"correction","filing":"f","reason":"r","form":"10-K",?}"#
    ),
    ReferencedObject(
      heading: "Withdrawal",
      definition: "withdrawal",
      line: #"{"type":"withdrawal",\#(amendment),?}"#
    ),
    ReferencedObject(
      heading: "Retraction",
      definition: "retraction",
      line: #"{"type":"retraction","filing":"f","entity":"e","statement":"s","#
        + #""periods":["2024-09-30"],?}"#
    ),
    ReferencedObject(
      heading: "Batch",
      definition: "batch",
      line: #"{"type":"batch","recorded":"2024-09-30T00:00:00Z","count":1,"by":"b",?}"#
    ),
  ]

  /// The fields that the reader accepts, as it lists them when it is given one that it does not know.
  static func acceptedFields(_ line: String) throws -> Set<String> {
    let refused = try refusal(of: line.replacing("?", with: #""%%%%%%%%%%%%%%%%%%%%%%%%":1"#))
    let remedy = try #require(refused?.remedy)
    let list = try #require(remedy.wholeMatch(of: /the fields are: (.*)/), "\(remedy)")
    return Set(list.1.split(separator: ", ").map(String.init))
  }
}

@Suite("The reference of events")
struct ReferenceTests {
  /// The rows of the tables of fields, by the heading above them.
  private static func tables() throws -> [String: [[String]]] {
    let url = Package.events.appending(path: "README.md")
    var tables: [String: [[String]]] = [:]
    var (heading, isTable) = ("", false)
    for line in try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n") {
      if line.hasPrefix("#") {
        heading = String(line.drop { $0 == "#" || $0 == " " })
      } else if line.hasPrefix("| field |") {
        isTable = true
      } else if !line.hasPrefix("|") {
        isTable = false
      } else if isTable, !line.hasPrefix("|---") {
        let cells = line.split(separator: " | ").map { $0.trimmingCharacters(in: ["|", " "]) }
        tables[heading, default: []].append(cells)
      }
    }
    return tables
  }

  private static func schema(_ definition: String) throws -> JSONNode {
    let url = Package.events.appending(path: "definitions.schema.json")
    let root = try JSONParser().parse(Package.bytes(url)).root
    return try #require(root["$defs"]?[definition])
  }

  @Test("has every field that the reader accepts, and no other", arguments: ReferencedObject.all)
  func referenceHasEveryField(object: ReferencedObject) throws {
    let table = try #require(
      Self.tables().first { table in
        [":", " and"].contains { table.key.hasPrefix(object.heading + $0) }
          || table.key == object.heading
      }
    )
    #expect(table.value.allSatisfy { $0.count == 4 && !$0.contains("") }, "\(table.value)")
    let fields = table.value.map { $0[0].replacing("`", with: "") }
    #expect(Set(fields).count == fields.count)
    #expect(try Set(fields) == ReferencedObject.acceptedFields(object.line))
  }

  @Test("and its schema has them", arguments: ReferencedObject.all)
  func schemaHasEveryField(object: ReferencedObject) throws {
    let schema = try Self.schema(object.definition)
    #expect(schema["additionalProperties"]?.bool == false)
    let fields = try #require(schema["properties"]).members.map(\.key)
    #expect(try Set(fields) == ReferencedObject.acceptedFields(object.line))
  }

  @Test("has a section for each table of fields that a test reads")
  func everyTableIsCompared() throws {
    #expect(try Self.tables().count == ReferencedObject.all.count)
  }

  @Test("names the words that the schema lets a field have", arguments: ReferencedObject.all)
  func referenceHasEveryWord(object: ReferencedObject) throws {
    let url = Package.events.appending(path: "README.md")
    let text = try String(contentsOf: url, encoding: .utf8)
    for property in try #require(Self.schema(object.definition)["properties"]).members {
      let words = (property.value["enum"]?.elements).map { $0.compactMap(\.string) } ?? []
      for word in words { #expect(text.contains("`\(word)`") || text.contains("`\"\(word)\"`")) }
      // The reader lists the same words when it is given another.
      guard !words.isEmpty, let field = refusedWord(of: property.key, object) else { continue }
      let list = try #require(field.remedy.wholeMatch(of: /write one of: (.*)/), "\(field)")
      #expect(Set(list.1.split(separator: ", ").map(String.init)) == Set(words))
    }
  }

  private func refusedWord(of field: String, _ object: ReferencedObject) -> InvalidEvent? {
    guard !object.line.contains("\"\(field)\"") else { return nil }
    return try? refusal(of: object.line.replacing("?", with: "\"\(field)\":\"%%%\""))
  }
}
