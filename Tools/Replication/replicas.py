"""What the tests of replication share: the programs, a folder, ledgers and followers."""

import json
import pathlib
import random
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLE = "ledger.example"


class Bench:
    """The programs, a folder, and what was found."""

    def __init__(self, programs, seed):
        self.programs, self.random = pathlib.Path(programs).resolve(), random.Random(seed)
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.counts, self.failures, self.lock = {}, [], threading.Lock()

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
        with self.lock:
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

    def companyfacts(self, number, years=10):
        """Writes what a company that does not exist would have reported in ten years, as companyfacts."""
        key = 9_000_000 + number
        facts = {concept: [] for concept in ("Assets", "Liabilities", "StockholdersEquity", "Revenues", "NetIncomeLoss",
                                             "NetCashProvidedByUsedInOperatingActivities")}
        for quarter in range(4 * years):
            year, month = 2010 + quarter // 4, 3 * (quarter % 4) + 3
            end = f"{year}-{month:02}-{30 if month in (6, 9) else 31}"
            form = "10-K" if month == 12 else "10-Q"
            filed = f"{year + month // 12}-{(month + 1) % 12 + 1:02}-15"
            liabilities, equity = (self.random.randrange(1000, 10 ** 9) for _ in range(2))
            values = {"Assets": liabilities + equity, "Liabilities": liabilities, "StockholdersEquity": equity}
            for concept, rows in facts.items():
                row = {"end": end, "val": values.get(concept, self.random.randrange(-10 ** 8, 10 ** 8)),
                       "accn": f"{key:010}-{year % 100:02}-{quarter:06}", "fy": year,
                       "fp": "FY" if form == "10-K" else f"Q{month // 3}", "form": form, "filed": filed}
                if concept not in values:
                    row["start"] = f"{year}-01-01"
                rows.append(row)
        path = self.path(f"CIK{key:010}.json")
        pathlib.Path(path).write_text(json.dumps({
            "cik": key, "entityName": f"Generated company {number}",
            "facts": {"us-gaap": {concept: {"label": concept, "description": "", "units": {"USD": rows}}
                                  for concept, rows in facts.items()}}}), encoding="utf-8")
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
