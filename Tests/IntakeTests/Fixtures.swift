import Facts
import Intake
import TestSupport

/// Reports of one concept in one unit, as companyfacts files write them.
func unit(_ name: String, _ facts: String...) -> String {
  #""\#(name)":[\#(facts.joined(separator: ","))]"#
}

/// One fact; `start` only for a duration.
func fact(
  start: String? = nil,
  end: String,
  val: String,
  accn: String = "A-1",
  fy: String = "2009",
  fp: String = #""FY""#,
  form: String = "10-K",
  filed: String = "2010-02-24"
) -> String {
  let start = start.map { #""start":"\#($0)","# } ?? ""
  return #"{\#(start)"end":"\#(end)","val":\#(val),"accn":"\#(accn)","fy":\#(fy),"fp":\#(fp),"#
    + #""form":"\#(form)","filed":"\#(filed)","frame":"CY2009"}"#
}

/// A concept with a label.
func concept(_ name: String, label: String = #""Label""#, _ units: String...) -> String {
  #""\#(name)":{"label":\#(label),"description":null,"units":{\#(units.joined(separator: ","))}}"#
}

/// A whole file with one taxonomy.
func file(
  cik: String = "55785",
  name: String = #""Paper Company""#,
  taxonomy: String = "us-gaap",
  _ concepts: String...
) -> String {
  #"{"cik":\#(cik),"entityName":\#(name),"facts":{"\#(taxonomy)":{"#
    + concepts.joined(separator: ",") + "}}}"
}

/// Gives the bytes of `text` in pieces of so many.
func pieces(of text: String, _ pieceByteCount: Int) -> () -> [UInt8]? {
  var rest = Array(text.utf8)[...]
  return {
    guard !rest.isEmpty else { return nil }
    defer { rest = rest.dropFirst(pieceByteCount) }
    return Array(rest.prefix(pieceByteCount))
  }
}

func drafts(_ text: String, known: KnownDefinitions = .none) throws -> [Draft] {
  try CompanyFactsImporter().drafts(from: Array(text.utf8), file: "facts.json", known: known)
}

/// The canonical lines of what `text` holds.
func lines(_ text: String, known: KnownDefinitions = .none) throws -> [String] {
  try drafts(text, known: known).map { String(decoding: $0.event.canonicalLine, as: UTF8.self) }
}

extension [Draft] {
  var claims: [Claim] {
    compactMap { if case .claim(let claim) = $0.event { claim } else { nil } }
  }

  var filings: [Filing] {
    compactMap { if case .filing(let filing) = $0.event { filing } else { nil } }
  }

  var concepts: [ConceptDefinition] {
    compactMap { if case .concept(let concept) = $0.event { concept } else { nil } }
  }

  var entities: [EntityDefinition] {
    compactMap { if case .entity(let entity) = $0.event { entity } else { nil } }
  }
}
