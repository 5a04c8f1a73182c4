/// Writes a file that appears under its name only when it is whole and on the disk.
///
/// The only writer of files that outlast the process, besides LMDB. A symbolic link stays, and what it
/// leads to is written; its permissions stay. What is no file, a device or a pipe, is written to as it
/// is: it must not become a file. Without ``finish()`` nothing has changed, not even if a signal ends
/// the process: see ``FatalSignals``.
public final class FileWriter {
  /// The file that is written, and that errors name.
  public let path: String

  private let replacement: Replacement

  /// What is written to until then; `nil` for a device or a pipe.
  private let temporaryPath: String?
  private let descriptor: FileDescriptor

  /// `nil` once it has been finished.
  private var file: OpenFile?
  private var leftover: Leftover?

  /// Begins the file.
  ///
  /// - Parameters:
  ///   - path: Its name.
  ///   - replacement: Which file of that name it may replace.
  ///   - permissions: Those of a file that replaces none; the process's mask takes some away.
  /// - Throws: ``SystemError`` if it may not be written; ``FileFailure`` if what is there may not be
  ///   replaced.
  public init(
    path: String,
    replacing replacement: Replacement = .ordinary,
    permissions: UInt32 = 0o666
  ) throws {
    let resolved = try Self.resolved(path)
    self.path = resolved
    self.replacement = replacement
    let target = try? FileSystem.status(of: resolved)
    guard target == nil || target?.kind == .file else {
      temporaryPath = nil
      let file = try OpenFile(writing: resolved)
      descriptor = file.descriptor
      self.file = consume file
      return
    }
    try replacement.check(resolved)
    let temporaryPath = FileSystem.temporaryPath(for: resolved)
    self.temporaryPath = temporaryPath
    leftover = Leftover(temporaryPath)
    let file: OpenFile
    do {
      file = try OpenFile(creating: temporaryPath, permissions: target == nil ? permissions : 0o600)
    } catch {
      throw SystemError(code: error.code, function: error.function, path: resolved)
    }
    descriptor = file.descriptor
    self.file = consume file
    do throws(SystemError) {
      if let target { try descriptor.takePermissions(of: target) }
    } catch {
      abandon()
      throw named(error)
    }
  }

  /// The path without symbolic links.
  private static func resolved(_ path: String) throws -> String {
    guard (try? FileSystem.status(of: path, followsLinks: false).kind) == .link else { return path }
    do {
      return try FileSystem.resolvingLinks(path)
    } catch {
      throw FileFailure(
        path: path,
        message: "the symbolic link leads to nothing",
        remedy: "make the file reachable, or remove the link"
      )
    }
  }

  /// Adds bytes at the end.
  ///
  /// - Throws: ``SystemError`` if they cannot all be written.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    precondition(file != nil, "the file is finished")
    do {
      try descriptor.write(bytes)
    } catch {
      throw named(error)
    }
  }

  /// Waits until the bytes are on the disk, gives the file its name, and waits for that, too.
  ///
  /// Nothing can be written after that.
  ///
  /// - Parameter synchronizesName: Whether to wait for the name; who finishes many files in one folder
  ///   can wait for all of them afterwards: see ``FileSystem/synchronizeFolder(_:)``.
  /// - Throws: ``SystemError`` if something that was written was lost, or the name cannot be given;
  ///   ``FileFailure`` if what is there by now may not be replaced. Then what had the name keeps it.
  public func finish(synchronizesName: Bool = true) throws {
    guard let file = file.take() else { return }
    do {
      guard let temporaryPath else { return try file.close() }
      try file.synchronize()
      try file.close()
      try replacement.check(path)
      if case .nothing = replacement {
        try FileSystem.rename(temporaryPath, toNew: path)
      } else {
        try FileSystem.replace(path, with: temporaryPath)
      }
      leftover = nil
    } catch {
      abandon()
      throw (error as? SystemError).map(named) ?? error
    }
    if synchronizesName { try FileSystem.synchronizeName(of: path) }
  }

  private func abandon() {
    guard let temporaryPath else { return }
    FileSystem.remove(temporaryPath)
    leftover = nil
  }

  /// The same error, of the file that is wanted.
  private func named(_ error: SystemError) -> SystemError {
    SystemError(code: error.code, function: error.function, path: path)
  }

  deinit { if file != nil { abandon() } }
}
