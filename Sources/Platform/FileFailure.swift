/// What could not be read or written, and why.
public struct FileFailure: Error, CustomStringConvertible {
  /// The file or folder.
  public let path: String

  /// What is wrong with it.
  public let message: String

  /// What can be done about it, as a clause.
  public let remedy: String

  /// Where, what is wrong, and what to do.
  public var description: String { "\(path): \(message); \(remedy)" }

  /// The failure of a call of the operating system.
  ///
  /// - Parameter path: The file, where the call does not name it.
  public init(_ error: SystemError, path: String? = nil, remedy: String) {
    self.init(path: path ?? error.path ?? error.function, message: error.message, remedy: remedy)
  }

  /// A failure with these aspects.
  public init(path: String, message: String, remedy: String) {
    self.path = path
    self.message = message
    self.remedy = remedy
  }
}
