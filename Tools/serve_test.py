"""Asks a real server, started as people start it: see Tools/serve-test."""

import argparse
import http.client
import json
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

root = pathlib.Path(__file__).resolve().parent.parent
words = argparse.ArgumentParser(description=__doc__)
words.add_argument("programs")
words.add_argument("--hostile", type=int, default=2000, help="how many hostile requests")
words.add_argument("--kills", type=int, default=3, help="how often a server is killed while it appends")
words = words.parse_args()
programs = pathlib.Path(words.programs).resolve()
data = root.parent / "shared" / "data" / "companyfacts"
folder = tempfile.TemporaryDirectory()
ledger = f"{folder.name}/test.assay"
failures = []


def check(holds, what):
    print(("ok    " if holds else "FAILS ") + what)
    if not holds:
        failures.append(what)


def assay(*words, **options):
    return subprocess.run(
        [programs / "assay", *words, "-f", ledger], capture_output=True, cwd=root, **options
    )


class Server:
    """A server on a free port, until it is told to end."""

    def __init__(self, *options, file=None):
        self.process = subprocess.Popen(
            [programs / "assay", "serve", "-f", file or ledger, "--port", "0", *options],
            stderr=subprocess.PIPE, text=True
        )
        line = self.process.stderr.readline()
        assert line.startswith("listening on http://127.0.0.1:"), line
        self.address = line.split()[-1]
        self.port = int(self.address.rsplit(":", 1)[1])

    def get(self, target, method="GET", body=None, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.address + target, body, names, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


def answers_of_commands(server):
    pairs = [
        ("/v1/statements/hecla/balance-sheet?as-of=2004-09-30", "bs --entity hecla --as-of 2004-09-30"),
        ("/v1/statements/hecla/operations?as-of=2004-09-30&span=ttm&columns=2",
         "is --entity hecla --as-of 2004-09-30 --span ttm --columns 2"),
        ("/v1/statements/hecla/balance-sheet?as-of=2004-09-30&vs=2004-11-03",
         "bs --entity hecla --as-of 2004-09-30 --vs 2004-11-03"),
        ("/v1/facts?entity=hecla&words=MetalProduced&all", "facts --entity hecla MetalProduced --all"),
        ("/v1/history?entity=hecla&words=NoncashPreferredDividend",
         "history --entity hecla NoncashPreferredDividend"),
        ("/v1/diff?from=2004-05-04&to=2005-12-31&entity=hecla", "diff 2004-05-04 2005-12-31 --entity hecla"),
        ("/v1/restatements?entity=hecla&min=1", "restatements --entity hecla --min 1"),
        ("/v1/checks?entity=hecla", "check --entity hecla"),
        ("/v1/guidance?entity=hecla", "guidance --entity hecla"),
        ("/v1/panel?measure=NetIncomeLoss&lag=45&entity=hecla",
         "panel NetIncomeLoss --known-at-lag 45d --entities hecla"),
        ("/v1/proofs/7", "prove 7"),
    ]
    for target, command in pairs:
        status, _, body = server.get(target)
        printed = assay(*command.split(), "-O", "json").stdout
        # An address that pins the answer is its receipt; a statement's shape has one in any case.
        if "/statements/" not in target or "&vs=" in target:
            body, printed = json.loads(body), json.loads(printed)
            for name in ("query", "recordedAt", "factsChecksum"):
                printed.pop(name, None)
        check(status == 200 and body == printed and len(body) > 2, f"{target} is assay {command} -O json")


def sec(server):
    for path in sorted(data.glob("CIK*.json")):
        status, _, body = server.get(f"/api/xbrl/companyfacts/{path.name}")
        served, kept = json.loads(body), json.loads(path.read_text())
        wrong = frames = count = 0
        for taxonomy, concepts in kept["facts"].items():
            for tag, concept in concepts.items():
                other = served["facts"][taxonomy][tag]
                wrong += concept["label"] != other["label"]
                for unit, rows in concept["units"].items():
                    count += len(rows)
                    key = lambda row: json.dumps({k: v for k, v in row.items() if k != "frame"}, sort_keys=True)
                    theirs = {key(row): row.get("frame") for row in other["units"][unit]}
                    wrong += len(other["units"][unit]) != len(rows)
                    for row in rows:
                        wrong += key(row) not in theirs
                        frames += theirs.get(key(row)) == row.get("frame")
        check(status == 200 and wrong == 0, f"{path.name}: {count} rows with all keys, and the labels, come back")
        check(frames >= 0.999 * count, f"{path.name}: {frames} of {count} rows have the frame that they had")
        day = server.get(f"/known-at/2013-06-30/api/xbrl/companyfacts/{path.name}")[2]
        filed = [row["filed"] for t in json.loads(day)["facts"].values() for c in t.values()
                 for rows in c["units"].values() for row in rows]
        check(max(filed) <= "2013-06-30" and len(filed) > 1000, f"{path.name}: {len(filed)} rows on 2013-06-30")


def caches(server):
    _, headers, _ = server.get("/v1/entities")
    pinned = headers["Content-Location"]
    status, headers, _ = server.get(pinned)
    check(status == 200 and "immutable" in headers["Cache-Control"], "the pinned answer never changes")
    check(server.get(pinned, If_None_Match=headers["ETag"])[0] == 304, "and is not sent twice")
    status, headers, body = server.get("/v1/entities", "HEAD")
    check(status == 200 and body == b"" and int(headers["Content-Length"]) > 0, "HEAD tells the length alone")
    check(server.get("/v1/entities", "POST")[1]["Allow"] == "GET, HEAD, OPTIONS", "405 says what is allowed")
    check(server.get("/health", Host="evil.example")[0] == 421, "another site's name is refused")


def hostile(server, count=2000):
    """Sends what no program sends; nothing of it may end in a 500, or end the server."""
    chance = random.Random(7)
    paths = ["/", "/v1/facts", "/v1/statements/hecla/balance-sheet", "/api/xbrl/companyfacts/CIK0000320193.json",
             "/tile/0/000", "/known-at/2013-06-30/submissions/CIK0000320193.json", "/v1/panel", "/v1/log"]
    parts = ["..", "%2e%2e", "%00", "%ff", "'", "<script>", "?", "&", "=", "words=", "known-at=", "limit=-1", "\u00e9",
             "9" * 30, "as-of=2004", "recorded-at=0", "a" * 9000, "%", "//", ";", "{}", "entity=", "measure=a/b/c"]
    counts, worst = {}, None
    for index in range(count):
        target = chance.choice(paths) + chance.choice(["/", "?", "&", ""]) + "".join(
            chance.choice(parts) for _ in range(chance.randrange(5)))
        method = chance.choice(["GET", "GET", "GET", "HEAD", "POST", "PUT", "TRACE", "G\x01T"])
        headers = chance.choice(["", "X: " + "y" * 20000 + "\r\n", "Accept: \xff\r\n", "Content-Length: -5\r\n",
                                 "Transfer-Encoding: chunked\r\n", "If-None-Match: *\r\n", "Host: a b\r\n"])
        text = f"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n0\r\n\r\n"
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as client:
            try:
                client.sendall(text.encode("utf-8"))
                status = client.recv(64)[9:12].decode("ascii", "replace")
            except OSError:
                status = "cut"
        counts[status] = counts.get(status, 0) + 1
        if status.startswith("5"):
            worst = worst or text[:200]
    check(worst is None, f"{count} hostile requests: {dict(sorted(counts.items()))} {worst or ''}")
    check(server.get("/health")[0] == 200, "the server answers after them")


def slow(server):
    """Clients that never finish their requests, and one that does not read its answer."""
    clients = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(300)]
    for client in clients:
        client.sendall(b"GET /v1/entities HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    lazy = socket.create_connection(("127.0.0.1", server.port))
    lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    lazy.sendall(b"GET /v1/log?limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n")
    start = time.monotonic()
    status = server.get("/health")[0]
    check(status == 200 and time.monotonic() - start < 5, "300 clients that dawdle hold nobody up")
    for client in clients + [lazy]:
        client.close()


def stream(server):
    head = json.loads(server.get("/health")[2])["head"]
    got = []
    answer = urllib.request.urlopen(f"{server.address}/v1/events?since={head - 1}", timeout=60)

    def listen():
        for line in answer:
            if line.startswith(b"id: "):
                got.append(int(line[4:]))

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    event = '{"type":"entity","entity":"x:stream","name":"Stream"}\n'
    assay("append", "-", input=event.encode())
    deadline = time.monotonic() + 20
    while len(got) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    check(got[:3] == [head - 1, head, head + 1], "events arrive as they are recorded")
    check(server.end() == 0, "a server with listeners ends with 0 on SIGTERM")
    listener.join(timeout=20)
    check(not listener.is_alive(), "and its listeners are told")


def entity(name):
    return f'{{"type":"entity","entity":"x:{name}","name":"{name}"}}\n'.encode()


def post(server, token, body, **headers):
    headers = {"Content_Type": "application/jsonl", "Authorization": f"Bearer {token}"} | headers
    status, told, answer = server.get("/v1/events", "POST", body, **headers)
    return status, told, json.loads(answer)


def appends():
    """Events over HTTP: as the page of the manual shows, and by who may not."""
    tokens, file = f"{folder.name}/tokens.txt", f"{folder.name}/written.assay"

    def token(scope, name):
        line = subprocess.run([programs / "assay", "token", "new", "--scope", scope, "--name", name, "--tokens", tokens],
                              capture_output=True, text=True, check=True)
        return line.stdout.strip()

    appender, reader = token("append", "importer"), token("read", "auditor")
    subprocess.run([programs / "assay", "append", "-", "-f", file], input=entity("first"), check=True, capture_output=True)
    bare = subprocess.run([programs / "assay", "serve", "-f", file, "--host", "0.0.0.0", "--tokens", tokens],
                          capture_output=True, text=True)
    check(bare.returncode == 64 and "--behind-tls" in bare.stderr, "tokens in clear need --behind-tls")
    server = Server("--tokens", tokens, file=file)
    try:
        head = json.loads(server.get("/health")[2])["head"]
        key = {"Idempotency_Key": "k-1", "If_Match": f'"{head}"'}
        status, headers, answer = post(server, appender, entity("second"), **key)
        check(status == 201 and answer["head"] == head + 2 and headers["ETag"] == f'"{head + 2}"', "an event is appended")
        check(post(server, appender, entity("second"), **key)[2] | {"repeated": 0, "skipped": 0}
              == answer | {"repeated": 0}, "and the same request is answered again")
        check(post(server, appender, entity("third"), If_Match=f'"{head}"')[0] == 412, "412 for another head")
        check(post(server, reader, entity("third"))[0] == 403, "403 for a token of another scope")
        check(post(server, "assay-0", entity("third"))[0] == 401, "401 for no token")
        check(post(server, appender, b"rubbish")[0] == 422, "422 for rubbish")
        check(server.get("/v1/events", "POST", b" " * (5 << 20), Content_Type="application/jsonl",
                         Authorization=f"Bearer {appender}")[0] == 413, "413 for a body that is too large")
        lines = pathlib.Path(tokens).read_text().splitlines()
        pathlib.Path(tokens).write_text("\n".join(line for line in lines if not line.startswith("importer ")))
        check(post(server, appender, entity("third"))[0] == 401, "a token ends when its line is taken out")
        check(server.end() == 0, "a server that appends ends with 0 on SIGTERM")
    finally:
        server.process.kill()
    kills(token("append", "crowd"), tokens, file, words.kills)


def kills(token, tokens, file, rounds):
    """Kills the server amid appends: whatever it answered 201 is there, and a request that got no answer can be sent again."""
    chance = random.Random(11)
    known, lock, repeated = {}, threading.Lock(), 0

    def client(server, number, sent):
        for index in range(100_000):
            key = f"{number}-{index}"
            body = b"".join(entity(f"{key}-{part}") for part in range(1 + index % 5))
            with lock:
                sent[key] = body
            try:
                status, _, answer = post(server, token, body, Idempotency_Key=key)
            except (OSError, ValueError, http.client.HTTPException):
                return
            with lock:
                known[key] = answer if status == 201 else status

    for turn in range(rounds):
        server, sent = Server("--tokens", tokens, file=file), {}
        clients = [threading.Thread(target=client, args=(server, f"{turn}-{number}", sent)) for number in range(8)]
        for one in clients:
            one.start()
        time.sleep(0.2 + chance.random())
        server.process.kill()
        server.process.wait()
        for one in clients:
            one.join()
        server = Server("--tokens", tokens, file=file)
        try:
            lost = [key for key in sent if key in known
                    and not isinstance(known[key], dict)]
            for key, body in sent.items():
                status, _, answer = post(server, token, body, Idempotency_Key=key)
                repeated += "repeated" in answer
                if key in known and (status != 201 or "repeated" not in answer
                                     or any(answer[name] != known[key][name] for name in ("first", "head", "root"))):
                    lost.append(key)
                elif status != 201:
                    lost.append(key)
            check(not lost, f"killed, round {turn}: {len(sent)} requests, all answered 201 are there {lost[:3]}")
        finally:
            server.end()
    proof = subprocess.run([programs / "assay", "verify", "-f", file], capture_output=True, text=True)
    check(proof.returncode == 0, f"the ledger is sound after {rounds} kills, {len(known)} answers, {repeated} found again")


assay("append", "Events", check=True)
if data.is_dir():
    assay("import", "companyfacts", *map(str, sorted(data.glob("CIK*.json"))), check=True)
else:
    print("skipped: there is no ../shared/data beside the package")
server = Server()
try:
    answers_of_commands(server)
    if data.is_dir():
        sec(server)
    caches(server)
    hostile(server, words.hostile)
    slow(server)
    stream(server)
    appends()
finally:
    if server.process.poll() is None:
        server.process.kill()
sys.exit(1 if failures else 0)
