"""Readers, an appender and hostile requests at a real server, measured: see Tools/serve-load."""

import argparse
import http.client
import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

words = argparse.ArgumentParser(description=__doc__)
words.add_argument("programs")
words.add_argument("--readers", type=int, default=1000)
words.add_argument("--seconds", type=int, default=60)
words.add_argument("--hostile", type=int, default=10_000)
words = words.parse_args()
root = pathlib.Path(__file__).resolve().parent.parent
programs = pathlib.Path(words.programs).resolve()
data = root.parent / "shared" / "data" / "companyfacts"
folder = tempfile.TemporaryDirectory()
failures = []

# What readers ask, one after the other: pages and answers small and large, pinned and not.
TARGETS = [
    "/v1/statements/hecla/balance-sheet?as-of=2004-09-30", "/statements/hecla/balance-sheet?as-of=2004-09-30",
    "/v1/entities", "/", "/checkpoint", "/v1/facts?entity=hecla&words=MetalProduced", "/v1/proofs/7", "/facts/560",
    "/tile/0/000", "/v1/restatements?entity=hecla", "/known-at/2004-12-31/submissions/CIK0000719413.json",
    "/v1/history?entity=hecla&words=NoncashPreferredDividend", "/evidence/560", "/assets/page.js", "/health",
]


def check(holds, what):
    print(("ok    " if holds else "FAILS ") + what, flush=True)
    if not holds:
        failures.append(what)


def assay(*options, **more):
    return subprocess.run([programs / "assay", *options], cwd=root, capture_output=True, text=True, check=True, **more)


class Server:
    def __init__(self, file, tokens):
        self.process = subprocess.Popen(
            [programs / "assay", "serve", "-f", file, "--port", "0", "--tokens", tokens], stderr=subprocess.PIPE, text=True)
        self.port = int(self.process.stderr.readline().rsplit(":", 1)[1])
        self.file = file

    def memory(self):
        """The resident memory that is no page of a file, in KiB."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"RssAnon:\s+(\d+)", text).group(1))

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


def appending(server, token, count=None, seconds=None):
    """Appends one event after the other; gives how many, those that failed, and the seconds that each took."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    times, wrong, end = [], [], None if seconds is None else time.monotonic() + seconds
    while (count is None or len(times) < count) and (end is None or time.monotonic() < end):
        name = f"load-{len(times)}"
        body = f'{{"type":"entity","entity":"x:{name}","name":"{name}"}}\n'
        start = time.monotonic()
        connection.request("POST", "/v1/events", body, {
            "Content-Type": "application/jsonl", "Authorization": f"Bearer {token}", "Idempotency-Key": name})
        answer = connection.getresponse()
        text = answer.read()
        times.append(time.monotonic() - start)
        if answer.status != 201:
            wrong.append(text[:200])
        time.sleep(0.02)
    return times, wrong


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def load(tokens, token, base):
    file = f"{folder.name}/load.assay"
    subprocess.run(["cp", base, file], check=True)
    server = Server(file, tokens)
    script = f"{folder.name}/targets.lua"
    pathlib.Path(script).write_text(
        "local targets = {" + ",".join(json.dumps(target) for target in TARGETS) + "}\nlocal turn = 0\n"
        "request = function() turn = turn + 1; return wrk.format('GET', targets[turn % #targets + 1]) end\n")
    before, found = os.path.getsize(file), []
    appender = threading.Thread(target=lambda: found.append(appending(server, token, seconds=words.seconds)))
    appender.start()
    told = subprocess.run(
        ["wrk", "-t", "2", "-c", str(words.readers), "-d", f"{words.seconds}s", "--timeout", "60s", "--latency", "-s", script,
         f"http://127.0.0.1:{server.port}"], capture_output=True, text=True).stdout
    appender.join()
    grown = os.path.getsize(file) - before
    times, wrong = found[0]
    print(told)
    answers = int(re.search(r"(\d+) requests in", told).group(1))
    slowest = re.search(r"99%\s+(\S+)", told).group(1)
    errors = re.findall(r"Socket errors:.*|Non-2xx.*", told)
    check(not errors and answers > 0, f"{words.readers} readers, {words.seconds} s: {answers} answers, p99 {slowest}, no error {errors}")
    check(not wrong and times, f"meanwhile {len(times)} appends, p50 {percentile(times, .5):.0f} ms, p99 {percentile(times, .99):.0f} ms {wrong[:1]}")
    check(server.end() == 0, "the server ends with 0")
    alone = f"{folder.name}/alone.assay"
    subprocess.run(["cp", base, alone], check=True)
    server = Server(alone, tokens)
    appending(server, token, count=len(times))
    bare = os.path.getsize(alone) - before
    server.end()
    # A held snapshot would add a page or more for each append.
    check(grown <= bare + 64 * 4096, f"the file grew by {grown} bytes with readers, by {bare} without")


