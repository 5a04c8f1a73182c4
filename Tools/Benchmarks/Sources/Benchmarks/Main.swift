import Generator
import Ledger

/// Runs one workload on one ledger, and writes what it took.
@main
enum Main {
  static func main() throws {
    var arguments = CommandLine.arguments.dropFirst().makeIterator()
    func text(_ name: String) throws -> String {
      guard let argument = arguments.next() else { throw Failure("\(name) is missing") }
      return argument
    }
    func number(_ name: String) throws -> Int {
      let text = try text(name)
      guard let number = Int(text), number > 0 else { throw Failure("\(name) is \"\(text)\"") }
      return number
    }
    let (workload, path) = (try text("workload"), try text("ledger"))
    if workload == "questions" {
      return try writeQuestions(ledger: path, text: text, number: number)
    }
    try measured(workload, path, text: text, number: number).write()
  }

  private static func measured(
    _ workload: String,
    _ path: String,
    text: (String) throws -> String,
    number: (String) throws -> Int
  ) throws -> Measurement {
    switch workload {
    case "append-bulk": try Appending.bulk(path: path, eventCount: number("events"))
    case "append-filings": try Appending.filings(path: path, eventCount: number("events"))
    case "append-entities":
      try Appending.entities(
        path: path,
        eventCount: number("events"),
        entityCount: number("entities")
      )
    case "append-single": try Appending.single(path: path, eventCount: number("events"))
    case "append-one-fact":
      try Appending.manyClaims(
        path: path,
        claimCount: number("claims"),
        runLength: number("run length")
      )
    case "import": try Appending.companyFacts(path: path, file: text("file"))
    case "rebuild": try Reading.rebuild(path: path)
    default: try measuredReading(workload, path, text: text, number: number)
    }
  }

  private static func measuredReading(
    _ workload: String,
    _ path: String,
    text: (String) throws -> String,
    number: (String) throws -> Int
  ) throws -> Measurement {
    switch workload {
    case "replay": try Reading.replay(path: path)
    case "statement", "statement-unproven":
      try Reading.statements(
        path: path,
        SyntheticFilings(eventCount: number("events")),
        kind(text("kind")),
        count: number("count"),
        isProving: workload == "statement"
      )
    case "statement-entities":
      try Reading.statements(
        path: path,
        SyntheticFilings(eventCount: number("events"), entityCount: number("entities")),
        kind(text("kind")),
        count: number("count")
      )
    case "frame-entities":
      try Entities.frames(
        path: path,
        SyntheticFilings(eventCount: number("events"), entityCount: number("entities")),
        count: number("count")
      )
    case "one-fact":
      try OneFact.ask(
        path: path,
        claimCount: number("claims"),
        runLength: number("run length"),
        count: number("count")
      )
    case "history", "diff", "restatements":
      try Entities.ask(
        Entities.Work(rawValue: workload) ?? .history,
        path: path,
        eventCount: number("events"),
        count: number("count")
      )
    case "export": try Reading.export(path: path, to: text("file"))
    case "verify": try Reading.verify(path: path)
    default: throw Failure("there is no workload \"\(workload)\"")
    }
  }

  /// Writes the questions of a workload for the programs in C.
  private static func writeQuestions(
    ledger path: String,
    text: (String) throws -> String,
    number: (String) throws -> Int
  ) throws {
    let (subject, target) = (try text("subject"), try text("file"))
    let (eventCount, count) = (try number("events"), try number("count"))
    if subject == "one-fact" {
      return try QuestionFile.writeOneFact(
        claimCount: eventCount,
        runLength: try number("run length"),
        count: count,
        ledger: path,
        to: target
      )
    }
    let asked: QuestionFile.Subject =
      switch subject {
      case "fact": .fact
      case "entity": .entity
      default: .statement(try kind(subject))
      }
    try QuestionFile.write(asked, of: eventCount, count: count, ledger: path, to: target)
  }

  private static func kind(_ text: String) throws -> Question.Kind {
    guard let kind = Question.Kind(rawValue: text) else {
      throw Failure("there are no questions of kind \"\(text)\"")
    }
    return kind
  }
}
