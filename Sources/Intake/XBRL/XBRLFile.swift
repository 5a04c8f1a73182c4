import XML

/// The file that is read, for messages.
struct XBRLFile {
  /// The file, as the user named it.
  let path: String

  func error(at node: XMLNode, _ message: String, remedy: String) -> ImportError {
    ImportError(file: path, place: .line(node.line), message: message, remedy: remedy)
  }

  /// An attribute that must be there.
  func attribute(_ name: XMLName, of node: XMLNode) throws(ImportError) -> String {
    guard let value = node[name] else {
      throw error(
        at: node,
        "<\(node.name.local)> has no \(name.local)",
        remedy: "is this file whole and unchanged? Download it again"
      )
    }
    return value
  }

  /// A child that must be there.
  func child(_ local: String, of node: XMLNode) throws(ImportError) -> XMLNode {
    guard let child = node.child(XMLName(local, in: node.name.namespace)) else {
      throw error(
        at: node,
        "<\(node.name.local)> has no <\(local)>",
        remedy: "is this file whole and unchanged? Download it again"
      )
    }
    return child
  }

  /// The name that a text in `node` stands for.
  func name(_ text: some StringProtocol, in node: XMLNode) throws(ImportError) -> XMLName {
    guard let name = node.namespaces.name(text.trimmed), !name.local.isEmpty else {
      throw error(
        at: node,
        "\"\(text.trimmed.prefix(80))\" is no name, or its prefix is not declared",
        remedy: "is this file whole and unchanged? Download it again"
      )
    }
    return name
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
    do {
      try read(name) { try reader.read($0.span) }
      try reader.finish()
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
