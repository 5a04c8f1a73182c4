import Facts
import Foundation
import JSON

/// The event that a line says.
func event(_ line: String) throws -> Event { try Event(JSONParser().parse(line).root) }

/// The canonical line of the event that a line says.
func canonical(_ line: String) throws -> String {
  String(decoding: try event(line).canonicalLine, as: UTF8.self)
}

/// What is said against a line that is no event; `nil` if nothing is.
func refusal(of line: String) throws -> InvalidEvent? {
  let document = try JSONParser().parse(line)
  do throws(InvalidEvent) {
    _ = try Event(document.root)
    return nil
  } catch {
    return error
  }
}

/// The lines of the files under `Events/`.
enum RealEvents {
  /// Each file's path below the repository, and its bytes.
  static func files() throws -> [(path: String, bytes: [UInt8])] {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    let folder = URL(filePath: parts.dropLast(3).joined(separator: "/") + "/Events")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path())
    return try names.filter { $0.hasSuffix(".jsonl") }.sorted().map { name in
      (name, try Array(Data(contentsOf: folder.appending(path: name))))
    }
  }

  static func lines() throws -> [[UInt8]] {
    try files().flatMap { $0.bytes.split(separator: UInt8(ascii: "\n")).map(Array.init) }
  }
}
