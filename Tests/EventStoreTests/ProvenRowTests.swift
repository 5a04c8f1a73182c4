import EventStore
import Facts
import LMDB
import Merkle
import Platform
import TestSupport
import Testing

/// A row is that of its record, the record's line that of its leaf, and the leaf leads to the root.
@Suite("A row that is proven") struct ProvenRowTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The number of the claim that is proven, and that of the one beside it.
  private static let (sequence, other) = (UInt64(6), UInt64(7))

  /// A ledger of two claims, one of which says where it is printed.
  private func makeStore() throws {
    try folder.store().append(definitions + cash("1200", line: 7) + cash("1300", filing: "f2"))
  }

  private static func key(of sequence: UInt64) -> ByteKey {
    ByteKey((0..<8).map { UInt8(truncatingIfNeeded: sequence >> (56 - 8 * $0)) })
  }

  /// Proves the row of the claim as the index has it.
  ///
  /// - Parameter isTogether: Whether all rows are proven side by side before.
  private func prove(_ sequence: UInt64 = Self.sequence, _ isTogether: Bool) throws {
    try folder.store("test.assay", .readOnly).read { snapshot in
      var rows: [FactRow] = []
      _ = try snapshot.appendRows(
        from: .init(before: .first),
        through: .last,
        limit: .max,
        to: &rows
      )
      let row = try #require(rows.first { $0.sequence == sequence })
      if isTogether { try snapshot.proveTogether(rows) }
      try snapshot.prove(row)
    }
  }

  @Test(
    "has a record without another bit: also where the row does not have it",
    arguments: [false, true]
  )
  func everyBitOfTheRecord(isTogether: Bool) throws {
    func prove() throws { try self.prove(Self.sequence, isTogether) }
    try makeStore()
    try prove()
    var byteCount = 0
    try folder.change(Self.key(of: Self.sequence), in: StoredTables.Log.self) {
      byteCount = $0.count
    }
    try #require(byteCount > 60)
    for byte in 0..<byteCount {
      let bit = UInt8(1 << (byte % 8))
      try folder.change(Self.key(of: Self.sequence), in: StoredTables.Log.self) { $0[byte] ^= bit }
      #expect(throws: DamagedLedger.self, "byte \(byte)") { try prove() }
      try folder.change(Self.key(of: Self.sequence), in: StoredTables.Log.self) { $0[byte] ^= bit }
    }
    try prove()
  }

  @Test(
    "has a leaf that leads to the root: a leaf that was changed with its record is noticed",
    arguments: [false, true]
  )
  func recordAndLeafChangedAlike(isTogether: Bool) throws {
    func prove(_ sequence: UInt64 = Self.sequence) throws { try self.prove(sequence, isTogether) }
    try makeStore()
    let line = try folder.store("test.assay", .readOnly).lines[Int(Self.sequence)]
    // The claim is printed a line lower: its row stays, its leaf does not.
    let text = String(decoding: line, as: UTF8.self)
    let changed = text.replacing(#""line":7"#, with: #""line":8"#)
    try #require(changed != text)
    try folder.change(Self.key(of: Self.sequence), in: StoredTables.Log.self) { $0[52] = 8 }
    #expect(throws: DamagedLedger.foreignLeaf(at: Self.sequence)) { try prove() }
    let leaf = MerkleHash.leaf(Array(changed.utf8).span).bytes
    try folder.change(ByteKey([7, 0, 0, 0, 0, 0, 0, 0, 0]), in: StoredTables.Tiles.self) { bytes in
      bytes.replaceSubrange(Int(Self.sequence) * 32..<Int(Self.sequence + 1) * 32, with: leaf)
    }
    let error = #expect(throws: DamagedLedger.self) { try prove() }
    #expect(error?.table == "tiles")
    // The claim beside it rests on the same tile.
    #expect(throws: DamagedLedger.self) { try prove(Self.other) }
  }
}
