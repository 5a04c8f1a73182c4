import Archive
import Platform
import XML

/// Reads a workbook that was just written, to find out whether the disk took all of it.
enum WrittenWorkbook {
  private static let depthLimit = 64

  /// - Parameter cellCounts: How many cells each sheet was given.
  /// - Throws: What is wrong.
  /// - Complexity: O(*n*) in the size of the workbook, in bounded memory.
  static func check(_ path: String, cellCounts: [Int]) throws {
    let file = try RandomAccessFile(path)
    let bytes = RandomAccessBytes(count: file.byteCount) { try file.bytes(at: $0) }
    let archive = try ZipArchive(bytes)
    var found = 0
    for entry in archive.entries {
      let cells = CellCounter()
      let reader = XMLEventReader(cells, allowsDocumentType: false, depthLimit: depthLimit)
      try archive.read(entry) { try reader.read(Array($0).span) }
      try reader.finish()
      guard entry.name.hasPrefix(sheetPrefix), let number = number(of: entry.name) else { continue }
      guard cellCounts.indices.contains(number - 1), cells.count == cellCounts[number - 1] else {
        throw ZipError(
          "the file \(entry.name) has \(cells.count) cells and not those that it was given"
        )
      }
      found += 1
    }
    guard found == cellCounts.count else { throw ZipError("it has \(found) sheets") }
  }

  private static let sheetPrefix = "xl/worksheets/sheet"

  private static func number(of name: String) -> Int? {
    Int(name.dropFirst(sheetPrefix.count).prefix { $0 != "." })
  }
}

/// Counts the cells of a sheet.
private final class CellCounter: XMLEventHandler {
  private(set) var count = 0
  let takesText = false

  func start(_ name: XMLName, _ tag: () -> XMLStartTag) { if name.local == "c" { count += 1 } }
  func text(_ piece: XMLText) {}
  func end(_ place: XMLPlace) {}
}
