import CBinder
import Facts
import JSON
import Ledger

extension Binder {
  /// Proofs of every figure of the statements, the checkpoint that they lead to, and two programs that check them.
  mutating func addEvidence(
    _ view: borrowing Ledger.View,
    _ checkpoint: KeptCheckpoint
  ) throws {
    var proofs: [(sequence: UInt64, text: String)] = []
    for sequence in Set(figures.map(\.claim.sequence)).sorted() {
      let bytes = try view.proof(of: sequence).fileBytes(as: .json)
      proofs.append((sequence, String(decoding: bytes, as: UTF8.self)))
    }
    files.append(File(path: "evidence/checkpoint", bytes: Array(checkpoint.text.utf8)))
    for proof in proofs {
      files.append(
        File(path: "evidence/proofs/\(proof.sequence).json", bytes: Array(proof.text.utf8))
      )
    }
    files.append(File(path: "evidence/figures.csv", bytes: table.csvBytes))
    files.append(File(path: "evidence/verify.py", bytes: Self.verifier))
    let page = page(proofs.map(\.text), checkpoint)
    files.append(File(path: "evidence/verify.html", bytes: Array(page.utf8)))
    pages.append(
      Page(
        path: "evidence/verify.html",
        title: "Evidence",
        about:
          "\(counted(figures.count, "figure", "figures")), each proven in the browser against the checkpoint"
      )
    )
  }

  private var table: Table {
    var table = Table(
      title: "Figures",
      columns: [
        "page", "label", "period", "printed", "concept", "value", "decimals", "sequence", "filing",
      ]
      .map { Table.Column($0) }
    )
    for figure in figures {
      table.append([
        .text(figure.page), .text(figure.label), .text(figure.period), .text(figure.printed),
        .text(figure.concept), .figure(figure.claim.figure), Cell(figure.claim.figure.decimals),
        Cell(figure.claim.sequence), .text(figure.claim.filing),
      ])
    }
    return table
  }

  /// A page that proves itself: the figures, the proofs, the checkpoint and the script that checks them.
  private func page(_ proofs: [String], _ checkpoint: KeptCheckpoint) -> String {
    let rows = figures.map { figure in
      let value = figure.claim.figure.value?.description ?? "nil"
      return """
        <tr data-sequence="\(figure.claim.sequence)" data-value="\(value)" \
        data-concept="\(figure.concept.htmlText)" data-filing="\(figure.claim.filing.htmlText)">\
        <td>\(figure.page.htmlText)</td><td>\(figure.label.htmlText)</td>\
        <td>\(figure.period)</td><td class="figure">\(figure.printed.htmlText)</td>\
        <td>\(figure.claim.filing.htmlText)</td>\
        <td class="figure"><a href="proofs/\(figure.claim.sequence).json">\(figure.claim.sequence)</a></td>\
        <td>not checked</td></tr>

        """
    }.joined()
    let pack = JSONValue.object([("checkpoint", .string(checkpoint.text))]).canonicalText
    // The last brace makes room for the proofs, which are JSON already; no text of a script may end it.
    let data = (String(pack.dropLast()) + ",\"proofs\":[" + proofs.joined(separator: ",") + "]}")
      .replacing("<", with: "\\u003c")
    return HTMLPage.start(title: "Evidence") + """
      <h1>Evidence</h1>
      <p>Every figure of the statements is an event of a ledger. This page holds each event, the hashes beside its way to
      the root of the ledger (RFC 9162), and the checkpoint with that root, and checks them itself, in this browser,
      without a network. Compare the checkpoint with one that you were given on another way, or paste that one.</p>
      <p><label>The checkpoint that you kept (empty: the one that came with this page)<br>
      <textarea id="kept" rows="5" cols="80"></textarea></label></p>
      <p><label>The key that must have signed it (empty: none)<br><input id="key" size="80"></label></p>
      <p><button id="check" type="button">Check again</button></p>
      <p id="says" role="status">This page needs a browser that runs its script; without one, run: python3 verify.py \
      proofs/*.json checkpoint</p>
      <pre>\(checkpoint.text.htmlText)</pre>
      <table>
      <thead><tr><th scope="col">page</th><th scope="col">line</th><th scope="col">period</th>\
      <th scope="col" class="figure">printed</th><th scope="col">filing</th>\
      <th scope="col" class="figure">event</th><th scope="col">verdict</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      <script id="pack" type="application/json">\(data)</script>
      <script type="module">
      \(String(decoding: Self.script, as: UTF8.self))
      </script>

      """ + HTMLPage.end
  }

  /// The program that checks proofs with Python alone.
  private static var verifier: [UInt8] {
    var byteCount = 0
    // The bytes are constants of the program.
    guard let start = unsafe assay_binder_verifier(&byteCount) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: start, count: byteCount))
  }

  /// The functions that check proofs, and what the page does with them.
  private static var script: [UInt8] {
    var (count, scriptCount) = (0, 0)
    // As above.
    guard let proofs = unsafe assay_binder_proofs(&count),
      let script = unsafe assay_binder_script(&scriptCount)
    else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: proofs, count: count))
      + Array(UnsafeBufferPointer(start: script, count: scriptCount))
  }
}
