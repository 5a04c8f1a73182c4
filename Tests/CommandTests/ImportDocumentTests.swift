import Foundation
import TestSupport
import Testing

/// A full submission with one page of Inline XBRL, of figures only.
enum SubmissionFile {
  static let page = """
    <html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" \
    xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" \
    xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" \
    xmlns:us-gaap="http://fasb.org/us-gaap/2024"><body><ix:header><ix:resources>\
    <xbrli:context id="I"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000007\
    </xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>2024-09-30</xbrli:instant>\
    </xbrli:period></xbrli:context><xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure>\
    </xbrli:unit></ix:resources></ix:header>
    <p>Assets <ix:nonFraction name="us-gaap:Assets" contextRef="I" unitRef="u" decimals="-3" \
    scale="3" format="ixt:num-dot-decimal">1,234</ix:nonFraction></p>
    <p>Liabilities <ix:nonFraction name="us-gaap:Liabilities" contextRef="I" unitRef="u" \
    decimals="-3" scale="3" format="ixt:num-dot-decimal">234</ix:nonFraction></p>
    </body></html>
    """

  static let text = """
    <SEC-DOCUMENT>0000000007-24-000009.txt : 20241105
    <SEC-HEADER>0000000007-24-000009.hdr.sgml : 20241105
    <ACCEPTANCE-DATETIME>20241104174510
    ACCESSION NUMBER:\t\t0000000007-24-000009
    CONFORMED SUBMISSION TYPE:\t8-K
    FILED AS OF DATE:\t\t20241105

    FILER:

    \tCOMPANY DATA:
    \t\tCOMPANY CONFORMED NAME:\t\t\tSEVEN CO
    \t\tCENTRAL INDEX KEY:\t\t\t0000000007
    \t\tFISCAL YEAR END:\t\t\t1231
    </SEC-HEADER>
    <DOCUMENT>
    <TYPE>8-K
    <SEQUENCE>1
    <FILENAME>page.htm
    <TEXT>
    <XBRL>
    \(page)
    </XBRL>
    </TEXT>
    </DOCUMENT>
    <DOCUMENT>
    <TYPE>EX-99.1
    <SEQUENCE>2
    <FILENAME>release.txt
    <TEXT>
    \(Quarry.release)
    </TEXT>
    </DOCUMENT>
    </SEC-DOCUMENT>

    """
}

@Suite("The command import without a kind")
struct ImportDocumentTests {
  private func assay() throws -> Assay {
    let assay = try Assay()
    try assay.write(SubmissionFile.text, to: "submission.txt")
    try assay.write(SubmissionFile.page, to: "page.htm")
    try assay.write(Quarry.definitions, to: "quarry.jsonl")
    return assay
  }

  @Test("records a submission with its header, and adds nothing when it is imported again")
  func submissionIsRecordedOnce() throws {
    let assay = try assay()
    let first = try assay.run("import", "submission.txt")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("submission.txt: not read: EX-99.1 release.txt"))
    let log = try assay.run("export").output
    let filing = try #require(
      log.split(separator: "\n").first { $0.contains("\"type\":\"filing\"") }
    )
    #expect(filing.contains("\"accepted\":\"2024-11-04T17:45:10-05:00\""))
    #expect(filing.contains("\"published\":\"2024-11-05\"") && filing.contains("\"documents\":[{"))
    let claims = log.split(separator: "\n").filter { $0.contains("\"type\":\"statement-line\"") }
    #expect(claims.count == 2)
    #expect(
      claims.allSatisfy {
        $0.contains("\"source\":{\"column\":") && $0.contains("\"document\":\"page.htm\",\"line\":")
      }
    )
    let again = try assay.run("import", "submission.txt")
    #expect(again.status == 0 && again.output.contains("nothing"), "\(again.output)")
    // The page alone is the same filing's, with the same figures at the same places.
    let page = try assay.run(
      "import",
      "page.htm",
      "--filing",
      "0000000007-24-000009",
      "--instance-only"
    )
    #expect(page.status == 0, "\(page.errors)")
    #expect(try assay.run("verify").status == 0)
    let facts = try assay.run("facts", "--all", "-O", "csv").output
    #expect(facts.split(separator: "\n").count == 3, "\(facts)")
    let rebuilt = try assay.run("rebuild")
    #expect(rebuilt.status == 0, "\(rebuilt.errors)")
    let exported = try assay.run("export").output
    try assay.write(exported, to: "again.jsonl")
    let copied = try assay.run("append", "again.jsonl", "-f", "copy.assay")
    #expect(copied.status == 0, "\(copied.errors)")
    #expect(try assay.run("export", "-f", "copy.assay").output == exported)
  }

  @Test(
    "completes a filing that a page brought before: what the header tells is recorded as a correction"
  )
  func submissionCompletesFiling() throws {
    let assay = try assay()
    let page = try assay.run(
      ["import", "page.htm", "--filing", "0000000007-24-000009", "--published", "2024-11-05"]
    )
    #expect(page.status == 0, "\(page.errors)")
    let submission = try assay.run("import", "submission.txt")
    #expect(submission.status == 0, "\(submission.errors)")
    let log = try assay.run("export").output.split(separator: "\n")
    let correction = try #require(log.first { $0.contains("\"type\":\"correction\"") })
    #expect(correction.contains("\"accepted\":\"2024-11-04T17:45:10-05:00\""))
    #expect(correction.contains("\"documents\":[{"))
    #expect(log.count { $0.contains("\"type\":\"statement-line\"") } == 2)
    #expect(try assay.run("verify").status == 0)
    // Now the ledger knows everything.
    #expect(try assay.run("import", "submission.txt").output.contains("nothing new"))
    let input = try assay.shell(
      "cat submission.txt | assay import - && cat page.htm | assay import - --published 2024-11-05 "
        + "--filing g"
    )
    #expect(input.status == 0, "\(input.output)\(input.errors)")
  }

  @Test("reads the releases of a submission by a profile")
  func releasesAreReadByProfile() throws {
    let assay = try assay()
    let quarry = SubmissionFile.text.replacing("0000000007", with: "0000000042")
    try assay.write(quarry, to: "quarry.txt")
    let outcome = try assay.run("import", "quarry.txt", "--profile", "quarry.jsonl")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("quarry.txt/release.txt: 48 figures mapped, 0 unmapped"))
    let log = try assay.run("export").output
    #expect(log.contains("\"document\":\"release.txt\",\"line\":"))
    #expect(try assay.run("verify").status == 0)
  }

  @Test("refuses what contradicts the header, and names what it cannot read")
  func contradictionsAndOtherKindsAreRefused() throws {
    let assay = try assay()
    let other = try assay.run("import", "submission.txt", "--filing", "0000000007-24-000001")
    #expect(
      other.status == 1 && other.errors.contains("it is filing 0000000007-24-000009, and not")
    )
    try assay.write("%PDF-1.4", to: "x.htm")
    let pdf = try assay.run("import", "x.htm", "--filing", "f", "--published", "2024-11-04")
    #expect(pdf.status == 1 && pdf.errors.contains("x.htm: it is a PDF; make a text of it"))
    let lone = try assay.run("import", "page.htm")
    #expect(lone.status == 1 && lone.errors.contains("with --filing"), "\(lone.errors)")
    let several = try assay.run("import", "page.htm", "submission.txt", "--filing", "f")
    #expect(several.status == 64)
  }
}
