import Facts
import JSON
import Ledger

/// Writes a company and its filings, in the shape `submissions`.
///
/// What the ledger does not know of a company is null, empty or an empty list, in the place where programs look
/// for it.
struct SubmissionsWriter {
  private let entity: EntityDefinition

  init(_ entity: EntityDefinition) { self.entity = entity }

  /// - Throws: `LedgerError`.
  /// - Complexity: O(*f* log *n*), for *f* filings of the company; of all companies at the first time after an append.
  func write(_ view: borrowing Ledger.View) throws -> WebResponse {
    // The newest first.
    let filings = try view.filings(of: entity.entity).reversed()
    let key = entity.centralIndexKey ?? 0
    let members: [(key: String, value: JSONValue)] = [
      ("cik", .string(String(repeating: "0", count: 10 - String(key).count) + String(key))),
      ("entityType", .string("")), ("sic", .string("")), ("sicDescription", .string("")),
      ("insiderTransactionForOwnerExists", .integer(0)),
      ("insiderTransactionForIssuerExists", .integer(0)), ("name", .string(entity.name)),
      ("tickers", .array([])), ("exchanges", .array([])), ("ein", .null),
      ("description", .string("")), ("website", .string("")), ("investorWebsite", .string("")),
      ("category", .string("")), ("fiscalYearEnd", fiscalYearEnd),
      ("stateOfIncorporation", .string("")), ("stateOfIncorporationDescription", .string("")),
      ("addresses", .object([("mailing", Self.address), ("business", Self.address)])),
      ("phone", .string("")), ("flags", .string("")), ("formerNames", .array([])),
      ("filings", .object([("recent", recent(Array(filings))), ("files", .array([]))])),
    ]
    return WebResponse(.json, JSONValue.object(members).bytes)
  }

  /// Month and day in four digits.
  private var fiscalYearEnd: JSONValue {
    entity.fiscalYearEnd.map { .string($0.description.replacing("-", with: "")) } ?? .null
  }

  private static let address = JSONValue.object(
    [
      "street1", "street2", "city", "stateOrCountry", "zipCode", "stateOrCountryDescription",
      "isForeignLocation", "foreignStateTerritory", "country", "countryCode",
    ].map { ($0, .null) }
  )

  /// The filings as columns, one below the other in the same order.
  private func recent(_ filings: [Filing]) -> JSONValue {
    func column(_ name: String, _ value: (Filing) -> JSONValue) -> (key: String, value: JSONValue) {
      (name, .array(filings.map(value)))
    }
    func blank(_ name: String) -> (key: String, value: JSONValue) {
      column(name) { _ in .string("") }
    }
    return .object([
      column("accessionNumber") { .string($0.filing) },
      column("filingDate") { .string($0.published.day.description) },
      blank("reportDate"),
      // Of many filings only the day is known: they count from its very end.
      column("acceptanceDateTime") { filing in
        .string(
          filing.accepted.map { $0.moment.description } ?? filing.published.timestamp.description
        )
      },
      blank("act"),
      column("form") { .string($0.form ?? "") },
      blank("fileNumber"), blank("filmNumber"), blank("items"), blank("core_type"),
      column("size") { .integer($0.document?.byteCount ?? 0) },
      column("isXBRL") { _ in .integer(0) }, column("isInlineXBRL") { _ in .integer(0) },
      column("primaryDocument") { .string($0.document?.name ?? "") },
      blank("primaryDocDescription"),
    ])
  }
}
