import Facts
import Ledger

extension Site {
  /// Events as they are sent to who listens (HTML Living Standard, server-sent events): the sequence is the
  /// `id`, so that a client goes on exactly where it was cut off.
  ///
  /// - Parameters:
  ///   - start: The first sequence.
  ///   - byteCountMax: After so many bytes no more events are added.
  /// - Returns: The bytes, empty if there is nothing new, and the sequence to go on with.
  /// - Throws: `LedgerError` if the ledger cannot be read.
  public func eventStream(
    from start: UInt64,
    byteCountMax: Int = 1 << 16
  ) throws -> (bytes: [UInt8], next: UInt64) {
    var (bytes, next) = ([UInt8](), start)
    try ledger.read { view in
      try view.forEachEvent(from: start) { sequence, event, _ in
        bytes += Array("id: \(sequence)\nevent: \(event.type)\ndata: ".utf8)
        event.appendCanonicalLine(to: &bytes)
        bytes += Array("\n\n".utf8)
        next = sequence + 1
        return bytes.count < byteCountMax
      }
    }
    return (bytes, next)
  }
}
