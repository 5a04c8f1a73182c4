/// A data file that was not opened, because of what it holds.
///
/// It was not changed.
public struct DataFileError: Error, Hashable, Sendable {
  /// What is wrong with it.
  public let code: Code

  /// The path it was opened by.
  public let path: String

  /// The error of a file.
  public init(code: Code, path: String) {
    (self.code, self.path) = (code, path)
  }

  /// What can be wrong with a data file.
  public enum Code: Hashable, Sendable {
    /// Nothing is there.
    case missing

    /// A folder or a device is there.
    case notAFile

    /// A symbolic link to nothing is there.
    case danglingLink

    /// It has so many names, and each would have a lock file of its own.
    case severalNames(Int)

    /// Another process has it open by another name, with another lock file.
    case openByAnotherName

    /// It holds no byte.
    case empty

    /// It does not begin as an LMDB data file does.
    case foreign

    /// It is LMDB's, in a format that this program does not know; 1 is the one it knows.
    case unsupportedVersion(UInt32)

    /// It is shorter than its meta pages record.
    case truncated(expectedByteCount: Int, actualByteCount: Int)

    /// Its meta pages contradict themselves or each other, with the contradiction.
    case damaged(String)
  }
}

extension DataFileError {
  /// What to do about it, in a whole sentence.
  public var remedy: String {
    switch code {
    case .missing: "Check the path, or open it for writing to create it."
    case .notAFile: "Name a file, not a folder or a device."
    case .danglingLink: "Make the file that it names reachable, or remove the link."
    case .severalNames:
      "Remove its other names, or copy it to a file of its own and use that."
    case .openByAnotherName:
      "Use the same name everywhere: into a container mount the folder, and not the file alone."
    case .empty: "Restore it from a backup, or delete it and begin a new one."
    case .foreign: "Check the path; if it is the right one, restore the file from a backup."
    case .unsupportedVersion: "Use the program that wrote it."
    case .truncated, .damaged: "Restore it from a backup."
    }
  }
}

extension DataFileError: CustomStringConvertible {
  /// What is wrong, and what to do about it.
  public var description: String {
    let problem =
      switch code {
      case .missing: "there is no such file"
      case .notAFile: "it is not a file"
      case .danglingLink: "it is a symbolic link to a file that is not there"
      case .severalNames(let count):
        "the file has \(count) names (hard links): who writes by one does not see who writes by another"
      case .openByAnotherName:
        "another process has the file open by another name, with a lock file of its own"
      case .empty: "the file is empty"
      case .foreign: "the file is not an LMDB data file"
      case .unsupportedVersion(let version):
        "the file has LMDB data format \(version), and this program reads format 1"
      case .truncated(let expected, let actual):
        "the file is cut off: it needs at least \(expected) bytes and has \(actual)"
      case .damaged(let reason): "the file is damaged: \(reason)"
      }
    return "\(path): \(problem). \(remedy)"
  }
}
