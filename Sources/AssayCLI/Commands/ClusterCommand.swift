import ArgumentParser
import Ledger

/// The command `assay cluster`.
struct ClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    manual: "cluster",
    subcommands: [ClusterStatusCommand.self]
  )
}

/// The command `assay cluster status`: becomes the program `assay-replicate` beside this one.
struct ClusterStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "cluster status")

  @Argument(help: .serverAddresses)
  var address: String

  @OptionGroup var keeper: KeeperOptions
  @OptionGroup var mirrors: MirrorOptions

  @Option(
    name: [.customShort("O"), .customLong("output-format")],
    help: ArgumentHelp("How to write it: text or json.", valueName: "format")
  )
  var outputFormat = Format.text

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var servers: ServerOptions

  func validate() throws { try servers.validate(address) }

  func run() throws {
    var words = ["status", "--address", address, "--key", try keeper.keyText]
    words += ["--format", outputFormat.rawValue]
    if let origin = keeper.origin { words += ["--origin", origin] }
    words += try mirrors.words
    try SisterProgram.become("assay-replicate", words + servers.words)
  }
}
