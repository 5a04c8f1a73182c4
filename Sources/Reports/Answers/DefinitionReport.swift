import Facts
import JSON
public import Ledger

/// Concepts that statements and checks name, and that nothing defines.
public struct DefinitionReport: Document, Sendable {
  private let unknown: [UnknownConcept]

  /// A report of `unknown`.
  public init(_ unknown: [UnknownConcept]) { self.unknown = unknown }

  /// One row for each concept of each definition.
  public var rows: Table {
    var table = Table(
      TableHead(title: "Definitions", shape: .init("assay.definitions/1"), columns: Self.columns)
    )
    for found in unknown {
      table.append([
        .text(found.definition.type), .text(found.definition.name), Cell(found.definition.entity),
        .text(found.concept), Cell(found.suggestion),
      ])
    }
    return table
  }

  /// How many there are.
  public var notes: [Note] {
    [
      Note(
        unknown.isEmpty
          ? "every concept that a statement or check names is defined"
          : "\(counted(unknown.count, "name", "names")) of concepts that nothing defines"
      )
    ]
  }

  /// The concepts in words, and the notes.
  public var text: [Block] { [.lines(unknown.map(\.description)), .notes(notes)] }

  /// The title, the concepts, and the notes.
  public var page: [Block] { [.heading("Definitions", level: 1), .table(rows), .notes(notes)] }

  private static let columns = ["type", "name", "entity", "concept", "suggestion"].map {
    Table.Column($0)
  }
}
