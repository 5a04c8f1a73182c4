/// Which logs are believed, and which of their witnesses must have cosigned a checkpoint (C2SP
/// tlog-policy).
///
///     log example.com/log+…
///     witness W1 witness.example.com/w1+…
///     witness W2 witness.example.net/w2+…
///     group both all W1 W2
///     quorum both
public struct LogPolicy: Sendable {
  /// A name of a witness or a group: bytes, as the format has it.
  private typealias Name = [UInt8]

  /// How the quorum is made of what is named before it.
  private enum Definition: Sendable {
    case witness(NoteVerifier)
    case group(threshold: Int, members: [Name])
  }

  /// One witness that has cosigned.
  public struct Cosigner: Hashable, Sendable {
    /// The name of its key.
    public var name: String

    /// When it cosigned: seconds since 1970, less than 2^63.
    public var time: UInt64
  }

  /// What a policy says of one checkpoint.
  public struct Judgement: Hashable, Sendable {
    /// The log of the policy that signed it; `nil` if the policy names no log.
    public var log: String?

    /// The witnesses of the policy that cosigned it, in the order of the policy.
    public var cosigners: [Cosigner]

    /// Whether they are enough.
    public var isQuorum: Bool
  }

  private var logs: [NoteVerifier] = []
  private var definitions: [(name: Name, definition: Definition)] = []
  private var quorum: Name?

  /// Those of ``definitions``, and what is a member of a group already.
  private var known: Set<Name> = []
  private var grouped: Set<Name> = []
  private var publicKeys: Set<[UInt8]> = []

  private static let none = Name("none".utf8)

  /// Reads a policy.
  ///
  /// - Throws: `NoteError` with the line that is wrong.
  /// - Complexity: O(*n*) for *n* bytes.
  public init(encoded: [UInt8]) throws {
    var number = 0
    for line in encoded.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      do {
        try read(line)
      } catch let error as NoteError {
        throw NoteError("line \(number): \(error)")
      }
    }
    guard quorum != nil else { throw NoteError("no line says which quorum is needed") }
  }

  private mutating func read(_ line: ArraySlice<UInt8>) throws {
    guard line.allSatisfy({ $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }) else {
      throw NoteError("it holds a control character")
    }
    let items = line.split { $0 == 0x20 || $0 == 0x09 }.map(Name.init)
    guard let word = items.first, word[0] != UInt8(ascii: "#") else { return }
    switch (String(decoding: word, as: UTF8.self), items.count) {
    case ("log", 2...3):
      let key = try Self.key(items[1], .signature)
      guard !logs.contains(where: { $0.publicKey == key.publicKey }) else {
        throw NoteError("the key of the log \(key.name) is there twice")
      }
      logs.append(key)
    case ("witness", 3...4):
      let key = try Self.key(items[2], .cosignature)
      guard publicKeys.insert(key.publicKey).inserted else {
        throw NoteError("the key of the witness \(key.name) is there twice")
      }
      try define(items[1], .witness(key))
    case ("group", 4...):
      let members = Array(items[3...])
      let threshold = try Self.threshold(items[2], count: members.count)
      for member in members {
        guard known.contains(member) else { throw Self.unknown(member) }
        guard grouped.insert(member).inserted else {
          throw NoteError("\(Self.text(member)) is a member twice")
        }
      }
      try define(items[1], .group(threshold: threshold, members: members))
    case ("quorum", 2):
      guard quorum == nil else { throw NoteError("a policy has one quorum") }
      guard items[1] == Self.none || known.contains(items[1]) else { throw Self.unknown(items[1]) }
      quorum = items[1]
    default:
      throw NoteError("\"\(Self.text(Name(line)))\" is no line of a policy")
    }
  }

  private mutating func define(_ name: Name, _ definition: Definition) throws {
    guard name != Self.none, known.insert(name).inserted else {
      throw NoteError("the name \(Self.text(name)) has a meaning already")
    }
    definitions.append((name, definition))
  }

  /// How many of `count` members `all`, `any` or a number demands.
  private static func threshold(_ word: Name, count: Int) throws -> Int {
    let text = Self.text(word)
    switch text {
    case "all": return count
    case "any": return 1
    default:
      guard let number = Int(text), String(number) == text, 1...count ~= number else {
        throw NoteError("\(text) is no number from 1 to \(count), nor all or any")
      }
      return number
    }
  }

  private static func key(_ text: Name, _ type: SignatureType) throws -> NoteVerifier {
    let key = try NoteVerifier(encoded: Self.text(text))
    guard key.type == type else {
      throw NoteError(
        type == .signature
          ? "the key \(key.name) cosigns: it is a witness's, and no log's"
          : "the key \(key.name) does not cosign: it is no witness's"
      )
    }
    return key
  }

  private static func unknown(_ name: Name) -> NoteError {
    NoteError("no line before it defines \(text(name))")
  }

  private static func text(_ name: Name) -> String { String(decoding: name, as: UTF8.self) }
}

extension LogPolicy {
  /// Judges a checkpoint.
  ///
  /// - Throws: `NoteError` if it is none; if no log of the policy signed it under its own name; if a
  ///   signature in the name of one of the policy's keys is not made with it.
  /// - Complexity: O(*n*) for *n* lines of the policy.
  public func judge(_ note: SignedNote) throws -> Judgement {
    let origin = try Checkpoint(note).origin
    let log = try logs.first { try $0.name == origin && $0.hasSigned(note) }
    guard logs.isEmpty || log != nil else {
      throw NoteError("no log of the policy signed it as \(origin)")
    }
    var cosigners: [Cosigner] = []
    // A group names only what is above it, so one pass down the lines is enough.
    var hasWitnessed: Set<Name> = [Self.none]
    for (name, definition) in definitions {
      switch definition {
      case .witness(let key):
        guard let time = try key.cosigningTime(of: note) else { continue }
        cosigners.append(Cosigner(name: key.name, time: time))
        hasWitnessed.insert(name)
      case .group(let threshold, let members):
        if members.count(where: hasWitnessed.contains) >= threshold { hasWitnessed.insert(name) }
      }
    }
    return Judgement(
      log: log?.name,
      cosigners: cosigners,
      isQuorum: quorum.map(hasWitnessed.contains) ?? false
    )
  }
}
