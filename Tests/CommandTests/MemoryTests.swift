import Foundation
import TestSupport
import Testing

/// Documents as long as one likes.
private enum Document: String, CaseIterable, CustomTestStringConvertible {
  case lines = "event lines"
  case table = "a table"
  case dataSet = "a Financial Statement Data Set"
  case companyFacts = "companyfacts"

  var testDescription: String { rawValue }

  /// Where it is written, below a folder.
  private var file: String {
    switch self {
    case .lines: "d.jsonl"
    case .table: "d.csv"
    case .dataSet: "set/num.tsv"
    case .companyFacts: "d.json"
    }
  }

  /// The command that reads it; nothing is recorded.
  var arguments: [String] {
    switch self {
    // Their last line is none, so that all are read, and then refused.
    case .lines, .table: ["append", file]
    case .dataSet: ["import", "fsds", "set", "-o", "-"]
    case .companyFacts: ["import", "companyfacts", file, "-o", "-"]
    }
  }

  /// What stands before its figures, each of them with its number, and what stands after them.
  private var parts: (start: String, figure: (Int) -> String, end: String) {
    func filing(_ index: Int) -> String { "0000000007-10-\(100_000 + index / 5000)" }
    func day(_ index: Int) -> String { "20\(10 + index % 60)-0\(1 + index / 60 % 9)" }
    let footnote = String(repeating: "A footnote. ", count: 12)
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
    case .companyFacts:
      (
        #"{"cik":7,"entityName":"Seven","facts":{"us-gaap":{"#,
        {
          ($0 % 500 > 0 ? "," : "\($0 > 0 ? "]}}," : "")\"C\($0 / 500)\":{\"units\":{\"USD\":[")
            + #"{"end":"\#(day($0))-10","val":\#($0),"accn":"f\#($0 % 9)","fy":2010,"fp":"FY","#
            + #""form":"10-K","filed":"2010-02-0\#(1 + $0 % 9)"}"#
        },
        "]}}}}}"
      )
    }
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
    try FileManager.default.createDirectory(
      atPath: folder + "/set",
      withIntermediateDirectories: true
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
  fileprivate func growth(document: Document) throws {
    let folder = try TemporaryFolder()
    let byteCounts = [1 << 20, 5 << 20]
    let peaks = try byteCounts.map { byteCount in
      try document.write(to: folder.path, byteCount: byteCount)
      return try peakByteCount(document.arguments, in: folder.path)
    }
    #expect(peaks[0] > 1 << 20, "The command was seen at all.")
    // As arrays, drafts of such documents take five to ten times as many bytes.
    #expect(peaks[1] - peaks[0] < byteCounts[1] - byteCounts[0], "\(peaks)")
  }
}
