import Foundation
import Testing

/// A data set of one filing with two figures.
enum DataSetFolder {
  static func write(_ name: String, in assay: Assay, value: String = "12000.0000") throws {
    let path = "\(assay.folder)/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let sub = [
      "adsh|cik|name|fye|form|fy|fp|filed|instance",
      "A-1|7|SEVEN CO|1231|10-Q|2009|Q2|20090807|svn-20090630.xml",
    ]
    let num = [
      "adsh|tag|version|coreg|ddate|qtrs|uom|value|footnote",
      "A-1|Assets|us-gaap/2009||20090630|0|USD|\(value)|",
      "A-1|Own|A-1||20090630|2|USD||a note",
    ]
    for (table, rows) in [("sub.txt", sub), ("num.txt", num)] {
      let text = rows.map { $0.replacing("|", with: "\t") + "\n" }.joined()
      try assay.write(text, to: "\(path)/\(table)")
    }
  }
}

@Suite("import fsds")
struct ImportFSDSTests {
  private let assay: Assay

  init() throws {
    assay = try Assay()
    try DataSetFolder.write("set", in: assay)
  }

  @Test("records a set; again, nothing new")
  func recordsSetOnce() throws {
    let outcome = try assay.run("import", "fsds", "set")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("appended "), "\(outcome.errors)")
    #expect(
      outcome.errors == "set: 1 filing, 2 figures; 1 of them nil; 1 footnote left out; no table of "
        + "tags: concepts are defined by their facts alone\n"
    )
    #expect(try assay.run("import", "fsds", "set").output.hasPrefix("nothing new"))
    let facts = try assay.run("facts", "-O", "csv").output.csv
    #expect(facts.contains { $0.contains("us-gaap:Assets") && $0.contains("12000") })
    #expect(facts.contains { $0.contains("svn:Own") && $0.contains("2009-01-01/2009-06-30") })
  }

  @Test("writes the events for review, grouped by filing, and records nothing")
  func writesEventsForReviewGroupedByFiling() throws {
    let outcome = try assay.run("import", "fsds", "set", "-o", "-")
    #expect(outcome.status == 0 && outcome.output.lines.count == 5)
    #expect(!FileManager.default.fileExists(atPath: "\(assay.folder)/test.assay"))
  }

  @Test("refuses a damaged set, and a filing that says another value, and records nothing of it")
  func refusesDamagedSetAndFilingThatSaysAnotherValue() throws {
    try DataSetFolder.write("bad", in: assay, value: "1,2")
    let bad = try assay.run("import", "fsds", "bad")
    #expect(
      bad.status == 1 && bad.errors.hasPrefix("assay: bad/num.txt:2: value is \"1,2\", which")
    )
    #expect(!FileManager.default.fileExists(atPath: "\(assay.folder)/test.assay"))
    #expect(try assay.run("import", "fsds", "set").status == 0)
    let head = try assay.head()
    try DataSetFolder.write("other", in: assay, value: "13000.0000")
    let other = try assay.run("import", "fsds", "other")
    #expect(other.status == 1)
    #expect(
      other.errors.contains(
        "assay: other/num.txt:2: its filing is recorded to say another value for the same fact"
      )
    )
    #expect(try assay.head() == head)
    #expect(try assay.run("import", "fsds", "nowhere").errors.contains("there is no such folder"))
    #expect(try assay.run("import", "fsds").status == 64)
  }
}
