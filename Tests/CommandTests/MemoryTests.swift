import Foundation
import TestSupport
import Testing

/// Documents as long as one likes.
private enum Document: String, CaseIterable, CustomTestStringConvertible {
  case lines = "event lines"
  case table = "a table"
  case dataSet = "a Financial Statement Data Set"
  case companyFacts = "companyfacts"
  case companyFactsFirst = "companyfacts whose facts come first"
  case report = "an xBRL-JSON report"
  case reportFactsFirst = "an xBRL-JSON report whose facts come first"
  case instance = "an XBRL instance"
  case release = "a release"

  var testDescription: String { rawValue }

  /// Where it is written, below a folder.
  private var file: String {
    switch self {
    case .lines: "d.jsonl"
    case .table: "d.csv"
    case .dataSet: "set/num.tsv"
    case .companyFacts, .companyFactsFirst, .report, .reportFactsFirst: "d.json"
    case .instance: "instance/d.xml"
    case .release: "d.txt"
    }
  }

  /// The command that reads it; nothing is recorded.
  var arguments: [String] {
    switch self {
    // Their last line is none, so that all are read, and then refused.
    case .lines, .table: ["append", file]
    case .dataSet: ["import", "fsds", "set", "-o", "-"]
    case .companyFacts, .companyFactsFirst: ["import", "companyfacts", file, "-o", "-"]
    case .report, .reportFactsFirst: ["import", "xbrl-json", file, "-o", "-"] + Self.filing
    case .instance: ["import", "xbrl", "instance", "-o", "-"] + Self.filing
    case .release:
      ["import", "release", file, "--profile", "quarry.jsonl", "-O", "csv"]
    }
  }

  /// The sizes to compare: some documents take longer to read than others.
  var byteCounts: [Int] { self == .release ? [1 << 18, 3 << 18] : [1 << 20, 4 << 20] }

  /// How many bytes of memory the larger one may take more.
  ///
  /// As arrays, drafts of such documents take five to ten times as many bytes.
  var growthByteCountMax: Int {
    switch self {
    // They fill what they may fill, of figures, keys and duplicates, only with the larger one.
    case .report, .reportFactsFirst, .instance: byteCounts[1] - byteCounts[0] + (1 << 20)
    default: byteCounts[1] - byteCounts[0]
    }
  }

  private static let filing = ["--filing", "f", "--published", "2010-10-27"]

