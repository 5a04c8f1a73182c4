import Facts
import Ledger

extension Site {
  /// Events as they are sent to who listens (HTML Living Standard, server-sent events): the sequence is the
  /// `id`, so that a client goes on exactly where it was cut off.
  ///
  /// - Parameters:
  ///   - start: The first sequence.
  ///   - areNamed: Whether each has its type as its name: a listener for all of them needs events without names.
  ///   - byteCountMax: After so many bytes no more events are added.
  /// - Returns: The bytes, empty if there is nothing new, and the sequence to go on with.
  /// - Throws: `LedgerError` if the ledger cannot be read.
  public func eventStream(
    from start: UInt64,
    areNamed: Bool = true,
    byteCountMax: Int = 1 << 16
  ) throws -> (bytes: [UInt8], next: UInt64) {
    var (bytes, next) = ([UInt8](), start)
    try ledger.read { view in
      try view.forEachEvent(from: start) { sequence, event, _ in
        bytes += Array("id: \(sequence)\n".utf8)
        if areNamed { bytes += Array("event: \(event.type)\n".utf8) }
        bytes += Array("data: ".utf8)
        event.appendCanonicalLine(to: &bytes)
        bytes += Array("\n\n".utf8)
        next = sequence + 1
        return bytes.count < byteCountMax
      }
    }
    return (bytes, next)
  }
}
