import ArgumentParser
import Manual

extension CommandConfiguration {
  /// The configuration of a command whose help is its page of the manual.
  ///
  /// - Parameters:
  ///   - name: The command without the name of the program, such as `import xbrl`.
  ///   - subcommands: Its commands, if it has any.
  init(manual name: String, subcommands: [any ParsableCommand.Type] = []) {
    self.init(
      commandName: name.split(separator: " ").last.map(String.init),
      abstract: ManualPage.abstract(of: name),
      discussion: Self.discussion(of: name),
      subcommands: subcommands
    )
  }

  /// The text of the page, if the arguments lead to this command; else nothing.
  ///
  /// Every run of the program makes the configurations of all commands, and prints help of one at most.
  static func discussion(of name: String) -> String {
    let words = CommandLine.arguments.dropFirst().filter { $0 != "help" && !$0.hasPrefix("-") }
    let command = name.split(separator: " ").map(String.init)
    guard command.isEmpty ? words.isEmpty : words.starts(with: command) else { return "" }
    return ManualPage.page(of: name)?.discussion ?? ""
  }
}
