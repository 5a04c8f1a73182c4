import TestSupport
import Testing

@Suite("A database of the ledger") struct DatabaseTests {
  @Test("has the claims that facts lists, with their leaf hashes")
  func hasClaims() throws {
    let assay = try Assay.withEvents()
    let shell = try assay.shell(
      """
      set -e
      assay export --sqlite all.sqlite
      assay facts --all -O jsonl >all.jsonl
      python3 - <<'END'
      import hashlib, json, sqlite3
      rows = sqlite3.connect("all.sqlite")
      rows.row_factory = sqlite3.Row
      claims = [json.loads(line) for line in open("all.jsonl")]
      found = rows.execute("SELECT * FROM claims ORDER BY sequence").fetchall()
      assert len(found) == len(claims) > 500, len(found)
      for row, claim in zip(found, claims):
          for name in ["sequence", "type", "entity", "concept", "period", "unit", "decimals",
                       "qualifier", "filing", "recorded", "status"]:
              assert row[name] == claim.get(name), (name, row[name], claim)
          assert row["value"] == claim.get("value"), claim
      print(found[0]["leaf_hash"])
      print(found[0]["sequence"])
      END
      """
    )
    try #require(shell.status == 0, "\(shell.output)\(shell.errors)")
    let (hash, sequence) = (shell.output.lines[0], shell.output.lines[1])
    let line = try assay.shell(
      #"printf '\0%s' "$(assay export | sed -n $((\#(sequence) + 1))p)" | sha256sum | cut -c1-64"#
    )
    #expect(line.output.lines.first == hash)
    #expect(hash.count == 64)
  }

  @Test("of a panel has the rows of its CSV, and the receipt")
  func panelIsADatabase() throws {
    let assay = try Assay.withEvents()
    let panel = "assay panel x=NetIncomeLoss/SalesRevenueGoodsGross Assets --known-at-lag 45d"
    let shell = try assay.shell(
      """
      set -e
      \(panel) --sqlite panel.sqlite
      \(panel) -O csv -o panel.csv --receipt kept
      python3 - <<'END'
      import csv, sqlite3
      database = sqlite3.connect("panel.sqlite")
      rows = list(csv.reader(open("panel.csv")))
      found = database.execute("SELECT * FROM panel")
      assert [column[0] for column in found.description] == rows[0]
      found = [["" if cell is None else str(cell) for cell in row] for row in found]
      assert found == rows[1:] and len(found) > 5, found
      about = dict(database.execute("SELECT name, value FROM about"))
      kept = open("kept").read()
      assert about["query"] in kept and about["root"] in kept and about["factsChecksum"] in kept, about
      print("alike")
      END
      """
    )
    #expect(shell.output == "alike\n", "\(shell.output)\(shell.errors)")
  }

  @Test("has what was known at the moment asked for, and statements as they are printed")
  func hasStatements() throws {
    let assay = try Assay.withEvents()
    let shell = try assay.shell(
      """
      set -e
      assay export --sqlite then.sqlite --known-at 2004-05-31
      sqlite3 then.sqlite "SELECT count(*) > 0, max(published) <= '2004-05-31T23:59:59.999999Z' FROM claims"
      sqlite3 then.sqlite "SELECT value FROM about WHERE name = 'knownAt'"
      assay export --sqlite now.sqlite
      assay bs --as-of 2004-09-30 -O tsv | cut -f 9 | sed '1d;/^$/d' >printed
      sqlite3 now.sqlite "SELECT value FROM statements WHERE statement = 'balance-sheet'
        AND value IS NOT NULL ORDER BY line" >stored
      cmp printed stored && wc -l <stored
      sqlite3 now.sqlite "SELECT count(*) FROM holding WHERE status = 'corrected'"
      """
    )
    try #require(shell.status == 0, "\(shell.output)\(shell.errors)")
    let lines = shell.output.lines
    #expect(lines[0] == "1|1" && lines[1] == "2004-05-31" && lines.last == "0", "\(lines)")
    #expect(Int(lines[2]) ?? 0 > 50, "\(lines)")
  }

  @Test("is refused where nothing was known, and replaces no ledger")
  func isRefused() throws {
    let assay = try Assay.withEvents()
    for arguments in [
      ["export", "--sqlite", "none.sqlite", "--known-at", "1990-01-01"],
      ["export", "--sqlite", "test.assay"], ["export", "--sqlite", "no/folder.sqlite"],
    ] {
      let outcome = try assay.run(arguments)
      #expect(outcome.status == 1 && !outcome.errors.isEmpty, "\(arguments)")
    }
    #expect(try assay.run("verify").status == 0)
    #expect(try assay.shell("ls *.sqlite 2>/dev/null | wc -l").output.lines.first == "0")
  }
}
