import Facts
public import Ledger

extension StatementAnswer {
  /// The bytes whose SHA-256 is the facts checksum: one line a cell, in reading order, of status,
  /// sequence, value, decimals and filing, tabs between them and a line feed behind.
  ///
  /// What a cell has not is empty: a dash has no value; a conflict has
  /// the sequences of all its claims, with commas, and no value; a derived figure has those of its
  /// operands, the decimals of the coarsest of them, and no filing.
  public var checksumBytes: [UInt8] {
    var bytes: [UInt8] = []
    for cell in lines.lazy.flatMap(\.cells) {
      var fields = [cell.status]
      if case .holds(let claim) = cell {
        fields += [String(claim.sequence), claim.figure.value?.description ?? ""]
        fields += [claim.figure.decimals.map { String($0) } ?? "", claim.filing]
      } else {
        let sequences = cell.claims.map { String($0.sequence) }
        let figure = cell.figure
        let decimals = figure == nil ? nil : cell.claims.compactMap(\.figure.decimals).min()
        fields += [sequences.joined(separator: ","), figure?.value?.description ?? ""]
        fields += [decimals.map { String($0) } ?? "", ""]
      }
      bytes.append(contentsOf: fields.joined(separator: "\t").utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}

extension FactAnswer {
  /// ``status``; of a range, that it is one, where its ends are not shown.
  var kind: String { if case .range = self { "range" } else { status } }

  /// The word for the answer in every output.
  var status: String {
    switch self {
    case .holds(let claim): claim.figure.value == nil ? "nil" : "value"
    case .range: "value"
    case .conflict: "conflict"
    case .retracted: "retracted"
    case .notReported: "not-reported"
    case .notYetKnown: "not-yet-known"
    case .derived: "derived"
    case .notDerivable: "not-derivable"
    }
  }
}

extension StatementAnswer.Line {
  /// The time that the line's cell in `column` is about: an opening balance is of the day before.
  func period(in column: StatementColumn) -> Period {
    definition.period(in: column.period)
  }
}

extension Timestamp {
  /// The moment as it was most likely given: a day, if it is the very end of one.
  var published: String {
    self == Timestamp(endOf: day) ? day.description : description
  }
}
