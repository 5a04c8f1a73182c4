import FoundationEssentials

extension FileSystem {
  /// Whether a path leads to a folder.
  public static func isFolder(_ path: String) -> Bool {
    (try? status(of: path).kind) == .folder
  }

  /// Whether a path leads to a file, and to no folder, device or pipe.
  public static func isFile(_ path: String) -> Bool { (try? status(of: path).kind) == .file }

  /// The names of the files in a folder, but not in its folders; hidden ones are left out.
  ///
  /// - Throws: ``FileFailure`` if it cannot be read.
  public static func fileNames(in folder: String) throws -> [String] {
    try names(in: folder) { try FileManager.default.contentsOfDirectory(atPath: $0) }
      .filter { name in !isFolder("\(folder)/\(name)") && !name.hasPrefix(".") }
  }

  /// The paths, from a folder on, of all that is in it and in its folders; what is hidden is left out.
  ///
  /// - Throws: ``FileFailure`` if it cannot be read.
  public static func pathsBelow(_ folder: String) throws -> [String] {
    try names(in: folder) { try FileManager.default.subpathsOfDirectory(atPath: $0) }
      .filter { name in !name.contains("/.") && !name.hasPrefix(".") }
  }

  /// Makes a folder and those that it is in, and waits until their names are on the disk; does nothing
  /// if it is there.
  ///
  /// - Throws: ``FileFailure`` if it cannot be made.
  public static func createFolder(_ path: String) throws {
    var missing: [String] = []
    var outer = path
    while !outer.isEmpty, !exists(outer), missing.last != outer {
      missing.append(outer)
      outer = folder(of: outer)
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for folder in missing { try synchronizeName(of: folder) }
    } catch {
      throw FileFailure(
        path: path,
        message: "the folder cannot be made",
        remedy: "name a folder that can be written"
      )
    }
  }

  private static func names(
    in folder: String,
    _ list: (String) throws -> [String]
  ) throws -> [String] {
    do {
      return try list(folder)
    } catch {
      throw FileFailure(
        path: folder,
        message: "the folder cannot be read",
        remedy: "name a folder that can be read"
      )
    }
  }
}
