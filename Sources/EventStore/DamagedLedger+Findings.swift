// What several readers of the tables find wrong.

extension DamagedLedger {
  /// An entry of the `facts` table does not decode.
  static var undecodableFact: DamagedLedger {
    DamagedLedger("a row of facts is damaged", table: FactTable.name)
  }

  /// The record of an event does not decode.
  static func undecodableRecord(at sequence: UInt64) -> DamagedLedger {
    log("its record does not decode", at: sequence)
  }

  /// The record of an event is of another form than events of its type have.
  static func foreignRecord(at sequence: UInt64) -> DamagedLedger {
    log("its record is not of its type's form", at: sequence)
  }

  /// The log has no record of an event before the head.
  static func missingEvent(at sequence: UInt64) -> DamagedLedger {
    log("the event is missing", at: sequence)
  }

  /// A claim uses a symbol before the one that comes next.
  static func earlySymbol(_ symbol: UInt32, at sequence: UInt64) -> DamagedLedger {
    log("its symbol \(symbol) is not the next of the dictionary", at: sequence)
  }

  /// The entry of a filing does not decode, or names an event that records no filing.
  static func filingEntry(_ name: String, at sequence: UInt64? = nil) -> DamagedLedger {
    DamagedLedger(
      "the entry of filing \(name) is damaged",
      sequence: sequence,
      table: FilingTable.name
    )
  }

  /// A tile of hashes of events differs from the log.
  static func leafTile(_ index: some BinaryInteger) -> DamagedLedger {
    DamagedLedger("tile \(index) of level 0 is not that of the tree", table: TileTable.name)
  }

  /// The canonical line of an event has another hash than the Merkle tree has for it.
  public static func foreignLeaf(at sequence: UInt64) -> DamagedLedger {
    DamagedLedger("the event is not the one in the Merkle tree", sequence: sequence)
  }

  /// A row of the log contradicts another, or its own form.
  static func log(_ message: String, at sequence: UInt64) -> DamagedLedger {
    DamagedLedger(message, sequence: sequence, table: LogTable.name)
  }
}
