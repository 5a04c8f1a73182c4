"""What the tests of replication share: the programs, a folder, ledgers and followers."""

import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLE = "ledger.example"


class Bench:
    """The programs, a folder, and what was found."""

    def __init__(self, programs, seed):
        self.programs, self.random = pathlib.Path(programs).resolve(), random.Random(seed)
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.counts, self.failures = {}, []

    def path(self, name):
        return str(self.folder / name)

    def assay(self, *words, ledger="leader", check=True):
        done = subprocess.run([self.programs / "assay", *words, "-f", self.path(ledger)], cwd=ROOT,
                              capture_output=True, check=False)
        if check and done.returncode != 0:
            sys.exit(f"replicas: {' '.join(map(str, words))}: {done.stderr.decode()}")
        return done

    def keygen(self, name, *words):
        done = subprocess.run([self.programs / "assay", "keygen", "-o", self.path(f"{name}.key"), "--name", name, *words],
                              capture_output=True, check=True)
        pathlib.Path(self.path(f"{name}.pub")).write_bytes(done.stdout)

    def count(self, what, number=1):
        self.counts[what] = self.counts.get(what, 0) + number

    def fail(self, what):
        print("FAILED:", what, file=sys.stderr)
        self.failures.append(what)

    def head(self, ledger):
        """`N ROOT` of a ledger."""
        lines = self.assay("checkpoint", "--origin", EXAMPLE, ledger=ledger).stdout.decode().split("\n")
        return " ".join(lines[1:3])

    def events(self, number, count=40):
        """Writes a file with a filing and claims that no other number has."""
        lines = []
        if number == 0:
            lines += ['{"type":"entity","entity":"x:1","name":"Example"}',
                      '{"type":"concept","concept":"x:Cash","kind":"cash","periodType":"instant"}']
        lines.append('{"type":"filing","filing":"f%d","entity":"x:1","published":"2020-02-01"}' % number)
        for claim in range(count):
            lines.append('{"type":"cash","filing":"f%d","entity":"x:1","concept":"x:Cash","dimensions":{"branch":"b%d"},'
                         '"period":"2019-12-31","unit":"USD","value":"%d"}' % (number, claim, 1000 * number + claim))
        path = self.path("batch.jsonl")
        pathlib.Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path


def follower(bench, address, ledger, *words):
    """Starts `assay follow`."""
    return subprocess.Popen(
        [bench.programs / "assay", "follow", address, "--key", bench.path(f"{EXAMPLE}.pub"), "-f", bench.path(ledger),
         *words], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)


def follow_once(bench, address, ledger, *words):
    process = follower(bench, address, ledger, "--once", *words)
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors.decode()
