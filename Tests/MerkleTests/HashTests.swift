import Merkle
import Testing

@Suite("Hashes")
struct HashTests {
  @Test("SHA-256 of the examples of FIPS 180-4")
  func sha256MatchesExamplesOfFIPS180() {
    var checksum = Checksum()
    #expect(
      checksum.finalize().hexadecimal
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    checksum.update("ab")
    checksum.update(Array("c".utf8).span)
    #expect(
      checksum.finalize().hexadecimal
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    checksum = Checksum()
    checksum.update("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
    #expect(
      checksum.finalize().hexadecimal
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    )
  }

  @Test("a checksum goes on after it was read, and copies go apart")
  func checksumCopies() {
    var first = Checksum()
    first.update("a")
    var second = first
    _ = first.finalize()
    first.update("bc")
    second.update("bc")
    second.update("d")
    var abc = Checksum()
    abc.update("abc")
    #expect(first.finalize() == abc.finalize())
    #expect(second.finalize() != abc.finalize())
  }

  @Test("leaves and nodes are hashed with their prefixes")
  func leavesAndNodesAreHashedWithTheirPrefixes() {
    // printf '\0' | sha256sum
    #expect(
      leaf([]).hexadecimal
        == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    // printf '\0L123456' | sha256sum
    #expect(
      leaf(Array("L123456".utf8)).hexadecimal
        == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    )
    let left = leaf([0x00])
    let right = leaf([])
    var checksum = Checksum()
    let bytes = [1] + left.bytes + right.bytes
    checksum.update(bytes.span)
    #expect(MerkleHash.node(left, right) == checksum.finalize())
    #expect(MerkleHash.node(left, right) != .node(right, left))
    #expect(MerkleHash.empty == Checksum().finalize())
  }

  @Test("hexadecimal digits of either case are read, nothing else")
  func hexadecimalDigitsOfEitherCaseAreRead() {
    let hex = "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    #expect(MerkleHash(hexadecimal: hex)?.hexadecimal == hex)
    #expect(MerkleHash(hexadecimal: hex.uppercased())?.description == hex)
    #expect(MerkleHash(hexadecimal: hex)?.bytes.prefix(3) == [0x39, 0x5A, 0xA0])
    for wrong in [
      "", String(hex.dropLast()), hex + "0", hex.dropLast() + "g", hex.dropLast() + "é",
    ] {
      #expect(MerkleHash(hexadecimal: wrong) == nil)
    }
  }

  @Test("bytes are read back")
  func bytesAreReadBack() {
    let bytes = (0..<32).map { UInt8($0 * 7) }
    let hash = MerkleHash(bytes.span)
    #expect(hash.bytes == bytes)
    #expect(hash.withBytes { $0.count } == 32)
    let again = MerkleHash(bytes.span)
    #expect(Set([hash, again, .empty]).count == 2)
  }

  @Test("a hash of another length than 32 bytes is a bug")
  func hashOfAnotherLengthThan32BytesIsBug() async {
    await #expect(processExitsWith: .failure) { _ = MerkleHash([1, 2, 3].span) }
  }
}

@Suite("Tiles as bytes")
struct TileTests {
  @Test("a tile is its hashes one after another", arguments: [1, 2, 255, 256])
  func tileIsItsHashesOneAfterAnother(count: Int) throws {
    let leaves = makeLeaves(count)
    let place = MerkleTile.Place(level: 0, index: 3)
    let bytes = leaves.flatMap(\.bytes)
    let read = MerkleTile(place: place, bytes: bytes.span)
    let tile = try #require(read)
    #expect(tile.hashes == leaves && tile.place == place && tile.isFull == (count == 256))
    #expect(tile.withBytes { span in span.indices.map { span[$0] } } == bytes)
  }

  @Test("other counts of bytes are no tile", arguments: [0, 1, 31, 33, 257 * 32])
  func wrongByteCounts(count: Int) {
    let bytes = [UInt8](repeating: 0, count: count)
    let tile = MerkleTile(place: MerkleTile.Place(level: 0, index: 0), bytes: bytes.span)
    let hashes = [MerkleHash](tile: bytes.span)
    #expect(tile == nil && hashes == nil)
  }
}
