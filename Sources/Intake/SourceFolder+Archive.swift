import Archive

extension SourceFolder {
  /// The files of a zip archive, which are unpacked piece by piece as they are read, and never to the disk.
  ///
  /// - Parameters:
  ///   - path: The archive, as the user named it.
  ///   - bytes: Its bytes.
  /// - Throws: ``ImportError`` if it is no archive, or one that could harm its reader; what reading the
  ///   bytes throws.
  init(archive path: String, _ bytes: RandomAccessBytes) throws {
    let archive = try Self.explained(path) { try ZipArchive(bytes) }
    let entries = Dictionary(uniqueKeysWithValues: archive.entries.map { ($0.name, $0) })
    self.init(path: path, names: Array(entries.keys)) { name, body in
      guard let entry = entries[name] else {
        throw ImportError(
          file: path,
          place: .file,
          message: "the archive holds no file \(name)",
          remedy: Remedies.downloadAgain
        )
      }
      try Self.explained(path) { try archive.read(entry, body) }
    }
  }

  private static func explained<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as ZipError {
      throw ImportError(
        file: path,
        place: .file,
        message: error.message,
        remedy: "the archive is damaged, or made to do harm: download it again"
      )
    }
  }
}
