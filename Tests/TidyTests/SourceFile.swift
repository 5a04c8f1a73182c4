import Foundation
import TestSupport

/// One file of Swift of this package, as text.
struct SourceFile: Sendable {
  /// Its path in the package, such as `Sources/Facts/Amount.swift`.
  var path: String
  /// Its lines as they are.
  var lines: [String]
  /// Its lines without comments, and with empty string literals.
  var code: [String]
  /// Its string literals.
  var literals: [SwiftScanner.Literal]

  /// The target that it belongs to: the folder below `Sources` or `Tests`.
  var room: String { String(path.split(separator: "/")[1]) }

  init(path: String) throws {
    self.path = path
    let text = try String(contentsOf: Package.folder.appending(path: path), encoding: .utf8)
    let scanner = SwiftScanner(text)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    code = scanner.codeLines
    literals = scanner.literals
  }

  /// The Swift files of a folder of the package, sorted by path.
  static func all(under folder: String) throws -> [SourceFile] {
    try FileManager.default.subpathsOfDirectory(atPath: "\(Package.folder.path())\(folder)/")
      .filter { $0.hasSuffix(".swift") && !$0.contains(".build/") }.sorted()
      .map { try SourceFile(path: "\(folder)/\($0)") }
  }

  /// The files of the product.
  static let sources = Result { try all(under: "Sources") }

  /// What the file imports, in order.
  var imports: [String] {
    code.compactMap { line in
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
        words[..<index].allSatisfy({ $0.hasPrefix("@") || Self.accessWords.contains(String($0)) })
      else { return nil }
      return words.last.map { String($0.prefix { $0 != "." }) }
    }
  }

  private static let accessWords: Set = ["public", "package", "internal", "fileprivate", "private"]
}
