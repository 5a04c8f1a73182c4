import Glibc

/// Which file something is, whatever path leads to it.
public struct FileIdentity: Hashable, Sendable {
  private let device: UInt
  private let inode: UInt

  fileprivate init(_ info: stat) {
    (device, inode) = (UInt(info.st_dev), UInt(info.st_ino))
  }

  /// A number below 2^61, made of both: two files have the same one by chance only.
  public var mixed: UInt64 {
    // SplitMix64: every bit of what goes in changes half of those that come out.
    var word = UInt64(inode) &+ UInt64(device) &* 0x9E37_79B9_7F4A_7C15
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return (word ^ (word >> 31)) >> 3
  }
}

/// What is at a path.
public struct FileStatus: Hashable, Sendable {
  /// Which kind of thing.
  public let kind: Kind

  /// Which one.
  public let identity: FileIdentity

  /// Whether it is a device: it may give bytes without an end.
  public let isDevice: Bool

  /// How many names it has in its file system.
  public let linkCount: Int

  /// Who may read and write it, as `chmod` takes them.
  public let permissions: UInt32

  /// Whose it is: the numbers of the user and of the group.
  let owner: (user: UInt32, group: UInt32)

  /// The kinds of things that a path can lead to.
  public enum Kind: Hashable, Sendable {
    case file, folder, link

    /// A device, a pipe or a socket.
    case other
  }

  init(_ info: stat) {
    identity = FileIdentity(info)
    isDevice = [S_IFCHR, S_IFBLK].contains(info.st_mode & S_IFMT)
    linkCount = Int(info.st_nlink)
    permissions = info.st_mode & 0o7777
    owner = (info.st_uid, info.st_gid)
    kind =
      switch info.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
  }

  /// Whether both are of one thing, of the same permissions and with the same number of names.
  public static func == (left: FileStatus, right: FileStatus) -> Bool {
    left.identity == right.identity && left.kind == right.kind
      && left.permissions == right.permissions && left.linkCount == right.linkCount
  }

  /// Hashes which thing it is.
  public func hash(into hasher: inout Hasher) { hasher.combine(identity) }
}
