import Merkle

// Proofs by the definition of RFC 9162: what the verification, which climbs from the leaf in a loop,
// is compared with.

extension FuzzProperty {
  /// Takes two numbers of one or, after 255, eight bytes, a byte that seeds the first hash, and a byte
  /// for each hash of the path.
  func checkProof(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    let (first, second) = (Self.number(&rest), Self.number(&rest))
    guard let seed = rest.popFirst(), rest.count <= 80 else { return }
    let path = rest.map { Self.hash($0) }
    let leaf = Self.hash(seed)
    let inclusion = InclusionProof(index: first, size: second, path: path)
    var left = path[...]
    var root = first < second ? Self.root(of: leaf, at: first, in: second, &left) : nil
    if !left.isEmpty { root = nil }
    try require(inclusion.root(leaf: leaf) == root, "inclusion of \(first) in \(second)")
    if let root {
      try require(inclusion.verifies(leaf: leaf, root: root), "a true inclusion is refused")
      try require(!inclusion.verifies(leaf: leaf, root: Self.other(root)), "any root is accepted")
    }
    guard first > 0 else { return }
    let consistency = ConsistencyProof(earlierSize: first, size: second, path: path)
    left = path[...]
    var roots = first <= second ? Self.roots(of: first, in: second, &left, leaf) : nil
    if !left.isEmpty { roots = nil }
    guard let roots else {
      return try require(
        !consistency.verifies(from: leaf, to: leaf),
        "a path of no tree is accepted"
      )
    }
    try require(consistency.verifies(from: roots.0, to: roots.1), "true growth is refused")
    try require(
      !consistency.verifies(from: Self.other(roots.0), to: roots.1),
      "any past is accepted"
    )
    try require(
      !consistency.verifies(from: roots.0, to: Self.other(roots.1)),
      "any root is accepted"
    )
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>) -> UInt64 {
    guard let first = bytes.popFirst() else { return 0 }
    guard first == 255 else { return UInt64(first) }
    let digits = bytes.prefix(8)
    bytes = bytes.dropFirst(8)
    return digits.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func hash(_ byte: UInt8) -> MerkleHash {
    let bytes = [byte]
    return MerkleHash.leaf(bytes.span)
  }

  private static func other(_ hash: MerkleHash) -> MerkleHash {
    var bytes = hash.bytes
    bytes[31] ^= 1
    return MerkleHash(bytes.span)
  }

  private static func split(_ size: UInt64) -> UInt64 {
    1 << (63 - (size - 1).leadingZeroBitCount)
  }

  private static func root(
    of leaf: MerkleHash,
    at index: UInt64,
    in size: UInt64,
    _ path: inout ArraySlice<MerkleHash>
  ) -> MerkleHash? {
    guard size > 1 else { return leaf }
    guard let beside = path.popLast() else { return nil }
    let k = split(size)
    if index < k {
      return root(of: leaf, at: index, in: k, &path).map { .node($0, beside) }
    }
    return root(of: leaf, at: index - k, in: size - k, &path).map { .node(beside, $0) }
  }

  /// The roots of the earlier tree and of all; `known` is the first, where it is no part of the path.
  private static func roots(
    of earlier: UInt64,
    in size: UInt64,
    _ path: inout ArraySlice<MerkleHash>,
    _ known: MerkleHash?
  ) -> (MerkleHash, MerkleHash)? {
    if earlier == size { return (known ?? path.popLast()).map { ($0, $0) } }
    guard let beside = path.popLast() else { return nil }
    let k = split(size)
    if earlier <= k {
      return roots(of: earlier, in: k, &path, known).map { ($0.0, .node($0.1, beside)) }
    }
    return roots(of: earlier - k, in: size - k, &path, nil).map {
      (.node(beside, $0.0), .node(beside, $0.1))
    }
  }
}
