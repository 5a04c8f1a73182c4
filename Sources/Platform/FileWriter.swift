/// Writes a file that appears under its name only when it is whole.
///
/// A symbolic link stays, and what it leads to is written. What is no file, a device or a pipe, is
/// written to as it is: it must not become a file. Without ``finish()`` nothing has changed, not even
/// if a fatal signal ends the process: see ``FatalSignals``.
public final class FileWriter {
  /// The file that is written, and that errors name.
  public let path: String

  /// What is written to until then; `nil` for a device or a pipe.
  private let temporaryPath: String?
  private let descriptor: FileDescriptor

  /// `nil` once it has been finished.
  private var file: OpenFile?

  /// Begins the file.
  ///
  /// - Throws: ``SystemError`` if it may not be written.
  public init(path: String) throws(SystemError) {
    let kind = try? FileSystem.status(of: path, followsLinks: false).kind
    let resolved = kind == .link ? (try? FileSystem.resolvingLinks(path)) ?? path : path
    self.path = resolved
    let target = try? FileSystem.status(of: resolved).kind
    guard target == nil || target == .file else {
      temporaryPath = nil
      let file = try OpenFile(writing: resolved)
      descriptor = file.descriptor
      self.file = consume file
      return
    }
    let temporaryPath = "\(resolved).tmp\(ThisProcess.identifier)"
    self.temporaryPath = temporaryPath
    let file: OpenFile
    do {
      file = try OpenFile(creating: temporaryPath, permissions: 0o666)
    } catch {
      throw SystemError(code: error.code, function: error.function, path: resolved)
    }
    descriptor = file.descriptor
    self.file = consume file
    FatalSignals.setLeftover(temporaryPath)
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

  /// Gives the file its name.
  ///
  /// Nothing can be written after that.
  ///
  /// - Throws: ``SystemError`` if something that was written was lost, or the name cannot be given;
  ///   then what had the name keeps it.
  public func finish() throws(SystemError) {
    guard let file = file.take() else { return }
    do {
      try file.close()
      guard let temporaryPath else { return }
      try FileSystem.replace(path, with: temporaryPath)
      FatalSignals.setLeftover(nil)
    } catch {
      abandon()
      throw named(error)
    }
  }

  private func abandon() {
    guard let temporaryPath else { return }
    FileSystem.remove(temporaryPath)
    FatalSignals.setLeftover(nil)
  }

  /// The same error, of the file that is wanted.
  private func named(_ error: SystemError) -> SystemError {
    SystemError(code: error.code, function: error.function, path: path)
  }

  deinit { if file != nil { abandon() } }
}
