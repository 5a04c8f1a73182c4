import Facts
import Ledger
import Platform

/// Event lines for review.
enum EventLines {
  /// Writes drafts as canonical lines to a file; to standard output for `-`.
  static func write(_ drafts: SpooledDrafts, to path: String) throws {
    let output = try Output(path: path)
    var bytes: [UInt8] = []
    var reader = drafts.makeReader()
    while let draft = try reader.next() {
      draft.event.appendCanonicalLine(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
      if bytes.count >= 1 << 20 {
        try output.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try output.write(bytes)
    try output.finish()
    Console.note("wrote \(drafts.count) events to \(path)")
  }
}
