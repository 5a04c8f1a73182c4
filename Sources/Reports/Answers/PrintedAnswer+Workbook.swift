import Intake

extension PrintedAnswer {
  /// A cell of a workbook.
  struct WorkbookLine: Hashable {
    /// Its sheet and place.
    let name: String

    /// The text of the first cell of its row.
    let label: String
    let text: String
  }

  /// The cells of a workbook, in reading order.
  ///
  /// - Throws: ``PrintedAnswerError`` if the bytes are no workbook.
  static func workbookLines(_ bytes: [UInt8]) throws -> [WorkbookLine] {
    let cells: [WorkbookCells.Cell]
    do {
      cells = try WorkbookCells(path: "the workbook", bytes).cells
    } catch {
      throw PrintedAnswerError("\(error)")
    }
    var first: WorkbookCells.Cell?
    return cells.map { cell in
      if first?.sheet != cell.sheet || first?.row != cell.row { first = cell }
      return WorkbookLine(
        name: "sheet \(cell.sheet), row \(cell.row), column \(cell.column)",
        label: cell.column > 1 ? first?.text ?? "" : "",
        text: cell.text
      )
    }
  }

  /// The first cell in which a workbook differs from a paper that answers the same question now.
  ///
  /// What people add to look at it, such as widths and colours, is no difference.
  func workbookDifference(from paper: some ReceiptedPaper) throws -> String? {
    let ledger = try Self.workbookLines(paper.bytes(as: .xlsx))
    let found = text.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = ledger.map { "\($0.name)\t\($0.text)\n" }.joined()
      .split(separator: "\n", omittingEmptySubsequences: false)
    for (own, other) in zip(found, expected) where own != other {
      return "the paper says \"\(Self.said(own))\", the ledger \"\(Self.said(other))\""
    }
    if found.count != expected.count {
      return "the paper has \(found.count) lines of cells, the ledger \(expected.count)"
    }
    return nil
  }

  /// A place and what stands there.
  private static func said(_ line: Substring) -> String {
    line.split(separator: "\t", maxSplits: 1).joined(separator: ": ")
  }
}
