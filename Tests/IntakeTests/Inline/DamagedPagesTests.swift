import Facts
import Intake
import TestSupport
import Testing

@Suite("Damaged pages of Inline XBRL") struct DamagedPagesTests {
  /// A page of many figures, of every kind that the numeric rules read.
  private static let page: [UInt8] = {
    var rows: [String] = []
    for number in 0..<12 {
      let shown = "\(number + 1),\(100 + 7 * number)"
      rows.append(
        "<table><tr><td>Row \(number)</td><td>$</td><td>\(InlineFixture.figure(shown))</td></tr></table>"
      )
      rows.append(
        "<p>(\(InlineFixture.figure("\(number).5", "my:Part\(number)", context: "D", "decimals=\"1\" sign=\"-\"")))</p>"
      )
    }
    rows.append(InlineFixture.text("10-Q", "dei:DocumentType"))
    rows.append(
      InlineFixture.figure("\u{2014}", "my:None", "decimals=\"0\" format=\"ixt:fixed-zero\"")
    )
    var fixture = InlineFixture()
    fixture.body = rows
    return Array(fixture.page.utf8)
  }()

  private func folder(_ bytes: [UInt8]) -> SourceFolder {
    SourceFolder(path: "0000000007-24-000001", names: ["my.htm"]) { _, body in
      try body(bytes[..<(bytes.count / 2)])
      try body(bytes[(bytes.count / 2)...])
    }
  }

  @Test("are refused with their place, or lose no figure")
  func damagedPagesLoseNoFigure() throws {
    var damage = Damage(random: SeededGenerator(seed: 2013))
    var (readCount, refusedCount, claimCount) = (0, 0, 0)
    let isWhole = try damage.forEach(of: [Self.page]) { number, bytes in
      let importer = XBRLImporter(XBRLFixture.published, isPartial: true)
      let report: ImportedReport
      do {
        report = try importer.imported(folder(bytes))
      } catch {
        refusedCount += 1
        let refusal = try #require(error as? ImportError, "damage \(number): \(error)")
        #expect(refusal.file.hasPrefix("0000000007-24-000001"), "damage \(number): \(refusal)")
        #expect(!refusal.message.isEmpty && !refusal.remedy.isEmpty, "damage \(number)")
        return
      }
      readCount += 1
      let summary = report.summary
      #expect(summary.claimCount == report.drafts.claims.count, "damage \(number)")
      claimCount += summary.claimCount
      // What a comment hides is no figure.
      let text = String(decoding: bytes, as: UTF8.self)
      guard !text.contains("<!") else { return }
      let others = summary.otherReportCounts.values.reduce(0, +)
      let written = text.ranges(of: "<ix:nonFraction").count
      #expect(summary.figureCount + others >= written, "damage \(number): \(text)")
      #expect(summary.claimCount + summary.duplicates.completeCount == summary.figureCount)
    }
    guard isWhole else { return }
    #expect(readCount * 20 > Damage.count && refusedCount * 20 > Damage.count)
    #expect(claimCount > Damage.count)
    if Damage.count > 1000 {
      print(
        "\(Damage.count) damaged pages: \(readCount) read, \(claimCount) claims, \(refusedCount) refused"
      )
    }
  }
}
