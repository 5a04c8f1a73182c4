import Facts
import Intake
import Ledger
import Platform

/// Standard output, standard error and the clock.
enum Console {
  /// Writes an error to standard error, a line for each part of it.
  static func report(_ error: any Error) {
    let text =
      switch error {
      case let error as LedgerError: error.commandText
      case let error as ImportError: error.commandText
      default: "\(error)"
      }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      note("assay: \(TerminalText.escaped(line))")
    }
  }

  /// Writes a text to standard output.
  static func print(_ text: String) throws { try Output.write(Array(text.utf8), to: nil) }

  /// Writes a line to standard error.
  static func note(_ line: String) {
    // Where standard error is closed, nobody can be told.
    try? FileDescriptor.standardError.write(Array((line + "\n").utf8))
  }

  /// Replaces the line that tells how far long work has come; an empty text clears it.
  static func progress(_ text: String) {
    // Progress that cannot be shown is no failure.
    try? FileDescriptor.standardError.write(Array("\r\u{1B}[K\(text)".utf8))
  }

  /// Whether a person watches standard error.
  static var isErrorTerminal: Bool { FileDescriptor.standardError.isTerminal }

  /// The time now, to the microsecond.
  static var now: Timestamp { Timestamp(microseconds: ThisProcess.timeInMicroseconds) }
}
