import Replication
import Synchronization
import TestSupport

/// A stream in memory, which loses, damages and forgets what a test says.
final class MemoryStream: MessageStream, CosignatureBoard {
  /// What becomes of a question or of an answer.
  enum Fault: CaseIterable {
    case refused, lost, bit, digit, header, cut, other, missing
  }

  private struct Contents {
    var messages: [StreamMessage.Encoded?] = []
    var notes: [String: String] = [:]
    var faults: (random: SeededGenerator, percent: Int)?
    var faultCount = 0
    var answersLost = 0
    var questionCount = 0
  }

  private let contents = Mutex(Contents())

  /// The messages, from that of sequence 1 on; `nil` for one that is gone.
  var messages: [StreamMessage.Encoded?] {
    get { contents.withLock { $0.messages } }
    set { contents.withLock { $0.messages = newValue } }
  }

  /// How many faults there were.
  var faultCount: Int { contents.withLock { $0.faultCount } }

  /// How many messages were asked for.
  var questionCount: Int { contents.withLock { $0.questionCount } }

  /// Harms so many of a hundred answers from now on.
  func harm(percent: Int, seed: UInt64) {
    contents.withLock { $0.faults = (SeededGenerator(seed: seed), percent) }
  }

  func harmNothing() { contents.withLock { $0.faults = nil } }

  /// Adds the next messages, and says nothing of it.
  func loseAnswers(_ count: Int) { contents.withLock { $0.answersLost = count } }

  private static let away = ReplicationError(.unreachable, "nobody answers", remedy: "wait")

  private func fault() -> Fault? {
    guard let percent = contents.withLock({ $0.faults?.percent }), random(100) < percent else {
      return nil
    }
    contents.withLock { $0.faultCount += 1 }
    return Fault.allCases[random(Fault.allCases.count)]
  }

  private func random(_ count: Int) -> Int {
    contents.withLock { $0.faults?.random.below(count) ?? 0 }
  }

  private func harmed(_ message: StreamMessage.Encoded?) throws -> StreamMessage.Encoded? {
    guard let fault = fault(), var changed = message else { return message }
    switch fault {
    case .refused, .lost: throw Self.away
    case .missing: return nil
    case .bit:
      if !changed.body.isEmpty { changed.body[random(changed.body.count)] ^= 1 << random(8) }
    case .digit:
      let digits = changed.body.indices.filter { 0x30...0x39 ~= changed.body[$0] }
      if !digits.isEmpty { changed.body[digits[random(digits.count)]] = 0x30 + UInt8(random(10)) }
    case .header:
      let names = changed.headers.keys.sorted()
      if !names.isEmpty { changed.headers[names[random(names.count)]] = "\(random(500))" }
    case .cut: changed.body.removeLast(random(changed.body.count + 1))
    case .other:
      let all = messages.compactMap(\.self)
      changed = all[random(all.count)]
    }
    return changed
  }

  func create() async throws {}

  func lastSequence() async throws -> UInt64 {
    if fault() != nil { throw Self.away }
    return UInt64(messages.count)
  }

  func message(at sequence: UInt64) async throws -> StreamMessage.Encoded? {
    contents.withLock { $0.questionCount += 1 }
    return try harmed(
      0 < sequence && sequence <= messages.count ? messages[Int(sequence) - 1] : nil
    )
  }

  func newestCheckpoint() async throws -> (sequence: UInt64, message: StreamMessage.Encoded)? {
    guard let place = messages.lastIndex(where: { $0?.isCheckpoint == true }) else { return nil }
    return try harmed(messages[place]).map { (UInt64(place + 1), $0) }
  }

  func append(_ message: StreamMessage.Encoded, after sequence: UInt64) async throws -> Bool {
    let fault = fault()
    if fault == .refused { throw Self.away }
    let (isAdded, isLost) = contents.withLock { contents in
      guard contents.messages.count == Int(sequence) else { return (false, false) }
      contents.messages.append(message)
      contents.answersLost -= 1
      return (true, contents.answersLost >= 0)
    }
    if fault != nil || isLost { throw Self.away }
    return isAdded
  }

  func show(_ note: String, of mirror: String) async throws {
    contents.withLock { $0.notes[mirror] = note }
  }

  func notes() async throws -> [String] { contents.withLock { $0.notes.values.sorted() } }
}
