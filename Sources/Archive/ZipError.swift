/// An archive that is damaged, or that this module refuses.
public struct ZipError: Error, Hashable, Sendable {
  /// What is wrong.
  public let message: String

  /// An error with this message.
  public init(_ message: String) { self.message = message }
}

extension ZipError: CustomStringConvertible {
  /// What is wrong.
  public var description: String { message }
}
