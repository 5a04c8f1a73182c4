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

  /// The files of `Events/` that hold events, by their path in it, sorted.
  public static func eventFiles() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: events.path())
      .filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".json") && !$0.hasSuffix(".schema.json") }
      .sorted()
  }

  /// The events of every file of `Events/`, one a line.
  public static func eventLines() throws -> [String] { try eventFiles().flatMap(eventLines) }

  /// The events of one file of `Events/`, one a line: those of an array in the canonical form.
  public static func eventLines(of file: String) throws -> [String] {
    let bytes = try bytes(events.appending(path: file))
    return file.hasSuffix(".json")
      ? CanonicalText.elements(of: bytes)
      : String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
