import Facts
import JSON
import LMDB
import Platform

// What the ledger's tables say, for reads and, while they append, for writes.

extension Transaction where Self: ~Copyable & ~Escapable {
  /// How many events the log holds.
  ///
  /// A last key that was damaged is found so, before memory is taken for all events.
  ///
  /// - Throws: ``DamagedLedger`` if its last sequence does not tell the same as the number of its rows.
  borrowing func head(_ tables: Tables) throws -> UInt64 {
    let count = try UInt64(entryCount(of: tables.log))
    guard let last = try lastEntry(in: tables.log) else {
      guard count == 0 else { throw Self.unnumberedLog }
      return 0
    }
    guard let sequence = UInt64(keyBytes: last.key), sequence < .max, sequence + 1 == count else {
      throw Self.unnumberedLog
    }
    return count
  }

  private static var unnumberedLog: DamagedLedger {
    DamagedLedger("its keys are not the sequences from 0 on", table: LogTable.name)
  }

  /// How many texts the dictionary has: each takes two rows.
  borrowing func symbolCount(_ tables: Tables) throws -> Int {
    try entryCount(of: tables.symbols) / 2
  }

  borrowing func symbol(_ text: String, _ tables: Tables) throws -> SymbolID? {
    let key = TextKey.symbol(text)
    guard let id = try linkedValue(for: key, in: tables.symbols, tables) else { return nil }
    guard id.count == 4 else { throw DamagedLedger("the id of \"\(text)\" is damaged") }
    return SymbolID(rawValue: id.littleEndian(at: 0))
  }

  borrowing func text(_ symbol: SymbolID, _ tables: Tables) throws -> String {
    let key = TextKey.symbol(symbol)
    guard let text = try value(for: key, in: tables.symbols) else {
      throw DamagedLedger(symbol.missingMessage)
    }
    guard tables.isLinked else { return String(decoding: text.copied(), as: UTF8.self) }
    // The key before is known without reading it.
    let before =
      symbol.rawValue == 0
      ? 0 : RowLink.hash(TextKey.symbol(SymbolID(rawValue: symbol.rawValue - 1)).bytes.span)
    _ = try RowLink(of: Entry(key: key.bytes.span, value: text), after: before, SymbolTable.name)
    let count = text.count - RowLink.byteCount
    return String(decoding: text.extracting(0..<count).copied(), as: UTF8.self)
  }

  borrowing func filingRecord(_ name: String, _ tables: Tables) throws -> FilingRecord? {
    let key = TextKey.filing(name)
    guard let bytes = try linkedValue(for: key, in: tables.filings, tables) else { return nil }
    guard let record = FilingRecord(bytes) else { throw DamagedLedger.filingEntry(name) }
    return record
  }

  /// The newest event before `head` that records the filing; `nil` if there is none.
  ///
  /// - Complexity: O(log *n*), for each time that it was withdrawn and recorded anew.
  borrowing func filingSequence(
    _ name: String,
    before head: UInt64,
    _ tables: Tables
  ) throws -> UInt64? {
    guard var sequence = try filingRecord(name, tables)?.sequence else { return nil }
    while sequence >= head {
      let key = DefinitionKey.key(DefinitionName(filing: name), at: sequence)
      guard let previous = try linkedValue(for: key, in: tables.definitions, tables),
        previous.count == 9
      else { return nil }
      sequence = previous.littleEndian(at: 1)
    }
    return sequence
  }

  /// The event at `sequence`; `nil` beyond the head.
  borrowing func event(
    at sequence: UInt64,
    _ tables: Tables,
    text: (SymbolID) throws -> String
  ) throws -> Event? {
    guard let record = try value(for: sequence, in: tables.log) else { return nil }
    return try Event(record: record, sequence: sequence, text: text)
  }

  /// The row of the claim or amendment at `sequence`; `nil` if the event there is neither.
  borrowing func factRow(at sequence: UInt64, _ tables: Tables) throws -> FactRow? {
    guard let record = try value(for: sequence, in: tables.log), !record.isEmpty else {
      return nil
    }
    switch record[0] {
    case Record.claim:
      guard let row = ClaimRecord.row(record, sequence: sequence) else {
        throw DamagedLedger("the claim is damaged", sequence: sequence)
      }
      return row
    case Record.amendment where record.count > 9:
      guard
        case .amendment(let amendment) = try Event(
          record: record,
          sequence: sequence,
          text: { _ in "" }
        )
      else { throw DamagedLedger("the amendment is damaged", sequence: sequence) }
      let target: UInt64 = record.littleEndian(at: 1)
      guard target < sequence else {
        throw DamagedLedger("the amendment names a later event", sequence: sequence)
      }
      // An amendment of a filing or a batch has no row.
      guard let named = try factRow(at: target, _: tables) else { return nil }
      return amendment.row(amending: named, target: target, sequence: sequence)
    default:
      return nil
    }
  }
}

extension Event {
  /// Decodes a row of the log.
  ///
  /// - Throws: ``DamagedLedger`` if it is none.
  init(record: Span<UInt8>, sequence: UInt64, text: (SymbolID) throws -> String) throws {
    if let line = Record.canonicalLine(record) {
      do {
        self = try Event(JSONParser().parse(line).root)
      } catch {
        throw DamagedLedger(
          "the event does not read: \(error)",
          sequence: sequence,
          table: LogTable.name
        )
      }
    } else if let record = ClaimRecord(record, sequence: sequence) {
      let fact = record.row.fact
      self = .claim(
        Claim(
          kind: try text(record.kind),
          filing: try text(record.row.filing),
          fact: Fact(
            entity: try text(fact.entity),
            concept: try text(fact.concept),
            dimensions: Dimensions(canonicalText: try text(fact.dimensions)),
            unit: try text(fact.unit),
            period: fact.period
          ),
          figure: record.row.figure,
          source: record.source
        )
      )
    } else {
      throw DamagedLedger.undecodableRecord(at: sequence)
    }
  }
}

extension Amendment {
  /// The row that takes the place of `named`.
  func row(amending named: FactRow, target: UInt64, sequence: UInt64) -> FactRow {
    var row = named
    row.sequence = sequence
    row.figure = figure ?? named.figure
    row.change = isWithdrawal ? .withdrawal(of: target) : .correction(of: target)
    return row
  }
}
