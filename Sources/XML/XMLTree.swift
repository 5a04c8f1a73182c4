import CLibXML2

/// Builds nodes from the parser's callbacks.
///
/// All pointers here are the parser's, and live as long as the callback runs.
@safe
final class XMLTree {
  private let root: (XMLNode) throws -> Void
  private let child: (XMLNode, XMLNode) throws -> Void

  /// The elements that are open, the root first.
  private var open: [XMLNode] = []

  /// What a callback threw; the parser is stopped then.
  private(set) var error: (any Error)?

  /// The parser that calls back.
  var parser: xmlParserCtxtPtr?

  init(
    root: @escaping (XMLNode) throws -> Void,
    child: @escaping (XMLNode, XMLNode) throws -> Void
  ) {
    (self.root, self.child) = (root, child)
    unsafe parser = nil
  }

  private var line: Int { unsafe Int(xmlSAX2GetLineNumber(parser)) }

  private var column: Int { unsafe Int(xmlSAX2GetColumnNumber(parser)) }

  /// Runs `body` unless an error was thrown before, and stops the parser if it throws.
  private func attempt(_ body: () throws -> Void) {
    guard error == nil else { return }
    do {
      try body()
    } catch {
      self.error = error
      unsafe xmlStopParser(parser)
    }
  }

  private func start(
    _ name: XMLName,
    _ attributes: [(name: XMLName, value: String)],
    declaring declarations: [(prefix: String, namespace: String)],
    undeclared prefix: String?
  ) {
    attempt {
      if let prefix {
        throw XMLError("the prefix \"\(prefix)\" is not declared", line: line)
      }
      guard open.count < XMLReader.depthLimit else {
        throw XMLError("more than \(XMLReader.depthLimit) elements lie in each other", line: line)
      }
      var namespaces = open.last?.namespaces ?? XMLNamespaces()
      for (prefix, namespace) in declarations { namespaces.declare(prefix, as: namespace) }
      let node = XMLNode(
        name: name,
        attributes: attributes,
        namespaces: namespaces,
        line: line,
        // The parser has read up to the > of the tag.
        textStart: (line, column + 1)
      )
      open.append(node)
      if open.count == 1 { try root(node) }
    }
  }

  private func text(_ text: String) {
    // Text beside the root's children belongs to none of them.
    guard open.count > 1 else { return }
    open[open.count - 1].text += text
  }

  private func end() {
    attempt {
      guard let node = open.popLast() else { return }
      if open.count == 1 {
        try child(node, open[0])
      } else if !open.isEmpty {
        open[open.count - 1].children.append(node)
      }
    }
  }

  private func refuseDocumentType() {
    attempt {
      throw XMLError("a document type declaration (<!DOCTYPE) is not read", line: line)
    }
  }
}

extension XMLTree {
  /// The callbacks of SAX2; what is not among them is passed over.
  static var handler: xmlSAXHandler {
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = XML_SAX2_MAGIC
    unsafe handler.internalSubset = { context, _, _, _ in
      unsafe XMLTree.at(context)?.refuseDocumentType()
    }
    unsafe handler.startElementNs = {
      context,
      local,
      prefix,
      uri,
      namespaceCount,
      namespaces,
      attributeCount,
      _,
      attributes in
      guard let tree = unsafe XMLTree.at(context) else { return }
      let names =
        unsafe [(prefix, uri)]
        + (0..<Int(attributeCount)).map { index in
          unsafe (attributes?[index * 5 + 1], attributes?[index * 5 + 2])
        }
      let undeclared = unsafe names.first { unsafe $0.0 != nil && $0.1 == nil }?.0
      tree.start(
        unsafe XMLName(XMLTree.text(local), in: XMLTree.text(uri)),
        unsafe XMLTree.read(attributes, Int(attributeCount)),
        declaring: unsafe XMLTree.declarations(namespaces, Int(namespaceCount)),
        undeclared: unsafe undeclared.map { unsafe XMLTree.text($0) }
      )
    }
    unsafe handler.characters = { context, bytes, count in
      guard let bytes = unsafe bytes, let tree = unsafe XMLTree.at(context) else { return }
      let text = unsafe UnsafeBufferPointer(start: bytes, count: Int(count))
      tree.text(unsafe String(decoding: text, as: UTF8.self))
    }
    unsafe handler.endElementNs = { context, _, _, _ in unsafe XMLTree.at(context)?.end() }
    return unsafe handler
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> XMLTree? {
    unsafe context.map { unsafe Unmanaged<XMLTree>.fromOpaque($0).takeUnretainedValue() }
  }

  /// The text at `pointer`, which ends with a zero byte; empty for none.
  private static func text(_ pointer: UnsafePointer<xmlChar>?) -> String {
    unsafe pointer.map { unsafe String(cString: $0) } ?? ""
  }

  /// Pairs of a prefix and a URI.
  private static func declarations(
    _ pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
    _ count: Int
  ) -> [(prefix: String, namespace: String)] {
    guard let pointers = unsafe pointers else { return [] }
    return (0..<count).map { index in
      unsafe (text(pointers[index * 2]), text(pointers[index * 2 + 1]))
    }
  }

  /// Five pointers each: name, prefix, URI, the start of the value and its end.
  private static func read(
    _ pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
    _ count: Int
  ) -> [(name: XMLName, value: String)] {
    guard let pointers = unsafe pointers else { return [] }
    return (0..<count).map { index in
      let name = unsafe XMLName(text(pointers[index * 5]), in: text(pointers[index * 5 + 2]))
      guard let start = unsafe pointers[index * 5 + 3], let end = unsafe pointers[index * 5 + 4]
      else { return (name, "") }
      let bytes = unsafe UnsafeBufferPointer(start: start, count: end - start)
      return (name, unsafe String(decoding: bytes, as: UTF8.self))
    }
  }
}
