public import Facts
public import JSON

/// An answer that is ready to be written in any format.
///
/// A conforming type says what the answer holds; it knows nothing of how formats write it. Only
/// ``rows`` is needed: what else there is, is made of it.
public protocol Document {
  /// The rows for programs, with everything that the answer says, exactly.
  var rows: Table { get }

  /// What a page of it is called.
  var pageTitle: String { get }

  /// What stands beside the rows.
  var notes: [Note] { get }

  /// What plain text shows.
  var text: [Block] { get }

  /// What Markdown shows.
  var markdown: [Block] { get }

  /// What a page shows.
  var page: [Block] { get }

  /// The drawings; none if the answer is not one to draw.
  var charts: [Chart] { get }

  /// The sheets of a workbook.
  var sheets: [Sheet] { get }

  /// When a workbook of it was made: a moment that is a part of the answer, so that it can be made again; `nil` for
  /// none.
  var moment: Timestamp? { get }

  /// The one object of JSON; `nil` for the rows and notes in the shape of ``rows``.
  var object: JSONValue? { get }

  /// The values of JSON lines; `nil` for one object a row.
  var records: [JSONValue]? { get }
}

/// A part of a document for people.
public enum Block: Sendable {
  /// A heading; level 1 is the highest.
  case heading(String, level: Int)

  /// A line under a heading.
  case caption(String)

  /// Lines as they are, one below the other.
  case lines([String])

  /// The same, with parts that stand out.
  case styled([StyledText])

  /// What a reader must not miss.
  case notice(String)

  /// Names with their texts; a name may be empty for more text of the one before.
  case items([(name: String, text: String)])

  /// A table.
  case table(Table)

  /// A drawing; pages alone have it.
  case chart(Chart)

  /// The lines of these notes.
  public static func notes(_ notes: [Note]) -> Block { .lines(notes.compactMap(\.line)) }
}

extension Document {
  /// The title of the rows.
  public var pageTitle: String { rows.head.title }

  /// None.
  public var notes: [Note] { [] }

  /// The rows, if there are any, and the notes.
  public var text: [Block] {
    let rows = rows
    return (rows.rows.isEmpty ? [] : [.table(rows)]) + [.notes(notes)]
  }

  /// The rows.
  public var markdown: [Block] { [.table(rows)] }

  /// The title, and what plain text shows.
  public var page: [Block] { [.heading(rows.head.title, level: 1)] + text }

  /// None.
  public var charts: [Chart] { [] }

  /// The rows, with everything that the answer says, and what a page shows beside tables.
  public var sheets: [Sheet] { [Sheet(rows)] + (Sheet(about: page).map { [$0] } ?? []) }

  /// None.
  public var moment: Timestamp? { nil }

  /// None: rows and notes are written.
  public var object: JSONValue? { nil }

  /// None: rows are written.
  public var records: [JSONValue]? { nil }

  /// The document in a format that is a text.
  ///
  /// - Throws: As ``bytes(as:)``.
  public func rendered(as format: ReportFormat) throws -> String {
    String(decoding: try bytes(as: format), as: UTF8.self)
  }

  /// The document in a format; not always a text.
  ///
  /// - Throws: What temporary files throw, of a format that needs one, and if the format has no room for it.
  public func bytes(as format: ReportFormat) throws -> [UInt8] {
    var bytes: [UInt8] = []
    if format.screen == .none {
      try format.type.write(self, to: &bytes)
    } else {
      TextFormat.write(self, to: &bytes, on: format.screen)
    }
    return bytes
  }
}
