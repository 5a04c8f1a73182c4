import Facts
import Intake
import TestSupport

/// A small XBRL 2.1 filing, to be changed part by part: figures only.
struct XBRLFixture {
  var contexts = [
    Self.context("I", "<instant>2010-09-30</instant>"),
    Self.context("D", "<startDate>2010-07-01</startDate><endDate>2010-09-30</endDate>"),
  ]
  var units = [Self.unit("usd", "iso4217:USD")]
  var facts: [String] = []
  var namespaces =
    "xmlns:us-gaap=\"http://xbrl.us/us-gaap/2009-01-31\" "
    + "xmlns:dei=\"http://xbrl.us/dei/2009-01-31\" xmlns:my=\"http://my.com/2010\""
  var references = "<link:schemaRef xlink:type=\"simple\" xlink:href=\"my.xsd\"/>"

  /// Files of the folder beside the instance.
  var files: [String: String] = ["my.xsd": Self.schema(), "my_cal.xml": Self.linkbase("")]

  init(_ facts: String...) { self.facts = facts }

  static func context(
    _ id: String,
    _ period: String,
    segment: String = "",
    scenario: String = "",
    scheme: String = "http://www.sec.gov/CIK",
    identifier: String = "0000000007"
  ) -> String {
    let segment = segment.isEmpty ? "" : "<segment>\(segment)</segment>"
    let scenario = scenario.isEmpty ? "" : "<scenario>\(scenario)</scenario>"
    return
      "<context id=\"\(id)\"><entity><identifier scheme=\"\(scheme)\">\(identifier)</identifier>"
      + "\(segment)</entity><period>\(period)</period>\(scenario)</context>"
  }

  static func unit(_ id: String, _ measure: String) -> String {
    "<unit id=\"\(id)\"><measure>\(measure)</measure></unit>"
  }

  /// A figure of `us-gaap`, in thousands of USD at 2010-09-30 if nothing else is said.
  static func figure(
    _ value: String,
    _ concept: String = "us-gaap:Assets",
    context: String = "I",
    unit: String = "usd",
    rounding: String = "decimals=\"-3\""
  ) -> String {
    "<\(concept) contextRef=\"\(context)\" unitRef=\"\(unit)\" \(rounding)>\(value)</\(concept)>"
  }

  static func text(_ value: String, _ concept: String, context: String = "D") -> String {
    "<\(concept) contextRef=\"\(context)\">\(value)</\(concept)>"
  }

  static func schema(_ elements: String = "", references: String? = nil) -> String {
    let references =
      references
      ?? "<link:linkbaseRef xlink:type=\"simple\" xlink:href=\"my_cal.xml\" "
      + "xlink:role=\"http://www.xbrl.org/2003/role/calculationLinkbaseRef\"/>"
    return """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://my.com/2010" \
      xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" \
      xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:t="http://www.xbrl.org/dtr/type">
      <xs:annotation><xs:appinfo>\(references)</xs:appinfo></xs:annotation>
      \(elements)
      </xs:schema>
      """
  }

  static func linkbase(_ content: String) -> String {
    """
    <linkbase xmlns="http://www.xbrl.org/2003/linkbase" \
    xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en">
    \(content)
    </linkbase>
    """
  }

  /// A calculation link; each arc is `total item weight`, and more attributes behind them.
  static func calculation(role: String = "http://my.com/role/Balance", _ arcs: String...) -> String
  {
    var concepts: Set<String> = []
    var text = ""
    for arc in arcs {
      let words = arc.split(separator: " ", maxSplits: 3).map(String.init)
      for concept in words[0...1] where concepts.insert(concept).inserted {
        let id = concept.replacing(":", with: "_")
        let file = concept.hasPrefix("my:") ? "my.xsd" : "http://fasb.org/us-gaap.xsd"
        text += "<loc xlink:type=\"locator\" xlink:label=\"\(id)\" xlink:href=\"\(file)#\(id)\"/>\n"
      }
      let ends = words[0...1].map { $0.replacing(":", with: "_") }
      text +=
        "<calculationArc xlink:type=\"arc\" "
        + "xlink:arcrole=\"http://www.xbrl.org/2003/arcrole/summation-item\" "
        + "xlink:from=\"\(ends[0])\" xlink:to=\"\(ends[1])\" weight=\"\(words[2])\" "
        + "\(words.count > 3 ? words[3] : "")/>\n"
    }
    return "<calculationLink xlink:type=\"extended\" xlink:role=\"\(role)\">\n\(text)"
      + "</calculationLink>"
  }

  /// A label link of standard labels, or of another role.
  static func labels(_ labels: (concept: String, label: String, role: String)...) -> String {
    var text = ""
    for (index, label) in labels.enumerated() {
      text += """
        <loc xlink:type="locator" xlink:label="c\(index)" \
        xlink:href="x.xsd#\(label.concept.replacing(":", with: "_"))"/>
        <label xlink:type="resource" xlink:label="l\(index)" \
        xlink:role="http://www.xbrl.org/2003/role/\(label.role)">\(label.label)</label>
        <labelArc xlink:type="arc" xlink:from="c\(index)" xlink:to="l\(index)" \
        xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label"/>
        """
    }
    return "<labelLink xlink:type=\"extended\" "
      + "xlink:role=\"http://www.xbrl.org/2003/role/link\">\(text)</labelLink>"
  }

  var instance: String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" \
    xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" \
    xmlns:xbrldi="http://xbrl.org/2006/xbrldi" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \(namespaces)>
    \(references)
    \((facts + contexts + units).joined(separator: "\n"))
    </xbrl>
    """
  }

  func folder(_ path: String = "0000000007-10-000001") -> SourceFolder {
    var files = files
    if files["my.xml"] == nil { files["my.xml"] = instance }
    return SourceFolder(path: path, names: Array(files.keys)) { [files] name, body in
      let bytes = Array((files[name] ?? "").utf8)
      // Two pieces, so that nothing depends on a file being whole.
      try body(bytes[..<(bytes.count / 2)])
      try body(bytes[(bytes.count / 2)...])
    }
  }

  static let published = FilingParticulars(published: PublishedTime("2010-10-27"))

  func report(
    _ particulars: FilingParticulars = published,
    known: KnownDefinitions = .none
  ) throws -> ImportedReport {
    try XBRLImporter().report(from: folder(), particulars, known: known)
  }

  var claims: [Claim] { get throws { try report().drafts.claims } }
}

extension [Draft] {
  var checks: [CheckDefinition] {
    compactMap { if case .check(let check) = $0.event { check } else { nil } }
  }

  var lines: [String] { map { String(decoding: $0.event.canonicalLine, as: UTF8.self) } }
}

extension Claim {
  /// `value decimals`.
  var said: String {
    (figure.value?.description ?? "nil") + (figure.decimals.map { " \($0)" } ?? "")
  }
}
