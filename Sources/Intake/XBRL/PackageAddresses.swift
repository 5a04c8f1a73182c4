import XML

/// Finds the files of a folder that addresses name: relative to the file that names them, or by the catalog
/// of a package (XML Catalogs; Taxonomy Packages 1.0 §3.2).
struct PackageAddresses {
  /// Starts of addresses, and the folders that stand for them.
  private var rewrites: [(start: String, prefix: String)] = []

  /// Relative addresses alone.
  init() {}

  /// Addresses by the catalog of a folder, if it has one.
  ///
  /// - Throws: ``ImportError`` if that is no XML; what keeps it from being read.
  init(of folder: SourceFolder) throws {
    let ending = "META-INF/catalog.xml"
    guard let name = folder.names.first(where: { $0 == ending || $0.hasSuffix("/" + ending) })
    else { return }
    var rewrites: [(start: String, prefix: String)] = []
    try folder.readXML(name) { node, _ in
      guard node.name.local == "rewriteURI", let start = node["uriStartString"],
        let written = node["rewritePrefix"], let prefix = Self.joined(written, to: name)
      else { return }
      rewrites.append((start, prefix))
    }
    // The longest start counts.
    self.rewrites = rewrites.sorted { $0.start.utf8.count > $1.start.utf8.count }
  }

  /// The name of the file in the folder; `nil` if it lies elsewhere.
  ///
  /// - Parameters:
  ///   - address: The address, without or with a place in the file.
  ///   - name: The name of the file that names it.
  func name(of address: String, in name: String) -> String? {
    let address = String(address.prefix { $0 != "#" })
    guard !address.isEmpty else { return nil }
    guard address.contains("://") else { return Self.joined(address, to: name) }
    guard let rewrite = rewrites.first(where: { address.hasPrefix($0.start) }) else { return nil }
    return rewrite.prefix + address.dropFirst(rewrite.start.count)
  }

  /// A relative address of the file `name`, from the folder on; `nil` if it leads out.
  private static func joined(_ address: String, to name: String) -> String? {
    var parts = name.split(separator: "/").dropLast().map(String.init)
    for part in address.split(separator: "/", omittingEmptySubsequences: true) {
      switch part {
      case ".": break
      case "..":
        guard parts.popLast() != nil else { return nil }
      default: parts.append(String(part))
      }
    }
    return parts.joined(separator: "/") + (address.hasSuffix("/") ? "/" : "")
  }
}
