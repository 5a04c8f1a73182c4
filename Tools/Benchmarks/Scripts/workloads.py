"""The workloads: which programs do what, on which ledger."""

import os
from functools import partial

from runs import UNPROVEN, Run, Workload

import companyfacts

QUERIES = 2000
SINGLE_EVENTS = 1000
ONE_FACT_CLAIMS = 100_000


class Workloads:
    """Makes ledgers of each size when they are first needed, and measures."""

    def __init__(self, bench, assay, chosen):
        self.bench = bench
        self.assay = assay
        self.chosen = chosen
        self.results = []

    def wants(self, *names):
        return not self.chosen or any(name.startswith(c) for name in names for c in self.chosen)

    def add(self, name, size, contenders, **options):
        workload = self.bench.measure(name, size, contenders, **options)
        self.results.append(workload)
        return workload

    # Appending

    def appends(self, name, size, workload, *arguments, repeats=None):
        """Appends to new files: ours first, because the others put the rows of its ledger."""
        bench, source, database = self.bench, f"{workload}-{size}", f"{workload}-{size}.sqlite"

        def clear():
            for file in (source, database, "limit"):
                bench.remove(file)

        contenders = {
            "ours": lambda: bench.run("Benchmarks", workload, bench.path(source), *arguments),
            "limit": lambda: bench.run("Limits", "append", bench.path(source), bench.path("limit")),
            "SQLite": lambda: bench.run("Peer", "append", bench.path(source), bench.path(database)),
        }
        found = self.add(name, size, contenders, prepare=clear, repeats=repeats)
        bench.remove("limit")
        return found, source, database

    def ledger(self, size):
        """The names of the finished ledger and database of a size."""
        source, database = f"append-bulk-{size}", f"append-bulk-{size}.sqlite"
        if not os.path.exists(self.bench.path(source)):
            self.bench.call("Benchmarks", "append-bulk", self.bench.path(source), size)
        if not os.path.exists(self.bench.path(database)):
            self.bench.call("Peer", "append", self.bench.path(source), self.bench.path(database))
        return source, database

    def bulk(self, size):
        if self.wants("append in batches"):
            # Of ten million events one run tells enough, and takes minutes.
            repeats = 1 if size > 1_000_000 else None
            self.appends("append in batches of 1,000", size, "append-bulk", size, repeats=repeats)

    def filings(self, size):
        # Beyond, it would be half of the whole time, and tell nothing new.
        if self.wants("append filing by filing") and size <= 1_000_000:
            _, *files = self.appends("append filing by filing", size, "append-filings", size)
            for file in files:
                self.bench.remove(file)

    def single(self):
        if self.wants("append one by one"):
            size = SINGLE_EVENTS
            _, *files = self.appends("append one by one", size, "append-single", size)
            for file in files:
                self.bench.remove(file)

    # Reading everything

    def whole(self, size):
        bench = self.bench
        source, database = self.ledger(size)
        path, data = bench.path(source), bench.path(database)
        if self.wants("replay"):
            self.add("replay", size, {
                "ours": lambda: bench.run("Benchmarks", "replay", path),
                "limit": lambda: bench.run("Limits", "replay", path),
                "SQLite": lambda: bench.run("Peer", "replay", data),
            })
        if self.wants("verify"):
            self.add("verify", size, {
                "ours": lambda: bench.run("Benchmarks", "verify", path),
                "limit": lambda: bench.run("Limits", "verify", path),
                "SQLite": lambda: bench.run("Peer", "verify", data),
            })
        if self.wants("rebuild"):
            def prepare():
                bench.copy(source, "rebuilt")
                bench.remove("limit")

            self.add("rebuild", size, {
                "ours": lambda: bench.run("Benchmarks", "rebuild", bench.path("rebuilt")),
                "limit": lambda: bench.run("Limits", "rebuild", path, bench.path("limit")),
            }, prepare=prepare)
            bench.remove("rebuilt")
            bench.remove("limit")
        if self.wants("export"):
            self.export(size, path, data)
        if self.wants("disk"):
            self.disk(size, path, data)

    def export(self, size, path, data):
        bench, target = self.bench, self.bench.path("export.jsonl")
        ours = bench.run("Benchmarks", "export", path, target)
        byte_count, ours.check = ours.check, 0

        def run(*command):
            run = bench.run(*command)
            run.check = 0
            return run

        self.add("export", size, {
            "ours": partial(run, "Benchmarks", "export", path, target),
            "limit": partial(run, "Limits", "export", path, target, byte_count),
            "SQLite": partial(run, "Peer", "export", data, target, byte_count),
        })
        bench.remove("export.jsonl")

    def disk(self, size, path, data):
        """Bytes an event, of the files as they lie there."""
        bench = self.bench
        count = bench.run("Limits", "verify", path).count
        bench.remove("limit")
        bench.call("Limits", "append", path, bench.path("limit"))
        sizes = {"ours": path, "limit": bench.path("limit"), "SQLite": data}
        runs = {
            name: [Run(count, os.stat(file).st_size / count, 0, 0)] for name, file in sizes.items()
        }
        bench.remove("limit")
        self.results.append(Workload("disk, all tables", size, runs, "size"))

    # Queries

    def queries(self, size):
        # Queries take no time: as many runs as of a small ledger.
        bench = self.bench
        source, database = self.ledger(size)
        path, data, asked = bench.path(source), bench.path(database), bench.path("questions")
        for kind, words in (
            ("head", "at the head"),
            ("random", "at a random known-at"),
            ("fixed", "of one entity"),
        ):
            if self.wants(f"statement {words}"):
                bench.call("Benchmarks", "questions", path, kind, asked, size, QUERIES)
                self.add(f"statement {words}", size, {
                    "ours": partial(
                        bench.run, "Benchmarks", "statement", path, size, kind, QUERIES
                    ),
                    "limit": lambda: bench.run("Limits", "statement", path, asked),
                    "SQLite": lambda: bench.run("Peer", "statement", data, asked),
                    "SQLite with a transaction for each cell": lambda: bench.run(
                        "Peer", "cells", data, asked
                    ),
                    UNPROVEN: partial(
                        bench.run, "Benchmarks", "statement-unproven", path, size, kind, QUERIES
                    ),
                }, unit="time", repeats=bench.repeats(0))
        for name, subject, count in (
            ("history", "fact", 200), ("diff", "entity", 20), ("restatements", "entity", 20)
        ):
            if self.wants(name):
                bench.call("Benchmarks", "questions", path, subject, asked, size, count)
                found = {
                    "ours": partial(bench.run, "Benchmarks", name, path, size, count),
                    "limit": lambda: bench.run("Limits", "range", path, asked),
                    "SQLite": lambda: bench.run("Peer", "range", data, asked),
                }
                self.add(name, size, {
                    contender: partial(unchecked, run) for contender, run in found.items()
                }, unit="time")

    def one_fact(self):
        """A fact with very many claims: restated by all, by every twentieth, or by none."""
        size, count, bench = ONE_FACT_CLAIMS, 200, self.bench
        for words, run_length in (("", 20), (", all other", 1), (", all the same", size)):
            name = "a fact with 100,000 claims" + words
            if not self.wants(name):
                continue
            path, data, asked = (bench.path(file) for file in ("one", "one.sqlite", "questions"))
            bench.call("Benchmarks", "append-one-fact", path, size, run_length)
            bench.call("Peer", "append", path, data)
            bench.call("Benchmarks", "questions", path, "one-fact", asked, size, count, run_length)
            self.add(name, size, {
                "ours": partial(bench.run, "Benchmarks", "one-fact", path, size, run_length, count),
                "limit": partial(bench.run, "Limits", "statement", path, asked),
                "SQLite": partial(bench.run, "Peer", "statement", data, asked),
            }, unit="time")
            for file in ("one", "one.sqlite", "questions"):
                bench.remove(file)

    # Whole programs

    def companyfacts(self):
        if not self.wants("import companyfacts"):
            return
        file = self.bench.path("companyfacts.json")
        size = companyfacts.write(file)
        _, *files = self.appends("import companyfacts", size, "import", file)
        for file in files:
            self.bench.remove(file)

    def process(self, size):
        """From the start of the program to the end of the printed balance sheet."""
        if not self.wants("assay bs"):
            return
        bench = self.bench
        path = bench.path(self.ledger(size)[0])
        command = ("bs", "-f", path, "--entity", "bench:0000000", "--as-of", "2019-06-30")
        self.add("assay bs, whole process", size, {
            "ours": lambda: bench.process(self.assay, *command),
            "limit": lambda: bench.process(bench.program("Nothing")),
            "an empty Swift program": lambda: bench.process(bench.program("NothingSwift")),
        }, unit="process", repeats=21)

    def measure(self, sizes):
        """Measures everything that is wanted; what is measured is in `results`."""
        self.single()
        for size in sizes:
            self.bulk(size)
            self.filings(size)
            self.whole(size)
            self.queries(size)
            self.process(size)
        self.companyfacts()
        self.one_fact()


def unchecked(run):
    """A run whose answer is not comparable with the others'."""
    found = run()
    found.check = 0
    return found
