import Facts
public import JSON
public import Ledger

/// A panel: a row for each entity and period, and for each measure what was known then, first and now.
public struct PanelReport: Document {
  let panel: PanelAnswer

  /// A report of `panel`.
  public init(_ panel: PanelAnswer) { self.panel = panel }

  private static let schema = "assay.panel/1"

  /// One row an entity and period; the columns of a measure begin with its name.
  public var rows: Table {
    var columns = ["entity", "name", "fiscalYear", "fiscalQuarter", "period", "knownAt"].map {
      Table.Column($0)
    }
    for measure in panel.measures {
      let suffixes =
        ["", ".status", ".unit", ".concept", ".filing", ".published", ".first", ".firstPublished"]
        + [".now", ".nowStatus"] + (panel.hasGrowth ? [".growth"] : [])
      columns += suffixes.map { Table.Column(measure.name + $0) }
    }
    var table = Table(TableHead(title: "Panel", shape: .init(Self.schema), columns: columns))
    for row in panel.rows {
      var cells: [Cell] = [
        .text(row.entity.entity), .text(row.entity.name), Cell(row.fiscalYear),
        Cell(row.fiscalQuarter), .period(row.period), Cell(row.knownAt?.timestamp),
      ]
      for cell in row.cells { cells += self.cells(cell) }
      table.append(cells)
    }
    return table
  }

  private func cells(_ cell: PanelAnswer.Cell) -> [Cell] {
    let newest = cell.known.newest
    return [
      Cell(cell.known.amount), .text(cell.known.status), Cell(cell.known.unit),
      Cell(cell.known.reading.concept), Cell(newest?.filing), Cell(newest?.published),
      Cell(cell.first?.amount), Cell(cell.first?.newest?.published), Cell(cell.now.amount),
      .text(cell.now.status),
    ] + (panel.hasGrowth ? [Cell(cell.growth)] : [])
  }

  /// How many rows there are, and what is left out.
  public var notes: [Note] {
    let entityCount = Set(panel.rows.map(\.entity.entity)).count
    let leftOut = panel.leftOut.map { left in
      JSONValue.object([
        ("entity", .string(left.entity)), ("concept", .string(left.concept)),
        ("unit", .of(left.unit)),
      ])
    }
    return [
      Note(
        "entityCount",
        .integer(entityCount),
        line: "\(counted(panel.rows.count, "row", "rows")) of "
          + "\(counted(entityCount, "entity", "entities"))"
      ),
      Note("leftOut", .array(leftOut), line: nil),
      Note("head", .integer(Int(clamping: panel.head))), Note("root", .string(panel.root)),
    ]
      + panel.leftOut.map { left in
        Note(
          "left out: \(left.concept) of \(left.entity)"
            + (left.unit.map { " in \($0)" } ?? ", which is reported with dimensions alone")
        )
      }
  }

  /// Of each measure, what was known, what was reported first, and what is known now.
  public var text: [Block] {
    var columns = [
      Table.Column("entity"), Table.Column("period"), Table.Column("knownAt", title: "known at"),
    ]
    for measure in panel.measures {
      columns += [("", ""), (".first", " first"), (".now", " now")].map { key, title in
        Table.Column(
          measure.name + key,
          .right,
          title: measure.name + title,
          isGrouped: true
        )
      }
      if panel.hasGrowth {
        columns.append(
          Table.Column("\(measure.name).growth", .right, title: "\(measure.name) growth")
        )
      }
    }
    var table = Table(TableHead(title: "Panel", columns: columns))
    for row in panel.rows {
      var cells: [Cell] = [
        .text(row.entity.entity), .period(row.period), Cell(row.knownAt?.timestamp),
      ]
      for cell in row.cells {
        cells += [cell.known.shown, cell.first?.shown ?? .none, cell.now.shown]
        if panel.hasGrowth { cells.append(Cell(cell.growth)) }
      }
      table.append(cells)
    }
    return [.table(table), .notes(notes)]
  }

  /// The title, the drawings, and what plain text shows.
  public var page: [Block] {
    [.heading("Panel", level: 1)] + charts.map { .chart($0) } + text
  }

  /// As plain text.
  public var markdown: [Block] { text }

  /// `assay.panel/1`: for each row an object, and in it one for each measure.
  public var object: JSONValue? {
    .object(
      [("schema", .string(Self.schema)), ("rows", .array(records ?? []))]
        + notes.compactMap { note in note.member }
    )
  }

  /// The rows.
  public var records: [JSONValue]? {
    panel.rows.map { row in
      let measures = zip(panel.measures, row.cells).map { measure, cell in
        (measure.name, json(cell))
      }
      return .object([
        ("entity", .string(row.entity.entity)), ("name", .string(row.entity.name)),
        ("fiscalYear", row.fiscalYear.map { .integer($0) } ?? .null),
        ("fiscalQuarter", row.fiscalQuarter.map { .integer($0) } ?? .null),
        ("period", .string(row.period.description)), ("knownAt", .of(row.knownAt?.description)),
        ("measures", .object(measures)),
      ])
    }
  }

  private func json(_ cell: PanelAnswer.Cell) -> JSONValue {
    let newest = cell.known.newest
    let published = { (time: Timestamp?) in
      JSONValue.of(time.map { PublishedTime($0).description })
    }
    return .object(
      [
        ("value", .of(cell.known.amount?.description)), ("status", .string(cell.known.status)),
        ("unit", .of(cell.known.unit)), ("concept", .of(cell.known.reading.concept)),
        ("filing", .of(newest?.filing)), ("published", published(newest?.published)),
        ("first", .of(cell.first?.amount?.description)),
        ("firstPublished", published(cell.first?.newest?.published)),
        ("now", .of(cell.now.amount?.description)), ("nowStatus", .string(cell.now.status)),
      ] + (panel.hasGrowth ? [("growth", .of(cell.growth?.description))] : [])
    )
  }
}

extension PanelAnswer.Value {
  /// The word for it, as of every answer; a ratio is derived, or what the first of its figures is that has no
  /// number.
  fileprivate var status: String {
    guard let divisor else { return reading.status }
    guard amount == nil else { return "derived" }
    for one in [reading, divisor] where one.answer.figure?.value == nil { return one.status }
    return "not-derivable"
  }

  /// The claim that was published last of those that it rests on.
  fileprivate var newest: ReportedFigure? {
    claims.max { ($0.published, $0.sequence) < ($1.published, $1.sequence) }
  }

  /// The number for people; what there is in place of one.
  fileprivate var shown: Cell {
    guard let amount else { return .text(status) }
    return divisor == nil ? .figure(reading.answer.figure ?? Figure(value: amount)) : Cell(amount)
  }
}

extension PanelAnswer.Reading {
  /// The word for it; of what is reported otherwise, how.
  fileprivate var status: String { absence?.rawValue ?? answer.kind }
}
