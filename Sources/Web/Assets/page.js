// What the pages do beyond links and forms: sliders that step through days, and proofs checked here, in the
// browser. Without it every page reads and every form works.

// Sliders: each list of days becomes one; its days are those on which something changed.
const form = document.querySelector("form.times");
let asked = 0;

function slide(select) {
  const range = document.createElement("input");
  const told = document.createElement("output");
  const days = [...select.options].map((option) => option.textContent);
  Object.assign(range, { type: "range", min: 0, max: days.length - 1, step: 1, id: select.id + "-range" });
  range.value = select.selectedIndex;
  const label = form.querySelector(`label[for="${select.id}"]`);
  label.htmlFor = range.id;
  select.hidden = true;
  select.after(range, told);
  const tell = () => {
    told.textContent = days[range.value];
    range.setAttribute("aria-valuetext", days[range.value]);
  };
  range.addEventListener("input", () => {
    select.selectedIndex = range.value;
    tell();
    show();
  });
  tell();
}

// The same page with other days: only the answer is put in its place.
async function show() {
  const turn = ++asked;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.set(name, value);
  const address = `${location.pathname}?${query}`;
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  const text = await response.text();
  // A later step was made meanwhile.
  if (turn !== asked) return;
  const next = new DOMParser().parseFromString(text, "text/html").querySelector("#answer");
  const old = document.querySelector("#answer");
  if (!next) {
    document.querySelector("#said").textContent = "This cannot be shown: reload the page.";
    return;
  }
  old.replaceWith(next);
  history.replaceState(null, "", address);
  document.querySelector("#said").textContent = changes(old, next);
}

// Marks the cells that are not what they were, and says how many.
function changes(old, next) {
  const before = new Map();
  for (const cell of old.querySelectorAll("td[data-key]")) before.set(cell.dataset.key, cell.textContent);
  let count = 0;
  const cells = next.querySelectorAll("td[data-key]");
  for (const cell of cells) {
    const text = before.get(cell.dataset.key);
    if (text === undefined || text === cell.textContent) continue;
    cell.classList.add("changed");
    cell.title = `was ${text}`;
    count += 1;
  }
  const title = next.dataset.said ?? "";
  return `${title}: ${count === 0 ? "no figure" : count === 1 ? "1 figure" : `${count} figures`} of ${cells.length} changed.`;
}

if (form) {
  for (const select of form.querySelectorAll("select[data-slider]")) if (select.options.length > 1) slide(select);
  form.addEventListener("change", (event) => {
    if (event.target.tagName === "SELECT") show();
  });
  form.querySelector("p")?.setAttribute("hidden", "");
}

