import Facts
import XML

/// Gathers the namespaces behind the names that a report uses, for its filing's record.
struct ReportNames {
  /// By the ledger's prefix; the first namespace of each stays.
  private var namespaces: [String: String] = [:]
  private var measures: [String: String] = [:]
  private var taxonomy: [String] = []

  /// Notes that names with this prefix in the ledger are of this namespace.
  mutating func add(_ prefix: String, of namespace: String) {
    if namespaces[prefix] == nil { namespaces[prefix] = namespace }
  }

  /// Notes the scheme of an entity whose name in the ledger does not tell it.
  mutating func add(entity: String, scheme: String) {
    for prefix in ["cik", "lei"] where entity.hasPrefix(prefix + ":") { add(prefix, of: scheme) }
  }

  /// Notes a measure of a unit, which the ledger has without its namespace.
  ///
  /// - Parameter prefix: The one that the report declares for it; `nil` if none.
  mutating func add(measure: String, in namespace: String, prefix: String?) {
    guard measures[measure] == nil, !namespace.isEmpty else { return }
    var prefix = prefix ?? (namespace == XBRLNames.instance ? "xbrli" : "unit")
    while let other = namespaces[prefix], other != namespace { prefix += "1" }
    namespaces[prefix] = namespace
    measures[measure] = prefix
  }

  /// Notes the address of a schema.
  mutating func add(schema address: String) {
    if !taxonomy.contains(address) { taxonomy.append(address) }
  }

  /// All of it; `nil` if no name was noted.
  ///
  /// - Throws: ``ImportError`` for an address that is none: damage, which a filing's record cannot hold.
  func report(of file: String) throws(ImportError) -> Filing.Report? {
    let addresses =
      namespaces.map { ("the namespace of the prefix \($0.key)", $0.value) }
      + taxonomy.map { ("the address of a schema", $0) }
    for (what, address) in addresses.sorted(by: { $0 < $1 })
    where address.isEmpty || address.utf8.count > Self.addressByteCountMax
      || !address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    {
      throw ImportError(
        file: file,
        place: .file,
        message: "\(what) is \"\(address.prefix(80))\", which is no address",
        remedy: Remedies.downloadAgain
      )
    }
    return namespaces.isEmpty
      ? nil : Filing.Report(namespaces: namespaces, measures: measures, taxonomy: taxonomy)
  }

  private static let addressByteCountMax = 4000
}
