"""Notes, checkpoints, proofs, policies and requests that somebody changed: none may be believed."""
import os
import shutil
import subprocess

from documents import bits, cut, doubled, exchanged, strange
from ledger import PROJECT

VERIFIER = os.path.join(PROJECT, "Tools/verify-proof")

# What is changed, and the commands that must not believe it: VERIFIER, or a command of the program.
CASES = {
    "signed": [["verify", "--checkpoint", "signed", "--key", "log.pub"],
               [VERIFIER, "p", "signed", "--key", "log.pub"],
               ["witness", "signed", "--log-key", "log.pub", "--key", "w.key", "--state", "state", "-f", "a"]],
    "cosigned": [["verify", "--checkpoint", "cosigned", "--policy", "policy"],
                 ["verify", "--checkpoint", "cosigned", "--key", "w.pub", "--origin", "example.com/log"]],
    "p": [[VERIFIER, "p", "signed", "old", "--key", "log.pub"]],
    "t.tlog-proof": [[VERIFIER, "t.tlog-proof", "--policy", "policy"]],
    "policy": [[VERIFIER, "t.tlog-proof", "--policy", "policy"],
               ["verify", "--checkpoint", "cosigned", "--policy", "policy"]],
    "request": [["witness", "request", "--log-key", "log.pub", "--key", "w.key", "--state", "state"]],
    "state": [["witness", "request", "--log-key", "log.pub", "--key", "w.key", "--state", "state"]],
    "log.pub": [["verify", "--checkpoint", "signed", "--key", "log.pub"],
                [VERIFIER, "p", "signed", "--key", "log.pub"]],
    "w.key": [["witness", "request", "--log-key", "log.pub", "--key", "w.key", "--state", "state"]],
}


def script(campaign, lines):
    """Runs lines of a shell, which must succeed, with the program as `assay`."""
    result = subprocess.run(
        ["bash", "-ec", lines], cwd=campaign.folder, capture_output=True,
        env=os.environ | {"ASSAY_LEDGER": campaign.path("a"), "PROGRAM": campaign.assay})
    campaign.must(result, "the evidence")


def ask(campaign, command):
    """Runs a command: its status, and what it says about the evidence."""
    own = command[0] == VERIFIER
    words = command if own else [campaign.assay, *command]
    result = subprocess.run(
        words, cwd=campaign.folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
        env=os.environ | {"ASSAY_LEDGER": campaign.path("a")})
    text = result.stdout.decode("utf-8", "replace")
    if command[0] == "witness":
        # Signatures have another time; what is said is the text before them.
        text = text.split("\n\n")[0]
    return result.returncode, text


def evidence(campaign, rounds):
    """One piece of evidence changed at a time, and every command that reads it asked."""
    campaign.make()
    script(campaign, """
        assay() { "$PROGRAM" "$@"; }
        assay keygen -o log.key --name example.com/log >log.pub
        assay keygen --witness -o w.key --name example.com/w >w.pub
        assay checkpoint --key log.key --origin example.com/log --recorded-at 900 -o old
        assay checkpoint --key log.key --origin example.com/log -o signed
        assay witness old --log-key log.pub --key w.key --state state --first >cosigned-old
        cp state state-old
        assay prove --since old --checkpoint signed -O add-checkpoint -o request
        assay witness request --log-key log.pub --key w.key --state state >cosigned
        printf 'log %s\\nwitness W %s\\nquorum W\\n' "$(cat log.pub)" "$(cat w.pub)" >policy
        assay prove 700 --since old --checkpoint signed -o p
        assay prove 700 --checkpoint cosigned -o t.tlog-proof
    """)
    shutil.copyfile(campaign.path("state-old"), campaign.path("state"))
    truth = {}
    for commands in CASES.values():
        for command in commands:
            truth[tuple(command)] = ask(campaign, command)
            shutil.copyfile(campaign.path("state-old"), campaign.path("state"))
            if truth[tuple(command)][0] != 0:
                campaign.fail(f"unchanged: {command}: {truth[tuple(command)]}")
    names = list(CASES)
    for number in range(rounds):
        name = names[number % len(names)]
        with open(campaign.path(name), "rb") as file:
            whole = file.read()
        how = campaign.random.choice([bits, bits, cut, doubled, exchanged, strange])
        changed = how(campaign.random, whole)
        if changed != whole:
            judge(campaign, f"{number}: {name} {how.__name__}", name, changed, truth)
        with open(campaign.path(name), "wb") as file:
            file.write(whole)


def judge(campaign, what, name, changed, truth):
    """Asks every command that reads the piece; it refuses, or says what the true one says."""
    for command in CASES[name]:
        with open(campaign.path(name), "wb") as file:
            file.write(changed)
        state = campaign.path("state")
        with open(state, "rb") as file:
            before = file.read()
        status, text = ask(campaign, command)
        with open(state, "rb") as file:
            is_kept = file.read() == before
        shutil.copyfile(campaign.path("state-old"), state)
        words = " ".join([os.path.basename(command[0]), *command[1:3]])
        if status not in (0, 1, 2):
            campaign.fail(f"{what}: {words}: ended with {status}")
        elif status != 0 and not is_kept:
            campaign.fail(f"{what}: {words}: refused, and the state is another")
        elif status != 0:
            campaign.count("refused")
        elif says(text) <= says(truth[tuple(command)][1]):
            campaign.count("believed: it says nothing that the true one does not")
        else:
            campaign.fail(f"{what}: {words}: believed: {text[:300]}")


def says(text):
    """What an answer says, line by line."""
    return set(text.splitlines())
