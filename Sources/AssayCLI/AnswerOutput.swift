import Platform

/// Standard output of an answer with styles, or on a terminal: what is longer than that goes through a pager.
final class AnswerOutput {
  /// Thrown where more of an answer is written after its reader has left the pager.
  struct ReaderLeft: Error {}

  private let output: Output
  private let isTerminal = FileDescriptor.standardOutput.isTerminal

  /// The command that shows what is too long; `nil` for none, or once it is known to read nothing.
  private var command: String?
  private var pager: Pager?
  private var hasReaderLeft = false

  /// Whether nothing more is to be made once the reader has left.
  private let stopsWithReader: Bool

  /// What may fit on the terminal.
  private var waiting: [UInt8] = []
  private var height = TerminalHeight()

  /// Begins the answer.
  ///
  /// - Parameters:
  ///   - isPaged: Whether it may go through a pager.
  ///   - stopsWithReader: Whether ``write(_:)`` throws ``ReaderLeft`` once nobody reads any more.
  /// - Throws: As `Output`.
  init(isPaged: Bool, stopsWithReader: Bool) throws {
    output = try Output(path: nil)
    command = isPaged && isTerminal ? TerminalSettings.pager : nil
    self.stopsWithReader = stopsWithReader
  }

  /// Adds bytes at the end, with the marks of styles; characters are whole in them.
  ///
  /// - Throws: ``ReaderLeft``, and as `Output`.
  func write(_ bytes: [UInt8]) throws {
    let shown = TerminalText.shown(bytes, isEscaped: isTerminal)
    if hasReaderLeft { return }
    if let pager { return try give(shown, to: pager) }
    guard let command else { return try output.writeShown(shown) }
    waiting += shown
    height.add(bytes)
    guard height.isMoreThanTerminal else { return }
    defer { waiting = [] }
    do {
      pager = try Pager(command: command)
    } catch {
      self.command = nil
      return try output.writeShown(waiting)
    }
    if let pager { try give(waiting, to: pager) }
  }

  /// Writes what still waits, or waits until the reader leaves the pager.
  ///
  /// - Throws: As `Output`.
  func finish() throws {
    if let pager { return try end(pager) }
    try output.writeShown(waiting)
    waiting = []
  }

  private func give(_ shown: [UInt8], to pager: Pager) throws {
    try pager.write(shown)
    guard pager.hasQuit else { return }
    try end(pager)
    if hasReaderLeft, stopsWithReader { throw ReaderLeft() }
  }

  /// Waits for the pager; an answer of which it read nothing is written without it.
  private func end(_ pager: Pager) throws {
    let unread = pager.finish()
    self.pager = nil
    command = nil
    hasReaderLeft = unread.isEmpty
    try output.writeShown(unread)
  }
}

/// How many lines of a terminal a text takes.
private struct TerminalHeight {
  private let lineCountMax = TerminalSettings.lineCount ?? .max
  private let columnCount = TerminalSettings.columnCount ?? .max
  private var lineCount = 0

  /// How many characters its last line has.
  private var lineLength = 0

  /// Whether not all of it is seen at once, with the prompt of the shell below it.
  var isMoreThanTerminal: Bool { lineCount >= lineCountMax }

  mutating func add(_ bytes: [UInt8]) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n"):
        lineCount += 1 + max(0, lineLength - 1) / columnCount
        lineLength = 0
      // What goes on a character of UTF-8, and marks.
      case 0x80..<0xC0, 0xF8...: break
      default: lineLength += 1
      }
    }
  }
}
