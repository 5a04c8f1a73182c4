"""Outputs and names: what must not be overwritten, and files that have several names."""
import os
import subprocess


def outputs(campaign, rounds):
    """Every command that writes, to every file that it must not replace."""
    campaign.make()
    run = campaign.run
    campaign.must(subprocess.run(
        [campaign.assay, "keygen", "-o", campaign.path("key")], capture_output=True), "keygen")
    campaign.must(run("checkpoint", "-o", "kept"), "checkpoint")
    campaign.must(run("bs", "--entity", "hecla", "-o", "paper.txt"), "bs")
    os.symlink(campaign.path("a"), campaign.path("link"))
    writers = [
        ["export"], ["checkpoint", "--force"], ["prove", "7", "--force"], ["stats", "-O", "csv"],
        ["bs", "--entity", "hecla", "-O", "csv"], ["facts", "-O", "csv"], ["log", "-O", "csv"], ["facts", "-O", "xlsx"],
        ["check", "--entity", "hecla", "-O", "csv"], ["verify", "-O", "csv"],
        ["new", "quarter", "--entity", "hecla", "--as-of", "2004-12-31", "--force", "-O", "csv"],
        ["receipt", "verify", "paper.txt", "-O", "text"],
        ["checkpoint", "--force", "--key", "key"], ["checkpoint", "--force", "--origin", "other"],
    ]
    treasures = ["a", "link", "a-lock", "key", "kept", "paper.txt"]
    for number in range(rounds):
        writer = writers[number % len(writers)]
        target = treasures[number // len(writers) % len(treasures)]
        if target == "paper.txt" and writer[0] != "receipt":
            continue
        if target == "kept" and writer[0] == "checkpoint" and "--origin" not in writer:
            continue  # It has grown from it.
        with open(campaign.path(target), "rb") as file:
            before = file.read()
        result = run(*writer, "-o", target)
        with open(campaign.path(target), "rb") as file:
            is_same = target == "a-lock" or file.read() == before
        what = f"{' '.join(writer)} -o {target}"
        if result.returncode == 1 and is_same:
            campaign.count("refused")
        else:
            campaign.fail(f"{what}: {result.returncode}, {'as it was' if is_same else 'overwritten'}")
    if any(".tmp" in name for name in os.listdir(campaign.folder)):
        campaign.fail("a temporary file is left")
    campaign.head()


def names(campaign, rounds):
    """First appends at once, hard links, links to nothing, and bind mounts where they are allowed."""
    campaign.write_batch(0)
    for number in range(rounds):
        ledger = f"first-{number}"
        processes = [
            subprocess.Popen(
                [campaign.assay, "append", "batch.jsonl", "-f", campaign.path(ledger)],
                cwd=campaign.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            for _ in range(8)]
        for process in processes:
            _, errors = process.communicate()
            if process.returncode == 0:
                campaign.count("first appends that succeeded")
            else:
                campaign.fail(f"first append {number}: {errors.decode()}")
        campaign.head(ledger)
        link = campaign.path(f"second-{number}")
        os.link(campaign.path(ledger), link)
        for name in (ledger, f"second-{number}"):
            refused = campaign.run("append", "batch.jsonl", ledger=name).returncode == 1
            campaign.count("hard links refused") if refused else campaign.fail(f"link {name}")
        os.unlink(link)
        os.symlink("nowhere", campaign.path(f"dangling-{number}"))
        if campaign.run("append", "batch.jsonl", ledger=f"dangling-{number}", timeout=20).returncode != 1:
            campaign.fail("a link to nothing")
        bind(campaign, ledger)
    if any(".new-" in name for name in os.listdir(campaign.folder)):
        campaign.fail("a ledger under way is left")


def bind(campaign, ledger):
    """A second name by a bind mount, while the first is open."""
    mounted = campaign.path("mounted")
    with open(mounted, "wb"):
        pass
    made = subprocess.run(["mount", "--bind", campaign.path(ledger), mounted], capture_output=True)
    if made.returncode != 0:
        campaign.count("bind mounts not allowed here")
        return
    reader = subprocess.Popen(
        [campaign.assay, "log", "--follow", "-f", campaign.path(ledger)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        reader.stdout.readline()
        refused = campaign.run("append", "batch.jsonl", ledger="mounted").returncode == 1
        campaign.count("bind mounts refused") if refused else campaign.fail("a bind mount")
    finally:
        reader.kill()
        reader.wait()
        subprocess.run(["umount", mounted], check=True)
