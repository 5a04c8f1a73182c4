public import ArgumentParser
public import Ledger
import Platform

/// The command `assay token`.
struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    manual: "token",
    subcommands: [TokenNewCommand.self]
  )
}

/// The command `assay token new`.
struct TokenNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "token new")

  @Option(
    help: ArgumentHelp(
      "What it is good for: read, append or cosign. Can be given again.",
      valueName: "scope"
    )
  )
  var scope: [AccessTokens.Scope]

  @Option(help: ArgumentHelp("The name of the token: who has it.", valueName: "name"))
  var name: String

  @Option(
    help: ArgumentHelp(
      "Add the hash of the token to this file, for assay serve.",
      valueName: "file"
    )
  )
  var tokens: String

  func validate() throws {
    do { try AccessTokens.check(name: name) } catch let error as LedgerError {
      throw ValidationError("--name: \(error.message)")
    }
  }

  func run() throws {
    let isThere = FileSystem.exists(tokens)
    let bytes = isThere ? try Input.bytes(of: tokens, byteCountMax: 1 << 20) : []
    var text = String(decoding: bytes, as: UTF8.self)
    guard try !known(text).contains(name: name) else {
      throw FileFailure(
        path: tokens,
        message: "it has a token \(name)",
        remedy: "give another --name, or take its line out first"
      )
    }
    let made = try AccessTokens.make(name: name, scopes: Set(scope))
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    // First the file: a token that was shown must be good.
    try Output.write(
      Array((text + made.line).utf8),
      to: tokens,
      replacing: isThere ? .outgrown : .nothing(),
      permissions: 0o600
    )
    try Console.print("\(made.token)\n")
  }

  /// The tokens of the file so far.
  private func known(_ text: String) throws -> AccessTokens {
    do { return try AccessTokens(text: text) } catch let error as LedgerError {
      throw FileFailure(
        path: tokens,
        message: error.message,
        remedy: "name a file that assay token new wrote, or a new one"
      )
    }
  }
}

extension AccessTokens.Scope: ExpressibleByArgument {}
