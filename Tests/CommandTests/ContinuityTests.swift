import TestSupport
import Testing

@Suite("The continuity of measures outside of standards") struct ContinuityTests {
  private static func claim(_ quarter: String, _ concept: String, _ value: Int) -> String {
    #"{"type":"statement-line","filing":"f1","entity":"x:1","concept":"\#(concept)","period":"\#(quarter)","#
      + #""unit":"USD","value":"\#(value)"}"#
  }

  private static func concept(_ name: String, label: String) -> String {
    #"{"type":"concept","concept":"\#(name)","kind":"statement-line","periodType":"duration","label":"\#(label)"}"#
  }

  private static let (first, second) = ("2019-01-01/2019-03-31", "2019-04-01/2019-06-30")

  @Test("tells what stopped, what was defined anew and what was calculated anew")
  func changesAreTold() throws {
    let assay = try Assay()
    let check =
      #"{"type":"check","check":"own/adjusted","entity":"x:1","kind":"foot","title":"Adjusted","total":"#
      + #"{"concept":"x:Adjusted"},"items":[{"concept":"us-gaap:NetIncomeLoss"},{"concept":"x:AddedBack"}ITEMS]}"#
    let start = [
      #"{"type":"entity","entity":"x:1","name":"Example"}"#,
      Self.concept("x:Adjusted", label: "Adjusted income"),
      Self.concept("x:AddedBack", label: "Added back"),
      Self.concept("x:Stopped", label: "Cash earnings"),
      #"{"type":"statement","statement":"nongaap","entity":"x:1","title":"Reconciliation","columns":[{"span":"quarter"}],"lines":["#
        + #"{"label":"Net income","concept":"us-gaap:NetIncomeLoss"},{"label":"Added back","concept":"x:AddedBack"},"#
        + #"{"label":"Adjusted","concept":"x:Adjusted"},{"label":"Cash earnings","concept":"x:Stopped"}]}"#,
      check.replacing("ITEMS", with: ""),
      #"{"type":"filing","filing":"f1","entity":"x:1","published":"2019-08-01"}"#,
      Self.claim(Self.first, "x:Adjusted", 5), Self.claim(Self.second, "x:Adjusted", 6),
      Self.claim(Self.first, "x:AddedBack", 1), Self.claim(Self.second, "x:AddedBack", 2),
      Self.claim(Self.first, "x:Stopped", 9),
    ]
    try assay.write(start.joined(separator: "\n") + "\n", to: "e.jsonl")
    #expect(try assay.run("append", "e.jsonl").status == 0)
    let before = try assay.run("lint", "--non-gaap")
    #expect(before.status == 1, "\(before.output)\(before.errors)")
    #expect(before.output.contains("no longer reported: others are for 2019-06-30"))
    #expect(before.output.contains("3 measures: 1 measure to be asked about"), "\(before.output)")
    let more = [
      Self.concept("x:AddedBack", label: "Added back, with interest"),
      check.replacing("ITEMS", with: #",{"concept":"x:Stopped"}"#),
    ]
    try assay.write(more.joined(separator: "\n") + "\n", to: "m.jsonl")
    let appended = try assay.run("append", "m.jsonl")
    #expect(appended.status == 0, "\(appended.errors)")
    let after = try assay.run("lint", "--non-gaap").output
    #expect(after.contains("defined anew by event"), "\(after)")
    #expect(after.contains("calculated anew by event"), "\(after)")
    #expect(after.contains("3 measures: 3 measures to be asked about"), "\(after)")
  }

  @Test("is refused where no measure of the company's own is reported, and beside another question")
  func nothingIsRefused() throws {
    let assay = try Assay()
    try assay.write(#"{"type":"entity","entity":"x:1","name":"Example"}"# + "\n", to: "e.jsonl")
    #expect(try assay.run("append", "e.jsonl").status == 0)
    let none = try assay.run("lint", "--non-gaap")
    #expect(none.status == 1 && none.errors.contains("no measure outside of accounting standards"))
    #expect(try assay.run("lint", "--non-gaap", "--definitions").status == 64)
  }
}
