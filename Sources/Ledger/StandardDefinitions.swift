import CTaxonomy
public import Facts
import JSON

/// The definitions that the program carries: the events of `Events/taxonomy`.
///
/// The first append to an empty ledger records them, so that the ledger explains itself.
public enum StandardDefinitions {
  private static let byName = Result {
    var events: [DefinitionName: Event] = [:]
    for event in try drafts().map(\.event) {
      if let name = event.definitionName { events[name] = event }
    }
    return events
  }

  /// The definition of this name; `nil` if there is none.
  static func definition(_ name: DefinitionName) throws -> Event? { try byName.get()[name] }

  /// The definitions, in order.
  ///
  /// - Throws: ``InvalidEvent`` if the program was built with a definition that does not read.
  public static func drafts() throws -> [Draft] {
    // The bytes are part of the program, and never change.
    let bytes = unsafe UnsafeBufferPointer(
      start: assay_taxonomy_bytes(),
      count: assay_taxonomy_byte_count()
    )
    let parser = JSONParser()
    return try unsafe Array(bytes).split(separator: UInt8(ascii: "\n")).map { line in
      Draft(try Event(parser.parse(Array(line)).root), file: "Events/taxonomy")
    }
  }
}
