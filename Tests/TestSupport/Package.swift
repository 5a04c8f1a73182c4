public import Foundation

/// The folder of the package, and what lies beside it where the project is developed.
public enum Package {
  /// The folder that holds `Package.swift`.
  public static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of the events.
  public static let events = folder.appending(path: "Events")

  /// Real documents, which are not part of the project.
  public static let data = folder.deletingLastPathComponent().appending(path: "shared/data")

  /// Whether the real documents are there.
  public static var hasData: Bool { FileManager.default.fileExists(atPath: data.path()) }

  /// The release that most of `Events/hecla` is about.
  public static let release = data.appending(path: "release/hecla-2004-q3-ex99.txt")

  /// The bytes of a file.
  public static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

  /// The files of `Events/` that hold event lines, by their path in it, sorted.
  public static func eventFiles() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: events.path())
      .filter { $0.hasSuffix(".jsonl") }.sorted()
  }

  /// The lines of every file of `Events/`.
  public static func eventLines() throws -> [String] {
    try eventFiles().flatMap { file in
      try String(contentsOf: events.appending(path: file), encoding: .utf8)
        .split(separator: "\n").map(String.init)
    }
  }
}
