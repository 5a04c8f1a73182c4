import Facts
import Intake
import JSON
import Merkle
import Projections
import Reports
import TestSupport

extension FuzzProperty {
  func checkJSON(_ bytes: [UInt8]) throws {
    guard let root = try? JSONParser().parse(bytes).root, let value = try? JSONValue(root) else {
      return
    }
    let canonical = value.canonicalBytes
    let again = try JSONValue(JSONParser().parse(canonical).root)
    try require(again.canonicalBytes == canonical, "the canonical form changes")
    let plain = try JSONValue(JSONParser().parse(value.bytes).root)
    try require(plain == value, "written and read, it is another value")
  }

  func checkEvent(_ bytes: [UInt8]) throws {
    _ = try? EventFileImporter().drafts(from: bytes, file: "-")
    _ = try? CompanyFactsImporter().drafts(from: bytes, file: "facts.json")
    guard let root = try? JSONParser().parse(bytes).root, let event = try? Event(root) else {
      return
    }
    let line = event.canonicalLine
    let again = try Event(JSONParser().parse(line).root)
    try require(again == event, "the canonical line is another event")
    try require(again.canonicalLine == line, "the canonical line changes")
    let value = try JSONValue(JSONParser().parse(line).root)
    try require(value.canonicalBytes == line, "the line is not canonical JSON")
  }

  func checkAmount(_ text: String) throws {
    guard let amount = try? Amount(text) else { return }
    let printed = amount.description
    try require(try Amount(printed) == amount, "\(printed) is another amount")
    try require(try Amount(printed).description == printed, "\(printed) is printed otherwise")
    for decimals in [nil, Int8(-18), -3, 0, 2, 18] {
      let figure = Figure(value: amount, decimals: decimals)
      guard let interval = Interval(figure) else { continue }
      try require(
        interval.low <= amount.fixedPoint && amount.fixedPoint <= interval.high,
        "\(printed) is outside of what it can stand for"
      )
    }
  }

  func checkTime(_ text: String) throws {
    if let day = CivilDate(text) {
      try require(CivilDate(day.description) == day, "\(day) is another day")
    }
    let label = PeriodLabel(text)
    if let label {
      try require(PeriodLabel(label.description) == label, "\(label) is another label")
    }
    let named = label.flatMap { FiscalCalendar(yearEnd: nil).period($0) }
    for period in [Period(text), named].compactMap(\.self) {
      try require(Period(period.description) == period, "\(period) is another period")
    }
    if let time = Timestamp(text) {
      try require(Timestamp(time.description) == time, "\(time) is another time")
    }
    if let time = PublishedTime(text) {
      try require(PublishedTime(time.description) == time, "\(time) is another published time")
    }
  }

  func checkQuery(_ text: String) throws {
    let words = text.split(separator: " ").map(String.init)
    let pattern = FactPattern(words)
    _ = pattern.names(concept: text)
    try require(
      words.isEmpty == pattern.isEmpty || !text.contains { !$0.isWhitespace },
      "words without a meaning"
    )
    if let dimensions = try? Dimensions(text) {
      try require(try Dimensions(dimensions.text) == dimensions, "\(dimensions.text) is other")
    }
  }

  func checkNote(_ text: String) throws {
    if let note = try? SignedNote(encoded: text) {
      try require(note.encoded == text, "the note is written otherwise")
      if let checkpoint = try? Checkpoint(note) {
        try require(
          try Checkpoint(encoded: checkpoint.text) == checkpoint
            && note.text.hasPrefix(checkpoint.text),
          "the checkpoint is written otherwise"
        )
      }
    }
    if let proof = try? TransparencyProof(encoded: text) {
      try require(proof.encoded == text, "the proof is written otherwise")
    }
    if let request = try? CosigningRequest(encoded: text) {
      try require(request.encoded == text, "the request is written otherwise")
    }
    _ = try? LogPolicy(encoded: Array(text.utf8))
    if let key = try? NoteVerifier(encoded: text) {
      try require(key.encoded == text, "the verifier key is written otherwise")
    }
    if let key = try? NoteSigner(encoded: text) {
      try require(key.encoded == text, "the private key is written otherwise")
    }
  }

  func checkPaper(_ bytes: [UInt8]) throws {
    guard let paper = try? PrintedAnswer(bytes) else { return }
    try require(paper.head > 0, "a paper rests on no event")
  }
}
