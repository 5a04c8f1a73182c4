public import Facts

/// Turns a document of one kind into events that are not recorded yet.
///
/// An importer is a value that holds what it needs to know besides the document: a profile, what a
/// filing is, how much may stay in memory. It holds no events: each goes to the caller at once.
public protocol Importer {
  /// What a document is: a file, or a folder of files.
  associatedtype Document

  /// What was read, and what was left out.
  associatedtype Summary

  /// Reads one document.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - known: What the ledger has recorded already, which is not defined again.
  ///   - emit: Called with each event. Their order is the document's: a claim may come before the
  ///     definitions and the filing that it rests on.
  /// - Returns: What was read, and what was left out.
  /// - Throws: ``ImportError``, `InvalidEvent` or `RefusedEvents` with the place of
  ///   what cannot be read; whatever the document, `known` and `emit` throw.
  func read(
    _ document: Document,
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> Summary
}

/// A file as an importer sees it: its name, and its bytes piece by piece, once.
public struct SourceFile {
  /// The file, as the user named it; `-` is standard input.
  public let path: String

  /// Gives the next bytes; `nil` at the end.
  public let nextPiece: () throws -> [UInt8]?

  /// A file that gives its bytes with `nextPiece`.
  public init(path: String, nextPiece: @escaping () throws -> [UInt8]?) {
    (self.path, self.nextPiece) = (path, nextPiece)
  }

  /// A file of these bytes.
  public init(path: String, bytes: [UInt8]) {
    var rest: [UInt8]? = bytes
    self.init(path: path) {
      defer { rest = nil }
      return rest
    }
  }

  /// The last part of the path.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}
