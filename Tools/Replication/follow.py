"""Two followers of a ledger that is served, while processes are killed and messages harmed: see Tools/follow-test.

The oracle is the root: whatever was done, a follower has the root of the ledger that it follows, or says why not and
has recorded nothing of it.
"""

import argparse
import http.server
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

sys.dont_write_bytecode = True

from replicas import EXAMPLE, ROOT, Bench, follow_once, follower  # noqa: E402


class Server:
    """`assay serve` on a free port."""

    def __init__(self, bench):
        self.process = subprocess.Popen(
            [bench.programs / "assay", "serve", "-f", bench.path("leader"), "--port", "0", "--key",
             bench.path(f"{EXAMPLE}.key"), "--origin", EXAMPLE], stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        if not line.startswith("listening on "):
            sys.exit(f"follow-test: {line}")
        self.address = line.split()[-1]
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=30)


class HarmfulProxy(http.server.ThreadingHTTPServer):
    """Passes requests on, and harms answers as long as `harm` says so."""

    daemon_threads = True

    def __init__(self, target, harm):
        super().__init__(("127.0.0.1", 0), ProxyHandler)
        self.target, self.harm, self.kept = target, harm, {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"


class ProxyHandler(http.server.BaseHTTPRequestHandler):
    """One request."""

    def do_GET(self):
        try:
            with urllib.request.urlopen(self.server.target + self.path, timeout=30) as answer:
                status, body = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        status, body, is_cut = self.server.harm(self.path, status, body, self.server.kept)
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:len(body) // 2] if is_cut else body)
        except OSError:
            pass

    def log_message(self, *_):
        pass


def harm(rng, rate):
    """A function that harms answers once in a while: changed, cut, doubled, swapped, dropped, older, an error.

    `rate()` says how many of them."""

    def change(path, status, body, kept):
        old = kept.setdefault(path, body)
        if rng.random() >= rate() or not body:
            return status, body, False
        kind = rng.choice(["bit", "digit", "cut", "less", "more", "swap", "old", "error", "missing", "other"])
        data = bytearray(body)
        if kind == "bit":
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        elif kind == "digit":
            digits = [place for place, byte in enumerate(data) if 0x30 <= byte <= 0x39]
            if digits:
                data[rng.choice(digits)] = 0x30 + rng.randrange(10)
        elif kind == "cut":
            return status, body, True
        elif kind == "less":
            del data[-rng.randrange(1, len(data) + 1):]
        elif kind == "more":
            data += data[:rng.randrange(1, len(data) + 1)]
        elif kind == "swap":
            middle = rng.randrange(len(data))
            data = data[middle:] + data[:middle]
        elif kind == "old":
            return status, old, False
        elif kind == "error":
            return rng.choice([500, 503, 302, 429, 204]), b"", False
        elif kind == "missing":
            return 404, b"", False
        else:
            return status, kept.get(rng.choice(sorted(kept)), body), False
        return status, bytes(data), False

    return change


def faults(bench, server, number):
    """Harms messages on their way to a follower that begins anew or goes on."""
    heads = {bench.head("leader")}
    rate = 0
    proxy = HarmfulProxy(server.address, harm(bench.random, lambda: rate))
    for round_number in range(number):
        rate = bench.random.choice([0.05, 0.1, 0.5])
        if round_number % 10 == 0:
            bench.assay("append", bench.events(1000 + round_number, bench.random.randrange(1, 300)))
            heads.add(bench.head("leader"))
        if round_number % 5 == 0:
            for name in ["harmed", "harmed.checkpoint", "harmed.split-view"]:
                pathlib.Path(bench.path(name)).unlink(missing_ok=True)
        there = pathlib.Path(bench.path("harmed")).exists()
        before = bench.head("harmed") if there else None
        status, errors = follow_once(bench, proxy.address, "harmed")
        after = bench.head("harmed") if pathlib.Path(bench.path("harmed")).exists() else None
        if status not in (0, 1, 2):
            bench.fail(f"fault {round_number}: status {status}: {errors}")
        if status == 2:
            bench.fail(f"fault {round_number}: a split view of one keeper's checkpoints: {errors}")
        if after is not None and after not in heads:
            bench.fail(f"fault {round_number}: another root with status {status}: {after}")
        if status != 0 and before != after:
            bench.fail(f"fault {round_number}: status {status} and something was recorded: {errors}")
        if status == 0 and after is None:
            bench.fail(f"fault {round_number}: status 0 and nothing is there")
        if status == 1 and not errors.strip().startswith("assay: "):
            bench.fail(f"fault {round_number}: no word of what is wrong: {errors}")
        bench.count("followed in spite of harm" if status == 0 else "refused, and told why")
    proxy.shutdown()
    status, errors = follow_once(bench, server.address, "harmed")
    if status != 0 or bench.head("harmed") != bench.head("leader"):
        bench.fail(f"after all harm: {errors}")


def kills(bench, server, number):
    """Kills writers amid appends, followers amid steps and the server, while two followers go on."""
    followers = {}

    def start(name):
        words = ["--cosign", bench.path("mirror.example.key")] if name == "copy1" else []
        followers[name] = follower(bench, server.address, name, "--interval", "50", *words)

    for name in ("copy1", "copy2"):
        start(name)
    for round_number in range(number):
        path = bench.events(2000 + round_number, 400)
        writer = subprocess.Popen([bench.programs / "assay", "append", path, "-f", bench.path("leader")], cwd=ROOT,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(bench.random.random() * 0.05)
        victim = bench.random.choice(["writer", "copy1", "copy2", "stopped"])
        if victim == "writer":
            writer.kill()
        elif victim == "stopped":
            name = bench.random.choice(sorted(followers))
            followers[name].send_signal(signal.SIGSTOP)
            time.sleep(0.1)
            followers[name].send_signal(signal.SIGCONT)
        else:
            followers[victim].kill()
            followers[victim].wait()
            start(victim)
        writer.wait()
        bench.count(f"killed or stopped: {victim}")
    bench.assay("append", bench.events(3000))
    expected, deadline = bench.head("leader"), time.monotonic() + 60
    for name, process in followers.items():
        while bench.head(name) != expected and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.1)
        if bench.head(name) != expected:
            bench.fail(f"{name} has {bench.head(name)}, and the leader {expected}")
        process.kill()
        sound = bench.assay("verify", ledger=name, check=False)
        if sound.returncode != 0:
            bench.fail(f"{name}: {sound.stderr.decode()}")
        ours, theirs = (bench.assay("bs", "--entity", "hecla", "--as-of", "2004-09-30", "-O", "json",
                                    ledger=ledger).stdout for ledger in (name, "leader"))
        if ours != theirs:
            bench.fail(f"{name} answers otherwise than the leader")
    kept = pathlib.Path(bench.path("copy1.checkpoint")).read_text(encoding="utf-8")
    if "\u2014 mirror.example " not in kept:
        bench.fail("the mirror has not cosigned what it holds")


def delay(bench, server):
    """How long after an append a follower has it, in milliseconds."""
    process = follower(bench, server.address, "copy1", "--interval", "50")
    times = []
    for number in range(10):
        bench.assay("append", bench.events(4000 + number, 1000))
        expected, start = bench.head("leader"), time.monotonic()
        while bench.head("copy1") != expected and time.monotonic() - start < 10:
            time.sleep(0.01)
        times.append(round(1000 * (time.monotonic() - start)))
    process.kill()
    print(f"a batch of 1,000 claims was at the follower after {sorted(times)[5]} ms (median of {len(times)}), "
          f"{max(times)} ms at most")


def split_view(bench, server):
    """The keeper shows another past."""
    bench.assay("append", "Events", ledger="leader2")
    bench.assay("append", bench.events(0, 4000), ledger="leader2")
    server.end()
    for name in ["leader"]:
        shutil.move(bench.path(name), bench.path(f"{name}.first"))
        shutil.move(bench.path("leader2"), bench.path(name))
    other = Server(bench)
    before = bench.head("copy1")
    size = int(bench.head("leader").split()[0])
    number = 0
    while size <= int(before.split()[0]):
        bench.assay("append", bench.events(5000 + number, 3000))
        size, number = int(bench.head("leader").split()[0]), number + 1
    status, errors = follow_once(bench, other.address, "copy1")
    if status != 2 or bench.head("copy1") != before:
        bench.fail(f"two pasts: status {status}: {errors}")
    evidence = pathlib.Path(bench.path("copy1.split-view")).read_text(encoding="utf-8")
    if len(re.findall(f"^{re.escape(EXAMPLE)}$", evidence, re.MULTILINE)) != 2:
        bench.fail("the evidence of two pasts does not hold two checkpoints")
    bench.count("two pasts told, with evidence")
    other.end()


def main():
    parser = argparse.ArgumentParser(prog="Tools/follow-test")
    parser.add_argument("programs")
    parser.add_argument("--faults", type=int, default=100)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    arguments = parser.parse_args()
    bench = Bench(arguments.programs, arguments.seed)
    bench.keygen(EXAMPLE)
    bench.keygen("mirror.example", "--witness")
    bench.assay("append", "Events")
    bench.assay("append", bench.events(0))
    server = Server(bench)
    start = time.monotonic()
    for name in ("copy1", "copy2"):
        status, errors = follow_once(bench, server.address, name)
        if status != 0 or bench.head(name) != bench.head("leader"):
            bench.fail(f"{name}: {errors}")
    faults(bench, server, arguments.faults)
    kills(bench, server, arguments.kills)
    delay(bench, server)
    split_view(bench, server)
    for what, number in sorted(bench.counts.items()):
        print(f"{number:8} {what}")
    print(f"follow-test: seed {arguments.seed}, {time.monotonic() - start:.0f} s, {len(bench.failures)} failures")
    sys.exit(1 if bench.failures else 0)


main()