// Proofs: RFC 9162 section 2.1.3.2, signed notes (C2SP), with the browser's own cryptography.
const bytesOf = (text) => new TextEncoder().encode(text);
const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const joined = (...parts) => {
  const all = new Uint8Array(parts.reduce((count, part) => count + part.length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
};
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
const node = (left, right) => sha256([1], left, right);

// The root that a line at `index` of `size` leads to along `path`; null if the path has not that length.
export async function rootOf(line, index, size, path) {
  let [place, last] = [BigInt(index), BigInt(size) - 1n];
  if (place > last) return null;
  let hash = await sha256([0], bytesOf(line));
  for (const other of path.map(fromHex)) {
    if (last === 0n) return null;
    if (place % 2n === 1n || place === last) {
      hash = await node(other, hash);
      while (place !== 0n && place % 2n === 0n) {
        place >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = await node(hash, other);
    }
    place >>= 1n;
    last >>= 1n;
  }
  return last === 0n ? hexOf(hash) : null;
}

// A checkpoint as it is kept: name, size, root, and signatures.
export function checkpointOf(text) {
  const [body, ...rest] = text.replaceAll("\r\n", "\n").trim().split("\n\n");
  const lines = body.split("\n");
  if (lines.length < 3 || !/^(0|[1-9]\d*)$/.test(lines[1])) throw new Error("this is no checkpoint: its first three lines are name, size and root");
  const root = fromBase64(lines[2]);
  if (root.length !== 32) throw new Error("the third line is no root of 32 bytes in base64");
  const signatures = rest.join("\n\n").split("\n").filter((line) => line.startsWith("\u2014 "));
  return { name: lines[0], size: lines[1], root: hexOf(root), text: body + "\n", signatures };
}

// Whether a verifier key, name+id+base64, signed a checkpoint.
export async function isSigned(kept, verifier) {
  const parts = verifier.trim().split("+");
  const [name, id, key] = [parts[0], parts[1], fromBase64(parts.slice(2).join("+"))];
  if (key.length !== 33 || key[0] !== 1) throw new Error("this is no Ed25519 verifier key");
  const own = (await sha256(bytesOf(name + "\n"), key)).slice(0, 4);
  if (hexOf(own) !== id) throw new Error("the key's number is not that of its name and bytes");
  const imported = await crypto.subtle.importKey("raw", key.slice(1), { name: "Ed25519" }, false, ["verify"]);
  for (const line of kept.signatures) {
    const [, signer, text] = line.split(" ");
    const signature = fromBase64(text);
    if (signer !== name || hexOf(signature.slice(0, 4)) !== id) continue;
    if (await crypto.subtle.verify("Ed25519", imported, signature.slice(4), bytesOf(kept.text))) return true;
  }
  return false;
}

// What is wrong with a proof of a line; an empty list if it holds.
export async function faults(proof, line, kept, verifier) {
  const found = [];
  if (proof.event !== line) found.push("the proof is of another event than the page shows");
  const root = await rootOf(line, proof.sequence, proof.size, proof.inclusion);
  if (root !== proof.root) found.push("the event does not lead to the root of the proof");
  if (kept) {
    if (String(proof.size) !== kept.size) found.push("the proof is of another size than your checkpoint");
    if (proof.root !== kept.root) found.push("the root is not that of your checkpoint: the past was changed, or it is another ledger's");
    if (verifier && !(await isSigned(kept, verifier))) found.push("your checkpoint is not signed by that key");
  } else if (verifier) {
    found.push("a key needs a checkpoint that it signed: paste one");
  }
  return found;
}

const evidence = document.querySelector("form.evidence");
if (evidence) {
  const verdict = document.querySelector("#verdict");
  evidence.addEventListener("submit", async (event) => {
    event.preventDefault();
    verdict.textContent = "Checking …";
    try {
      if (!globalThis.crypto?.subtle) throw new Error("this browser checks nothing over plain http from another machine; open the page on the server itself, or over https");
      const pasted = evidence.elements.checkpoint.value.trim();
      const kept = pasted ? checkpointOf(pasted) : null;
      const at = kept ? `?recorded-at=${kept.size}` : "";
      const response = await fetch(`/v1/proofs/${evidence.dataset.sequence}${at}`);
      const proof = await response.json();
      if (!response.ok) throw new Error(proof.detail);
      const line = document.querySelector("#line").textContent;
      const found = await faults(proof, line, kept, evidence.elements.key.value.trim());
      verdict.textContent = found.length
        ? `Not proven: ${found.join("; ")}.`
        : `Proven: event ${proof.sequence} is in the tree of ${proof.size} events with the root ${proof.root}${kept ? ", which is that of your checkpoint" : ""}.`;
    } catch (error) {
      verdict.textContent = `Not proven: ${error.message}.`;
    }
  });
}

// The document on the page is the one that was filed, if its hash is that of the filing.
const hash = document.querySelector("#hash");
if (hash) {
  (async () => {
    if (!globalThis.crypto?.subtle) return "not checked: this browser checks nothing over plain http from another machine";
    const response = await fetch(hash.dataset.bytes);
    if (!response.ok) return "not checked: the document cannot be read";
    const found = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer())));
    return found === hash.dataset.sha256 ? "checked by this browser: the document is the one that was filed" : `the document has another hash: ${found}`;
  })().then((said) => (hash.textContent = said), () => (hash.textContent = "not checked"));
}

// The log grows while it is looked at.
const live = document.querySelector("[data-live]");
if (live) {
  const source = new EventSource(`/v1/events?since=${live.dataset.live}&unnamed`);
  const body = live.querySelector("tbody");
  source.addEventListener("message", (event) => {
    const row = body.insertRow();
    row.insertCell().append(Object.assign(document.createElement("a"), { href: `/evidence/${event.lastEventId}`, textContent: event.lastEventId }));
    for (const text of ["now", JSON.parse(event.data).type]) row.insertCell().textContent = text;
    row.insertCell().append(Object.assign(document.createElement("code"), { textContent: event.data.slice(0, 160) }));
    while (body.rows.length > 500) body.deleteRow(0);
  });
  addEventListener("pagehide", () => source.close());
}
