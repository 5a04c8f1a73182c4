import Facts
import Foundation
import JSON
import TestSupport
import Testing
import Web

@Suite("The SEC's data API")
struct CompanyFactsTests {
  /// A row of a companyfacts file as text, member by member: numbers as they are printed.
  private struct File {
    var names: [String: String] = [:]
    var labels: [String: String?] = [:]
    var rows: [String: [String]] = [:]

    /// The frames of the rows that have one, by the rows without them.
    var frames: [String: String] = [:]

    init(_ bytes: [UInt8]) throws {
      let value = try JSONParser().parse(bytes)
      for member in value.root.members where member.key != "facts" {
        names[member.key] = member.value.string ?? member.value.numberText
      }
      for taxonomy in try #require(value.root["facts"]).members {
        for concept in taxonomy.value.members {
          let name = "\(taxonomy.key):\(concept.key)"
          labels[name] = .some(concept.value["label"]?.string)
          for unit in try #require(concept.value["units"]).members {
            for node in unit.value.elements { add(node, to: "\(name) \(unit.key)") }
          }
        }
      }
    }

    private mutating func add(_ node: JSONNode, to series: String) {
      let members = node.members.map { member in
        (member.key, member.value.string ?? member.value.numberText ?? "null")
      }
      let row = members.filter { $0.0 != "frame" }.map { "\($0)=\($1)" }.joined(separator: " ")
      rows[series, default: []].append(row)
      for (key, value) in members where key == "frame" { frames["\(series) \(row)"] = value }
    }
  }

  @Test(
    "gives back a file that was imported: every row, key and label, and the frames",
    .enabled(if: Package.hasData),
    arguments: ["0000320193", "0000055785"]
  )
  func servesWhatWasImported(cik: String) throws {
    let site = Site(try ServedLedgers.companies("0000320193", "0000055785"))
    let response = site.get("/api/xbrl/companyfacts/CIK\(cik).json")
    #expect(response.status == 200)
    let served = try File(response.bytes)
    let file = try File(Package.bytes(ServedLedgers.file(of: cik)))
    #expect(served.names == file.names)
    #expect(served.labels == file.labels)
    #expect(served.rows.mapValues { $0.sorted() } == file.rows.mapValues { $0.sorted() })
    #expect(served.frames == file.frames)
    #expect(file.rows.values.joined().count > 20_000)
  }
}

@Suite("The SEC's data API of a small ledger")
struct SmallCompanyFactsTests {
  private func site() throws -> Site { Site(try ServedLedgers.lines(RouterTests.events)) }

  @Test("shows what was known, with exact values and frames as of then")
  func factsAreOfTheirDay() throws {
    let site = try site()
    let path = "/api/xbrl/companyconcept/CIK0000000042/quarry/Cash.json"
    let later = """
      {"cik":42,"taxonomy":"quarry","tag":"Cash","label":"Cash <in hand>","description":null,\
      "entityName":"Example Quarry","units":{"USD":[\
      {"end":"2011-03-31","val":100.5,"accn":"q-1","fy":2011,"fp":"Q1","form":"10-Q","filed":"2011-05-02"},\
      {"end":"2011-03-31","val":101.5,"accn":"q-2","fy":2011,"fp":"Q2","form":"10-Q","filed":"2011-08-02","frame":"CY2011Q1I"},\
      {"end":"2011-06-30","val":-0.25,"accn":"q-2","fy":2011,"fp":"Q2","form":"10-Q","filed":"2011-08-02","frame":"CY2011Q2I"}]}}
      """
    #expect(try site.get(path).text == later)
    let earlier = try site.get("/known-at/2011-06-01" + path).text
    #expect(earlier.contains(#""filed":"2011-05-02","frame":"CY2011Q1I"}]}}"#))
    #expect(!earlier.contains("q-2"))
    // The second filing became public at 20:15.
    #expect(try !site.get("/known-at/2011-08-02T20:14:59Z" + path).text.contains("q-2"))
    // The claims of the second filing are the last four events.
    let head = try site.head
    let recorded = site.get("/known-at/2011-09-01/recorded-at/\(head - 4)" + path)
    #expect(recorded.status == 200)
    #expect(try !recorded.text.contains("q-2"))
  }

  @Test("gives one figure of each company for a frame")
  func framesAreDerived() throws {
    let response = try site().get("/api/xbrl/frames/quarry/Cash/USD/CY2011Q1I.json")
    let frame = """
      {"taxonomy":"quarry","tag":"Cash","ccp":"CY2011Q1I","uom":"USD","label":"Cash <in hand>",\
      "description":null,"pts":1,"data":[{"end":"2011-03-31","val":101.5,"accn":"q-2","cik":42,\
      "entityName":"Example Quarry","loc":null}]}
      """
    #expect(try response.text == frame)
    #expect(try site().get("/api/xbrl/frames/quarry/Cash/USD/CY2011Q3I.json").status == 404)
  }

  @Test("lists a company's filings, the newest first")
  func filingsAreListed() throws {
    let object = try site().get("/submissions/CIK0000000042.json").object
    #expect(object["cik"] as? String == "0000000042")
    #expect(object["fiscalYearEnd"] as? String == "1231")
    let filings = (object["filings"] as? [String: Any])?["recent"] as? [String: Any]
    #expect(filings?["accessionNumber"] as? [String] == ["q-2", "q-1"])
    #expect(
      filings?["acceptanceDateTime"] as? [String] == [
        "2011-08-02T20:15:00Z", "2011-05-02T23:59:59.999999Z",
      ]
    )
  }
}
