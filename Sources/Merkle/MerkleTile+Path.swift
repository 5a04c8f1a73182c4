extension MerkleTile.Place {
  /// Where a web server keeps the tile, below the log's prefix: `tile/0/x001/234` (C2SP tlog-tiles).
  ///
  /// - Parameter width: How many hashes the tile has, 1 to 256; a partial tile has a name of its
  ///   own for each width.
  public func path(width: Int) -> String { Self.path("\(level)", index, width) }

  /// Where a web server keeps the entries under a tile of level 0: `tile/entries/x001/234`.
  public func entriesPath(width: Int) -> String { Self.path("entries", index, width) }

  private static func path(_ level: String, _ index: UInt64, _ width: Int) -> String {
    // Digits in threes; all but the last group begin with an x, so that no name is both a file's
    // and a folder's.
    let digits = String(index)
    let padded = String(repeating: "0", count: (3 - digits.count % 3) % 3) + digits
    var groups: [String] = []
    var rest = padded[...]
    while !rest.isEmpty {
      groups.append((rest.count > 3 ? "x" : "") + rest.prefix(3))
      rest = rest.dropFirst(3)
    }
    let suffix = width == MerkleTile.capacity ? "" : ".p/\(width)"
    return "tile/\(level)/\(groups.joined(separator: "/"))\(suffix)"
  }
}
