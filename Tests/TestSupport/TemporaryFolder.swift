import Foundation
import Synchronization

/// A folder that is deleted with this object.
public final class TemporaryFolder: Sendable {
  /// Where it is, without a slash at the end.
  public let path: String

  /// Makes the folder.
  public init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path()
  }

  /// A folder that is deleted when the process ends: for what is made once for many tests.
  public static func untilExit() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    kept.withLock { folders in
      if folders.isEmpty { atexit { TemporaryFolder.kept.withLock { $0.removeAll() } } }
      folders.append(folder)
    }
    return folder
  }

  private static let kept = Mutex<[TemporaryFolder]>([])

  deinit {
    chmod(path, 0o700)  // A test may have taken the permission to write away.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// A path in this folder.
  public func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// The names of what is in it, sorted.
  public var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}
