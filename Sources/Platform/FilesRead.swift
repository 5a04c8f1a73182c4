import Synchronization

/// The files that this process reads: no output of it may replace one.
public enum FilesRead {
  /// A file that was opened.
  private struct Opened {
    let path: String

    /// Whether a library keeps it open.
    let isHeld: Bool
  }

  private static let files = Mutex<[FileIdentity: Opened]>([:])

  /// Notes a file that this process has opened; what is no file is left out.
  static func note(_ descriptor: FileDescriptor) {
    guard let path = descriptor.path, let status = try? descriptor.status(), status.kind == .file
    else { return }
    guard !holds(status.identity) else { return }
    files.withLock { $0[status.identity] = Opened(path: path, isHeld: false) }
  }

  /// Notes a file that a library keeps open: it is not even opened to see what it is, because closing it
  /// would drop this process's locks on it.
  ///
  /// Does nothing if no such file is there.
  public static func noteHeld(_ path: String) {
    guard let status = try? FileSystem.status(of: path) else { return }
    files.withLock { $0[status.identity] = Opened(path: path, isHeld: true) }
  }

  /// Whether a file was noted.
  static func contains(_ identity: FileIdentity) -> Bool { opened(identity) != nil }

  /// Whether a file was noted that a library keeps open.
  static func holds(_ identity: FileIdentity) -> Bool { opened(identity)?.isHeld == true }

  /// The noted file, if it is still there: once it is deleted, a new file can get its identity.
  private static func opened(_ identity: FileIdentity) -> Opened? {
    guard let file = files.withLock({ $0[identity] }),
      (try? FileSystem.status(of: file.path))?.identity == identity
    else { return nil }
    return file
  }
}
