/// A text that is no well-formed XML, or that holds what this module refuses.
public struct XMLError: Error, Hashable, Sendable {
  /// What is wrong.
  public var message: String

  /// The line where it went wrong, from 1.
  public var line: Int

  /// An error at this line.
  public init(_ message: String, line: Int) {
    self.message = message
    self.line = line
  }
}

extension XMLError: CustomStringConvertible {
  /// `line N: what is wrong`.
  public var description: String { "line \(line): \(message)" }
}
