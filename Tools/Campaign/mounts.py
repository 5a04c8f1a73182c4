"""Power cuts of real file systems: the image of a loop device, copied when a command has ended."""
import os
import shutil
import subprocess

from ledger import Failure

# What makes each file system, and how large the smallest image is.
SYSTEMS = {
    "ext4": (["mkfs.ext4", "-q"], 64),
    "xfs": (["mkfs.xfs", "-q"], 320),
    "btrfs": (["mkfs.btrfs", "-q"], 128),
}

# The commands whose outputs must be there, and their names.
COMMANDS = [
    (["checkpoint", "-o", "kept"], "kept"), (["prove", "7", "-o", "proof"], "proof"),
    (["export", "-o", "all.jsonl"], "all.jsonl"), (["backup", "copy.assay"], "copy.assay"),
    (["export", "--tiles", "tree"], "tree"), (["export", "--sqlite", "claims.sqlite"], "claims.sqlite"),
    (["facts", "--all", "-o", "facts.csv"], "facts.csv"),
]


class Mount:
    """A file system in an image."""

    def __init__(self, campaign, image, folder):
        self.image, self.folder = campaign.path(image), campaign.path(folder)
        os.makedirs(self.folder, exist_ok=True)

    def __enter__(self):
        done = subprocess.run(["mount", "-o", "loop", self.image, self.folder], capture_output=True, check=False)
        if done.returncode != 0:
            raise Failure(f"the image cannot be mounted: {done.stderr.decode()}")
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", self.folder], check=True)


def run(campaign, folder, *command):
    """Runs a command on the ledger in a folder."""
    return subprocess.run([campaign.assay, *command, "-f", "a"], cwd=folder, stdin=subprocess.DEVNULL,
                          capture_output=True, check=False, timeout=120)


def same(left, right):
    """Whether two files, or two folders of files, are equal."""
    return subprocess.run(["diff", "-rq", left, right], capture_output=True, check=False).returncode == 0


def one(campaign, system, number):
    """Appends a batch and writes an output on a new file system; the image of that moment has both."""
    make, size = SYSTEMS[system]
    with open(campaign.path("image"), "wb") as image:
        image.truncate(size << 20)
    campaign.must(subprocess.run([*make, campaign.path("image")], capture_output=True, check=False), make[0])
    command, output = COMMANDS[number % len(COMMANDS)]
    what = f"{system} {number}: {' '.join(command)}"
    with Mount(campaign, "image", "mounted") as mount:
        campaign.write_batch(number, count=50)
        shutil.copy(campaign.path("batch.jsonl"), mount.folder)
        campaign.must(run(campaign, mount.folder, "append", "batch.jsonl"), what)
        campaign.must(run(campaign, mount.folder, *command), what)
        sound = campaign.must(run(campaign, mount.folder, "verify"), what).stdout
        # The power is cut here: what the file system keeps in memory is not in the image.
        shutil.copyfile(campaign.path("image"), campaign.path("cut"))
        kept = campaign.path(f"output-{system}-{number}")
        source = os.path.join(mount.folder, output)
        (shutil.copytree if os.path.isdir(source) else shutil.copyfile)(source, kept)
    with Mount(campaign, "cut", "after") as after:
        verified = run(campaign, after.folder, "verify")
        if verified.returncode != 0 or verified.stdout != sound:
            campaign.fail(f"{what}: {verified.stdout.decode()}{verified.stderr.decode()}")
        elif not same(os.path.join(after.folder, output), kept):
            campaign.fail(f"{what}: {output} is not whole")
        else:
            campaign.count(f"{system}: batch and output whole")


def may_mount(campaign):
    """Whether this process may mount an image."""
    with open(campaign.path("image"), "wb") as image:
        image.truncate(SYSTEMS["ext4"][1] << 20)
    try:
        subprocess.run([*SYSTEMS["ext4"][0], campaign.path("image")], capture_output=True, check=True)
        with Mount(campaign, "image", "mounted"):
            return True
    except (Failure, OSError, subprocess.CalledProcessError):
        return False


def mounts(campaign, rounds):
    """Each file system and each output in turn."""
    if not may_mount(campaign):
        campaign.count("images cannot be mounted here")
        return
    for number in range(rounds):
        system = list(SYSTEMS)[number % len(SYSTEMS)]
        if not shutil.which(SYSTEMS[system][0][0]):
            campaign.count(f"{system}: {SYSTEMS[system][0][0]} is missing")
            continue
        one(campaign, system, number // len(SYSTEMS))
