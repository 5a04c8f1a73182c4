"""A ledger of the size of all that companies reported to the SEC: generated, one company after the other."""

import json
import os
import subprocess
import sys
import time

CLAIMS, COMPANIES = 111_000_000, 13_000


def measure(bench, claims):
    """Makes the ledger and asks it; prints a line for each figure, with what it is to be."""
    companies = max(1, claims * COMPANIES // CLAIMS)
    path = bench.path("edgar")
    shape = (path, claims, companies)
    said = f"{claims:,} events of {companies:,} generated companies"
    print(f"{said}, each with its filings of ten years as one durable batch:", flush=True)

    appended = asked(bench, "append-entities", *shape, passes_errors=True)
    seconds = appended["wall"] / 1e9
    tell("appended in", f"{seconds / 60:.1f} min, {claims / seconds:,.0f} events a second; processor "
         f"{appended['cpu'] / 6e10:.1f} min", "under an hour", seconds < 3600)
    size = os.stat(path).st_size
    tell("the file", f"{size / 1e9:.1f} GB, {size / appended['check']:.0f} bytes an event", "15 GB", size < 15e9)
    start = time.monotonic()
    verified = asked(bench, "verify", path)
    tell("verified in", f"{time.monotonic() - start:.0f} s, processor {verified['cpu'] / 1e9:.0f} s", "under 2 min",
         verified["wall"] < 120e9)
    for kind, words in (("head", "at the head"), ("random", "at a random known-at"), ("fixed", "of one company")):
        median = asked(bench, "statement-entities", *shape, kind, 2000)["median"]
        tell(f"statement {words}", f"{median / 1e3:.0f} µs, the second time", "200 µs", median < 200e3)
    for words in ("the second time", "the second time, in a later process"):
        median = asked(bench, "frame-entities", *shape, 10)["median"]
        tell(f"one figure of all companies, known at, {words}", f"{median / 1e6:.0f} ms", "50 ms", median < 50e6)
    head = subprocess.run([bench.program("assay"), "checkpoint", "-f", path], check=True, capture_output=True, text=True)
    print("\n".join(head.stdout.split("\n")[1:3]))


def asked(bench, *words, passes_errors=False):
    done = subprocess.run([bench.program("Benchmarks"), *map(str, words)], check=False, stdout=subprocess.PIPE,
                          stderr=None if passes_errors else subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, words))} ended with {done.returncode}: {(done.stderr or b'').decode()}")
    return json.loads(done.stdout)


def tell(what, found, bar, is_met):
    print(f"{what}: {found} (bar: {bar}: {'yes' if is_met else 'NO'})", flush=True)
