import Foundation
import Testing

/// The console blocks of a page: commands after `$ `, and lines of what they print.
///
/// A line `...` leaves lines out, and `…` at the end of a line leaves out the rest of it.
struct Transcript {
  private(set) var lines: [String]

  /// The blocks of a page of Markdown.
  init(markdown: String) { lines = Self.blocks("console", in: markdown).flatMap { $0 } }

  /// The lines between each fence of this kind and the next.
  static func blocks(_ kind: String, in markdown: String) -> [[String]] {
    var blocks: [[String]] = []
    var isInside = false
    for line in markdown.components(separatedBy: "\n") {
      if line == "```" + kind {
        blocks.append([])
        isInside = true
      } else if line.hasPrefix("```") {
        isInside = false
      } else if isInside {
        blocks[blocks.count - 1].append(line)
      }
    }
    return blocks
  }

  /// Runs every command, and expects that it succeeds and prints the lines below it, in their order.
  func run(in assay: Assay) throws {
    var printed: ArraySlice<String> = []
    for line in lines {
      if line.hasPrefix("$ ") {
        let outcome = try assay.shell(String(line.dropFirst(2)))
        #expect(outcome.status == 0, "\(line): \(outcome.output)")
        printed = outcome.output.components(separatedBy: "\n")[...]
      } else if line != "..." {
        let start = line.hasSuffix("…") ? line.dropLast() : line[...]
        let index = printed.firstIndex { $0.hasPrefix(start) }
        #expect(index != nil, "the page shows: \(line)")
        if let index { printed = printed[(index + 1)...] }
      }
    }
  }
}
