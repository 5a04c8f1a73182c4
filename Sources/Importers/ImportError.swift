/// A file that cannot be imported: where it went wrong, and what to do.
public struct ImportError: Error, Hashable, Sendable {
  /// The file, as the user named it.
  public var file: String

  /// Where it went wrong: an offset from the start of the file, in bytes.
  public var byteOffset: Int

  /// What is wrong, with the offending text.
  public var message: String

  /// What would be right.
  public var remedy: String

  /// An error at this place.
  public init(file: String, byteOffset: Int, message: String, remedy: String) {
    self.file = file
    self.byteOffset = byteOffset
    self.message = message
    self.remedy = remedy
  }
}

extension ImportError: CustomStringConvertible {
  /// `FILE: byte N: what is wrong; what would be right`.
  public var description: String { "\(file): byte \(byteOffset): \(message); \(remedy)" }
}
