/// Where output goes: standard output, or a file that appears when it is whole.
public final class Output {
  /// `nil` for standard output.
  private let file: FileWriter?

  private static let nameRemedy = "name a file that can be written"

  /// Begins the output.
  ///
  /// - Parameter path: The file; `-` or `nil` for standard output.
  /// - Throws: ``FileFailure`` if the file may not be written.
  public init(path: String?) throws {
    do {
      let filePath = path == "-" ? nil : path
      file = try filePath.map { path throws(SystemError) in try FileWriter(path: path) }
    } catch {
      throw FileFailure(error, remedy: Self.nameRemedy)
    }
  }

  /// Writes a whole output at once.
  ///
  /// - Parameters:
  ///   - bytes: All of it.
  ///   - path: The file; `-` or `nil` for standard output.
  /// - Throws: ``FileFailure`` if it cannot be written; then no file of this name was touched.
  public static func write(_ bytes: [UInt8], to path: String?) throws {
    let output = try Output(path: path)
    try output.write(bytes)
    try output.finish()
  }

  /// Adds bytes at the end.
  ///
  /// - Throws: ``FileFailure`` if they cannot all be written.
  public func write(_ bytes: [UInt8]) throws {
    do throws(SystemError) {
      if let file { try file.write(bytes) } else { try FileDescriptor.standardOutput.write(bytes) }
    } catch {
      throw FileFailure(error, remedy: "make room for it")
    }
  }

  /// Gives the file its name.
  ///
  /// - Throws: ``FileFailure`` if it cannot have that name.
  public func finish() throws {
    do throws(SystemError) {
      try file?.finish()
    } catch {
      throw FileFailure(error, remedy: Self.nameRemedy)
    }
  }
}
