
// The page of a binder: checks every figure on it against the checkpoint, in the browser alone.
const pack = JSON.parse(document.querySelector("#pack").textContent);
const says = document.querySelector("#says");

// Whether the event of a proof says the figure that the row shows.
function saysFigure(figure, line) {
  const event = JSON.parse(line);
  const value = event.value ?? "nil";
  return value === figure.value && event.concept === figure.concept && event.filing === figure.filing;
}

async function checkAll() {
  says.textContent = "Checking \u2026";
  try {
    if (!globalThis.crypto?.subtle) throw new Error("this browser does not check files over plain http: open the file itself");
    const kept = checkpointOf(document.querySelector("#kept").value || pack.checkpoint);
    const key = document.querySelector("#key").value.trim();
    if (key && !(await isSigned(kept, key))) throw new Error("the checkpoint is not signed by that key");
    const proofs = new Map(pack.proofs.map((proof) => [proof.sequence, proof]));
    let [good, bad] = [0, 0];
    for (const row of document.querySelectorAll("tr[data-sequence]")) {
      const figure = { value: row.dataset.value, concept: row.dataset.concept, filing: row.dataset.filing };
      const proof = proofs.get(Number(row.dataset.sequence));
      const found = proof ? await faults(proof, proof.event, kept, null) : ["there is no proof of it"];
      if (proof && !saysFigure(figure, proof.event)) found.push("its event says something else");
      if (found.length) bad += 1; else good += 1;
      row.lastElementChild.textContent = found.length ? found.join("; ") : "proven";
      row.lastElementChild.className = found.length ? "wrong" : "right";
    }
    const by = key ? `, which is signed by ${key.split("+")[0]}` : "";
    says.textContent = bad ? `${bad} of ${good + bad} figures are NOT proven.` : `All ${good} figures are proven: they are in the ledger of the checkpoint${by}.`;
    says.className = bad ? "wrong" : "right";
  } catch (error) {
    says.textContent = error.message;
    says.className = "wrong";
  }
}
document.querySelector("#check").addEventListener("click", checkAll);
checkAll();