def hostile(tokens, base, count):
    """A seeded stream of what no program sends; asks after each part how much memory the server has."""
    file = f"{folder.name}/hostile.assay"
    subprocess.run(["cp", base, file], check=True)
    server, chance, counts, sizes, bad = Server(file, tokens), random.Random(5), {}, [], None
    paths = TARGETS + ["/v1/events", "/add-checkpoint", "/v1/panel", "/v1/log", "/v1/diff", "/v1/checks"]
    parts = ["..", "%2e%2e/", "%00", "%ff", "'", "<script>", "?", "&", "=", "words=", "known-at=", "limit=-1", "\u00e9",
             "9" * 30, "as-of=2004", "recorded-at=0", "a" * 9000, "%", "//", ";", "{}", "entity=", "measure=a/b/c", "since=",
             "from=1&to=2", "recorded-at=18446744073709551615", "limit=99999999999999999999", "columns=40&span=quarter"]
    heads = ["", "X: " + "y" * 20_000 + "\r\n", "Accept: \xff\r\n", "Content-Length: -5\r\n", "Content-Length: 99999999\r\n",
             "Transfer-Encoding: chunked\r\n", "If-None-Match: *\r\n", "Host: a b\r\n", "Authorization: Bearer x\r\n",
             "Authorization: Basic ====\r\n", "Last-Event-ID: -1\r\n", "Accept: text/html\r\n", "Range: bytes=5-1\r\n"]
    bodies = ["", "0\r\n\r\n", "{}" * 50, "\x00" * 200, "ffffffffffffffff\r\nx", "GET / HTTP/1.1\r\n\r\n" * 3]
    for index in range(count):
        target = chance.choice(paths) + chance.choice(["/", "?", "&", ""]) + "".join(
            chance.choice(parts) for _ in range(chance.randrange(5)))
        method = chance.choice(["GET"] * 5 + ["HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "CONNECT", "G\x01T", ""])
        text = f"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{chance.choice(heads)}Connection: close\r\n\r\n" + chance.choice(bodies)
        status = "cut"
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=2) as client:
                client.sendall(text.encode("utf-8", "surrogateescape"))
                if chance.random() < 0.9:
                    status = client.recv(64)[9:12].decode("ascii", "replace")
        except TimeoutError:
            status = "waits"
        except OSError:
            pass
        counts[status] = counts.get(status, 0) + 1
        if status.startswith("5"):
            bad = bad or text[:300]
        if index % (count // 10) == count // 10 - 1:
            sizes.append((server.memory(), server.descriptors()))
    check(bad is None, f"{count} hostile requests: {dict(sorted(counts.items()))} {bad or ''}")
    time.sleep(3)
    sizes.append((server.memory(), server.descriptors()))
    # The first tenth fills caches and pools.
    check(sizes[-1][0] < sizes[1][0] * 1.25 + 8192, f"memory in KiB and descriptors over time: {sizes}")
    check(sizes[-1][1] <= sizes[0][1] + 8, "no descriptor is left over")
    check(server.end() == 0, "the server ends with 0")


base, tokens = f"{folder.name}/base.assay", f"{folder.name}/tokens.txt"
assay("append", "Events", "-f", base)
if data.is_dir():
    assay("import", "companyfacts", *map(str, sorted(data.glob("CIK*.json"))), "-f", base)
token = assay("token", "new", "--scope", "append", "--name", "load", "--tokens", tokens).stdout.strip()
if words.seconds > 0:
    load(tokens, token, base)
hostile(tokens, base, words.hostile)
sys.exit(1 if failures else 0)
