import Glibc

/// Another process, whose standard output is read here line by line.
public struct ChildProcess: ~Copyable {
  private let identifier: pid_t
  private let output: OpenFile
  private var rest: [UInt8] = []

  private static let pieceByteCount = 1 << 12

  /// The program that runs in this process.
  public static let thisProgram = "/proc/self/exe"

  /// How a process ended.
  public enum End: Hashable, Sendable {
    /// By itself, with this exit status.
    case status(CInt)

    /// By this signal.
    case signal(CInt)
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - name: The name of the program, its first argument.
  ///   - arguments: What follows the name.
  /// - Throws: ``SystemError`` if the system has no process or no pipe left.
  public init(
    program: String = thisProgram,
    name: String,
    arguments: [String]
  ) throws(SystemError) {
    let pipe = try Pipe(named: program)
    identifier = try Spawning.start(
      program,
      [name] + arguments,
      giving: pipe.writeEnd.descriptor,
      as: STDOUT_FILENO
    )
    output = pipe.readEnd
  }

  /// The next line of its output, without the line feed; `nil` after the last.
  ///
  /// What has no line feed at its end was cut off, and is not given.
  public mutating func nextLine() -> [UInt8]? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        defer { rest.removeFirst(end + 1) }
        return Array(rest[..<end])
      }
      let piece = try? output.descriptor.read(byteCountMax: Self.pieceByteCount)
      guard let piece, !piece.isEmpty else { return nil }
      rest += piece
    }
  }

  /// Waits for its end, and reads no more of its output.
  public consuming func wait() -> End {
    let identifier = identifier
    _ = consume self  // Closes the pipe: a process that still writes ends, too.
    return Spawning.end(of: identifier)
  }
}
