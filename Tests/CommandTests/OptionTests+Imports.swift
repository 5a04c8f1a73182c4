extension OptionTests {
  /// Commands that import documents, with options.
  static let imports: [(command: String, arguments: [String])] = [
    (
      "import companyfacts",
      [
        "facts.json", "--no-wait", "--accept-clock", "--dry-run", "--expect-head", "HEAD", "--by",
        "me",
      ]
    ),
    ("import companyfacts", ["facts.json", "--output", "made.jsonl", "--ledger", "test.assay"]),
    (
      "import release",
      [
        "release.txt", "--profile", "quarry.jsonl", "--filing", "q-1", "--published", "2011-11-04",
        "--form", "8-K", "--strict", "--no-wait", "--accept-clock", "--dry-run", "--expect-head",
        "HEAD", "--by",
        "me",
        "--verbose", "-f", "test.assay",
      ]
    ),
    (
      "import release",
      [
        "release.txt", "--profile", "quarry.jsonl", "--filing", "q-1", "--published", "2011-11-04",
        "--diff", "--output-format", "csv", "--force",
      ]
    ),
    (
      "import release",
      [
        "release.txt", "--profile", "quarry.jsonl", "--filing", "q-1", "--published", "2011-11-04",
        "--output", "release.jsonl",
      ]
    ),
    (
      "import xbrl",
      [
        "filing", "--filing", "0000000007-10-000001", "--published", "2010-10-27", "--no-wait",
        "--accept-clock",
        "--dry-run",
        "--expect-head", "HEAD", "--by", "me",
      ]
    ),
    ("import xbrl", ["filing", "--filing", "f", "--published", "2010-10-27T16:00:00Z"]),
    (
      "import xbrl",
      ["bare", "--instance", "outside.xml", "--filing", "o", "--published", "2010-10-27"]
    ),
    (
      "import xbrl",
      [
        "bare", "--instance", "outside.xml", "--instance-only", "--filing", "o", "--published",
        "2010-10-27",
      ]
    ),
    (
      "import document",
      [
        "filing", "--filing", "0000000007-10-000001", "--published", "2010-10-27", "--no-wait",
        "--instance-only", "--profile", "quarry.jsonl", "--accept-clock", "--dry-run",
        "--expect-head", "HEAD", "--by", "me",
      ]
    ),
    ("import document", ["facts.json", "--output", "made.jsonl", "--ledger", "test.assay"]),
    ("import xbrl", ["filing", "--filing", "f", "--output", "xbrl.jsonl", "-f", "test.assay"]),
    (
      "import xbrl-json",
      [
        "report.json", "--no-wait", "--accept-clock", "--filing", "j", "--published", "2023-02-03",
        "--dry-run",
        "--expect-head",
        "HEAD", "--by", "me",
      ]
    ),
    (
      "import xbrl-json",
      [
        "report.json", "--filing", "j", "--published", "2023-02-03", "--output", "json.jsonl",
        "--ledger", "test.assay",
      ]
    ),
    (
      "import fsds",
      ["set", "--no-wait", "--accept-clock", "--dry-run", "--expect-head", "HEAD", "--by", "me"]
    ),
    ("import fsds", ["set", "--output", "set.jsonl", "--ledger", "test.assay"]),
  ]
}
