"""Harm that readers must notice: no command may print another answer and end with 0."""
import os
import resource
import struct
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from pages import MARKS, used_bytes  # noqa: E402

PAGE, HEADER = 4096, 16
SECONDS_MAX, MEMORY_MAX = 10, 256 << 20

# Every command that prints figures, and those that read the rest.
COMMANDS = [
    ["bs", "--entity", "hecla", "--as-of", "2004-09-30"],
    ["is", "--entity", "hecla", "--as-of", "2004-09-30", "-O", "json"],
    ["units", "--entity", "hecla", "-O", "csv"],
    ["facts", "--all", "-O", "csv"], ["history", "us-gaap:Assets"],
    ["check", "--entity", "hecla", "-O", "csv"], ["diff", "2004-05-04", "2005-12-31"],
    ["restatements"], ["guidance", "--entity", "hecla"], ["lint", "hecla"],
    ["new", "quarter", "--entity", "hecla", "--as-of", "2004-12-31"],
    ["replay", "balance-sheet", "--entity", "hecla"],
    ["export"], ["log", "-O", "jsonl"], ["prove", "700"], ["checkpoint"], ["stats", "-O", "csv"],
    ["statement", "--list", "--entity", "hecla"],
    ["panel", "us-gaap:Assets", "--entities", "hecla", "--known-at-lag", "45d", "-O", "csv"],
]


def ask(campaign, command):
    """Runs a command within the limits; returns status, output and what went beyond the limits."""
    output, errors = campaign.path("output"), campaign.path("errors")
    start = time.monotonic()
    with open(output, "wb") as out, open(errors, "wb") as err:
        process = subprocess.Popen(
            [campaign.assay, *command, "-f", campaign.path("a")], cwd=campaign.folder,
            stdin=subprocess.DEVNULL, stdout=out, stderr=err,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX)))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    beyond = []
    if time.monotonic() - start > 6 * SECONDS_MAX or process.returncode == -24:
        beyond.append("longer than it may take")
    if usage.ru_maxrss * 1024 > MEMORY_MAX:
        beyond.append(f"{usage.ru_maxrss >> 10} MB")
    with open(output, "rb") as file:
        return process.returncode, file.read(), beyond


def judge(campaign, what, commands, expected):
    """Asks a damaged ledger, and compares with what the sound one answers."""
    for command in commands:
        status, output, beyond = ask(campaign, command)
        name = " ".join(command[:2])
        if beyond:
            campaign.fail(f"{what}: {name}: {', '.join(beyond)}")
        elif status == 0 and output != expected[tuple(command)][1]:
            campaign.fail(f"{what}: {name}: another answer, and status 0")
        elif status not in (0, 1):
            campaign.fail(f"{what}: {name}: ended with {status}")
        elif status != expected[tuple(command)][0]:
            campaign.count("refused to answer")
        else:
            campaign.count("answered as before")


def run(campaign, rounds, change, command_count=len(COMMANDS)):
    """Damages the file and asks some commands in turn, `rounds` times."""
    whole = campaign.make()
    used = used_bytes(whole)
    expected = {tuple(command): ask(campaign, command) for command in COMMANDS}
    for command, (status, _, beyond) in expected.items():
        if status not in (0, 1) or beyond:
            campaign.fail(f"a sound ledger: {' '.join(command)}: {status} {beyond}")
    for number in range(rounds):
        what, data = change(whole, used)
        campaign.replace(data)
        first = number * command_count
        commands = [COMMANDS[(first + step) % len(COMMANDS)] for step in range(command_count)]
        judge(campaign, what, commands, expected)


# Where bits are changed, in turn.
TABLES = ["facts", "symbols", "definitions", "filings", "log", "tiles", "batches", "meta"]


def reads(campaign, rounds):
    """One bit of a used byte of a table changed, of each table in turn; every command that reads."""
    places = {}
    number = 0

    def change(whole, _):
        nonlocal number
        if not places:
            used = used_bytes(whole, has_branch_keys=True)
            for name in TABLES:
                places[name] = [place for place, mark in enumerate(used) if mark == MARKS[name]]
        name = TABLES[number % len(TABLES)]
        number += 1
        place, bit = campaign.random.choice(places[name]), campaign.random.randrange(8)
        data = bytearray(whole)
        data[place] ^= 1 << bit
        campaign.count(f"bits of {name}")
        return f"{name}: bit {place}.{bit}", data
    run(campaign, rounds, change)


def structure(campaign, rounds):
    """Damage that knows the page format: numbers of pages, offsets, sizes; three commands."""
    def change(whole, used):
        data = bytearray(whole)
        page_count = len(whole) // PAGE
        while True:
            page = campaign.random.randrange(2, page_count)
            start = page * PAGE
            flags, lower = struct.unpack_from("<HH", data, start + 10)
            if used[start + 10] and flags & 3 and lower > HEADER:
                break
        node_index = campaign.random.randrange((lower - HEADER) // 2)
        node = start + struct.unpack_from("<H", data, start + HEADER + 2 * node_index)[0]
        other = campaign.random.randrange(2, page_count)
        kinds = ["lower", "offset", "key size", "value size", "flags", "number"]
        kind = campaign.random.choice(["child"] * 6 + kinds if flags & 1 else kinds)
        word = campaign.random.choice([0, 1, HEADER, PAGE - 1, PAGE, 0xFFFF,
                                       campaign.random.randrange(PAGE)])
        if kind == "child":
            # Among them the page itself, and pages of the same tree.
            target = campaign.random.choice([page, other, other, page_count, 0])
            struct.pack_into("<I", data, node, target)
        elif kind == "number":
            struct.pack_into("<Q", data, start, other)
        else:
            place = {"lower": start + 12, "flags": start + 10, "offset": start + HEADER + 2 * node_index,
                     "key size": node + 6, "value size": node}[kind]
            struct.pack_into("<H", data, min(place, len(data) - 2), word)
        return f"page {page} {kind}", data
    run(campaign, rounds, change, 3)
