import ArgumentParser
import Manual

extension CommandConfiguration {
  /// The configuration of a command whose help is its page of the manual.
  ///
  /// - Parameters:
  ///   - name: The command without the name of the program, such as `import xbrl`.
  ///   - aliases: Other names of it, which people know from other programs.
  ///   - subcommands: Its commands, if it has any.
  ///   - defaultSubcommand: The one that is meant where none is named.
  init(
    manual name: String,
    aliases: [String] = [],
    subcommands: [any ParsableCommand.Type] = [],
    defaultSubcommand: (any ParsableCommand.Type)? = nil
  ) {
    self.init(
      commandName: name.split(separator: " ").last.map(String.init),
      abstract: ManualPage.abstract(of: name),
      discussion: Self.discussion(of: name),
      subcommands: subcommands,
      defaultSubcommand: defaultSubcommand,
      aliases: aliases
    )
  }

  /// The text of the page, if help of this command can be printed; else nothing.
  ///
  /// Every run of the program makes the configurations of all commands. Help is printed if it is asked
  /// for, or if the command stands alone and needs more.
  static func discussion(of name: String) -> String {
    let arguments = CommandLine.arguments.dropFirst()
    let words = arguments.filter { $0 != "help" && !$0.hasPrefix("-") }
    let command = name.split(separator: " ").map(String.init)
    let asksForHelp = arguments.contains { ["help", "-h", "--help"].contains($0) }
    guard words == command || (asksForHelp && !command.isEmpty && words.starts(with: command))
    else { return "" }
    return ManualPage.page(of: name)?.discussion ?? ""
  }
}
