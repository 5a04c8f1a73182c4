import JSON

/// A file that cannot be imported: where it went wrong, and what to do.
public struct ImportError: Error, Hashable, Sendable {
  /// A place in a file.
  public enum Place: Hashable, Sendable {
    /// The file as a whole.
    case file

    /// A line, from 1.
    case line(Int)

    /// A column in a line, both from 1.
    case column(Int, line: Int)

    /// An offset from the start, in bytes.
    case byteOffset(Int)
  }

  /// The file, as the user named it.
  public var file: String

  /// Where in it.
  public var place: Place

  /// What is wrong, with the offending text.
  public var message: String

  /// What would be right.
  public var remedy: String

  /// What the caller can say of the filing so that the document can be read; a face adds how.
  public var lacking: [FilingParticulars.Name] = []

  /// An error at this place.
  public init(file: String, place: Place, message: String, remedy: String) {
    self.file = file
    self.place = place
    self.message = message
    self.remedy = remedy
  }

  /// An error at this offset, in bytes.
  public init(file: String, byteOffset: Int, message: String, remedy: String) {
    self.init(file: file, place: .byteOffset(byteOffset), message: message, remedy: remedy)
  }

  /// A file that is not JSON as it should be.
  init(damaged file: String, _ error: JSONError) {
    self.init(
      file: file,
      byteOffset: error.byteOffset,
      message: error.message,
      remedy: "the file is damaged or cut off: download it again"
    )
  }

  /// The offset, where the place is one; else 0.
  public var byteOffset: Int { if case .byteOffset(let offset) = place { offset } else { 0 } }
}

extension ImportError: CustomStringConvertible {
  /// `FILE: byte N: what is wrong; what would be right`, or with `FILE:LINE:`.
  public var description: String {
    switch place {
    case .file: "\(file): \(message); \(remedy)"
    case .line(let line): "\(file):\(line): \(message); \(remedy)"
    case .column(let column, let line):
      "\(file):\(line): column \(column): \(message); \(remedy)"
    case .byteOffset(let offset): "\(file): byte \(offset): \(message); \(remedy)"
    }
  }
}
