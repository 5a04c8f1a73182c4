public import Ledger
public import Merkle

/// The log of a ledger as a static tree of files (C2SP tlog-tiles): as `assay serve` serves it, or any web
/// server the folder of `assay export --tiles`.
public struct TileLog: LogSource {
  /// The bytes of the file at a path below the log's prefix, not more than so many; `nil` if there is no such
  /// file.
  public typealias Fetch = @Sendable (_ path: String, _ byteCountMax: Int) async throws -> [UInt8]?

  private let fetch: Fetch

  /// It has one keeper.
  public var isReplicated: Bool { false }

  /// A log whose files `fetch` gets.
  public init(fetch: @escaping Fetch) { self.fetch = fetch }

  /// Notes with 64 signatures are smaller.
  private static let checkpointByteCountMax = 1 << 20

  /// A bundle of 256 lines, each with its length in two bytes.
  private static let bundleByteCountMax = 256 * (2 + 0xFFFF)

  /// The checkpoint that is served.
  ///
  /// - Throws: ``ReplicationError`` of the code `malformed` if it is none; what `fetch` throws.
  public func checkpoint() async throws -> KeptCheckpoint {
    guard let bytes = try await fetch("checkpoint", Self.checkpointByteCountMax),
      let text = String(validating: bytes, as: UTF8.self)
    else {
      throw ReplicationError(
        .malformed,
        "there is no checkpoint",
        remedy: "name the address at which a ledger is served, or its tree of tiles"
      )
    }
    do {
      return try KeptCheckpoint(text: text)
    } catch let error as LedgerError {
      throw Self.malformed("the checkpoint: \(error.message)")
    }
  }

  /// Calls `body` with each line of the bundles that hold the events.
  ///
  /// - Throws: ``ReplicationError`` of the code `malformed` if one is missing or cut off; what `fetch` and `body`
  ///   throw.
  /// - Complexity: O(*k*), for *k* events.
  public func lines(
    from start: UInt64,
    to end: UInt64,
    size: UInt64,
    _ body: (ArraySlice<UInt8>) throws -> Void
  ) async throws {
    guard start < end else { return }
    for index in start / 256...(end - 1) / 256 {
      let place = MerkleTile.Place(level: 0, index: index)
      let bundle = try await file(
        Self.width(of: index, size: size),
        Self.bundleByteCountMax,
        place.entriesPath
      )
      var rest = bundle[...]
      var sequence = 256 * index
      while sequence < min(end, 256 * (index + 1)) {
        guard rest.count >= 2 else {
          throw Self.malformed("\(place.entriesPath(width: 256)) is cut off")
        }
        let count = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
        rest = rest.dropFirst(2)
        guard rest.count >= count else {
          throw Self.malformed("\(place.entriesPath(width: 256)) is cut off")
        }
        if sequence >= start { try body(rest.prefix(count)) }
        rest = rest.dropFirst(count)
        sequence += 1
      }
    }
  }

  /// The hashes of a tile of level 0.
  ///
  /// - Throws: ``ReplicationError`` of the code `malformed` if it is missing or cut off; what `fetch` throws.
  /// - Complexity: O(1).
  public func leaves(ofTile index: UInt64, size: UInt64) async throws -> [MerkleHash] {
    let place = MerkleTile.Place(level: 0, index: index)
    let width = Self.width(of: index, size: size)
    let bytes = try await file(width, 256 * MerkleHash.byteCount, place.path)
    guard bytes.count >= width * MerkleHash.byteCount else {
      throw Self.malformed("\(place.path(width: width)) is cut off")
    }
    return (0..<width).map { number in
      let first = number * MerkleHash.byteCount
      return MerkleHash(Array(bytes[first..<(first + MerkleHash.byteCount)]).span)
    }
  }

  private static func width(of index: UInt64, size: UInt64) -> Int {
    Int(min(256, size - 256 * index))
  }

  /// The partial file of this width; else the whole one, which takes its place once it is full.
  private func file(
    _ width: Int,
    _ byteCountMax: Int,
    _ path: (_ width: Int) -> String
  ) async throws -> [UInt8] {
    for candidate in Set([width, 256]).sorted() {
      if let bytes = try await fetch(path(candidate), byteCountMax) { return bytes }
    }
    throw Self.malformed("there is no \(path(width)), which the checkpoint is of")
  }

  private static func malformed(_ message: String) -> ReplicationError {
    ReplicationError(.malformed, message, remedy: ReplicationError.askRemedy)
  }
}
