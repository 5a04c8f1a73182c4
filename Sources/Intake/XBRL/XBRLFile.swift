import XML

/// The file that is read, for messages.
struct XBRLFile {
  /// The file, as the user named it.
  let path: String

  /// Its name in the folder of the report, with folders in that.
  let nameInFolder: String

  /// The last part of the path.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  func error(at node: XMLNode, _ message: String, remedy: String) -> ImportError {
    error(at: node.line, message, remedy: remedy)
  }

  func error(at line: Int, _ message: String, remedy: String) -> ImportError {
    ImportError(file: path, place: .line(line), message: message, remedy: remedy)
  }

  func error(at place: XMLPlace, _ message: String, remedy: String) -> ImportError {
    ImportError(
      file: path,
      place: .column(place.column, line: place.line),
      message: message,
      remedy: remedy
    )
  }

  /// An attribute that must be there.
  func attribute(_ name: XMLName, of node: XMLNode) throws(ImportError) -> String {
    try required(node[name], "<\(node.name.local)> has no \(name.local)", at: node.place)
  }

  /// A part that must be there.
  func required<Part>(
    _ part: Part?,
    _ message: @autoclosure () -> String,
    at place: XMLPlace
  ) throws(ImportError) -> Part {
    if let part { return part }
    throw error(at: place.line, message(), remedy: Remedies.downloadAgain)
  }

  /// A child that must be there.
  func child(_ local: String, of node: XMLNode) throws(ImportError) -> XMLNode {
    let child = node.child(XMLName(local, in: node.name.namespace))
    return try required(child, "<\(node.name.local)> has no <\(local)>", at: node.place)
  }

  /// The name that a text in `node` stands for.
  func name(_ text: some StringProtocol, in node: XMLNode) throws(ImportError) -> XMLName {
    try name(text, in: node.namespaces, at: node.place)
  }

  /// The name that a text stands for, by the prefixes in scope.
  func name(
    _ text: some StringProtocol,
    in namespaces: XMLNamespaces,
    at place: XMLPlace
  ) throws(ImportError) -> XMLName {
    try required(
      namespaces.name(text.trimmed),
      "\"\(text.trimmed.prefix(80))\" is no name, or its prefix is not declared",
      at: place
    )
  }
}

extension SourceFolder {
  /// Reads an XML file of the folder.
  ///
  /// - Throws: ``ImportError`` if it is no well-formed XML; whatever `root` and `child` throw.
  func readXML(
    _ name: String,
    root: @escaping (XMLNode) throws -> Void = { _ in },
    child: @escaping (_ child: XMLNode, _ root: XMLNode) throws -> Void
  ) throws {
    let reader = XMLReader(root: root, child: child)
    try explained(name) {
      try read(name) { try reader.read($0.span) }
      try reader.finish()
    }
  }

  /// Reads a page of Inline XBRL.
  ///
  /// - Throws: ``ImportError`` if it is no well-formed XML; whatever `handler` throws.
  func readPage(_ name: String, _ handler: InlineReader) throws {
    let reader = XMLEventReader(
      handler,
      allowsDocumentType: true,
      depthLimit: InlineReader.depthLimit
    )
    try explained(name) {
      try read(name) { try reader.read($0.span) }
      try reader.finish()
    }
  }

  /// Reads an XML file of the folder, event by event.
  ///
  /// - Throws: ``ImportError`` if it is no well-formed XML; whatever `handler` throws.
  func readXML(_ name: String, by handler: any XMLEventHandler) throws {
    let reader = XMLEventReader(
      handler,
      allowsDocumentType: false,
      depthLimit: XMLReader.depthLimit
    )
    try explained(name) {
      try read(name) { try reader.read($0.span) }
      try reader.finish()
    }
  }

  private func explained(_ name: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as XMLError {
      throw ImportError(
        file: path(of: name),
        place: .line(error.line),
        message: error.message,
        remedy: "the file is damaged, cut off or no XBRL: download it again"
      )
    }
  }
}
