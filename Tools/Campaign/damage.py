"""Harm to a file at rest: bits, ends, pages, and older copies put back."""
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from pages import used_bytes  # noqa: E402

PAGE = 4096

# What is asked of a damaged ledger: one of them a round, in turn.
COMMANDS = [
    ["export"], ["bs", "--entity", "hecla"], ["facts", "--all", "-O", "csv"], ["log"], ["stats"],
    ["replay", "balance-sheet", "--entity", "hecla"], ["history", "us-gaap:Assets"],
    ["check", "--entity", "hecla"], ["diff", "2004-05-04", "2005-12-31"], ["append", "more.jsonl"],
]
# Of every so many damages without effect, the answers of the first commands are compared, too.
COMPARED_EVERY, COMPARED_COMMANDS = 20, COMMANDS[:3]


def answers(campaign):
    """What the commands that are compared print."""
    return [campaign.run(*command).stdout for command in COMPARED_COMMANDS]


def judge_verification(campaign, what, is_used, expected, number):
    """Judges what `verify` finds in a damaged file.

    It has to name a place, or else find nothing because nothing uses what was changed."""
    found = campaign.run("verify")
    text = found.stderr.decode(errors="replace")
    if found.returncode == 1:
        campaign.count("found by verify")
        if re.search(r"event \d+", text):
            campaign.count("... with its event")
        elif not re.search(r"page|table|meta|file", text):
            campaign.fail(f"{what}: no place named: {text}")
        if "was ended by" in text:
            campaign.count("... by a signal in the scan")
    elif found.returncode == 0:
        campaign.count("without effect")
        if is_used:
            campaign.fail(f"{what}: not found, and the byte is used")
        # That nothing uses the byte is proof; some are asked, too.
        if number % COMPARED_EVERY == 0:
            campaign.count("... answers compared")
            if answers(campaign) != expected:
                campaign.fail(f"{what}: not found, and an answer changed")
    else:
        campaign.fail(f"{what}: verify ended with {found.returncode}: {text}")


def judge_command(campaign, what, number):
    """Runs another command on the damaged file: it may refuse, but no signal may end it."""
    command = COMMANDS[number % len(COMMANDS)]
    is_writing = command[0] == "append"
    before = campaign.read() if is_writing else b""
    result = campaign.run(*command)
    if is_writing:
        campaign.replace(before)
    if result.returncode not in (0, 1):
        campaign.fail(
            f"{what}: {command[0]} ended with {result.returncode}: {result.stderr.decode()}")
    if b"stopped by SIG" in result.stderr:
        campaign.count("... other commands that told of a signal")
    campaign.count("... other commands run")


def damage(campaign, rounds, change, name):
    """Damages the file, judges it, and damages it anew, `rounds` times.

    `change(whole, used)` returns what it did, the damaged bytes, and whether any changed byte is
    used; `used` has a 1 for each byte of the file that is."""
    whole = campaign.make()
    used = used_bytes(whole)
    campaign.count("bytes of the file", len(whole))
    campaign.count("... of them used", len(used) - used.count(0))
    expected = answers(campaign)
    for number in range(rounds):
        what, data, is_used = change(whole, used)
        campaign.replace(data)
        what = f"{name} {what}"
        try:
            judge_verification(campaign, what, is_used, expected, number)
            judge_command(campaign, what, number)
        except subprocess.TimeoutExpired as timeout:
            campaign.fail(f"{what}: {timeout}")
        if sys.stderr.isatty():
            print(f"\r{name} {number + 1} of {rounds}", end="", file=sys.stderr)


def flips(campaign, rounds):
    """One bit of the file changed."""
    def change(whole, used):
        place, bit = campaign.random.randrange(len(whole)), campaign.random.randrange(8)
        data = bytearray(whole)
        data[place] ^= 1 << bit
        return f"{place}.{bit}", data, bool(used[place])
    damage(campaign, rounds, change, "flip")


def truncations(campaign, rounds):
    """The file cut off."""
    def change(whole, used):
        length = campaign.random.randrange(len(whole))
        return f"{length}", whole[:length], any(used[length:])
    damage(campaign, rounds, change, "truncation")


def swaps(campaign, rounds):
    """Two pages exchanged."""
    def change(whole, used):
        pages = campaign.random.sample(range(len(whole) // PAGE), 2)
        data = bytearray(whole)
        spans = [slice(page * PAGE, (page + 1) * PAGE) for page in pages]
        data[spans[0]], data[spans[1]] = whole[spans[1]], whole[spans[0]]
        # Free pages may be exchanged; and then nothing of the pages is used.
        return f"{pages}", data, any(any(used[span]) for span in spans) and data != whole
    damage(campaign, rounds, change, "swap")


def rollbacks(campaign, rounds):
    """An older copy put back: only a checkpoint of a later time can show it."""
    version_count = min(rounds, 30)
    for number in range(version_count):
        campaign.write_batch(number)
        campaign.append_batch()
        campaign.must(campaign.run("checkpoint", "-o", f"checkpoint-{number}"), "checkpoint")
        shutil.copy(campaign.path("a"), campaign.path(f"version-{number}"))
    versions = list(range(version_count))
    for _ in range(rounds):
        version, checkpoint = (campaign.random.choice(versions) for _ in range(2))
        found = campaign.run("verify", "--checkpoint", f"checkpoint-{checkpoint}",
                             ledger=f"version-{version}")
        is_older = version < checkpoint
        campaign.count("older than the checkpoint" if is_older else "not older")
        if found.returncode != (1 if is_older else 0):
            campaign.fail(f"version {version}, checkpoint {checkpoint}: {found.stderr.decode()}")
        elif found.returncode == 1:
            campaign.count("found by verify")
