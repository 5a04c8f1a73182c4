"""Power cuts while outputs are written: checkpoints, proofs, papers, exports, trees, copies and keys."""
import os
import re
import shutil
import subprocess

from ledger import Failure
from power import applied, sectors, unescaped

CALLS = ("openat,lseek,pwrite64,pwritev,write,writev,copy_file_range,ftruncate,fdatasync,fsync,"
         "rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat")

# The commands, and the name that each gives to a file, or to a folder of files.
COMMANDS = [
    (["checkpoint", "-o", "kept"], "kept"),
    (["checkpoint", "--key", "key", "-o", "signed"], "signed"),
    (["prove", "7", "-o", "proof"], "proof"),
    (["export", "-o", "all.jsonl"], "all.jsonl"),
    (["export", "--tiles", "tree"], "tree"),
    (["export", "--sqlite", "claims.sqlite"], "claims.sqlite"),
    (["bs", "--entity", "hecla", "-o", "bs.html"], "bs.html"),
    (["bs", "--entity", "hecla", "--lead-sheet", "-o", "lead.xlsx"], "lead.xlsx"),
    (["facts", "--all", "-o", "facts.csv"], "facts.csv"),
    (["new", "quarter", "--entity", "hecla", "--as-of", "2004-12-31", "-o", "next.csv"], "next.csv"),
    (["backup", "copy.assay"], "copy.assay"),
]


class Disk:
    """Files and folders as they are in memory, and what of them is certainly on the disk.

    A file's bytes are there once it is synced, a name once its folder is: the least that file systems
    promise. Before that, any part may be there: sectors in any order, names in the order of their calls."""

    def __init__(self, files):
        # Of each file, by its number: the bytes on the disk, and the writes and cuts that wait.
        self.durable, self.waiting = {}, {}
        # Names in memory, those on the disk, and the changes of names that wait: (folder, name, number).
        self.names, self.durable_names, self.changes = {}, {}, []
        for path, data in files.items():
            number = self.create(path)
            self.durable[number] += data
            self.sync(os.path.dirname(path), None)

    def create(self, path):
        """A new file with a new name."""
        number = len(self.durable)
        self.durable[number], self.waiting[number] = bytearray(), []
        self.name(path, number)
        return number

    def name(self, path, number):
        """Gives a name to a file, or takes it away."""
        if number is None:
            self.names.pop(path, None)
        else:
            self.names[path] = number
        self.changes.append((os.path.dirname(path), path, number))

    def sync(self, path, number):
        """A file or a folder is on the disk when this has returned."""
        if number is not None:
            for place, data in self.waiting[number]:
                if data is None:
                    del self.durable[number][place:]
                else:
                    applied(self.durable[number], place, data)
            self.waiting[number] = []
            return
        kept = []
        for change in self.changes:
            if change[0] == path:
                self.apply(self.durable_names, change)
            else:
                kept.append(change)
        self.changes = kept

    @staticmethod
    def apply(names, change):
        """Makes a change of a name."""
        if change[2] is None:
            names.pop(change[1], None)
        else:
            names[change[1]] = change[2]

    def after_cut(self, random):
        """The files that a power cut can leave now, by their paths."""
        names = dict(self.durable_names)
        for change in self.changes[:random.randrange(len(self.changes) + 1)]:
            self.apply(names, change)
        share = random.choice([0, 1, 0.5, 0.95, 0.05])
        files = {}
        for path, number in names.items():
            image = bytearray(self.durable[number])
            for place, data in self.waiting[number]:
                if random.random() >= share:
                    continue
                if data is None:
                    del image[place:]
                else:
                    applied(image, place, data)
            files[path] = bytes(image)
        return files


class Part:
    """A write as its sectors, for ``sectors``."""

    def __init__(self, place, data):
        self.place, self.data = place, data


class Part:
    """A write, for ``sectors``."""

    def __init__(self, place, data):
        self.place, self.data = place, data


