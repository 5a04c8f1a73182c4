extension OptionTests {
  /// Every answer with its colours, and without a pager.
  static let shown: [(command: String, arguments: [String])] = [
    ("statement", ["hedges", "--entity", "hecla"]),
    ("replay", ["balance-sheet", "--entity", "hecla"]),
    ("history", ["us-gaap:Assets"]), ("diff", ["2004-05-04", "2005-12-31"]), ("restatements", []),
    ("check", ["highlights/", "--entity", "hecla"]), ("guidance", []), ("lint", ["hecla"]),
    ("facts", ["Assets"]), ("panel", ["us-gaap:Assets"]), ("receipt verify", ["own.csv"]),
    ("log", []), ("stats", []), ("verify", []),
    ("new quarter", ["--entity", "hecla", "--as-of", "2004-12-31", "-O", "text"]),
  ].map { command, arguments in
    let receipt = command == "receipt verify" ? ["--receipt", "own.receipt"] : []
    return (command, arguments + receipt + ["--color", "always", "--no-pager"])
  }
}
