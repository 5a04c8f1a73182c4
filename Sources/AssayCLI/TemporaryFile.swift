import Facts
import Platform

/// What documents of any length are gathered in, beyond what memory holds of them.
private final class DocumentStorage: SpoolStorage {
  private let file: TemporaryFile

  init() throws { file = try TemporaryFile() }

  func append(_ bytes: [UInt8]) throws { try file.append(bytes) }

  func bytes(at range: Range<Int>) throws -> [UInt8] { try file.bytes(at: range) }
}

extension SpoolRoom {
  /// Room for documents of any length.
  static var any: SpoolRoom {
    SpoolRoom(byteCountMax: DraftSpool.byteCountMax) { try DocumentStorage() }
  }
}

extension DraftSpool {
  /// A spool for documents of any length.
  static func make() -> DraftSpool {
    DraftSpool(room: .any)
  }
}
