import CExpat

/// Reads an XML document piece by piece, with expat, and tells each tag and text with its exact place.
///
/// Nothing but the bytes given is ever read. A document type declaration is refused, or passed over where
/// it is allowed and declares nothing itself, so that no text can grow on its own or name a file or an
/// address; then a reference that only its type could explain is told as U+FFFD, a non-breaking space
/// (`&nbsp;`) as what it is.
@safe
public final class XMLEventReader {
  private let handler: any XMLEventHandler
  private let allowsDocumentType: Bool
  private let depthLimit: Int

  /// `nil` until the encoding is known.
  private var parser: XML_Parser?
  private var encoding = XMLEncoding()

  /// Bytes that wait for more of a long token, so that its start is not read again and again.
  private var waiting: [UInt8] = []
  private var givenByteCount = 0

  /// What a handler threw; nothing is read after it.
  private var error: (any Error)?

  private var depth = 0

  /// The prefixes in scope, and the depth at which each was declared.
  private var scopes: [(depth: Int, namespaces: XMLNamespaces)] = [(0, XMLNamespaces())]

  /// Prefixes declared by the tag that comes next.
  private var declared: [(prefix: String, namespace: String)] = []

  /// Names that were met, as the parser writes them.
  private var names: [String: XMLName] = [:]

  /// The parser writes namespace and name with this between them.
  private static let separator = UInt8(ascii: "\n")

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - handler: Takes what is found.
  ///   - allowsDocumentType: Whether a document type declaration is passed over, as pages have it.
  ///   - depthLimit: How many elements may lie in each other.
  public init(_ handler: any XMLEventHandler, allowsDocumentType: Bool, depthLimit: Int) {
    self.handler = handler
    self.allowsDocumentType = allowsDocumentType
    self.depthLimit = depthLimit
    unsafe parser = nil
  }

  deinit { if let parser = unsafe parser { unsafe XML_ParserFree(parser) } }

  /// Reads the next bytes of the document.
  ///
  /// - Throws: ``XMLError`` if they are no well-formed XML, declare a document type that is not allowed,
  ///   or lie in too many elements; whatever the handler throws. The reader is then of no more use.
  /// - Complexity: O(*n*) for all bytes together.
  public func read(_ bytes: Span<UInt8>) throws {
    guard let parser = unsafe parser else { return try begin(bytes, isWhole: false) }
    let pendingCount = unsafe givenByteCount - Int(XML_GetCurrentByteIndex(parser))
    // As much again as waits in the parser: so a token of any length is read over a few times at most.
    guard waiting.count + bytes.count >= pendingCount || pendingCount < 1 << 16 else {
      return waiting.append(contentsOf: bytes.copied)
    }
    if waiting.isEmpty { return try give(bytes, isLast: false) }
    waiting.append(contentsOf: bytes.copied)
    let held = waiting
    waiting = []
    try give(held.span, isLast: false)
  }

  /// Ends the document.
  ///
  /// - Throws: As ``read(_:)``, also if the document is not complete.
  public func finish() throws {
    if unsafe parser == nil { try begin([UInt8]().span, isWhole: true) }
    let held = waiting
    waiting = []
    try give(held.span, isLast: true)
  }

  /// Makes the parser, once the first bytes told the encoding.
  private func begin(_ bytes: Span<UInt8>, isWhole: Bool) throws {
    guard let name = encoding.name(with: bytes, isWhole: isWhole) else { return }
    let separator = XML_Char(bitPattern: Self.separator)
    let made =
      unsafe name.isEmpty
      ? XML_ParserCreateNS(nil, separator) : XML_ParserCreateNS(name, separator)
    guard let made = unsafe made else { preconditionFailure("out of memory") }
    unsafe parser = made
    unsafe install(in: made)
    let first = encoding.bytes
    try give(first.span, isLast: false)
  }

  private func give(_ bytes: Span<UInt8>, isLast: Bool) throws {
    if let error { throw error }
    var start = 0
    repeat {
      let end = min(start + 1 << 24, bytes.count)
      givenByteCount += end - start
      let isEnd = isLast && end == bytes.count
      let status = unsafe bytes.extracting(start..<end).withUnsafeBytes { bytes in
        unsafe XML_Parse(
          parser,
          bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
          CInt(bytes.count),
          isEnd ? 1 : 0
        )
      }
      if let error { throw error }
      guard status == XML_STATUS_OK else { throw failure }
      start = end
    } while start < bytes.count
  }

  /// What the parser refuses.
  private var failure: XMLError {
    let code = unsafe XML_GetErrorCode(parser)
    let message = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) }
    return XMLError(message ?? "not XML", line: place.line)
  }

  /// Where what the parser tells begins.
  private var place: XMLPlace {
    XMLPlace(
      line: unsafe Int(XML_GetCurrentLineNumber(parser)) + encoding.skippedLineCount,
      column: unsafe Int(XML_GetCurrentColumnNumber(parser)) + 1
    )
  }

  /// Runs `body` unless an error was thrown before, and stops the parser if it throws.
  private func attempt(_ body: () throws -> Void) {
    guard error == nil else { return }
    do {
      try body()
    } catch {
      self.error = error
      _ = unsafe XML_StopParser(parser, 0)
    }
  }
}

