"""Harm to appends under way: kills, failing system calls, full disks, readers that die or stop."""
import os
import re
import shutil
import signal
import subprocess
import time

from ledger import Failure

# How many events an append of a batch adds beside its claims: the batch event and the filing.
EVENTS_BESIDE_CLAIMS = 2
CLAIM_COUNT = 20
BATCH_SIZE = CLAIM_COUNT + EVENTS_BESIDE_CLAIMS

# What is done to a system call, as strace names it; only those that write to the disk can fail.
KILL, FAULTS = "signal=KILL", ["signal=KILL", "error=EIO", "error=ENOSPC"]
DISK_CALLS = ["writev", "pwrite64", "fdatasync"]
CALLS = [*DISK_CALLS, "write", "openat", "mmap", "fcntl"]


def is_acknowledged(head, output):
    """Whether an append to a ledger with this head printed that it succeeded."""
    return b"head %d ->" % head in output


def judge_append(campaign, before, acknowledged, size, what):
    """Judges a ledger after an append of `size` events that may have been interrupted.

    The batch has to be whole or absent, and present if it was acknowledged. Returns the head."""
    head = campaign.head()
    if head not in (before, before + size):
        campaign.fail(f"{what}: {head - before} of {size} events are there")
    if acknowledged and head == before:
        campaign.fail(f"{what}: an acknowledged batch is lost")
    campaign.count("batches whole" if head > before else "batches absent")
    if acknowledged:
        campaign.count("... acknowledged")
    return head


def kills(campaign, rounds):
    """`kill -9` at a random moment of an append."""
    campaign.first_batch()
    began = time.monotonic()
    campaign.write_batch(1)
    campaign.append_batch()
    duration = time.monotonic() - began
    head, number = campaign.head(), 2
    for kill in range(rounds):
        campaign.write_batch(number)
        process = campaign.start("append", "batch.jsonl", stdout=subprocess.PIPE)
        try:
            process.wait(campaign.random.uniform(0, 1.3 * duration))
            campaign.count("ended before the kill")
        except subprocess.TimeoutExpired:
            process.kill()
            campaign.count("killed")
        acknowledged = is_acknowledged(head, process.stdout.read())
        process.wait()
        process.stdout.close()
        after = judge_append(campaign, head, acknowledged, BATCH_SIZE, f"kill {kill}")
        number += after > head
        head = after


def append_with_fault(campaign, call, fault, when, lasting, head):
    """Appends `batch.jsonl` while strace harms the `when`-th of a kind of system call.

    With `lasting` "+", every later one, too. Returns the head, and whether there was such a call."""
    log = campaign.path("strace")
    result = campaign.run("append", "batch.jsonl", before=[
        "strace", "-f", "-o", log, "-e", f"trace={call}", "-e",
        f"inject={call}:{fault}:when={when}{lasting}"])
    what = f"{call} {when}{lasting} {fault}"
    with open(log, "rb") as file:
        trace = file.read()
    injected = b"(INJECTED)" in trace or b"killed by SIGKILL" in trace
    if injected:
        campaign.count(f"{call}: {fault}{lasting}")
    # A shell gives 137 for a process that was killed.
    if result.returncode not in ((0, 1, -9, 137) if fault == KILL else (0, 1)):
        campaign.fail(f"{what}: status {result.returncode}")
    if injected and fault != KILL and result.returncode == 0:
        campaign.fail(f"{what}: an error was not told")
    acknowledged = is_acknowledged(head, result.stdout)
    return judge_append(campaign, head, acknowledged, BATCH_SIZE, what), injected


def calls(campaign, rounds):
    """A kill or an error at every system call of an append, the first `rounds` of each kind."""
    if not shutil.which("strace"):
        raise Failure("strace is missing: apt-get install strace")
    head, number = campaign.first_batch(), 1
    for call in CALLS:
        for fault in FAULTS if call in DISK_CALLS else [KILL]:
            for lasting in [""] if fault == KILL else ["", "+"]:
                for when in range(1, rounds + 1):
                    campaign.write_batch(number)
                    after, injected = append_with_fault(
                        campaign, call, fault, when, lasting, head)
                    number += after > head
                    head = after
                    if not injected:
                        break


def full(campaign, rounds):
    """No room for the file to grow: the limit of the shell is in blocks of 512 bytes."""
    head, number, claim_count = campaign.first_batch(), 1, 400
    for _ in range(rounds):
        size = os.path.getsize(campaign.path("a"))
        room = campaign.random.randrange(0, 64)
        campaign.write_batch(number, count=claim_count)
        kibibytes = size // 1024 + room
        result = campaign.run("append", "batch.jsonl", before=[
            "sh", "-c", f'ulimit -f {kibibytes * 2} && exec "$@"', "sh"])
        if result.returncode not in (0, 1):
            campaign.fail(f"{kibibytes} KiB: status {result.returncode}")
        if result.returncode == 1:
            campaign.count("refused for want of room")
            if not re.search(rb"limit|full", result.stderr):
                campaign.fail(f"{kibibytes} KiB: {result.stderr.decode()}")
        after = judge_append(campaign, head, result.returncode == 0,
                             claim_count + EVENTS_BESIDE_CLAIMS, f"{kibibytes} KiB")
        number += after > head
        head = after


def harm_reader(campaign, readers):
    """Kills or stops one of the readers, if it still runs, after a moment."""
    harmed = campaign.random.choice(readers)
    time.sleep(campaign.random.uniform(0, 0.03))
    harm = campaign.random.choice([signal.SIGKILL, signal.SIGSTOP])
    if harmed.poll() is None:
        harmed.send_signal(harm)
        campaign.count("readers killed" if harm == signal.SIGKILL else "readers stopped")


def end(readers):
    """Ends all of the readers, also those that are stopped."""
    for reader in readers:
        reader.kill()
        reader.wait()


def processes(campaign, rounds):
    """A writer, and readers that are killed or stopped: every append has to succeed."""
    head = campaign.first_batch()
    readers, size = [], 0
    for number in range(1, rounds + 1):
        campaign.write_batch(number)
        for _ in range(2):
            command = campaign.random.choice(["log", "export", "stats", "verify"])
            readers.append(campaign.start(command))
        harm_reader(campaign, readers[-2:])
        result = campaign.append_batch(f"append {number}")
        if b"head %d -> %d" % (head, head + BATCH_SIZE) not in result.stdout:
            campaign.fail(f"append {number}: {result.stdout.decode()}")
        head += BATCH_SIZE
        if number % 20 == 0:
            end(readers)
            readers = []
            size = max(size, os.path.getsize(campaign.path("a")))
    end(readers)
    if campaign.head() != head:
        campaign.fail(f"the head is {campaign.head()}, not {head}")
    campaign.count("batches appended", rounds)
    campaign.count("bytes of the file at most", size)
