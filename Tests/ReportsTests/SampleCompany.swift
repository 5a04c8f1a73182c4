import Facts
import Reports
import TestSupport

/// A small company whose balance sheet has every kind of answer.
enum SampleCompany {
  static let entity = "test:1"

  static let definitions = [
    #"{"type":"entity","entity":"test:1","name":"Ore & Sons","fiscalYearEnd":"12-31"}"#,
    #"{"type":"statement","statement":"balance-sheet","title":"Balance Sheets","caption":"(thousands)","scale":3,"columns":[{"span":"instant"},{"span":"instant","at":"fiscal-year-end"}],"lines":["#
      + #"{"label":"ASSETS"},"#
      + #"{"label":"Cash","depth":1,"concept":"x:Cash","currency":true},"#
      + #"{"label":"Inventories, at the lower of cost and market value, net","depth":1,"concept":"x:Inventories"},"#
      + #"{"label":"Receivables","depth":1,"concept":"x:Receivables"},"#
      + #"{"label":"Allowance","depth":1,"concept":"x:Allowance","negated":true},"#
      + #"{"label":"Land","depth":1,"concept":"x:Land"},"#
      + #"{"label":"","concept":"x:Assets","currency":true,"total":true},"#
      + #"{"label":"Gold, \"fine\"","concept":"x:Gold","dimensions":{"metal":"gold"},"unit":"ozt","scale":0,"total":true}"#
      + "]}",
    #"{"type":"statement","statement":"guidance","title":"Guidance","layout":"list","lines":["#
      + #"{"label":"Gold:"},"#
      + #"{"label":"Cost","depth":1,"concept":"x:Cost","currency":true,"unit":"USD/ozt"},"#
      + #"{"label":"Share, low","depth":1,"concept":"x:Share","unit":"pure","scale":-2,"qualifier":"low"},"#
      + #"{"label":"Absent","depth":1,"concept":"x:Absent"}"#
      + "]}",
  ]

  static let first = [
    #"{"type":"filing","filing":"F1","entity":"test:1","published":"2004-11-04"}"#,
    claim("Cash", "2004-09-30", "71607000", -3),
    claim("Cash", "2003-12-31", "-105387000", -3),
    claim("Inventories", "2004-09-30", "17866000", -3, #""qualifier":"approximately","#),
    claim("Inventories", "2003-12-31", "6100000", -5),
    #"{"type":"line","filing":"F1","entity":"test:1","concept":"x:Receivables","period":"2004-09-30","unit":"USD","value":null}"#,
    claim("Receivables", "2003-12-31", "0", -3),
    claim("Allowance", "2004-09-30", "118000", -3),
    claim("Land", "2004-09-30", "5000000", -3),
    claim("Land", "2004-09-30", "6000000", -3),
    claim("Assets", "2004-09-30", "90000000", -3),
    claim("Assets", "2003-12-31", "12000000", -3),
    #"{"type":"line","filing":"F1","entity":"test:1","concept":"x:Gold","dimensions":{"metal":"gold"},"period":"2004-09-30","unit":"ozt","value":"154124","decimals":0}"#,
    #"{"type":"line","filing":"F1","entity":"test:1","concept":"x:Cost","period":"2004-01-01/2004-12-31","unit":"USD/ozt","value":"185","decimals":0,"qualifier":"less-than"}"#,
    #"{"type":"line","filing":"F1","entity":"test:1","concept":"x:Share","period":"2005-01-01/2005-12-31","unit":"pure","value":"0.65","decimals":2,"qualifier":"low"}"#,
  ]

  static let second = [
    #"{"type":"filing","filing":"F2","entity":"test:1","published":"2005-02-22T13:00:00Z"}"#,
    claim("Allowance", "2003-12-31", "82000", -3).replacing("F1", with: "F2"),
  ]

  private static func claim(
    _ concept: String,
    _ period: String,
    _ value: String,
    _ decimals: Int,
    _ more: String = ""
  ) -> String {
    #"{"type":"line","filing":"F1","entity":"test:1","concept":"x:\#(concept)","#
      + #""period":"\#(period)","unit":"USD",\#(more)"value":"\#(value)","decimals":\#(decimals)}"#
  }

  static func log() throws -> TestLog { try TestLog(lines: definitions + first + second) }

  /// Known before the second filing: its claim is not yet known.
  static func balanceSheet() throws -> StatementReport {
    try log().report("balance-sheet", of: entity, asOf: "2004-10-15", knownAt: "2004-12-31")
  }
}