// What the parser calls back: all pointers are the parser's, and live as long as the call.
extension XMLEventReader {
  @unsafe
  private func install(in parser: XML_Parser) {
    // The parser is freed before this object.
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { context, name, attributes in unsafe XMLEventReader.at(context)?.start(name, attributes) },
      { context, _ in unsafe XMLEventReader.at(context)?.end() }
    )
    unsafe XML_SetCharacterDataHandler(parser) { context, bytes, count in
      guard let reader = unsafe XMLEventReader.at(context), reader.handler.takesText,
        let bytes = unsafe bytes
      else { return }
      let raw = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
      reader.text(unsafe String(decoding: raw, as: UTF8.self))
    }
    unsafe XML_SetStartNamespaceDeclHandler(parser) { context, prefix, uri in
      let (prefix, uri) = unsafe (XMLEventReader.text(prefix), XMLEventReader.text(uri))
      unsafe XMLEventReader.at(context)?.declared.append((prefix, uri))
    }
    unsafe XML_SetSkippedEntityHandler(parser) { context, name, _ in
      let isSpace = unsafe XMLEventReader.text(name) == "nbsp"
      unsafe XMLEventReader.at(context)?.skip(isSpace ? "\u{A0}" : "\u{FFFD}")
    }
    unsafe XML_SetDoctypeDeclHandler(
      parser,
      { context, _, _, _, hasDeclarations in
        unsafe XMLEventReader.at(context)?.documentType(hasDeclarations: hasDeclarations != 0)
      },
      nil
    )
    unsafe XML_SetUnknownEncodingHandler(
      parser,
      { _, name, encoding in unsafe XMLEncoding.define(name, encoding) ? 1 : 0 },
      nil
    )
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> XMLEventReader? {
    unsafe context.map { unsafe Unmanaged<XMLEventReader>.fromOpaque($0).takeUnretainedValue() }
  }

  /// The text at `pointer`, which ends with a zero byte; empty for none.
  private static func text(_ pointer: UnsafePointer<XML_Char>?) -> String {
    unsafe pointer.map { unsafe String(cString: $0) } ?? ""
  }

  private func name(_ pointer: UnsafePointer<XML_Char>?) -> XMLName {
    let written = unsafe Self.text(pointer)
    if let name = names[written] { return name }
    let end = written.utf8.firstIndex(of: Self.separator)
    let local = end.map { written[written.utf8.index(after: $0)...] } ?? written[...]
    let name = XMLName(String(local), in: String(written[..<(end ?? written.startIndex)]))
    // Documents have few names; what is made up does not fill the memory.
    if names.count < 4096 { names[written] = name }
    return name
  }

  private func start(
    _ pointer: UnsafePointer<XML_Char>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
  ) {
    attempt {
      guard depth < depthLimit else {
        throw XMLError("more than \(depthLimit) elements lie in each other", line: place.line)
      }
      depth += 1
      if !declared.isEmpty {
        var namespaces = scopes[scopes.count - 1].namespaces
        for (prefix, namespace) in declared { namespaces.declare(prefix, as: namespace) }
        scopes.append((depth, namespaces))
        declared = []
      }
      let name = unsafe self.name(pointer)
      try handler.start(name) {
        XMLStartTag(
          name: name,
          attributes: unsafe read(attributes),
          namespaces: scopes[scopes.count - 1].namespaces,
          place: place
        )
      }
    }
  }

  /// Pairs of a name and a value, up to a name that is none.
  private func read(
    _ pointers: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
  ) -> [(name: XMLName, value: String)] {
    var attributes: [(name: XMLName, value: String)] = []
    var index = 0
    while let pointer = unsafe pointers?[index] {
      unsafe attributes.append((name(pointer), Self.text(pointers?[index + 1])))
      index += 2
    }
    return attributes
  }

  private func text(_ text: String) {
    attempt {
      // A reference is told as one character, and is longer than that.
      let byteCount = unsafe Int(XML_GetCurrentByteCount(parser))
      let isReference =
        byteCount >= 4 && byteCount > text.utf8.count && text.unicodeScalars.count == 1
      try handler.text(
        XMLText(text: text, place: place, referenceLength: isReference ? byteCount : nil)
      )
    }
  }

  private func skip(_ text: String) {
    guard handler.takesText else { return }
    attempt {
      let byteCount = unsafe Int(XML_GetCurrentByteCount(parser))
      try handler.text(XMLText(text: text, place: place, referenceLength: byteCount))
    }
  }

  private func end() {
    attempt {
      var place = place
      // The end of an empty tag is told at no byte, behind it.
      if unsafe XML_GetCurrentByteCount(parser) == 0 { place.column -= 1 }
      try handler.end(place)
      if scopes[scopes.count - 1].depth == depth { scopes.removeLast() }
      depth -= 1
    }
  }

  private func documentType(hasDeclarations: Bool) {
    attempt {
      guard allowsDocumentType else {
        throw XMLError("a document type declaration (<!DOCTYPE) is not read", line: place.line)
      }
      guard !hasDeclarations else {
        throw XMLError(
          "a document type (<!DOCTYPE) that declares something is not read",
          line: place.line
        )
      }
    }
  }
}

extension Span<UInt8> {
  fileprivate var copied: [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }
}
