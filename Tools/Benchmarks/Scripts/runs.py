"""Runs the measured programs, each in a process of its own, by turns."""

import json
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

CONTENDERS = ("ours", "limit", "SQLite")
# Ours, without comparing what is read with log, leaf and root: told below the table.
UNPROVEN = "ours, unproven,"


@dataclass
class Run:
    """What one process took: times in nanoseconds, memory in bytes."""

    count: int
    time: int
    memory: int
    check: int


@dataclass
class Workload:
    """A workload at one size, and its runs by contender."""

    name: str
    size: int
    runs: dict = field(default_factory=dict)
    # How a value is meant: "rate" (of the count), "time" (of one query), "size" or "process".
    unit: str = "rate"

    def time(self, contender):
        """The median time; None if the contender did not take part."""
        runs = self.runs.get(contender)
        return statistics.median(run.time for run in runs) if runs else None

    def count(self):
        """How many events we handled: the others are compared by our count."""
        return self.runs["ours"][0].count

    def value(self, contender):
        """Events a second, or seconds, or bytes an event."""
        time = self.time(contender)
        if time is None:
            return None
        if self.unit == "rate":
            return self.count() / (time / 1e9)
        return time if self.unit == "size" else time / 1e9

    def of_limit(self):
        """Our speed as a part of the limit's."""
        return self._ratio("limit")

    def times_sqlite(self):
        """How many times as fast as SQLite we are."""
        return self._ratio("SQLite")

    def _ratio(self, contender):
        other, ours = self.time(contender), self.time("ours")
        return other / ours if other is not None and ours and self.unit != "size" else None

    def memory(self, contender="ours"):
        """The most memory of any run."""
        runs = self.runs.get(contender)
        return max((run.memory for run in runs), default=None) if runs else None

    def complain_about_answers(self):
        """Ends the program if contenders that answer the same question answer differently."""
        checks = {run.check for runs in self.runs.values() for run in runs if run.check}
        if len(checks) > 1:
            sys.exit(f"bench: {self.name} at {self.size}: the answers differ: {checks}")


class Bench:
    """The folder of one run of the benchmark, and the programs it starts."""

    def __init__(self, folder, programs, repeats, clock, progress=True):
        self.folder = Path(folder)
        self.programs = Path(programs)
        self.repeats = repeats
        self.clock = clock
        self.progress = progress

    def path(self, name):
        return str(self.folder / name)

    def remove(self, name):
        """Removes a file and what databases put beside it."""
        for ending in ("", "-lock", "-wal", "-shm"):
            Path(self.path(name) + ending).unlink(missing_ok=True)

    def copy(self, name, to):
        self.remove(to)
        shutil.copyfile(self.path(name), self.path(to))

    def program(self, name):
        return str(self.programs / name)

    def call(self, name, *arguments):
        """Runs a program that prints nothing of interest."""
        command = [self.program(name), *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def run(self, name, *arguments):
        """Runs a program that prints what it took."""
        output, usage = self._launch(False, self.program(name), *arguments)
        took = json.loads(output)
        time = took.get("median", took[self.clock])
        return Run(took["count"], time, usage["memory"], took["check"])

    def process(self, program, *arguments):
        """Runs any program, and measures the whole process."""
        _, usage = self._launch(True, program, *arguments)
        return Run(1, usage[self.clock], usage["memory"], 0)

    def _launch(self, is_quiet, *command):
        report = self.path("launch.json")
        quiet = ["-q"] if is_quiet else []
        command = [self.program("Launch"), report, *quiet, *map(str, command)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
        if done.returncode != 0:
            sys.exit(f"bench: {' '.join(command)} ended with {done.returncode}")
        return done.stdout, json.loads(Path(report).read_text(encoding="utf-8"))

    def measure(self, name, size, contenders, unit="rate", repeats=None, prepare=None):
        """Runs the contenders by turns.

        `contenders` is a function by name, each returning a Run; `prepare` is called before each
        round and not measured.
        """
        if self.progress:
            print(f"bench: {name}, {size:,} events", file=sys.stderr, flush=True)
        workload = Workload(name, size, {contender: [] for contender in contenders}, unit)
        for _ in range(repeats or self.repeats(size)):
            if prepare:
                prepare()
            for contender, run in contenders.items():
                workload.runs[contender].append(run())
        workload.complain_about_answers()
        return workload
