/// What an environment may do with its data file.
public enum Access: Hashable, Sendable {
  /// Reads only. The file must exist, and is not changed.
  case readOnly

  /// Reads and writes. The file must exist.
  case readWrite

  /// Reads and writes. A missing or empty file becomes a new, empty data file.
  case create
}
