import Facts
import Intake
import TestSupport

/// A small page of Inline XBRL, to be changed part by part: figures only.
struct InlineFixture {
  /// What the page shows.
  var body: [String]
  var hidden = ""
  var references = "<link:schemaRef xlink:type=\"simple\" xlink:href=\"my.xsd\"/>"
  var resources =
    XBRLFixture.context("I", "<instant>2024-09-30</instant>")
    + XBRLFixture.context("D", "<startDate>2024-07-01</startDate><endDate>2024-09-30</endDate>")
    + XBRLFixture.unit("usd", "iso4217:USD")
  var registry = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
  var start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  /// Files of the folder beside the page.
  var files: [String: String] = ["my.xsd": XBRLFixture.schema(references: "")]

  init(_ body: String...) { self.body = body }

  /// A figure of `us-gaap`, in thousands of USD at 2024-09-30 if nothing else is said.
  static func figure(
    _ shown: String,
    _ concept: String = "us-gaap:Assets",
    context: String = "I",
    _ attributes: String = "decimals=\"-3\" scale=\"3\" format=\"ixt:num-dot-decimal\""
  ) -> String {
    "<ix:nonFraction name=\"\(concept)\" contextRef=\"\(context)\" unitRef=\"usd\" \(attributes)>"
      + "\(shown)</ix:nonFraction>"
  }

  static func text(_ shown: String, _ concept: String, _ attributes: String = "") -> String {
    "<ix:nonNumeric name=\"\(concept)\" contextRef=\"D\" \(attributes)>\(shown)</ix:nonNumeric>"
  }

  var page: String {
    """
    \(start)<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" \
    xmlns:ixt="\(registry)" xmlns:sec="http://www.sec.gov/inlineXBRL/transformation/2015-08-31" \
    xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" \
    xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" \
    xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:dei="http://xbrl.sec.gov/dei/2024" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:my="http://my.com/2010" \
    xmlns:us-gaap="http://fasb.org/us-gaap/2024"><body><div style="display:none"><ix:header>\
    <ix:hidden>\(hidden)</ix:hidden><ix:references>\(references)</ix:references>\
    <ix:resources>\(inInstanceNamespace(resources))</ix:resources></ix:header></div>
    \(body.joined(separator: "\n"))
    </body></html>
    """
  }

  /// The resources of the other fixture have the namespace of instances by default.
  private func inInstanceNamespace(_ text: String) -> String {
    text.replacing("<context ", with: "<context xmlns=\"http://www.xbrl.org/2003/instance\" ")
      .replacing("<unit ", with: "<unit xmlns=\"http://www.xbrl.org/2003/instance\" ")
  }

  func folder(_ path: String = "0000000007-24-000001") -> SourceFolder {
    var files = files
    if files["my.htm"] == nil { files["my.htm"] = page }
    return SourceFolder(path: path, names: Array(files.keys)) { [files] name, body in
      let bytes = Array((files[name] ?? "").utf8)
      // Two pieces, so that nothing depends on a file being whole.
      try body(bytes[..<(bytes.count / 2)])
      try body(bytes[(bytes.count / 2)...])
    }
  }

  func report(isPartial: Bool = false) throws -> ImportedReport {
    try XBRLImporter(XBRLFixture.published, isPartial: isPartial).imported(folder())
  }

  var claims: [Claim] { get throws { try report().drafts.claims } }
}
