import Facts
import Foundation
import Intake
import TestSupport
import Testing

@Suite("The generic statements in Events")
struct StatementLayoutsTests {
  private static let file = "taxonomy/statements.json"

  private func layouts() throws -> [StatementDefinition] {
    let text = try Package.bytes(Package.events.appending(path: Self.file))
    return try EventFileImporter().drafts(from: text, file: Self.file).compactMap { draft in
      if case .statement(let found) = draft.event { found } else { nil }
    }
  }

  @Test("are statements for every entity, in their canonical form but for the layout of the text")
  func areStatementsForEveryEntity() throws {
    let statements = try layouts()
    #expect(statements.map(\.statement) == ["balance-sheet", "cash-flow", "operations"])
    #expect(statements.allSatisfy { $0.entity == nil && $0.scale == 6 })
    let lines = statements.map {
      String(decoding: Event.statement($0).canonicalLine, as: UTF8.self)
    }
    #expect(try lines == Package.eventLines(of: Self.file))
  }

  @Test("name no concept twice in one line, and hide all lines but the main totals")
  func nameNoConceptTwiceInOneLine() throws {
    for statement in try layouts() {
      for line in statement.lines {
        let concepts = (line.concept.map { [$0] } ?? []) + line.alternatives
        #expect(Set(concepts).count == concepts.count)
        #expect(concepts.allSatisfy { $0.hasPrefix("us-gaap:") || $0.hasPrefix("ifrs-full:") })
        #expect(line.concept != nil || !line.isOptional)
      }
      let required = statement.lines.filter { $0.concept != nil && !$0.isOptional }
      #expect(2...3 ~= required.count)
      #expect(required.allSatisfy { $0.isSubtotal || $0.isTotal || $0.label == "Revenues" })
    }
  }
}
