import Foundation
import JSON
import Reports
import TestSupport
import Testing

@Suite("Papers: statements that were printed or saved")
struct PrintedAnswerTests {
  private static let formats: [ReportFormat] = [.text, .markdown, .html, .json]

  private func printed(_ format: ReportFormat) throws -> (StatementReport, String) {
    let report = try SampleCompany.balanceSheet()
    return try (report, report.rendered(as: format))
  }

  @Test("the receipt is read back from every format that has one", arguments: formats)
  func receiptIsReadFromEveryFormat(format: ReportFormat) throws {
    let (report, text) = try printed(format)
    let paper = try PrintedAnswer(Array(text.utf8))
    #expect(paper.format == format)
    #expect(paper.query == "assay statement balance-sheet --unit 'a <b> & c_d'")
    #expect(paper.head == 20 && paper.root == "00ff" && paper.factsChecksum == "ab12")
    #expect(try paper.difference(from: report) == nil)
  }

  @Test("other line ends, blanks and a byte order mark change nothing", arguments: formats)
  func otherLineEndsHold(format: ReportFormat) throws {
    let (report, text) = try printed(format)
    let lines = text.components(separatedBy: "\n")
    for end in ["\r\n", "\r", "  \n", "\t\r\n", " \n\n"] {
      let pasted = "\u{FEFF}\n\n" + lines.joined(separator: end) + end + end
      let paper = try PrintedAnswer(Array((format == .json ? text + end : pasted).utf8))
      #expect(try paper.difference(from: report) == nil)
    }
  }

  @Test("JSON may be written anew, in another order")
  func rewrittenJSON() throws {
    let (report, text) = try printed(.json)
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys]
    let data = try JSONSerialization.data(withJSONObject: object, options: options)
    #expect(try PrintedAnswer(Array(data)).difference(from: report) == nil)
  }

  @Test("every changed digit is found, and its line named", arguments: formats.prefix(3))
  func everyChangedDigitIsFoundAndItsLineNamed(format: ReportFormat) throws {
    let (report, text) = try printed(format)
    let lines = text.components(separatedBy: "\n")
    var count = 0
    for (number, line) in lines.enumerated() {
      for place in line.indices where line[place].isWholeNumber && line.contains("  ") {
        var changed = lines
        changed[number].replaceSubrange(place...place, with: line[place] == "7" ? "8" : "7")
        let bytes = Array(changed.joined(separator: "\n").utf8)
        guard let paper = try? PrintedAnswer(bytes) else { continue }
        let difference = try paper.difference(from: report)
        #expect(difference?.hasPrefix("line \(number + 1): the paper says \"") == true)
        count += 1
      }
    }
    #expect(count > (format == .text ? 80 : 0))
  }

  @Test("every changed member of JSON is found, and its place named")
  func everyChangedMemberOfJSONIsFound() throws {
    let (report, text) = try printed(.json)
    for (from, to, place) in [
      ("\"71607000\"", "\"71607001\"", #"lines[1].cells[0].value ("Cash", "Sept. 30, 2004")"#),
      ("\"-105387000\"", "\"105387000\"", #"lines[1].cells[1].value ("Cash", "Dec. 31, 2003")"#),
      ("\"decimals\":-5", "\"decimals\":-4", "lines[2].cells[1].decimals"),
      ("\"status\":\"nil\"", "\"status\":\"not-reported\"", "lines[3].cells[0].status"),
      ("\"qualifier\":\"approximately\",", "", "the paper says nothing, the ledger"),
      ("{\"status\":\"nil\"", "{\"value\":\"1\",\"status\":\"nil\"", "cells[0].value"),
      ("{\"status\":\"not-reported\"}", "{\"status\":\"not-reported\"},{}", "the ledger nothing"),
      (",{\"status\":\"not-reported\"}", "", "the paper says nothing"),
      ("\"head\":20", "\"head\":20.5", "head"), ("\"head\":20", "\"head\":2", "recordedAt.head"),
      ("\"label\":\"ASSETS\"", "\"label\":\"Assets\"", #"lines[0].label ("ASSETS")"#),
      ("\"ab12\"", "\"ab13\"", "factsChecksum"), ("\"asOf\"", "\"as0f\"", "asOf"),
    ] {
      let range = try #require(text.range(of: from))
      let changed = text.replacingCharacters(in: range, with: to)
      let paper = try? PrintedAnswer(Array(changed.utf8))
      let difference = try paper?.difference(from: report) ?? "the head on its receipt"
      #expect(difference.contains(place), "\(difference)")
    }
  }

  @Test("added and missing lines are told")
  func addedAndMissingLinesAreTold() throws {
    let (report, text) = try printed(.text)
    let lines = text.components(separatedBy: "\n")
    let more = try PrintedAnswer(Array((text + "Restated since.\n").utf8))
    #expect(
      try more.difference(from: report)
        == "line \(lines.count): the paper says \"Restated since.\", the ledger nothing"
    )
    let less = try PrintedAnswer(Array(lines.dropLast(2).joined(separator: "\n").utf8))
    #expect(try less.difference(from: report)?.hasPrefix("the paper ends before the line") == true)
  }

  @Test(
    "files that are no papers are refused, with the reason",
    arguments: [
      ("", "it has no receipt"), ("Assets 1\n", "it has no receipt"),
      ("query  q\nroot  r\nfacts checksum  c\n", "does not tell the head"),
      ("query  q\nhead  1\nroot  r\n", "does not tell the facts checksum"),
      ("head  1\nroot  r\nfacts checksum  c\n", "does not tell the query"),
      ("query  q\nhead  x\nroot  r\nfacts checksum  c\n", "the head on its receipt is \"x\""),
      ("query  q\nhead  0\nroot  r\nfacts checksum  c\n", "the head on its receipt is \"0\""),
      ("head  1\nhead  1\n", "more than one receipt"), ("head  1\n- root: r\n", "several formats"),
      ("{}", "does not tell the query"), ("{", "it is no JSON"),
    ]
  )
  func noPapers(text: String, message: String) {
    let error = #expect(throws: PrintedAnswerError.self) {
      try PrintedAnswer(Array(text.utf8))
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("what is not UTF-8 is no paper")
  func whatIsNotUTF8IsNoPaper() {
    #expect(throws: PrintedAnswerError.self) { try PrintedAnswer([0x68, 0xFF]) }
  }
}
