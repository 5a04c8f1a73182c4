"""Power cuts: every write and sync of an append recorded, and every state of the disk rebuilt from them."""
import os
import re
import shutil

from interruption import EVENTS_BESIDE_CLAIMS, is_acknowledged
from ledger import Failure

SECTOR = 512
CALLS = "openat,lseek,pwrite64,pwritev,write,writev,ftruncate,fdatasync,fsync,rename,renameat,renameat2"
# Appends whose writes are cut in every way, one after the other, and how many claims each has.
APPEND_COUNT, CLAIM_COUNT = 8, 300


class Step:
    """A call that changed a file or made it durable."""

    def __init__(self, kind, place=0, data=b"", is_durable=False):
        self.kind, self.place, self.data, self.is_durable = kind, place, data, is_durable


def unescaped(text):
    """The bytes of a text in which strace wrote every byte as two digits."""
    return bytes.fromhex(text.replace("\\x", ""))


def steps_of(trace, path):
    """The steps of a trace that concern the file at `path`, in their order."""
    steps, places, durable = [], {}, set()
    for line in trace.splitlines():
        # A call that another thread interrupted would be told in two parts.
        if "<unfinished" in line and f"<{path}>" in line:
            raise Failure("two threads write")
        opened = re.search(r"openat\(.* (O_\S+?)(?:, \w+)?\) = (\d+)<(.*)>$", line)
        if opened:
            (durable.add if "O_DSYNC" in opened[1] else durable.discard)(opened[2])
            continue
        call = re.match(r"(?:\d+ +)?(\w+)\((\d+)<(.*?)>(.*)\) = (-?\d+)", line)
        if not call or call[3] != path or int(call[5]) < 0:
            continue
        name, file, rest, result = call[1], call[2], call[4], int(call[5])
        if name == "lseek":
            places[file] = result
        elif name in ("fdatasync", "fsync"):
            steps.append(Step("sync"))
        elif name == "ftruncate":
            steps.append(Step("cut", int(rest.split(",")[1])))
        elif name.startswith(("pwrite", "write")):
            data = b"".join(unescaped(part) for part in re.findall(r'"((?:\\x..)*)"', rest))
            if name.startswith("pwrite"):
                place = int(rest.rsplit(",", 1)[1])
            else:
                place = places.get(file, 0)
                places[file] = place + result
            steps.append(Step("write", place, data[:result], file in durable))
    return steps


def applied(image, place, data):
    """An image with data written to it; what lies between its end and the place is zero."""
    if len(image) < place:
        image.extend(bytes(place - len(image)))
    image[place:place + len(data)] = data


def sectors(step):
    """The parts of a write that a disk writes whole."""
    for start in range(0, len(step.data), SECTOR):
        yield step.place + start, step.data[start:start + SECTOR]


def crash_state(random, base, steps, begun, is_done):
    """A state that a power cut can leave when the first `begun` steps were begun, and all but the last of
    them had returned; that one as well if `is_done`.

    What was synced is there. Of what was not, any part of the sectors."""
    image, waiting = bytearray(base), []
    for number, step in enumerate(steps[:begun], 1):
        has_returned = number < begun or is_done
        if step.kind == "cut":
            del image[step.place:]
        elif step.kind == "sync":
            if has_returned:
                for place, data in waiting:
                    applied(image, place, data)
                waiting = []
        elif step.is_durable and has_returned:
            applied(image, step.place, step.data)
        else:
            waiting += sectors(step)
    choice = random.choice(["nothing", "all", "prefix", "some", "most", "few"])
    if choice == "prefix":
        waiting = waiting[:random.randrange(len(waiting) + 1)]
    share = {"nothing": 0, "all": 1, "prefix": 1, "some": 0.5, "most": 0.95, "few": 0.05}[choice]
    for place, data in waiting:
        if random.random() < share:
            applied(image, place, data)
    return image, choice


def record(campaign, number):
    """Appends batch `number` under strace; returns the file before, the steps, and both heads."""
    head = campaign.head()
    campaign.write_batch(number, count=CLAIM_COUNT)
    base, log = campaign.read(), campaign.path("strace")
    result = campaign.must(campaign.run("append", "batch.jsonl", before=[
        "strace", "-f", "-y", "-xx", "-s", "100000000", "-o", log, "-e", f"trace={CALLS}",
        "-e", "signal=none"]), "append")
    if not is_acknowledged(head, result.stdout):
        raise Failure(f"an append says {result.stdout.decode()}")
    with open(log, encoding="ascii") as file:
        # Paths are written in digits, too.
        trace = re.sub(r'<((?:\\x..)+)>', lambda m: f"<{unescaped(m[1]).decode()}>", file.read())
    steps = steps_of(trace, os.path.realpath(campaign.path("a")))
    whole = bytearray(base)
    for step in steps:
        if step.kind == "write":
            applied(whole, step.place, step.data)
        elif step.kind == "cut":
            del whole[step.place:]
    if whole != campaign.read():
        raise Failure("the recorded writes do not make the file")
    campaign.count("steps recorded", len(steps))
    return base, steps, head, head + CLAIM_COUNT + EVENTS_BESIDE_CLAIMS


def judge(campaign, state, before, after, is_acknowledged_state, what):
    """Opens a state with the program: the batch is whole or absent, and there if it was acknowledged."""
    campaign.replace(state)
    found = campaign.run("verify")
    if found.returncode != 0:
        campaign.fail(f"{what}: {found.stderr.decode()}")
        return
    head = int(re.match(rb"sound: (\d+) ", found.stdout).group(1))
    if head not in (before, after) or is_acknowledged_state and head != after:
        campaign.fail(f"{what}: {head} events, and {before} or {after} were to be there")
    campaign.count("batch whole" if head == after else "batch absent")
    if is_acknowledged_state:
        campaign.count("... acknowledged")
    if campaign.random.random() < 0.1:
        # What was cut off can be done again.
        campaign.must(campaign.run("append", "batch.jsonl"), f"{what}: append")
        if campaign.head() != after:
            campaign.fail(f"{what}: {campaign.head()} events after the append was repeated")
        campaign.count("... appended again")


def power(campaign, rounds):
    """A power cut at any step of an append, with any part of what was not synced on the disk."""
    if not shutil.which("strace"):
        raise Failure("strace is missing: apt-get install strace")
    campaign.first_batch()
    for number in range(1, APPEND_COUNT + 1):
        base, steps, before, after = record(campaign, number)
        whole = campaign.read()
        share = (rounds + APPEND_COUNT - number) // APPEND_COUNT
        for state_number in range(share):
            # Each number of steps in turn; and at last, the append had returned.
            begun = state_number % (len(steps) + 2)
            is_done = begun > len(steps)
            state, choice = crash_state(campaign.random, base, steps, begun, is_done)
            judge(campaign, state, before, after, is_done,
                  f"append {number}, step {begun} of {len(steps)}, {choice}")
        campaign.replace(whole)
