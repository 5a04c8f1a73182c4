import Foundation
import TestSupport
import Testing

@Suite("The tutorials of the library")
struct TutorialTests {
  @Test("show the code of the example that is built and run")
  func tutorialsShowWhatIsBuilt() throws {
    let example = Package.folder.appending(path: "Tools/Example")
    let sources = example.appending(path: "Sources/Example")
    let files =
      try FileManager.default.contentsOfDirectory(atPath: sources.path()).sorted()
      .map { sources.appending(path: $0) } + [example.appending(path: "Package.swift")]
    let code = try files.map { try Self.lines(of: $0).joined(separator: "\n") + "\n" }
    let tutorials = Package.folder.appending(path: "Sources/Ledger/Ledger.docc")
    var blockCount = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: tutorials.path()) {
      let text = try Self.lines(of: tutorials.appending(path: name)).joined(separator: "\n")
      for block in text.components(separatedBy: "```swift\n").dropFirst() {
        let shown = block.components(separatedBy: "```")[0]
        #expect(code.contains { $0.contains(shown) }, "\(name) shows what is not built:\n\(shown)")
        blockCount += 1
      }
    }
    #expect(blockCount > 15)
  }

  /// The lines of a file, without what they are indented by.
  private static func lines(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