  /// What stands before its figures, each of them with its number, and what stands after them.
  private var parts: (start: String, figure: (Int) -> String, end: String) {
    func filing(_ index: Int) -> String { "0000000007-10-\(100_000 + index / 5000)" }
    func day(_ index: Int) -> String { "20\(10 + index % 60)-0\(1 + index / 60 % 9)" }
    let footnote = String(repeating: "A footnote. ", count: 12)
    let prose = String(
      repeating: "\n" + String(repeating: "As we said before, ", count: 5),
      count: 90
    )
    return switch self {
    case .lines:
      (
        "",
        {
          #"{"concept":"us-gaap:Assets","decimals":-3,"entity":"cik:7","filing":"\#(filing($0))","#
            + #""period":"\#(day($0))-10","type":"statement-line","unit":"USD","value":"\#($0)"}"#
            + "\n"
        },
        "none\n"
      )
    case .table:
      (
        "entity,concept,period,unit,value,filing,published\n",
        { "cik:7,us-gaap:Assets,\(day($0))-10,USD,\"(\($0))\",\(filing($0)),2010-05-05\n" },
        "cik:7,us-gaap:Assets,none,USD,1,x,2010-05-05\n"
      )
    case .dataSet:
      (
        "adsh\ttag\tversion\tcoreg\tddate\tqtrs\tuom\tvalue\tfootnote\n",
        {
          "f\tAssets\tus-gaap/2009\t\t20\(10 + $0 % 60)0630\t1\tUSD\t\($0).0000\t\(footnote)\n"
        },
        ""
      )
    case .companyFacts, .companyFactsFirst:
      (
        #"{\#(self == .companyFacts ? Self.company + "," : "")"facts":{"us-gaap":{"#,
        {
          ($0 % 500 > 0 ? "," : "\($0 > 0 ? "]}}," : "")\"C\($0 / 500)\":{\"units\":{\"USD\":[")
            + #"{"end":"\#(day($0))-10","val":\#($0),"accn":"f\#($0 % 9)","fy":2010,"fp":"FY","#
            + #""form":"10-K","filed":"2010-02-0\#(1 + $0 % 9)"}"#
        },
        "]}}}}\(self == .companyFacts ? "" : "," + Self.company)}"
      )
    case .report, .reportFactsFirst:
      (
        "{\(self == .report ? Self.reportInfo + "," : "")\"facts\":{",
        {
          // Every tenth is a duplicate of the one before it.
          let figure = $0 % 10 == 9 ? $0 - 1 : $0
          return #"\#($0 > 0 ? "," : "")"fact-\#($0)":{"value":"\#(figure)","decimals":0,"#
            + #""dimensions":{"concept":"x:C\#(figure / 500)","entity":"x:7","#
            + #""period":"\#(day(figure))-10T00:00:00","unit":"x:USD"}}"#
        },
        "}\(self == .report ? "" : "," + Self.reportInfo)}"
      )
    case .instance:
      (
        #"<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:x="http://x.org/2010">"#
          + #"<unit id="u"><measure>x:USD</measure></unit>"#,
        {
          ($0 % 10 > 0 ? "" : Self.context("c\($0 / 10)", day($0) + "-10"))
            + #"<x:C\#($0 % 500) contextRef="c\#($0 / 10)" unitRef="u" decimals="0" "#
            + #"id="figure-\#($0)">\#($0)</x:C\#($0 % 500)>\n"#
        },
        "</xbrl>"
      )
    case .release: ("", { _ in Quarry.release + prose }, "")
    }
  }

  private static let company = #""cik":7,"entityName":"Seven""#

  private static let reportInfo =
    #""documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-json","#
    + #""namespaces":{"x":"http://x.org/2010"}}"#

  private static func context(_ id: String, _ day: String) -> String {
    #"<context id="\#(id)"><entity><identifier scheme="http://x.org">7</identifier></entity>"#
      + "<period><instant>\(day)</instant></period></context>\n"
  }

  /// Writes one of about so many bytes.
  func write(to folder: String, byteCount: Int) throws {
    let (start, figure, end) = parts
    var text = start
    var index = 0
    while text.utf8.count < byteCount {
      text += figure(index)
      index += 1
    }
    for name in ["set", "instance"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)",
        withIntermediateDirectories: true
      )
    }
    try Quarry.definitions.write(
      toFile: folder + "/quarry.jsonl",
      atomically: false,
      encoding: .utf8
    )
    try (text + end).write(toFile: "\(folder)/\(file)", atomically: false, encoding: .utf8)
    let header = "adsh\tcik\tname\tfye\tform\tfy\tfp\tfiled\tinstance\n"
    let submission = "f\t7\tSEVEN\t1231\t10-K\t2009\tFY\t20100224\tseven-20091231.xml\n"
    try (header + submission).write(
      toFile: folder + "/set/sub.tsv",
      atomically: false,
      encoding: .utf8
    )
  }
}

@Suite("Memory")
struct MemoryTests {
  /// The most memory of its own that a command held, as far as looking at it now and then shows.
  private func peakByteCount(_ arguments: [String], in folder: String) throws -> Int {
    let process = Process()
    process.executableURL = URL(filePath: Assay.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let path = "/proc/\(process.processIdentifier)/status"
    var peak = 0
    while process.isRunning {
      let status = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
      let kibibytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
      peak = max(peak, kibibytes.flatMap { Int($0) } ?? 0)
      usleep(2000)
    }
    return peak << 10
  }

  @Test("does not grow with the document that is read", arguments: Document.allCases)
  fileprivate func doesNotGrowWithDocumentThatIsRead(document: Document) throws {
    let folder = try TemporaryFolder()
    let byteCounts = document.byteCounts
    let peaks = try byteCounts.map { byteCount in
      try document.write(to: folder.path, byteCount: byteCount)
      return try peakByteCount(document.arguments, in: folder.path)
    }
    #expect(peaks[0] > byteCounts[0], "The command was seen at all.")
    #expect(peaks[1] - peaks[0] < document.growthByteCountMax, "\(peaks)")
  }
}
