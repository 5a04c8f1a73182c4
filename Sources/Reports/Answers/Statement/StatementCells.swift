public import Facts
public import Projections

extension Statement {
  /// The bytes whose SHA-256 is the facts checksum: one line a cell, in reading order, of status,
  /// sequence, value, decimals and filing, tabs between them and a line feed behind.
  ///
  /// What a cell has not is empty: a dash has no value; a conflict has
  /// the sequences of all its claims, with commas, and no value; a derived figure has those of its
  /// operands, and no filing.
  ///
  /// - Parameter filingName: The text of a filing's symbol.
  public func checksumBytes(filingName: (SymbolID) throws -> String) rethrows -> [UInt8] {
    var bytes: [UInt8] = []
    for cell in lines.lazy.flatMap(\.cells) {
      var fields = [cell.status]
      if case .holds(let row) = cell.answer {
        fields += [String(row.sequence), row.figure.value?.description ?? ""]
        fields += [row.figure.decimals.map { String($0) } ?? "", try filingName(row.filing)]
      } else {
        let sequences = cell.answer.rows.map { String($0.sequence) }
        let figure = cell.answer.figure
        fields += [sequences.joined(separator: ","), figure?.value?.description ?? ""]
        fields += [figure?.decimals.map { String($0) } ?? "", ""]
      }
      bytes.append(contentsOf: fields.joined(separator: "\t").utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}

extension Statement.Cell {
  /// The word for the answer in every output.
  var status: String { answer.status }
}

extension Answer {
  /// The word for the answer in every output.
  var status: String {
    switch self {
    case .holds(let row): row.figure.value == nil ? "nil" : "value"
    case .conflict: "conflict"
    case .notReported: "not-reported"
    case .notYetKnown: "not-yet-known"
    case .derived: "derived"
    case .notDerivable: "not-derivable"
    }
  }
}

extension Statement.Line {
  /// Whether it is a heading: without cells.
  var isHeading: Bool { definition.concept == nil }

  /// The time that the line's cell in `column` is about: an opening balance is of the day before.
  func period(in column: Statement.Column) -> Period {
    switch (definition.instant, column.period) {
    case (.start, .duration(let start, _)): .instant(start.advanced(byDays: -1))
    case (.end, .duration(_, let end)): .instant(end)
    default: column.period
    }
  }
}

extension Timestamp {
  /// The moment as it was most likely given: a day, if it is the very end of one.
  var published: String {
    self == Timestamp(endOf: day) ? day.description : description
  }
}
