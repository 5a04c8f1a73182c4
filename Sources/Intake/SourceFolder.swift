/// A folder of files as an importer sees it: their names, and their bytes piece by piece.
public struct SourceFolder {
  /// The folder, as the user named it.
  public let path: String

  /// The names of its files, sorted.
  public let names: [String]

  /// Calls `body` with the bytes of the file `name`, in order, in pieces.
  public let read:
    (_ name: String, _ body: (_ bytes: ArraySlice<UInt8>) throws -> Void) throws -> Void

  /// A folder that gives its files with `read`.
  public init(
    path: String,
    names: [String],
    read:
      @escaping (_ name: String, _ body: (_ bytes: ArraySlice<UInt8>) throws -> Void) throws -> Void
  ) {
    self.path = path
    self.names = names.sorted()
    self.read = read
  }

  /// Where a file is, for messages.
  func path(of name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// All bytes of a file.
  func bytes(of name: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try read(name) { bytes.append(contentsOf: $0) }
    return bytes
  }
}
