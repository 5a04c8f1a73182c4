import ArgumentParser
import FoundationEssentials
import Platform

/// `--color`: where plain text stands out.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  /// On a terminal that can show it, unless the user wants none.
  case auto

  /// In a pipe, too.
  case always

  /// Nowhere.
  case never

  /// Whether an answer on standard output stands out.
  var isStyled: Bool {
    switch self {
    case .auto: FileDescriptor.standardOutput.isTerminal && TerminalSettings.wantsColor
    case .always: true
    case .never: false
    }
  }
}

/// What the terminal can show, and what its user wants, as the environment tells.
enum TerminalSettings {
  private static func value(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name]
  }

  /// Whether colours are wanted (`NO_COLOR`, https://no-color.org) and possible.
  static var wantsColor: Bool {
    (value("NO_COLOR") ?? "").isEmpty && value("TERM") != "dumb"
  }

  /// How many characters a line has; `nil` if nobody tells.
  static var columnCount: Int? {
    let told = value("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    return told ?? FileDescriptor.standardOutput.terminalSize?.columnCount
  }

  /// How many lines the terminal shows; `nil` if it does not tell.
  static var lineCount: Int? { FileDescriptor.standardOutput.terminalSize?.lineCount }

  /// The command that shows long answers; `nil` if the user wants none, or if nobody may be there to read in one: on a
  /// terminal that does not tell its size, as those of programs do not, or without a keyboard.
  static var pager: String? {
    guard lineCount != nil, FileDescriptor.standardInput.isTerminal else { return nil }
    let command = value("ASSAY_PAGER") ?? value("PAGER") ?? "less"
    let words = command.split(separator: " ")
    guard !words.isEmpty, words != ["cat"] else { return nil }
    // As git has it: colours pass (R), what fits on the screen is not paged (F), and stays there (X).
    return ": ${LESS=FRX} ${LV=-c}; export LESS LV; \(command)"
  }
}
