import Facts

/// The header of an EDGAR submission, in words (`ACCESSION NUMBER:`) or in tags (`<ACCESSION-NUMBER>`).
struct SubmissionHeader {
  /// Who takes part in a filing.
  struct Party {
    /// `FILER`, `SUBJECT COMPANY`, `REPORTING OWNER`.
    let role: String

    /// The name as EDGAR has it.
    var name: String?

    /// The number of ten digits.
    var cik: String?

    var fiscalYearEnd: FiscalYearEnd?

    var entity: String? {
      cik.map { XBRLNames.entity(scheme: "http://www.sec.gov/CIK", identifier: $0) }
    }
  }

  private(set) var accession: String?
  private(set) var form: String?
  private(set) var accepted: ZonedTime?

  /// The day that the SEC counts it as filed on.
  private(set) var filed: CivilDate?
  private(set) var parties: [Party] = []

  /// Words that begin a party's part of the header.
  private static let roles: Set<String> = [
    "FILER", "SUBJECT COMPANY", "ISSUER", "REPORTING OWNER", "FILED BY", "FILED FOR",
    "SERIAL COMPANY",
  ]

  /// Reads the lines of a header.
  init(_ lines: [String]) {
    for line in lines {
      guard let (key, value) = Self.field(of: line) else { continue }
      take(key, value)
    }
  }

  /// The key and the value of a line, whichever of the two ways it is written in.
  private static func field(of line: String) -> (key: String, value: String)? {
    let line = line.trimmed
    let isTag = line.first == "<"
    guard let end = line.firstIndex(of: isTag ? ">" : ":") else { return nil }
    let key = line[..<end].dropFirst(isTag ? 1 : 0)
    guard key.first != "/" else { return nil }
    let words = key.split { $0 == "-" || $0 == " " }.joined(separator: " ").uppercased()
    return (words, String(line[line.index(after: end)...].trimmed))
  }

  private mutating func take(_ key: String, _ value: String) {
    switch key {
    case "ACCESSION NUMBER": accession = accession ?? value
    case "CONFORMED SUBMISSION TYPE": form = form ?? value
    // In the form of tags; there, the documents have types of their own, after the header.
    case "TYPE": form = form ?? value
    case "ACCEPTANCE DATETIME": accepted = accepted ?? EasternTime.time(value)
    case "FILED AS OF DATE", "FILING DATE": filed = filed ?? EasternTime.day(value)
    case let role where Self.roles.contains(role) && value.isEmpty:
      parties.append(Party(role: role))
    default: takeOfParty(key, value)
    }
  }

  private mutating func takeOfParty(_ key: String, _ value: String) {
    guard !parties.isEmpty else { return }
    let last = parties.count - 1
    switch key {
    case "COMPANY CONFORMED NAME", "CONFORMED NAME":
      parties[last].name = parties[last].name ?? value.onOneLine
    case "CENTRAL INDEX KEY", "CIK": parties[last].cik = parties[last].cik ?? value
    case "FISCAL YEAR END":
      guard value.utf8.count == 4 else { return }
      parties[last].fiscalYearEnd = FiscalYearEnd("\(value.prefix(2))-\(value.suffix(2))")
    default: break
    }
  }

  /// Those who filed; the parties of another kind, if none did.
  var filers: [Party] {
    let filers = parties.filter { $0.role == "FILER" && $0.cik != nil }
    return filers.isEmpty ? parties.filter { $0.cik != nil } : filers
  }

  /// When the filing became public: the moment of its acceptance, if that is the day that it counts as
  /// filed on.
  ///
  /// What is accepted in the evening counts as filed on the next business day, and is released then: only
  /// the day is known.
  var published: PublishedTime? {
    guard let filed else { return accepted.map { .moment($0.moment) } }
    guard let accepted, accepted.day == filed else { return .day(filed) }
    return .moment(accepted.moment)
  }
}
