extension OptionTests {
  /// Every answer with a receipt that is signed and kept beside it.
  static let receipted: [(command: String, arguments: [String])] = [
    ("statement", ["hedges", "--entity", "hecla"]),
    ("replay", ["balance-sheet", "--entity", "hecla"]), ("history", ["us-gaap:Assets"]),
    ("diff", ["2004-05-04", "2005-12-31"]), ("restatements", []),
    ("check", ["highlights/", "--entity", "hecla"]),
    ("guidance", []), ("lint", ["hecla"]), ("facts", ["Assets"]), ("panel", ["us-gaap:Assets"]),
    ("receipt verify", ["own.csv"]),
  ].map { command, arguments in
    let (key, format) =
      command == "receipt verify" ? ("signing.pub", []) : ("signing.key", ["-o", "own.csv"])
    return (command, arguments + format + ["--key", key, "--receipt", "own.receipt"])
  }

  /// A binder with every option.
  static let binders: [(command: String, arguments: [String])] = [
    (
      "binder",
      [
        "--entity", "hecla", "--as-of", "2004Q3", "--known-at", "2005-12-31", "--recorded-at",
        "HEAD", "--key",
        "signing.key", "--origin", "example.com/log", "-o", "review", "--ledger", "test.assay",
      ]
    )
  ]
}
