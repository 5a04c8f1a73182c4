import ArgumentParser
import Facts
import Manual
import Platform
import Reports

/// The command `assay`.
@main
struct Assay: ParsableCommand {
  static let version = ProgramVersion.text

  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: ManualPage.abstract(of: ""),
    discussion: CommandConfiguration.discussion(of: ""),
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Recording",
        subcommands: [
          AppendCommand.self, ImportCommand.self, NewCommand.self, CorrectCommand.self,
          WithdrawCommand.self,
          RetireCommand.self,
        ]
      ),
      CommandGroup(
        name: "Statements",
        subcommands: [
          StatementCommand.self, BalanceSheetCommand.self, OperationsCommand.self,
          CashFlowCommand.self, UnitsCommand.self, HedgesCommand.self,
        ]
      ),
      CommandGroup(
        name: "Audit",
        subcommands: [
          HistoryCommand.self, DiffCommand.self, RestatementsCommand.self, CheckCommand.self,
          GuidanceCommand.self, LintCommand.self, BinderCommand.self,
        ]
      ),
      CommandGroup(
        name: "Evidence",
        subcommands: [
          VerifyCommand.self, CheckpointCommand.self, ProveCommand.self, ReceiptCommand.self,
          KeygenCommand.self, WitnessCommand.self,
        ]
      ),
      CommandGroup(
        name: "Keeping",
        subcommands: [
          BackupCommand.self, RestoreCommand.self, RebuildCommand.self, UpgradeCommand.self,
          FollowCommand.self, PublishCommand.self, ClusterCommand.self,
        ]
      ),
      CommandGroup(
        name: "Figures and the log",
        subcommands: [
          FactsCommand.self, PanelCommand.self, LogCommand.self, ReplayCommand.self,
          ExportCommand.self, StatsCommand.self, ServeCommand.self, TokenCommand.self,
        ]
      ),
    ]
  )

  /// Runs the command that the arguments name; errors go to standard error.
  static func main() {
    // A file that may not grow is then an error like any other, and not the end of the process.
    FatalSignals.ignoreFileSizeSignal()
    FatalSignals.removeLeftovers()
    FatalSignals.explain(
      "assay: stopped by ",
      """
       while it read the ledger: the file or its disk is damaged, or the program is at fault; find \
      out with: assay verify

      """
    )
    let words = Self.words
    if let first = words.first, recordingCommands.contains(first) {
      FatalSignals.explainInterruption("\nassay: interrupted; nothing was recorded\n")
    }
    do {
      var command = try namedCommand(words) ?? parseAsRoot(words)
      try command.run()
    } catch let error as ExitCode {
      exit(withError: error)
    } catch let error where isUsage(error) {
      if let meant = misspeltCommand(words) {
        Console.note("Error: \(meant.message)\nUsage: \(usageString(for: meant.command))")
        Console.note(
          "  See 'assay help \(meant.words.joined(separator: " "))' for more information."
        )
        exit(withError: ExitCode.validationFailure)
      }
      exit(withError: misspeltDate(message(for: error)) ?? error)
    } catch {
      Console.report(error)
      exit(withError: ExitCode.failure)
    }
  }

  /// The commands that record events.
  private static let recordingCommands = ["append", "import", "correct", "withdraw", "retire"]

  /// The command that the first words name, with its options, if they read.
  ///
  /// The argument parser takes longer to set up all commands than most commands take to answer. What does
  /// not read so is left to it, and to its messages.
  private static func namedCommand(_ words: [String]) -> (any ParsableCommand)? {
    var command: any ParsableCommand.Type = Self.self
    var rest = words[...]
    while let word = rest.first, let found = command.configuration.command(named: word) {
      command = found
      rest.removeFirst()
    }
    guard command.configuration.allCommands.isEmpty else { return nil }
    return try? command.parse(Array(rest))
  }

  /// The arguments, with the ledger behind the command where it is named before, as with git: `assay -f
  /// FILE stats`.
  private static var words: [String] {
    var words = Array(CommandLine.arguments.dropFirst())
    var ledger: [String] = []
    while let first = words.first {
      if first.hasPrefix("--ledger=") {
        ledger.append(words.removeFirst())
      } else if ["-f", "--ledger"].contains(first), words.count > 1 {
        ledger += words.prefix(2)
        words.removeFirst(2)
      } else {
        break
      }
    }
    guard !ledger.isEmpty else { return words }
    var (command, count): (any ParsableCommand.Type, Int) = (Self.self, 0)
    while count < words.count, let found = command.configuration.commands[words[count]] {
      (command, count) = (found, count + 1)
    }
    // Behind words that name no command, for these to be what is wrong.
    words.insert(contentsOf: ledger, at: count > 0 ? count : words.count)
    return words
  }

  /// What words mean that begin with no command, but nearly with one.
  private struct MisspeltCommand {
    let message: String
    let command: any ParsableCommand.Type

    /// The words of the command: `new quarter`.
    let words: [String]
  }

  private static func misspeltCommand(_ words: [String]) -> MisspeltCommand? {
    var command: any ParsableCommand.Type = Self.self
    var path: [String] = []
    for word in words where word != "help" {
      let commands = command.configuration.commands
      guard !commands.isEmpty, !word.hasPrefix("-") else { return nil }
      guard let found = commands[word] else {
        guard let name = nearest(to: word, among: commands.keys.sorted()),
          let meant = commands[name]
        else { return nil }
        return MisspeltCommand(
          message: "there is no command \"\(word)\": did you mean \"\(name)\"?",
          command: meant,
          words: path + [name]
        )
      }
      command = found
      path.append(word)
    }
    return nil
  }

  /// The error for a day or a time that does not read, with the forms that do.
  private static func misspeltDate(_ message: String) -> ValidationError? {
    guard message.contains("is invalid for"), !message.contains("\n") else { return nil }
    let days = "a day is written 2004-09-30, 9/30/2004 where that means one day, or today"
    if message.contains("<date>") {
      return ValidationError("\(message): \(days); a period 2004-09, 2004Q3, CY2004Q3 or FY2004")
    }
    guard ["date-or-time>", "sequence-or-time>", "<known-"].contains(where: message.contains) else {
      return nil
    }
    return ValidationError("\(message): \(days); a time 2004-11-04T13:00:30Z")
  }

  /// Whether the argument parser prints the error itself: usage mistakes, and requests for help.
  private static func isUsage(_ error: any Error) -> Bool {
    error is ValidationError || error is CleanExit
      || exitCode(for: error) == .validationFailure || exitCode(for: error) == .success
  }
}

extension CommandConfiguration {
  /// The commands under a command.
  fileprivate var allCommands: [any ParsableCommand.Type] {
    subcommands + groupedSubcommands.flatMap(\.subcommands)
  }

  /// The command of this name under a command; `nil` if there is none.
  fileprivate func command(named name: String) -> (any ParsableCommand.Type)? {
    allCommands.first { $0.configuration.names.contains(name) }
  }

  /// The name of a command, and its others.
  private var names: [String] { [commandName ?? ""] + aliases }

  /// The commands under a command, by their names.
  fileprivate var commands: [String: any ParsableCommand.Type] {
    Dictionary(
      allCommands.flatMap { command in command.configuration.names.map { ($0, command) } },
      uniquingKeysWith: { first, _ in first }
    )
  }
}
