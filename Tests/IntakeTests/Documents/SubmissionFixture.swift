import Facts
import TestSupport

@testable import Intake

/// A small full submission, to be changed part by part.
struct SubmissionFixture {
  var accession = "0000000007-24-000001"
  var form = "10-Q"
  var accepted: String? = "20241104080030"
  var filed: String? = "20241104"
  var filers = [("SEVEN CO", "0000000007", "1231")]

  /// Type, name and text of each document; what EDGAR puts around it.
  var parts: [(type: String, name: String, text: String, wrapper: String?)] = []

  init(page: InlineFixture = InlineFixture(InlineFixture.figure("1,234"))) {
    parts = [
      ("10-Q", "my.htm", page.page, "XBRL"),
      ("EX-101.SCH", "my.xsd", XBRLFixture.schema(references: ""), "XBRL"),
      ("GRAPHIC", "logo.jpg", Self.encoded(Array("JFIF \u{1}".utf8), "logo.jpg"), nil),
      ("XML", "R1.htm", "<html><body>rendered</body></html>", nil),
    ]
  }

  /// The header in words, and the documents.
  var text: String {
    var text =
      "<SEC-DOCUMENT>\(accession).txt : 20241104\n<SEC-HEADER>\(accession).hdr.sgml : 20241104\n"
    if let accepted { text += "<ACCEPTANCE-DATETIME>\(accepted)\n" }
    text += "ACCESSION NUMBER:\t\t\(accession)\nCONFORMED SUBMISSION TYPE:\t\(form)\n"
    text += "CONFORMED PERIOD OF REPORT:\t20240930\n"
    if let filed { text += "FILED AS OF DATE:\t\t\(filed)\n" }
    for (name, cik, yearEnd) in filers {
      text += "\nFILER:\n\n\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\t\(name)\n"
      text += "\t\tCENTRAL INDEX KEY:\t\t\t\(cik)\n\t\tFISCAL YEAR END:\t\t\t\(yearEnd)\n"
      text += "\n\tFORMER COMPANY:\t\n\t\tFORMER CONFORMED NAME:\tOLD CO\n"
    }
    return text + "</SEC-HEADER>\n" + documents + "</SEC-DOCUMENT>\n"
  }

  /// The header in tags, as `.nc` files have it, and the documents.
  var taggedText: String {
    var text = "<SUBMISSION>\n<ACCESSION-NUMBER>\(accession)\n<TYPE>\(form)\n"
    if let filed { text += "<FILING-DATE>\(filed)\n" }
    if let accepted { text += "<ACCEPTANCE-DATETIME>\(accepted)\n" }
    for (name, cik, yearEnd) in filers {
      text += "<FILER>\n<COMPANY-DATA>\n<CONFORMED-NAME>\(name)\n<CIK>\(cik)\n"
      text += "<FISCAL-YEAR-END>\(yearEnd)\n</COMPANY-DATA>\n</FILER>\n"
    }
    return text + documents + "</SUBMISSION>\n"
  }

  private var documents: String {
    var text = ""
    for (index, part) in parts.enumerated() {
      text +=
        "<DOCUMENT>\n<TYPE>\(part.type)\n<SEQUENCE>\(index + 1)\n<FILENAME>\(part.name)\n<TEXT>\n"
      if let wrapper = part.wrapper { text += "<\(wrapper)>\n" }
      text += part.text + "\n"
      if let wrapper = part.wrapper { text += "</\(wrapper)>\n" }
      text += "</TEXT>\n</DOCUMENT>\n"
    }
    return text
  }

  /// Lines of uuencode.
  static func encoded(_ bytes: [UInt8], _ name: String) -> String {
    func letter(_ value: UInt8) -> Character {
      Character(Unicode.Scalar(value == 0 ? 0x60 : value + 0x20))
    }
    var lines = ["begin 644 \(name)"]
    for start in stride(from: 0, to: bytes.count, by: 45) {
      let line = Array(bytes[start..<min(start + 45, bytes.count)])
      var text = String(letter(UInt8(line.count)))
      for group in stride(from: 0, to: line.count, by: 3) {
        let three = (0..<3).map { group + $0 < line.count ? line[group + $0] : 0 }
        text.append(letter(three[0] >> 2))
        text.append(letter((three[0] << 4 | three[1] >> 4) & 0x3F))
        text.append(letter((three[1] << 2 | three[2] >> 6) & 0x3F))
        text.append(letter(three[2] & 0x3F))
      }
      lines.append(text)
    }
    return (lines + ["`", "end"]).joined(separator: "\n")
  }

  func imported(
    _ particulars: FilingParticulars = FilingParticulars(),
    known: KnownDefinitions = .none
  ) throws -> Imported<DocumentSummary> {
    try imported(text, particulars, known: known)
  }

  func imported(
    _ text: String,
    _ particulars: FilingParticulars = FilingParticulars(),
    profile: ReleaseProfile? = nil,
    known: KnownDefinitions = .none
  ) throws -> Imported<DocumentSummary> {
    try DocumentImporter(particulars, profile: profile).imported(
      SourceDocument(path: "s.txt", bytes: Array(text.utf8)),
      known: known
    )
  }
}
