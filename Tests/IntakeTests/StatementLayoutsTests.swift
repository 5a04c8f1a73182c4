import Facts
import Foundation
import Intake
import TestSupport
import Testing

@Suite("The generic statements in Events")
struct StatementLayoutsTests {
  private func layouts() throws -> (text: [UInt8], statements: [StatementDefinition]) {
    let text = try Package.bytes(Package.events.appending(path: "taxonomy/statements.jsonl"))
    let drafts = try EventLineReader.drafts(from: text, file: "statements.jsonl")
    return (
      text, drafts.compactMap { if case .statement(let found) = $0.event { found } else { nil } }
    )
  }

  @Test("are canonical lines of statements for every entity")
  func canonical() throws {
    let (text, statements) = try layouts()
    #expect(statements.map(\.statement) == ["balance-sheet", "cash-flow", "operations"])
    #expect(statements.allSatisfy { $0.entity == nil && $0.scale == 6 })
    let lines = statements.flatMap { Event.statement($0).canonicalLine + [UInt8(ascii: "\n")] }
    #expect(lines == text)
  }

  @Test("name no concept twice in one line, and hide all lines but the main totals")
  func lines() throws {
    for statement in try layouts().statements {
      for line in statement.lines {
        let concepts = (line.concept.map { [$0] } ?? []) + line.alternatives
        #expect(Set(concepts).count == concepts.count)
        #expect(concepts.allSatisfy { $0.hasPrefix("us-gaap:") })
        #expect(line.concept != nil || !line.isOptional)
      }
      let required = statement.lines.filter { $0.concept != nil && !$0.isOptional }
      #expect(2...3 ~= required.count)
      #expect(required.allSatisfy { $0.isSubtotal || $0.isTotal || $0.label == "Revenues" })
    }
  }
}