def calls_of(trace, folder):
    """The calls of a trace that concern files of the folder: name, paths, texts, arguments and result."""
    for line in trace.splitlines():
        if "<unfinished" in line and folder in line:
            raise Failure(f"two threads write: {line[:200]}")
        call = re.match(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(?:<(.*)>)?", line)
        if not call or int(call[3]) < 0:
            continue
        name, arguments, result, opened = call[1], call[2], int(call[3]), call[4]
        quoted = [unescaped(part) for part in re.findall(r'"((?:\\x..)*)"', arguments)]
        described = re.match(r"\d+<(.*?)>", arguments)
        if name.startswith(("rename", "link", "unlink", "mkdir")):
            paths = [os.path.normpath(os.path.join(folder, part.decode())) for part in quoted]
        elif name == "openat":
            paths = [opened or ""]
        else:
            paths = [described[1] if described else ""]
        if paths[0].startswith(folder):
            yield name, paths, quoted, arguments, result


def make(disk, call, places):
    """Makes a call on the disk; `places` are where the descriptors stand."""
    name, paths, quoted, arguments, result = call
    path, number = paths[0], disk.names.get(paths[0])
    file = re.match(r"\d+|", arguments)[0]
    if name == "openat":
        if number is None and "O_CREAT" in arguments:
            number = disk.create(path)
        if number is not None and "O_TRUNC" in arguments:
            disk.waiting[number].append((0, None))
        places[str(result)] = 0
    elif name.startswith("rename"):
        if number is not None:
            disk.name(paths[1], number)
            disk.name(path, None)
    elif name.startswith("link"):
        disk.name(paths[1], number)
    elif name.startswith("unlink"):
        disk.name(path, None)
    elif name in ("fsync", "fdatasync"):
        disk.sync(path, number)
    elif number is None:
        return
    elif name == "lseek":
        places[file] = result
    elif name == "ftruncate":
        disk.waiting[number].append((int(arguments.rsplit(",", 1)[1]), None))
    elif name.startswith("pwrite"):
        place = int(arguments.rsplit(",", 1)[1])
        disk.waiting[number] += sectors(Part(place, b"".join(quoted)[:result]))
    elif name.startswith("write"):
        disk.waiting[number] += sectors(Part(places.get(file, 0), b"".join(quoted)[:result]))
        places[file] = places.get(file, 0) + result


def files_of(path):
    """The files of an output, by their paths; none if it is not there."""
    if os.path.isfile(path):
        with open(path, "rb") as file:
            return {path: file.read()}
    found = {}
    for folder, _, names in os.walk(path):
        for name in names:
            found.update(files_of(os.path.join(folder, name)))
    return found


def judge(campaign, found, before, whole, has_returned, what):
    """An output has its name only when it is whole, and is there once its command has returned."""
    there = [path for path in whole if path in found and found[path] != before.get(path)]
    for path in there:
        if found[path] != whole[path]:
            campaign.fail(f"{what}: {os.path.basename(path)} is there, and not whole")
    for path in before:
        if path not in found:
            campaign.fail(f"{what}: {os.path.basename(path)} is gone")
    is_announced = any(os.path.basename(path) == "checkpoint" for path in there)
    new = [path for path in whole if whole[path] != before.get(path)]
    if (has_returned or is_announced) and len(there) < len(new):
        missing = next(path for path in new if path not in there)
        campaign.fail(f"{what}: {os.path.basename(missing)} is not there")
    campaign.count("output whole" if len(there) == len(new) else
                   "output as before" if not there else "tree in part, without its checkpoint")
    if has_returned:
        campaign.count("... reported written")


def record(campaign, command, path):
    """Runs a command under strace; returns the files of its output before and after, and its calls."""
    before, log = files_of(path), campaign.path("strace")
    campaign.must(campaign.run(*command, timeout=600, before=[
        "strace", "-f", "-y", "-xx", "-s", "100000000", "-o", log, "-e", f"trace={CALLS}",
        "-e", "signal=none"]), " ".join(command))
    with open(log, encoding="ascii") as file:
        # Paths are written in digits, too.
        trace = re.sub(r"<((?:\\x..)+)>", lambda m: f"<{unescaped(m[1]).decode()}>", file.read())
    return before, files_of(path), list(calls_of(trace, os.path.realpath(campaign.folder)))


def papers(campaign, rounds):
    """A power cut at any call of a command that writes an output, with any part of what was not synced.

    Each command runs on a ledger, and once more after that has grown: then it replaces its output."""
    if not shutil.which("strace"):
        raise Failure("strace is missing: apt-get install strace")
    campaign.make()
    campaign.must(subprocess.run(
        [campaign.assay, "keygen", "-o", campaign.path("key")], capture_output=True, check=False), "keygen")
    campaign.folder = os.path.realpath(campaign.folder)
    # What is never written over is not written twice.
    runs = COMMANDS + [run for run in COMMANDS if run[0][0] not in ("prove", "new", "backup")]
    for number, (command, output) in enumerate(runs):
        if number == len(COMMANDS):
            campaign.write_batch(99)
            campaign.append_batch()
        if number >= len(COMMANDS) and command[0] == "checkpoint":
            command = [*command, "--force"]
        before, whole, calls = record(campaign, command, campaign.path(output))
        campaign.count("calls recorded", len(calls))
        share = (rounds + len(runs) - 1 - number) // len(runs)
        disk, places, made = Disk(before), {}, 0
        for begun, call in enumerate(calls, 1):
            make(disk, call, places)
            # Evenly over the calls; and the last states are of the time after the command.
            states = share * begun // len(calls) - made
            made += states
            for _ in range(states):
                judge(campaign, disk.after_cut(campaign.random), before, whole, begun == len(calls),
                      f"{' '.join(command)}, call {begun} of {len(calls)}")
