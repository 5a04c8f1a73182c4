import CPlatform
import Glibc

/// A command that shows a long text on the terminal, and reads the text from here.
///
/// The keyboard's signals are left to it until ``finish()``: the terminal is its own meanwhile.
public final class Pager {
  private let identifier: pid_t
  private var input: OpenFile?

  /// The end that the command reads, kept here, too, for as long as the pipe holds everything that was
  /// written: whoever has it can ask how much was left unread.
  private var output: OpenFile?

  /// The text, until it is certain that the command reads.
  private var kept: [UInt8]? = []

  /// How many bytes the pipe took, and in how many pieces.
  private var writtenCount = 0
  private var pieceCount = 0

  /// How many pieces the pipe holds if nobody reads.
  private let pieceCountMax: Int
  private var actions: [(signal: CInt, action: sigaction)] = []

  /// Whether the command ended before it was given everything.
  public private(set) var hasQuit = false

  /// A write of so many bytes takes one page of a pipe, and is whole or fails.
  private static let pieceByteCount = Int(PIPE_BUF)
  private static let shell = "/bin/sh"

  /// Starts the command.
  ///
  /// - Parameter command: A command of the shell, as users name it in the environment.
  /// - Throws: ``SystemError`` if the system has no shell, no process or no pipe left.
  public init(command: String) throws(SystemError) {
    let pipe = try Pipe(named: command)
    pieceCountMax =
      max(0, Int(fcntl(pipe.writeEnd.descriptor.rawValue, ASSAY_F_GETPIPE_SZ)))
      / Self.pieceByteCount
    identifier = try Spawning.start(
      Self.shell,
      [Self.shell, "-c", command],
      giving: pipe.readEnd.descriptor,
      as: STDIN_FILENO
    )
    let writeEnd = pipe.writeEnd
    let readEnd = pipe.readEnd
    input = consume writeEnd
    output = consume readEnd
    // Only now: the command would inherit what is ignored.
    for signal in [SIGINT, SIGQUIT, SIGPIPE] {
      var old = sigaction()
      var ignoring = sigaction()
      unsafe ignoring.__sigaction_handler.sa_handler = SIG_IGN
      unsafe sigaction(signal, &ignoring, &old)
      actions.append((signal, old))
    }
  }

  /// Gives the command more of the text; what it does not take before it ends is left out.
  ///
  /// - Throws: ``SystemError`` if the text cannot be written for another reason.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    kept?.append(contentsOf: bytes)
    var start = 0
    while !hasQuit, start < bytes.count {
      let end = min(start + Self.pieceByteCount, bytes.count)
      // A full pipe that is read from here, too, would never be empty again and never be closed.
      if pieceCount == pieceCountMax { output = nil }
      try write(piece: Array(bytes[start..<end]))
      start = end
    }
    if writtenCount > pieceCountMax * Self.pieceByteCount { kept = nil }
  }

  private func write(piece: [UInt8]) throws(SystemError) {
    guard let descriptor = input?.descriptor else { return }
    do throws(SystemError) {
      try descriptor.write(piece)
      writtenCount += piece.count
      pieceCount += 1
    } catch {
      guard error.code == EPIPE else { throw error }
      hasQuit = true
      if Self.unreadByteCount(descriptor) < writtenCount { kept = nil }
    }
  }

  /// Ends the text, waits until its reader has left the command, and takes the keyboard's signals back.
  ///
  /// - Returns: The whole text that was given if the command read none of it, as one does that cannot be
  ///   started; nothing if it did.
  public func finish() -> [UInt8] {
    input = nil
    _ = Spawning.end(of: identifier)
    for (signal, action) in actions {
      var action = action
      unsafe sigaction(signal, &action, nil)
    }
    actions = []
    if let descriptor = output?.descriptor, Self.unreadByteCount(descriptor) < writtenCount {
      kept = nil
    }
    output = nil
    return kept ?? []
  }

  private static func unreadByteCount(_ descriptor: FileDescriptor) -> Int {
    var count: CInt = 0
    guard unsafe ioctl(descriptor.rawValue, UInt(FIONREAD), &count) == 0 else { return 0 }
    return Int(count)
  }
}
