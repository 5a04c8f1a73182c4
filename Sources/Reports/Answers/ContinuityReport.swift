import Facts
public import Ledger

/// Whether a company went on reporting its measures outside of accounting standards, and meant the same by them.
public struct ContinuityReport: Document, Sendable {
  private let measures: [MeasureContinuity]

  /// A report of `measures`.
  public init(_ measures: [MeasureContinuity]) { self.measures = measures }

  /// One row for each measure.
  public var rows: Table {
    var table = Table(
      TableHead(title: Self.title, shape: .init("assay.continuity/1"), columns: Self.columns)
    )
    for measure in measures {
      table.append([
        .text(measure.statement), .text(measure.label), .text(measure.concept),
        .dimensions(measure.dimensions), .text(measure.unit), .count(measure.quarters.count),
        measure.quarters.first.map { .period($0) } ?? .none,
        measure.quarters.last.map { .period($0) } ?? .none,
        .text(measure.isStopped ? "stopped" : "reported"),
        .list(measure.redefinitions.map { Cell($0) }),
        .list(measure.recalculations.map { Cell($0) }),
      ])
    }
    return table
  }

  /// How many measures there are, and how many to ask about.
  public var notes: [Note] {
    let count = measures.count { !$0.isContinuous }
    return [
      Note(
        "\(counted(measures.count, "measure", "measures")): "
          + (count == 0
            ? "each is reported for the last quarter, by one definition and one calculation"
            : "\(counted(count, "measure", "measures")) to be asked about")
      )
    ]
  }

  /// The measures for reading, and the notes.
  public var text: [Block] { [.table(readable), .notes(notes)] }

  /// The measures for reading.
  public var markdown: [Block] { [.table(readable), .notes(notes)] }

  /// The title, what it means, the measures and the notes.
  public var page: [Block] {
    [
      .heading(Self.title, level: 1), .lines([Self.meaning]), .table(readable), .notes(notes),
    ]
  }

  private static let title = "Non-GAAP measures"

  private static let meaning =
    "Lines of the statements that reconcile measures of the company's own. Stopped: other measures of the statement are "
    + "reported for a later quarter. Defined or calculated anew: an event changed the definition of the concept, or of what "
    + "adds up to it."

  private var readable: Table {
    var table = Table(
      TableHead(
        title: Self.title,
        columns: [
          .init("measure"), .init("first"), .init("last"), .init("quarters", .right),
          .init("remark"),
        ]
      )
    )
    for measure in measures {
      let dimensions = measure.dimensions.isEmpty ? "" : " [\(measure.dimensions.text)]"
      table.append([
        .text((measure.label.isEmpty ? measure.concept : measure.label) + dimensions),
        Cell(measure.quarters.first?.description), Cell(measure.quarters.last?.description),
        .count(measure.quarters.count), .text(Self.remark(measure)),
      ])
    }
    return table
  }

  private static func remark(_ measure: MeasureContinuity) -> String {
    var parts: [String] = []
    if measure.isStopped { parts.append("no longer reported: others are for \(measure.latest)") }
    func events(_ sequences: [UInt64]) -> String {
      "event \(sequences.map { String($0) }.joined(separator: ", "))"
    }
    if !measure.redefinitions.isEmpty {
      parts.append("defined anew by \(events(measure.redefinitions))")
    }
    if !measure.recalculations.isEmpty {
      parts.append("calculated anew by \(events(measure.recalculations))")
    }
    return parts.isEmpty ? "reported" : parts.joined(separator: "; ")
  }

  private static let columns: [Table.Column] = [
    .init("statement"), .init("label"), .init("concept"), .init("dimensions"), .init("unit"),
    .init("quarters", .right), .init("first"), .init("last"), .init("status"),
    .init("redefinitions"), .init("recalculations"),
  ]
}
