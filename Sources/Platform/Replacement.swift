/// Which file of its name a new file may replace.
public enum Replacement: Sendable {
  /// None: what has the name keeps it. The error says to name another file, or this.
  case nothing(orElse: String? = nil)

  /// One that this process has not read, and whose loss would do no harm: no data file of LMDB, no lock
  /// file, no private key and no checkpoint.
  case ordinary

  /// As ``ordinary``, and a checkpoint or a file that this process has read: for who knows that the new
  /// one holds all that the old one did.
  case outgrown
}

extension Replacement {
  /// Checks that a file of `path`, without symbolic links, may be replaced.
  ///
  /// - Throws: ``FileFailure`` if not, or if it cannot be found out.
  func check(_ path: String) throws {
    let status: FileStatus
    do throws(SystemError) {
      status = try FileSystem.status(of: path, followsLinks: false)
    } catch {
      guard error.code != ErrorNumber.noSuchFile else { return }
      throw FileFailure(error, remedy: Self.nameRemedy)
    }
    if case .nothing(let other) = self {
      throw Self.refusal(path, "something is there", orElse: other)
    }
    guard status.kind == .file else { return }
    let mayBeRead = if case .outgrown = self { true } else { false }
    if FilesRead.holds(status.identity) || !mayBeRead && FilesRead.contains(status.identity) {
      throw Self.refusal(path, "it is read by this command")
    }
    if let treasure = try Treasure(of: path) {
      if case .outgrown = self, treasure == .checkpoint { return }
      throw Self.refusal(path, "it is \(treasure.rawValue)")
    }
  }

  static let nameRemedy = "name a file that can be written"

  private static func refusal(
    _ path: String,
    _ reason: String,
    orElse other: String? = nil
  ) -> FileFailure {
    FileFailure(
      path: path,
      message: "\(reason), and is not overwritten",
      remedy: "name another file" + (other.map { ", or \($0)" } ?? "")
    )
  }
}

/// A file that cannot be made again, told by how it begins.
private enum Treasure: String {
  case dataFile = "a ledger, or another data file of LMDB"
  case lockFile = "the lock file of a ledger"
  case privateKey = "a private key"
  case checkpoint = "a checkpoint that somebody keeps"

  /// What LMDB calls its magic number, as it lies in memory.
  private static let magic: [UInt8] = [0xDE, 0xC0, 0xEF, 0xBE]

  private static let startByteCount = 4096

  /// Which one a file is; `nil` for none of them.
  init?(of path: String) throws {
    let bytes: [UInt8]
    do throws(SystemError) {
      let file = try OpenFile(inspecting: path)
      bytes = try file.descriptor.bytes(at: 0, count: Self.startByteCount)
      try file.close()
    } catch {
      // Who may not read a file cannot know what would be lost.
      throw FileFailure(error, remedy: "name another file")
    }
    // The page header of LMDB's first page has 16 bytes.
    if bytes.dropFirst(16).starts(with: Self.magic) {
      self = .dataFile
    } else if bytes.starts(with: Self.magic) {
      self = .lockFile
    } else if bytes.starts(with: "PRIVATE+KEY+".utf8) {
      self = .privateKey
    } else if Self.isCheckpoint(bytes) {
      self = .checkpoint
    } else {
      return nil
    }
  }

  /// Whether a text begins as C2SP tlog-checkpoint says: a name, a number, 32 bytes in base 64.
  private static func isCheckpoint(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
    guard lines.count == 4, !lines[0].isEmpty, 1...20 ~= lines[1].count else { return false }
    return lines[1].allSatisfy { (0x30...0x39).contains($0) }
      && lines[2].count == 44 && lines[2].last == UInt8(ascii: "=")
  }
}
