/// The tokens that a server takes, as a file keeps them: a line for each, with its name, its scopes and the
/// SHA-256 of its text.
///
///     # who may do what
///     importer append 5f2c…
///     auditor read,cosign 88d0…
///
/// Who reads the file learns no token. A line that is taken out ends the token.
public struct AccessTokens: Sendable {
  /// What a token is good for.
  public enum Scope: String, Hashable, Sendable, CaseIterable {
    /// Ask questions, where the server answers nobody else.
    case read

    /// Append events.
    case append

    /// Have checkpoints cosigned, where the server answers nobody else.
    case cosign
  }

  /// Who shows a token, and what it is good for.
  public struct Holder: Hashable, Sendable {
    /// The name of the token; batches that it appends have it.
    public var name: String

    /// What it is good for.
    public var scopes: Set<Scope>

    /// Who has a token of these scopes.
    public init(name: String, scopes: Set<Scope>) {
      self.name = name
      self.scopes = scopes
    }
  }

  private var holders: [String: Holder] = [:]

  /// How many bytes a name may have.
  public static let nameByteCountMax = 64

  /// No token.
  public init() {}

  /// Reads the lines of a file; those that begin with `#` say nothing.
  ///
  /// - Throws: ``LedgerError`` of the code `refused` with the line that is none.
  public init(text: String) throws {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      do {
        guard words.count == 3 else { throw Self.refusal("it is not name, scopes and hash") }
        try add(String(first), scopes: String(words[1]), hash: String(words[2]))
      } catch let error as LedgerError {
        throw Self.refusal("line \(index + 1) is no token: \(error.message)")
      }
    }
  }

  private mutating func add(_ name: String, scopes: String, hash: String) throws {
    try Self.check(name: name)
    var found: Set<Scope> = []
    for word in scopes.split(separator: ",") {
      guard let scope = Scope(rawValue: String(word)) else {
        throw Self.refusal("\"\(word)\" is no scope: there are \(Self.scopeNames)")
      }
      found.insert(scope)
    }
    guard hash.utf8.count == 64, hash.allSatisfy({ "0123456789abcdef".contains($0) }) else {
      throw Self.refusal("its third word is no SHA-256 in hexadecimal")
    }
    guard !holders.values.contains(where: { $0.name == name }), holders[hash] == nil else {
      throw Self.refusal("there is another of that name, or with that hash")
    }
    holders[hash] = Holder(name: name, scopes: found)
  }

  /// The names of all scopes, for messages.
  public static var scopeNames: String { Scope.allCases.map(\.rawValue).joined(separator: ", ") }

  private static func refusal(_ message: String) -> LedgerError { LedgerError(.refused, message) }

  /// Whose token a text is; `nil` for none of them.
  ///
  /// Tokens are found by their hashes, so that how long it takes says nothing about them.
  public func holder(of token: String) -> Holder? {
    holders[Ledger.checksum(of: Array(token.utf8))]
  }

  /// Whether a token has this name.
  public func contains(name: String) -> Bool { holders.values.contains { $0.name == name } }

  /// Checks the name of a token.
  ///
  /// - Throws: ``LedgerError`` of the code `refused`.
  public static func check(name: String) throws {
    let isPlain = name.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"), UInt8(ascii: "@"):
        true
      default: false
      }
    }
    guard isPlain, 1...nameByteCountMax ~= name.utf8.count else {
      throw refusal(
        "\"\(name)\" is no name of a token: write 1 to \(nameByteCountMax) letters, digits, dots, "
          + "hyphens, underscores and @"
      )
    }
  }

  /// Makes a token of 256 random bits.
  ///
  /// - Parameters:
  ///   - name: As ``check(name:)`` takes it.
  ///   - scopes: What it is good for; at least one.
  /// - Returns: The token, which is kept nowhere else, and its line for the file, with a line feed.
  /// - Throws: ``LedgerError`` of the code `refused` for another name.
  public static func make(
    name: String,
    scopes: Set<Scope>
  ) throws -> (token: String, line: String) {
    try check(name: name)
    precondition(!scopes.isEmpty, "a token that is good for nothing")
    var random = SystemRandomNumberGenerator()
    let bits = (0..<4).map { _ in random.next() as UInt64 }
    let digits = bits.map { number in
      let text = String(number, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    let token = "assay-" + digits.joined()
    let words = Scope.allCases.filter(scopes.contains).map(\.rawValue).joined(separator: ",")
    return (token, "\(name) \(words) \(Ledger.checksum(of: Array(token.utf8)))\n")
  }
}
