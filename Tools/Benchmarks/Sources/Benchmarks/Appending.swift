import Facts
import Generator
import Glibc
import Intake
import Ledger

/// The workloads that append: made events, from memory, all durable.
enum Appending {
  /// The events of a batch, and when it was appended: later with each batch.
  private static func options(_ index: Int) -> Ledger.AppendOptions {
    let start = Timestamp(startOf: Quarter(Quarter.count).end)
    return Ledger.AppendOptions(
      by: "bench",
      time: Timestamp(microseconds: start.microseconds + Int64(index) * 1_000_000)
    )
  }

  /// Appends batches to a new ledger; making them is not measured.
  private static func append(
    to path: String,
    _ batches: (_ body: ([Draft]) throws -> Void) throws -> Void
  ) throws -> Measurement {
    let ledger = try Ledger(path: path, access: .create)
    var (measurement, index) = (Measurement(), 0)
    try batches { drafts in
      let result = try measurement.measure { try ledger.append(drafts, options(index)) }
      guard case .appended = result else { throw Failure("a batch was not appended: \(result)") }
      measurement.count += drafts.count
      index += 1
    }
    measurement.check = Int64(try ledger.read { $0.head })
    return measurement
  }

  /// Batches of 1,000 events.
  static func bulk(path: String, eventCount: Int) throws -> Measurement {
    try append(to: path) { body in
      try SyntheticFilings(eventCount: eventCount).forEachBatch(of: 1000, body)
    }
  }

  /// One filing after the other, each with its claims as one batch.
  static func filings(path: String, eventCount: Int) throws -> Measurement {
    let filings = SyntheticFilings(eventCount: eventCount)
    return try append(to: path) { body in
      try body(filings.definitions)
      for plan in filings.plans { try body(filings.drafts(of: plan)) }
    }
  }

  /// One entity after the other, each with its filings of ten years as one batch, as companyfacts files come.
  ///
  /// Tells on standard error how it goes, every 500 entities.
  static func entities(path: String, eventCount: Int, entityCount: Int) throws -> Measurement {
    let filings = SyntheticFilings(eventCount: eventCount, entityCount: entityCount)
    var (count, start) = (0, Measurement.seconds)
    return try append(to: path) { body in
      try body(filings.definitions)
      for (index, plans) in filings.plansByEntity.enumerated() {
        let drafts = plans.flatMap { filings.drafts(of: $0) }
        try body(drafts)
        count += drafts.count
        guard (index + 1).isMultiple(of: 500) else { continue }
        let now = Measurement.seconds
        let line = "\(index + 1) entities: \(Int(Double(count) / (now - start))) events a second\n"
        _ = Array(line.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        (count, start) = (0, now)
      }
    }
  }

  /// One event after the other, each a batch of its own; definitions are appended before.
  static func single(path: String, eventCount: Int) throws -> Measurement {
    let filings = SyntheticFilings(eventCount: eventCount)
    let prepared = try append(to: path) { body in try body(filings.definitions) }
    guard prepared.count > 0 else { throw Failure("no definitions") }
    return try append(to: path) { body in
      var left = eventCount
      for plan in filings.plans {
        for draft in filings.drafts(of: plan) where left > 0 {
          try body([draft])
          left -= 1
        }
      }
    }
  }

  /// Imports a companyfacts file into a new ledger: reads it, makes its events and appends them.
  static func companyFacts(path: String, file: String) throws -> Measurement {
    let ledger = try Ledger(path: path, access: .create)
    var measurement = Measurement()
    measurement.count = try measurement.measure {
      let document = SourceFile(path: file, bytes: try InputFile.read(file))
      let spool = DraftSpool()
      try CompanyFactsImporter().read(document, known: .none) { try spool.append($0) }
      let drafts = try spool.finish().all()
      _ = try ledger.append(drafts, options(0))
      return drafts.count
    }
    measurement.check = Int64(try ledger.read { $0.head })
    return measurement
  }

  /// One fact of which `claimCount` filings say something, in batches of 1,000 events.
  static func manyClaims(path: String, claimCount: Int, runLength: Int) throws -> Measurement {
    try append(to: path) { body in
      try body(SyntheticFilings(eventCount: 1).definitions)
      var batch: [Draft] = []
      for index in 0..<claimCount {
        batch += SyntheticFilings.draftsOfOneFact(index, runLength: runLength)
        if batch.count == 1000 || index == claimCount - 1 {
          try body(batch)
          batch = []
        }
      }
    }
  }
}

/// A file as bytes.
private enum InputFile {
  static func read(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw Failure("cannot read \(path)") }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let count = ftell(file)
    rewind(file)
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = fread(buffer.baseAddress, 1, count, file)
    }
    guard bytes.count == count else { throw Failure("cannot read \(path)") }
    return bytes
  }
}

/// Why a workload cannot be measured.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
