/// Where output goes: standard output, or a file that appears when it is whole and on the disk.
///
/// What would command a terminal is escaped where standard output is one.
public final class Output {
  /// `nil` for standard output.
  private let file: FileWriter?

  /// Whether a person sees it at once.
  private let isTerminal: Bool

  /// Begins the output.
  ///
  /// - Parameters:
  ///   - path: The file; `-` or `nil` for standard output.
  ///   - replacement: Which file of that name it may replace.
  ///   - permissions: Those of a file that replaces none; the process's mask takes some away.
  /// - Throws: ``FileFailure`` if the file may not be written, or if what is there may not be replaced.
  public init(
    path: String?,
    replacing replacement: Replacement = .ordinary,
    permissions: UInt32 = 0o666
  ) throws {
    let filePath = path == "-" ? nil : path
    isTerminal = filePath == nil && FileDescriptor.standardOutput.isTerminal
    file = try Self.explaining(remedy: Replacement.nameRemedy) {
      try filePath.map { path in
        try FileWriter(path: path, replacing: replacement, permissions: permissions)
      }
    }
  }

  /// Writes a whole output at once.
  ///
  /// - Parameters:
  ///   - bytes: All of it.
  ///   - path: The file; `-` or `nil` for standard output.
  ///   - replacement: Which file of that name it may replace.
  ///   - permissions: Those of a file that replaces none; the process's mask takes some away.
  /// - Throws: ``FileFailure`` if it cannot be written; then no file of this name was touched.
  public static func write(
    _ bytes: [UInt8],
    to path: String?,
    replacing replacement: Replacement = .ordinary,
    permissions: UInt32 = 0o666
  ) throws {
    let output = try Output(path: path, replacing: replacement, permissions: permissions)
    try output.write(bytes)
    try output.finish()
  }

  /// Adds bytes at the end; characters are whole in them.
  ///
  /// - Throws: ``FileFailure`` if they cannot all be written.
  public func write(_ bytes: [UInt8]) throws {
    try Self.explaining(remedy: "make room for it") {
      if let file { return try file.write(bytes) }
      try FileDescriptor.standardOutput.write(isTerminal ? TerminalText.escaped(bytes) : bytes)
    }
  }

  /// Adds bytes of a text that may command the terminal, as ``TerminalText/shown(_:isEscaped:)`` makes them.
  ///
  /// - Throws: ``FileFailure`` if they cannot all be written.
  public func writeShown(_ bytes: [UInt8]) throws {
    try Self.explaining(remedy: "make room for it") {
      try (file == nil ? FileDescriptor.standardOutput.write(bytes) : file?.write(bytes))
    }
  }

  /// Gives the file its name, and waits until both are on the disk.
  ///
  /// - Parameter synchronizesName: Whether to wait for the name.
  /// - Throws: ``FileFailure`` if it cannot have that name, or the disk did not take all of it.
  public func finish(synchronizesName: Bool = true) throws {
    try Self.explaining(remedy: Replacement.nameRemedy) {
      try file?.finish(synchronizesName: synchronizesName)
    }
  }

  private static func explaining<Result>(
    remedy: String,
    _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as SystemError {
      let isFull = [ErrorNumber.noSpace, ErrorNumber.quotaExceeded].contains(error.code)
      throw FileFailure(error, remedy: isFull ? "make room for it" : remedy)
    }
  }
}
