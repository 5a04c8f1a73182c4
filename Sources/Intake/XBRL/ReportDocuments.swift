import XML

/// The files of a folder that hold a report's facts: the pages of an Inline XBRL document set, or one
/// instance.
struct ReportDocuments {
  /// Their names, sorted.
  let names: [String]

  /// Whether they are pages.
  let areInline: Bool

  /// Finds them.
  ///
  /// Where a folder has both, the pages are what was filed, and the instance was extracted from them.
  ///
  /// - Parameter candidates: The files that are meant; `nil` to look at all.
  /// - Throws: ``ImportError`` if there is none, or there are several instances; what keeps the folder
  ///   from being read.
  init(in folder: SourceFolder, named candidates: [String]? = nil) throws {
    // Files that are named are looked at, whatever their endings.
    let pages =
      try candidates?.filter { try Self.declaresInline($0, in: folder) }
      ?? folder.names.filter { try Self.isPage($0, in: folder) }
    guard pages.isEmpty else {
      (names, areInline) = (pages, true)
      guard pages.count <= InstanceFacts.fileCountMax else {
        throw ImportError(
          file: folder.path,
          place: .file,
          message:
            "it has \(pages.count) pages of Inline XBRL, more than \(InstanceFacts.fileCountMax)",
          remedy: "give a folder with the files of one filing"
        )
      }
      return
    }
    let instances =
      try candidates?.filter { try XBRLRoot(of: $0, in: folder).isInstance }
      ?? folder.names.filter { try Self.isInstance($0, in: folder) }
    guard instances.count == 1 else {
      throw ImportError(
        file: folder.path,
        place: .file,
        message: instances.isEmpty
          ? "the folder holds neither a page of Inline XBRL nor an XBRL instance"
          : "instances: \(instances.joined(separator: ", "))",
        remedy: "give a folder with the files of one filing"
      )
    }
    (names, areInline) = (instances, false)
  }

  /// Whether a file is a page that declares the namespace of Inline XBRL.
  static func isPage(_ name: String, in folder: SourceFolder) throws -> Bool {
    let endings = [".htm", ".html", ".xhtml"]
    return try endings.contains(where: name.lowercased().hasSuffix)
      && declaresInline(name, in: folder)
  }

  /// Whether a file declares the namespace of Inline XBRL.
  static func declaresInline(_ name: String, in folder: SourceFolder) throws -> Bool {
    var search = ByteSearch(["/2013/inlineXBRL", "/2008/inlineXBRL"])
    do {
      try folder.read(name) { bytes in if search.finds(in: bytes) { throw Enough() } }
      return false
    } catch is Enough {
      return true
    }
  }

  /// Whether the root of a file is `<xbrl>`.
  static func isInstance(_ name: String, in folder: SourceFolder) throws -> Bool {
    guard name.hasSuffix(".xml") || name.hasSuffix(".xbrl") else { return false }
    return try XBRLRoot(of: name, in: folder).isInstance
  }

  /// What is looked for was seen: nothing more is needed.
  private struct Enough: Error {}
}

/// The root of an XML file.
struct XBRLRoot {
  /// Its name.
  private(set) var name = XMLName("")

  /// Whether it is that of an instance.
  var isInstance: Bool { name == XMLName("xbrl", in: XBRLNames.instance) }

  /// Reads the file up to its root.
  ///
  /// - Throws: ``ImportError`` if it is no XML; what keeps it from being read.
  init(of file: String, in folder: SourceFolder) throws {
    var found: XMLName?
    do {
      try folder.readXML(
        file,
        root: { root in
          found = root.name
          throw Enough()
        },
        child: { _, _ in }
      )
    } catch is Enough {}
    if let found { name = found }
  }

  /// The root was seen: nothing more is needed.
  private struct Enough: Error {}
}

/// A search for short texts in bytes that come in pieces.
struct ByteSearch {
  private let needles: [[UInt8]]
  private var tail: [UInt8] = []

  /// A search for ASCII texts of one length.
  init(_ texts: [String]) { needles = texts.map { Array($0.utf8) } }

  /// Whether one of the texts ends in `piece`, with what came before it.
  ///
  /// - Complexity: O(*n*), for texts that seldom begin alike.
  mutating func finds(in piece: ArraySlice<UInt8>) -> Bool {
    let bytes = tail + piece
    let length = needles[0].count
    defer { tail = Array(bytes.suffix(length - 1)) }
    guard bytes.count >= length else { return false }
    let first = needles[0][0]
    let span = bytes.span
    for start in 0...(bytes.count - length) where span[start] == first {
      if needles.contains(where: { needle in
        (0..<length).allSatisfy { span[start + $0] == needle[$0] }
      }) {
        return true
      }
    }
    return false
  }
}
