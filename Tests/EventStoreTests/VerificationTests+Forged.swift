import Facts
import LMDB
import Platform
import Testing

@testable import EventStore

extension VerificationTests {
  @Test("a row of facts that was changed and linked anew: the log says another")
  func findsForgedFacts() throws {
    for sequence in [7, 8, 10] as [UInt64] {
      try expectDamage("facts", sequence) { transaction, tables in
        var row = try #require(try transaction.factRow(at: sequence, tables))
        row.figure.value = Amount(mantissa: 9, fractionDigitCount: 0)
        let key = FactTableKey(row).withKeyBytes { $0.copied() }
        var before: UInt64 = 0
        do {
          var cursor = try transaction.cursor(over: tables.facts)
          while let entry = try cursor.next(), entry.key.copied() != key {
            before = RowLink.hash(entry.key)
          }
        }
        var value = FactTableValue.encode(row)
        value.append(
          littleEndian: RowLink(key: RowLink.hash(key.span), value: value.span).after(before)
        )
        try transaction.set(value.span, for: FactTableKey(row), in: tables.facts)
      }
    }
  }
}
