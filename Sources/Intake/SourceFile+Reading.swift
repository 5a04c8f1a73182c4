import Platform

extension SourceFile {
  /// The file at `path`; standard input for `-`.
  ///
  /// - Throws: `FileFailure` if it cannot be opened.
  public init(reading path: String) throws {
    self.init(path: path, nextPiece: try Input.pieces(of: path))
  }
}

extension SourceFolder {
  /// The folder at `path`: the files in it, but not in its folders.
  ///
  /// - Parameters:
  ///   - path: The path of the folder.
  ///   - file: A file elsewhere that counts as one of the folder's; `nil` for none.
  /// - Throws: `FileFailure` if it is none, or cannot be read.
  public init(reading path: String, adding file: String? = nil) throws {
    guard FileSystem.isFolder(path) else {
      throw FileFailure(
        path: path,
        message: "there is no such folder",
        remedy: "name a folder with the files of one filing"
      )
    }
    let added = file.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let names = try FileSystem.fileNames(in: path).filter { $0 != added }
    self.init(path: path, names: names + [added].compactMap(\.self)) { name, body in
      try Input.read(name == added ? file ?? name : "\(path)/\(name)", body)
    }
  }
}

/// The files that a path names.
public enum EventFiles {
  /// The path itself, or, sorted, all files of events in the folder and its folders: those that end in
  /// `.jsonl` or `.json`, but not the schemas of such files.
  ///
  /// - Throws: `FileFailure` if a folder holds none, or cannot be read.
  public static func paths(at path: String) throws -> [String] {
    guard path != "-", FileSystem.isFolder(path) else { return [path] }
    // With the slash, a link to a folder is that folder.
    let folder = path.hasSuffix("/") ? path : path + "/"
    let found = try FileSystem.pathsBelow(folder).filter { name in
      (name.hasSuffix(".jsonl") || name.hasSuffix(".json")) && !name.hasSuffix(".schema.json")
    }
    guard !found.isEmpty else {
      throw FileFailure(
        path: path,
        message: "the folder holds no file that ends in .jsonl or .json",
        remedy: "name a folder of events"
      )
    }
    return found.sorted().map { folder + $0 }
  }
}
