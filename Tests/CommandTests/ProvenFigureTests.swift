import Foundation
import Testing

@Suite("A figure that is printed")
struct ProvenFigureTests {
  private static let commands = [
    ["bs", "--as-of", "2004-09-30"], ["facts", "--all", "us-gaap:Assets", "-O", "csv"],
    ["history", "us-gaap:Assets"], ["export"], ["log", "-O", "jsonl"],
    ["diff", "2003-12-31", "2005-12-31", "us-gaap:Assets"], ["replay", "balance-sheet"],
    ["new", "quarter", "--as-of", "2004-12-31"],
  ]

  @Test("is that of its event: a bit of an index or of the log is an error, never another figure")
  func damagedFigure() throws {
    let assay = try Assay.withEvents()
    let path = URL(filePath: "\(assay.folder)/test.assay")
    let whole = try Data(contentsOf: path)
    let expected = try Self.commands.map { try assay.run($0) }
    // Total assets of 2004-09-30, in the index and in the log.
    let figure = withUnsafeBytes(of: Int64(283_228_000).littleEndian) { Data($0) }
    var places: [Int] = []
    var rest = whole.startIndex..<whole.endIndex
    while let found = whole.range(of: figure, in: rest) {
      places.append(found.lowerBound)
      rest = found.upperBound..<whole.endIndex
    }
    try #require(places.count >= 2)
    var refusedCount = 0
    for place in places {
      var damaged = whole
      damaged[place + 3] ^= 8
      try damaged.write(to: path)
      for (command, right) in zip(Self.commands, expected) {
        let outcome = try assay.run(command)
        refusedCount += outcome.status == 1 ? 1 : 0
        #expect(
          outcome.status == 1 || outcome.output == right.output,
          "byte \(place): \(command): \(outcome.output.prefix(200))"
        )
      }
    }
    #expect(refusedCount >= Self.commands.count, "\(refusedCount)")
  }

  @Test("is the figure of the concept that was asked for, whatever the dictionary says")
  func damagedDictionary() throws {
    let assay = try Assay.withEvents()
    let path = URL(filePath: "\(assay.folder)/test.assay")
    let whole = try Data(contentsOf: path)
    let right = try assay.run("bs", "--as-of", "2004-09-30")
    let name = Data("us-gaap:CashAndCashEquivalentsAtCarryingValue".utf8)
    var rest = whole.startIndex..<whole.endIndex
    while let found = whole.range(of: name, in: rest) {
      rest = found.upperBound..<whole.endIndex
      // The number of the text comes after it, the text after its number.
      for place in [found.upperBound, found.lowerBound + 9] {
        var damaged = whole
        damaged[place] ^= 1
        try damaged.write(to: path)
        let outcome = try assay.run("bs", "--as-of", "2004-09-30")
        #expect(outcome.status == 1 || outcome.output == right.output, "byte \(place)")
      }
    }
  }

  @Test(
    "is laid out by the definition that is recorded, or not printed: a record that a page hides is missed"
  )
  func hiddenRecord() throws {
    let assay = try Assay.withEvents()
    let path = URL(filePath: "\(assay.folder)/test.assay")
    let whole = try Data(contentsOf: path)
    let commands = [
      ["bs", "--as-of", "2004-09-30"], ["statement", "--list"], ["guidance"], ["check"],
    ]
    let expected = try commands.map { try assay.run($0) }
    let log = try assay.run("log", "--type", "statement", "-O", "csv").output.csv
    let sequences = log.dropFirst().compactMap { UInt64($0[0]) }
    try #require(sequences.count > 10)
    var refusedCount = 0
    for sequence in sequences {
      // The size of its key, before the key.
      let key = Data([8, 0]) + withUnsafeBytes(of: sequence.bigEndian) { Data($0) }
      var damaged = whole
      var rest = whole.startIndex..<whole.endIndex
      while let found = whole.range(of: key, in: rest) {
        damaged[found.lowerBound] = 1
        rest = found.upperBound..<whole.endIndex
      }
      try damaged.write(to: path)
      for (command, right) in zip(commands, expected) {
        let outcome = try assay.run(command)
        refusedCount += outcome.status == 1 ? 1 : 0
        #expect(
          outcome.status == 1 || outcome.output == right.output,
          "event \(sequence): \(command): \(outcome.output.prefix(200))"
        )
      }
    }
    #expect(refusedCount >= 10, "\(refusedCount)")
  }
}
