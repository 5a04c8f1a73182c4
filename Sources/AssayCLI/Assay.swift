import ArgumentParser
import Manual
import Platform

/// The command `assay`.
@main
struct Assay: ParsableCommand {
  static let version = "0.1.0"

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
          GuidanceCommand.self, LintCommand.self,
        ]
      ),
      CommandGroup(
        name: "Evidence",
        subcommands: [
          VerifyCommand.self, CheckpointCommand.self, ProveCommand.self, ReceiptCommand.self,
          KeygenCommand.self,
        ]
      ),
      CommandGroup(
        name: "Keeping",
        subcommands: [
          BackupCommand.self, RestoreCommand.self, RebuildCommand.self, UpgradeCommand.self,
        ]
      ),
      CommandGroup(
        name: "Figures and the log",
        subcommands: [
          FactsCommand.self, LogCommand.self, ReplayCommand.self, ExportCommand.self,
          StatsCommand.self,
        ]
      ),
    ]
  )

  /// Runs the command that the arguments name; errors go to standard error.
  static func main() {
    // A file that may not grow is then an error like any other, and not the end of the process.
    FatalSignals.ignoreFileSizeSignal()
    FatalSignals.explain(
      "assay: stopped by ",
      """
       while it read the ledger: the file or its disk is damaged, or the program is at fault; find \
      out with: assay verify

      """
    )
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as ExitCode {
      exit(withError: error)
    } catch let error where isUsage(error) {
      exit(withError: error)
    } catch {
      Console.report(error)
      exit(withError: ExitCode.failure)
    }
  }

  /// Whether the argument parser prints the error itself: usage mistakes, and requests for help.
  private static func isUsage(_ error: any Error) -> Bool {
    error is ValidationError || error is CleanExit
      || exitCode(for: error) == .validationFailure || exitCode(for: error) == .success
  }
}
