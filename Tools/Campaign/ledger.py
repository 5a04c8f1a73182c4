"""A ledger that is harmed: how it is made, written to and asked, and what is counted."""
import os
import random
import re
import subprocess
import sys
import tempfile

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))



class Failure(Exception):
    """A command ended in a way that leaves nothing to judge."""


class Campaign:
    """One campaign: a folder with the ledger `a`, a source of random numbers, counts and failures."""

    def __init__(self, assay, seed):
        self.assay, self.seed = assay, seed
        self.random = random.Random(seed)
        self.folder = tempfile.mkdtemp(prefix="assay-campaign-")
        self.counts = {}
        self.failures = []

    def path(self, name):
        """A path in the folder of the campaign."""
        return os.path.join(self.folder, name)

    def count(self, what, number=1):
        """Counts an outcome, which is printed at the end."""
        self.counts[what] = self.counts.get(what, 0) + number

    def fail(self, what):
        """Notes that something was lost, silent or dead; the campaign goes on."""
        self.failures.append(what)
        print("FAILED:", what, file=sys.stderr)

    def run(self, *arguments, ledger="a", timeout=120, before=None):
        """Runs a command on a ledger; `before` are the words of a program that runs it."""
        return subprocess.run(
            [*(before or []), self.assay, *arguments, "-f", self.path(ledger)],
            cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout,
        )

    def start(self, *arguments, stdout=subprocess.DEVNULL):
        """Starts a command on the ledger and does not wait for it."""
        return subprocess.Popen(
            [self.assay, *arguments, "-f", self.path("a")],
            cwd=self.folder, stdout=stdout, stderr=subprocess.DEVNULL,
        )

    def must(self, result, what):
        """Returns the result of a command that has to succeed for the campaign to go on."""
        if result.returncode != 0:
            raise Failure(f"{what}: status {result.returncode}: {result.stderr.decode()}")
        return result

    def head(self, ledger="a"):
        """How many events the ledger holds, after a verification."""
        found = self.must(self.run("verify", ledger=ledger), "verify")
        return int(re.match(rb"sound: (\d+) ", found.stdout).group(1))

    def read(self):
        """The bytes of the ledger's file."""
        with open(self.path("a"), "rb") as file:
            return file.read()

    def replace(self, data):
        """Overwrites the ledger's file in place, so that processes that have it open see it."""
        with open(self.path("a"), "r+b") as file:
            file.write(data)
            file.truncate(len(data))

    def write_batch(self, number, count=20):
        """Writes `batch.jsonl`: an entity, a concept and a filing of that number, and `count` claims.

        The entity and the concept are new in the first batch alone, so a later one appends `count + 2`
        events: its batch event, the filing and the claims."""
        with open(self.path("batch.jsonl"), "w", encoding="utf-8") as file:
            file.write('{"type":"entity","entity":"x:1","name":"Example"}\n')
            file.write('{"type":"concept","concept":"x:Cash","kind":"cash","periodType":"instant"}\n')
            file.write('{"type":"filing","filing":"f%d","entity":"x:1","published":"2020-02-01"}\n'
                       % number)
            for claim in range(count):
                file.write(
                    '{"type":"cash","filing":"f%d","entity":"x:1","concept":"x:Cash","dimensions":'
                    '{"branch":"b%d"},"period":"2019-12-31","unit":"USD","value":"%d"}\n'
                    % (number, claim, number * 1000 + claim))

    def append_batch(self, what="append"):
        """Appends `batch.jsonl`, which has to succeed."""
        return self.must(self.run("append", "batch.jsonl"), what)

    def make(self):
        """Makes a ledger of all of Events and many small batches, whose commits leave free pages.

        Returns the bytes of its file."""
        self.must(self.run("append", os.path.join(PROJECT, "Events"), timeout=600), "append")
        for number in range(20):
            self.write_batch(number)
            self.append_batch()
        with open(self.path("more.jsonl"), "w", encoding="utf-8") as file:
            file.write('{"type":"entity","entity":"x:more","name":"More"}\n')
        return self.read()

    def first_batch(self):
        """Makes a ledger of one batch, and returns its head."""
        self.write_batch(0)
        self.append_batch()
        return self.head()
