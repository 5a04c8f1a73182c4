import CLibXML2

/// Reads an XML document piece by piece, with libxml2, and hands over the children of its root.
///
/// A document of any length is read in the memory of its largest child. Nothing but the bytes given
/// is ever read: a document type declaration is refused, and with it every entity that is not one
/// of XML's own five, so that no text can grow on its own or name a file or an address.
///
///     let reader = XMLReader { child, root in … }
///     for chunk in chunks { try reader.read(chunk.span) }
///     try reader.finish()
@safe
public final class XMLReader {
  /// How many elements may lie in each other.
  public static let depthLimit = 256

  private let tree: XMLTree
  private let parser: xmlParserCtxtPtr

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - root: Called with the root's start tag, before any child.
  ///   - child: Called with each child of the root, whole, and the root's start tag.
  public init(
    root: @escaping (_ root: XMLNode) throws -> Void = { _ in },
    child: @escaping (_ child: XMLNode, _ root: XMLNode) throws -> Void
  ) {
    tree = XMLTree(root: root, child: child)
    var handler = unsafe XMLTree.handler
    // The tree outlives the parser, which this object frees first.
    let context = unsafe Unmanaged.passUnretained(tree).toOpaque()
    guard let parser = unsafe xmlCreatePushParserCtxt(&handler, context, nil, 0, nil) else {
      preconditionFailure("out of memory")
    }
    unsafe self.parser = parser
    unsafe tree.parser = parser
    // NOENT replaces XML's own entities in attributes; without a document type there are no others.
    let options = [
      XML_PARSE_NONET, XML_PARSE_NOERROR, XML_PARSE_NOWARNING, XML_PARSE_HUGE, XML_PARSE_NOENT,
    ]
    unsafe xmlCtxtUseOptions(parser, CInt(options.reduce(0) { $0 | $1.rawValue }))
  }

  deinit { unsafe xmlFreeParserCtxt(parser) }

  /// Reads the next bytes of the document.
  ///
  /// - Throws: ``XMLError`` if they are no well-formed XML, declare a document type or lie in more
  ///   than ``depthLimit`` elements; whatever the two functions throw. The reader is then of no
  ///   more use.
  /// - Complexity: O(*n*).
  public func read(_ bytes: Span<UInt8>) throws {
    var start = 0
    while start < bytes.count {
      let end = min(start + 1 << 20, bytes.count)
      let code = unsafe bytes.extracting(start..<end).withUnsafeBytes { bytes in
        unsafe xmlParseChunk(
          parser,
          bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
          CInt(bytes.count),
          0
        )
      }
      try check(code)
      start = end
    }
  }

  /// Ends the document.
  ///
  /// - Throws: As ``read(_:)``, also if the document is not complete.
  public func finish() throws { try check(unsafe xmlParseChunk(parser, nil, 0, 1)) }

  private func check(_ code: CInt) throws {
    if let error = tree.error { throw error }
    // The parser owns the error until the next call.
    guard code != 0, let error = unsafe xmlCtxtGetLastError(parser),
      unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue
    else { return }
    let message = unsafe error.pointee.message.map { unsafe String(cString: $0) } ?? "not XML"
    throw XMLError(
      String(message.split(separator: "\n").first ?? "not XML"),
      line: max(1, Int(unsafe error.pointee.line))
    )
  }
}
