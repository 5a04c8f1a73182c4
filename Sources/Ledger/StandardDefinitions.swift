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
  /// - Throws: `InvalidEvent` if the program was built with a definition that does not read.
  public static func drafts() throws -> [Draft] {
    let parser = JSONParser()
    var drafts: [Draft] = []
    for bytes in files {
      for definition in try parser.parse(bytes).root.elements {
        drafts.append(Draft(try Event(definition), file: "Events/taxonomy"))
      }
    }
    return drafts
  }

  /// The files that hold them, each a JSON array.
  private static var files: [[UInt8]] {
    var files: [[UInt8]] = []
    var byteCount = 0
    while let start = unsafe assay_taxonomy_file(files.count, &byteCount) {
      // The bytes are part of the program, and never change.
      files.append(unsafe Array(UnsafeBufferPointer(start: start, count: byteCount)))
    }
    return files
  }
}
