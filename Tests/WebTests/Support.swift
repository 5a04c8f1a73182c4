import Facts
import Foundation
import Intake
import JSON
import Ledger
import Synchronization
import TestSupport
import Web

/// Ledgers to serve, each made once: no test adds to them.
enum ServedLedgers {
  private static let ledgers = Mutex<[String: Ledger]>([:])

  private static func ledger(
    _ name: String,
    _ fill: (Ledger) throws -> Void
  ) throws -> Ledger {
    try ledgers.withLock { ledgers in
      if let known = ledgers[name] { return known }
      let folder = try TemporaryFolder.untilExit()
      let ledger = try Ledger(path: folder("test.assay"), access: .create)
      try fill(ledger)
      ledgers[name] = ledger
      return ledger
    }
  }

  private static var options: Ledger.AppendOptions {
    Ledger.AppendOptions(by: "test", time: Timestamp(microseconds: 1_767_225_600_000_000))
  }

  /// A ledger of companyfacts files of the shared data.
  ///
  /// - Parameter ciks: The ten digits of each filer's central index key.
  static func companies(_ ciks: String...) throws -> Ledger {
    try ledger(ciks.joined()) { ledger in
      for cik in ciks {
        let drafts = try CompanyFactsImporter().drafts(
          from: Package.bytes(file(of: cik)),
          file: "facts.json",
          known: KnownDefinitions(
            concept: { try Ledger.concept($0, in: ledger) },
            entity: { try Ledger.entity($0, in: ledger) },
            element: { StandardElements.concept($0) }
          )
        )
        _ = try ledger.append(drafts, options)
      }
    }
  }

  static func file(of cik: String) -> URL {
    Package.data.appending(path: "companyfacts/CIK\(cik).json")
  }

  /// A ledger of event lines.
  static func lines(_ lines: String) throws -> Ledger {
    try ledger(lines) { ledger in
      let drafts = try EventLineReader.drafts(from: Array(lines.utf8), file: "test.jsonl")
      _ = try ledger.append(drafts, options)
    }
  }
}

extension Site {
  /// How many events the ledger holds.
  var head: Int { get throws { try get("/health").object["head"] as? Int ?? 0 } }

  /// The answer to a request without a body.
  func get(
    _ target: String,
    _ method: String = "GET",
    headers: [String: String] = [:]
  ) -> WebResponse {
    do {
      return respond(to: try WebRequest(method, target, headers: headers))
    } catch {
      return WebResponse(error.status, body: .bytes([]))
    }
  }
}

extension WebResponse {
  /// All bytes of the answer.
  var bytes: [UInt8] {
    get throws {
      var bytes: [UInt8] = []
      try body.forEachPiece { bytes += $0 }
      return bytes
    }
  }

  /// The answer as a text.
  var text: String { get throws { String(decoding: try bytes, as: UTF8.self) } }

  /// The answer as the members of a JSON object.
  var object: [String: Any] {
    get throws {
      let value = try JSONSerialization.jsonObject(with: Data(bytes))
      return value as? [String: Any] ?? [:]
    }
  }
}
