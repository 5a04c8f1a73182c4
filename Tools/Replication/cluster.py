"""A writer, three servers of NATS and two mirrors, and what may befall them: see Tools/cluster.

The oracle is the root. Whatever was done: what was acknowledged as mirrored is in a mirror, under the root that it had
then; no follower has a root that the writer did not have; and each refusal says why.
"""

import argparse
import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True

from nats import Cluster, HarmfulProxy, wait_until  # noqa: E402
from replicas import EXAMPLE, ROOT, Bench  # noqa: E402

MIRRORS = ("a", "b")


class Party:
    """The writer, its publisher, the servers and the mirrors."""

    def __init__(self, bench, server):
        self.bench, self.cluster = bench, Cluster(pathlib.Path(server).resolve(), bench.folder)
        self.publisher, self.followers = None, {}
        self.batches, self.heads, self.acknowledged = 0, set(), []
        for name in (EXAMPLE,):
            bench.keygen(name)
        for name in MIRRORS:
            bench.keygen(name, "--witness")

    # What is started

    def spawn(self, *words, before=()):
        log = open(self.bench.path("programs.log"), "ab")
        process = subprocess.Popen([*before, self.bench.programs / "assay", *words], stdout=log, stderr=log)
        log.close()
        return process

    def publish_words(self, ledger="leader"):
        return ["publish", self.cluster.address, "--key", self.bench.path(f"{EXAMPLE}.key"), "-f",
                self.bench.path(ledger)]

    def start_publisher(self):
        self.publisher = self.spawn(*self.publish_words(), "--interval", "50")

    def start_follower(self, name):
        self.followers[name] = self.spawn(
            "follow", self.cluster.address, "--key", self.bench.path(f"{EXAMPLE}.pub"), "-f", self.bench.path(name),
            "--cosign", self.bench.path(f"{name}.key"), "--interval", "50")

    def stop(self, process):
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
        process.wait()

    def keep_running(self):
        """Starts again what ended; only a mirror or a publisher that says why may have."""
        if self.publisher.poll() is not None:
            self.bench.count("publishers that ended and said why")
            self.start_publisher()
        for name in MIRRORS:
            if self.followers[name].poll() is not None:
                self.bench.count("followers that ended and said why")
                self.start_follower(name)

    def start(self):
        self.cluster.start()
        self.bench.assay("append", "Events")
        self.bench.assay("append", self.bench.events(0))
        done = self.publish_once(120)
        if done.returncode != 0:
            sys.exit(f"cluster: the servers do not work: {done.stderr.decode()}")
        self.start_publisher()
        for name in MIRRORS:
            self.start_follower(name)

    def end(self):
        for process in [self.publisher, *self.followers.values()]:
            if process is not None:
                self.stop(process)
        self.cluster.end()

    # What is asked

    def publish_once(self, seconds=60, *words):
        return subprocess.run([self.bench.programs / "assay", *self.publish_words(), "--once", "--within",
                               str(seconds), *words], capture_output=True, check=False)

    def status(self):
        """What `assay cluster status` says, or nothing."""
        done = subprocess.run(
            [self.bench.programs / "assay", "cluster", "status", self.cluster.address, "--key",
             self.bench.path(f"{EXAMPLE}.pub"), *[word for name in MIRRORS
                                                  for word in ("--mirror", self.bench.path(f"{name}.pub"))],
             "-O", "json"], capture_output=True, check=False)
        if done.returncode == 2:
            self.bench.fail(f"two pasts: {done.stderr.decode()}")
        return json.loads(done.stdout) if done.stdout else None

    def leader(self):
        """The server that leads the stream."""
        status = self.status()
        names = [each["name"] for each in status["replicas"] if each["state"] == "leader"] if status else []
        return self.cluster.node(names[0]) if names else self.bench.random.choice(self.cluster.nodes)

    def append(self, count=40):
        """Appends a batch at the writer."""
        self.batches += 1
        self.bench.assay("append", self.bench.events(self.batches, count))
        head = self.bench.head("leader")
        self.heads.add(head)
        return head

    def mirrored(self, head, seconds=90):
        """Waits until a mirror cosigned it: from then on it must not be lost."""
        size = int(head.split()[0])

        def is_there():
            self.keep_running()
            status = self.status()
            return status is not None and any(
                (mirror["head"] or 0) >= size for mirror in status["mirrors"])
        if not wait_until(is_there, seconds, 0.2):
            return False
        note = self.bench.path(f"note{len(self.acknowledged)}")
        pathlib.Path(note).write_bytes(self.bench.assay("checkpoint", "--origin", EXAMPLE).stdout)
        self.acknowledged.append((head, note))
        return True

    def settle(self, what):
        """Everything works again: the newest events come to both mirrors, with equal roots."""
        head = self.append()
        if not self.mirrored(head, 120):
            self.bench.fail(f"{what}: what was appended afterwards came to no mirror in two minutes")
            return
        for name in MIRRORS:
            if not wait_until(lambda: (self.keep_running(), self.head_if_there(name) == head)[1], 60, 0.1):
                self.bench.fail(f"{what}: {name} has {self.head_if_there(name)}, and the writer {head}")

    def begin_anew(self, what):
        """A new follower gets everything from the stream; what that lost is published again first."""
        for name in ("new", "new.checkpoint", "new.split-view"):
            pathlib.Path(self.bench.path(name)).unlink(missing_ok=True)
        outcome = self.follow_as_told("new")
        if outcome.returncode == 1 and b"publish the events again" in outcome.stderr:
            self.bench.count("new followers that named what the servers had lost")
            done = self.publish_once(60, "--refill", "0")
            if done.returncode != 0:
                self.bench.fail(f"{what}: the stream is not filled again: {done.stderr.decode()}")
            self.keep_running()
            outcome = self.follow_as_told("new")
        if outcome.returncode != 0 or self.bench.head("new") not in self.heads:
            self.bench.fail(f"{what}: a new follower: {outcome.stderr.decode()}")

    def follow_as_told(self, ledger):
        """Follows, and for a minute again where the error says that this may help, as servers do that elect a leader."""
        deadline = time.monotonic() + 60
        while True:
            outcome = self.follow_once(self.cluster.address, ledger)
            if outcome.returncode != 1 or b"rying again may help" not in outcome.stderr or time.monotonic() > deadline:
                return outcome
            self.bench.count("new followers that were told to try again")
            time.sleep(1)

    def follow_once(self, address, ledger):
        return subprocess.run(
            [self.bench.programs / "assay", "follow", address, "--key", self.bench.path(f"{EXAMPLE}.pub"), "-f",
             self.bench.path(ledger), "--once"], capture_output=True, check=False, timeout=120)

    def killed_at(self, number, words):
        """Runs a command that is killed when one of its threads makes its system call of this number.

        Returns 0 if it ended by itself before.
        """
        done = subprocess.run(
            ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject=all:signal=KILL:when={number}",
             self.bench.programs / "assay", *words], capture_output=True, check=False)
        if done.returncode not in (0, -signal.SIGKILL, 128 + signal.SIGKILL):
            self.bench.fail(f"{words[0]}, call {number}: status {done.returncode}: {done.stderr.decode()}")
        return done.returncode

    # What befalls them

    def publisher_killed(self):
        """The publisher is killed amid a large batch."""
        self.append(4000)
        time.sleep(self.bench.random.random() * 0.3)
        self.stop(self.publisher)
        self.start_publisher()

    def writer_killed(self):
        """The writer is killed amid an append."""
        self.batches += 1
        writer = self.spawn("append", self.bench.events(self.batches, 3000), "-f", self.bench.path("leader"))
        time.sleep(self.bench.random.random() * 0.1)
        self.stop(writer)
        self.heads.add(self.bench.head("leader"))

    def leader_killed(self):
        """The server that leads the stream is killed amid a large batch."""
        node = self.leader()
        self.append(4000)
        time.sleep(self.bench.random.random() * 0.3)
        node.kill()
        self.append()
        time.sleep(self.bench.random.random())
        node.start()

    def two_killed(self):
        """Two of three servers are gone: nothing is acknowledged meanwhile."""
        nodes = self.bench.random.sample(self.cluster.nodes, 2)
        for node in nodes:
            node.kill()
        self.append(400)
        done = self.publish_once(1)
        if done.returncode == 0:
            self.bench.fail("one server of three acknowledged")
        for node in nodes:
            node.start()

    def all_killed(self):
        """All servers are killed, as by a power cut."""
        self.append(400)
        for node in self.cluster.nodes:
            node.kill()
        self.append(400)
        self.cluster.start()

    def server_paused(self):
        """The leading server does not answer for some seconds."""
        node = self.leader()
        node.pause()
        self.append(400)
        time.sleep(3)
        node.go_on()

    def old_writer_paused(self):
        """A publisher is stopped while another claims the stream, then let go: nothing of it may follow."""
        old = self.publisher
        old.send_signal(signal.SIGSTOP)
        self.start_publisher()
        head = self.append(400)
        if not self.mirrored(head):
            self.bench.fail("the new publisher did not take over")
        old.send_signal(signal.SIGCONT)
        self.append(40)
        if not wait_until(lambda: old.poll() is not None, 30):
            self.bench.fail("the old publisher goes on after another's claim")
            self.stop(old)
        elif old.returncode != 1:
            self.bench.fail(f"the old publisher ended with {old.returncode}")

    def mirror_killed(self):
        """A mirror is killed, or stopped for a while."""
        name = self.bench.random.choice(MIRRORS)
        if self.bench.random.random() < 0.5:
            self.append(2000)
            time.sleep(self.bench.random.random() * 0.3)
            self.stop(self.followers[name])
            self.start_follower(name)
        else:
            self.followers[name].send_signal(signal.SIGSTOP)
            self.append(400)
            time.sleep(0.5)
            self.followers[name].send_signal(signal.SIGCONT)

    def mirror_rolled_back(self):
        """A mirror's disk is put back to what it was."""
        name = self.bench.random.choice(MIRRORS)
        self.stop(self.followers[name])
        kept = [self.bench.path(name), self.bench.path(f"{name}.checkpoint")]
        for path in kept:
            shutil.copy(path, f"{path}.old")
        self.start_follower(name)
        head = self.append(400)
        wait_until(lambda: self.bench.head(name) == head, 60)
        self.stop(self.followers[name])
        for path in kept:
            os.replace(f"{path}.old", path)
        self.start_follower(name)

    def storage_damaged(self):
        """Bits flipped, files cut off or taken away in the storage of one server, two or all."""
        nodes = self.bench.random.sample(self.cluster.nodes, self.bench.random.choice([1, 2, 3]))
        for node in self.cluster.nodes:
            node.kill()
        for node in nodes:
            files = node.messages() if self.bench.random.random() < 0.7 else node.files()
            for path in self.bench.random.sample(files, min(len(files), self.bench.random.choice([1, 3]))):
                data = bytearray(path.read_bytes())
                kind = self.bench.random.choice(["bits", "cut", "gone"])
                if kind == "bits" and data:
                    for _ in range(self.bench.random.choice([1, 20])):
                        data[self.bench.random.randrange(len(data))] ^= 1 << self.bench.random.randrange(8)
                    path.write_bytes(bytes(data))
                elif kind == "cut" and data:
                    path.write_bytes(bytes(data[:self.bench.random.randrange(len(data))]))
                else:
                    path.unlink()
                self.bench.count(f"files of servers damaged: {kind}")
        self.cluster.start()

    def storage_destroyed(self):
        """All of the servers' storage is destroyed."""
        self.append(40)
        for node in self.cluster.nodes:
            node.destroy()
        self.append(40)
        self.cluster.start()

    def partition(self):
        """One server is cut off, with a second publisher on its side: only the larger side goes on."""
        number = self.bench.random.randrange(len(self.cluster.nodes))
        node = self.cluster.nodes[number]
        other = self.spawn("publish", node.address, *self.publish_words()[2:], "--interval", "50",
                           before=["ip", "netns", "exec", node.space])
        time.sleep(self.bench.random.random())
        self.cluster.network.cut(number)
        head = self.append(400)
        self.keep_running()
        # Servers choose a leader, and clients leave the one that is cut off: up to a minute on a machine at rest.
        if not self.mirrored(head, 90):
            self.bench.fail("the larger side of a cut does not go on")
        self.cluster.network.cut(number, False)
        time.sleep(self.bench.random.random() * 3)
        # Whichever claimed last may go on; this one is taken away, as an operator would.
        self.stop(other)

    def disk_full(self):
        """The disks of one server or of all become full."""
        nodes = self.bench.random.choice([[self.leader()], self.cluster.nodes])
        for node in nodes:
            node.fill()
        self.append(4000)
        self.publish_once(4)
        for node in nodes:
            node.fill(False)
            node.kill()
            node.start()

    def is_possible(self, kind):
        """Whether this machine can do it: what it cannot is said, not passed over."""
        if kind == "partition":
            return self.cluster.network is not None
        return kind != "disk_full" or all(node.is_mounted for node in self.cluster.nodes)

    KINDS = ("publisher_killed", "storage_destroyed", "leader_killed", "old_writer_paused", "storage_damaged",
             "partition", "disk_full", "all_killed", "two_killed", "writer_killed", "mirror_killed",
             "mirror_rolled_back", "server_paused")

    def harms(self, number, end, kinds=None):
        kinds = kinds or self.KINDS
        for round_number in range(number):
            kind = kinds[round_number % len(kinds)]
            if time.monotonic() > end:
                self.bench.count("harms not begun, for lack of time", number - round_number)
                return
            if not self.is_possible(kind):
                self.bench.count(f"skipped, since this machine cannot: {kind}")
                continue
            start = time.monotonic()
            getattr(self, kind)()
            self.settle(kind)
            self.begin_anew(kind)
            self.bench.count(f"harms of processes, networks and storage: {kind}")
            print(f"cluster: {kind}: {time.monotonic() - start:.1f} s", file=sys.stderr)

    # Messages

    def faults(self, number):
        """Harms messages on their way to followers that begin anew or go on, several at once."""
        workers = [random.Random(self.bench.random.random()) for _ in range(FOLLOWERS_AT_ONCE)]
        while self.bench.counts.get(HARMED, 0) < number:
            self.append(self.bench.random.randrange(1, 300))
            self.publish_once()
            node = self.leader()
            threads = [threading.Thread(target=self.follow_harmed, args=(node, f"harmed{place}", chance))
                       for place, chance in enumerate(workers)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    def follow_harmed(self, node, ledger, chance):
        """Follows eight times through a proxy that harms what a server says; half of them begin anew."""
        rate = 0
        proxy = HarmfulProxy(node, lambda body, head: harmed(self.bench, chance, body, head, rate))
        for run in range(8):
            rate = chance.choice([0.005, 0.02, 0.1, 0.3])
            if run % 4 == 0:
                for name in [ledger, f"{ledger}.checkpoint", f"{ledger}.split-view"]:
                    pathlib.Path(self.bench.path(name)).unlink(missing_ok=True)
            before = self.head_if_there(ledger)
            outcome = self.follow_once(proxy.address, ledger)
            after, errors = self.head_if_there(ledger), outcome.stderr.decode()
            if outcome.returncode not in (0, 1):
                self.bench.fail(f"harmed messages: status {outcome.returncode}: {errors}")
            if after is not None and after not in self.heads:
                self.bench.fail(f"harmed messages: another root, status {outcome.returncode}: {after}")
            if outcome.returncode != 0 and (before != after or not errors.startswith("assay: ")):
                self.bench.fail(f"harmed messages: status {outcome.returncode}, {before} and then {after}: {errors}")
            self.bench.count("runs that followed in spite of harm" if outcome.returncode == 0
                             else "runs that refused, and told why")
        proxy.close()

    def head_if_there(self, ledger):
        return self.bench.head(ledger) if pathlib.Path(self.bench.path(ledger)).exists() else None

    # The end

    def answer(self, question, ledger):
        """What a question comes to: its output or its refusal."""
        done = self.bench.assay(*question, ledger=ledger, check=False)
        return done.returncode, done.stdout, done.stderr

    def judge(self, questions=None):
        """All roots equal, all ledgers sound, all statements equal; nothing acknowledged is lost."""
        head = self.append()
        self.mirrored(head)
        for name in MIRRORS:
            wait_until(lambda: (self.keep_running(), self.bench.head(name) == head)[1], 60)
            self.stop(self.followers[name])
            if self.bench.head(name) != head:
                self.bench.fail(f"{name} ends with {self.bench.head(name)}, and the writer with {head}")
            sound = self.bench.assay("verify", ledger=name, check=False)
            if sound.returncode != 0:
                self.bench.fail(f"{name}: {sound.stderr.decode()}")
            for question in QUESTIONS if questions is None else questions:
                ours, theirs = (self.answer(question, ledger) for ledger in (name, "leader"))
                if ours != theirs:
                    self.bench.fail(f"{name} answers {' '.join(question)} otherwise than the writer")
                self.bench.count("answers of mirrors, equal to the writer's" if ours[0] == 0
                                 else "refusals of mirrors, equal to the writer's")
            for acknowledged, note in self.acknowledged:
                grown = self.bench.assay("verify", "--checkpoint", note, "--origin", EXAMPLE, ledger=name, check=False)
                if grown.returncode != 0:
                    self.bench.fail(f"{acknowledged} was acknowledged, and {name}: {grown.stderr.decode()}")
        self.bench.count("acknowledged heads, all of them in both mirrors", len(self.acknowledged))


QUESTIONS = [[statement, "--entity", "hecla", "--as-of", "2004-09-30", "-O", "csv"]
             for statement in ("bs", "cf", "units")]
HARMED = "messages harmed"
FOLLOWERS_AT_ONCE = 32


def harmed(bench, chance, body, head, rate, kept=[b""]):
    """What becomes of a message: a list of what is passed on."""
    if chance.random() >= rate or not body:
        kept.append(body)
        del kept[:-8]
        return [body]
    bench.count(HARMED)
    kind = chance.choice(["bit", "bit", "digit", "lost", "doubled", "less", "other", "headers"])
    data = bytearray(body)
    if kind == "bit":
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif kind == "digit":
        digits = [place for place, byte in enumerate(data) if 0x30 <= byte <= 0x39]
        if digits:
            data[chance.choice(digits)] = 0x30 + chance.randrange(10)
    elif kind == "lost":
        return []
    elif kind == "doubled":
        return [body, body]
    elif kind == "less" and len(data) > head + 1:
        del data[chance.randrange(max(head, 1), len(data)):]
    elif kind == "other":
        return [chance.choice(kept) or body] if head == 0 else [body[:head] + b"x" * (len(body) - head)]
    elif head > 12:
        place = chance.randrange(10, head)
        data[place] = 0x30 + chance.randrange(10) if data[place] not in b"\r\n:" else data[place]
    return [bytes(data)]


def delay(party):
    """How long after an append both mirrors have it."""
    times = []
    for _ in range(3):
        head, start = party.append(1000), time.monotonic()
        wait_until(lambda: all(party.bench.head(name) == head for name in MIRRORS), 60, 0.01)
        times.append(round(1000 * (time.monotonic() - start)))
    print(f"a batch of 1,000 claims was at both mirrors after {sorted(times)[1]} ms (median of {len(times)}), "
          f"{max(times)} ms at most")


def conclude(bench, options, start):
    """Tells what was counted, and ends with 1 if something failed."""
    for what, number in sorted(bench.counts.items()):
        print(f"{number:8,} {what}")
    print(f"cluster: seed {options.seed}, {time.monotonic() - start:.0f} s, {len(bench.failures)} failures")
    sys.exit(1 if bench.failures else 0)


@contextlib.contextmanager
def stage(options):
    """A bench and its parties, who work when the block begins and end with it; Ctrl-C leaves the block."""
    bench = Bench(options.programs, options.seed)
    party = Party(bench, options.server)
    try:
        party.start()
        party.settle("the start")
        yield bench, party
    except KeyboardInterrupt:
        print("cluster: interrupted: what follows is what was counted until now", file=sys.stderr)
    finally:
        party.end()
        if bench.failures:
            shutil.copytree(bench.folder, ROOT / ".build/cluster-failed", dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns("n[123]"))
            print("cluster: ledgers and logs are kept in .build/cluster-failed", file=sys.stderr)


def test(options):
    start = time.monotonic()
    with stage(options) as (bench, party):
        delay(party)
        party.faults(options.faults)
        party.harms(options.harms, start + (options.seconds or float("inf")), options.only)
        party.judge()
    conclude(bench, options, start)


def kills(options):
    """Kills writer, publisher and mirror at each system call of their work, one call after the other.

    After each, a mirror that begins where it was left gets what the writer has; the mirror and the publisher that are
    killed go on from what the killed ones left.
    """
    start = time.monotonic()
    with stage(options) as (bench, party):
        for process in [party.publisher, *party.followers.values()]:
            party.stop(process)
        follow = ["follow", party.cluster.address, "--key", bench.path(f"{EXAMPLE}.pub"), "-f", bench.path("killed"),
                  "--once"]
        publish = [*party.publish_words(), "--once", "--within", "60"]
        for what, words in (("append", None), ("publish", publish), ("follow", follow)):
            for number in range(1, 1 << 20, options.step):
                if what == "append":
                    party.batches += 1
                    words = ["append", bench.events(party.batches, 20), "-f", bench.path("leader")]
                else:
                    party.append(20)
                if what == "follow" and party.publish_once().returncode != 0:
                    bench.fail(f"{what}, call {number}: what was appended is not published")
                status = party.killed_at(number, words)
                if status == 0:
                    break
                bench.count(f"kills at a system call of assay {what}")
                head = bench.head("leader")
                party.heads.add(head)
                published, followed = party.publish_once(), party.follow_once(party.cluster.address, "killed")
                if published.returncode != 0 or followed.returncode != 0 or bench.head("killed") != head:
                    bench.fail(f"{what}, call {number}: {published.stderr.decode()}{followed.stderr.decode()}")
            else:
                bench.fail(f"{what}: it never ended by itself")
        for name in MIRRORS:
            party.follow_once(party.cluster.address, name)
        for name in (*MIRRORS, "killed", "leader"):
            if bench.head(name) != bench.head("leader") or bench.assay("verify", ledger=name, check=False).returncode != 0:
                bench.fail(f"{name} ends unsound, or with another root")
    conclude(bench, options, start)


def measure(options):
    """Appends as fast as it goes, and looks how far behind a mirror is; then how long a new mirror takes."""
    bench = Bench(options.programs, options.seed)
    party = Party(bench, options.server)
    batch_count, claim_count = 60, 5000
    try:
        party.start()
        party.settle("the start")
        paths = []
        for number in range(batch_count):
            path = bench.path(f"batch{number}.jsonl")
            shutil.move(bench.events(1000 + number, claim_count), path)
            paths.append((path, len(pathlib.Path(path).read_bytes().splitlines()) + 1))
        size = int(bench.head("leader").split()[0])
        checkpoint, seen, is_over = pathlib.Path(bench.path("a.checkpoint")), [], threading.Event()

        def watch():
            while not is_over.wait(0.005):
                seen.append((time.monotonic(), int(checkpoint.read_text(encoding="utf-8").split("\n")[1])))
        watcher = threading.Thread(target=watch)
        watcher.start()
        start, appended = time.monotonic(), []
        for path, count in paths:
            bench.assay("append", path)
            size += count
            appended.append((time.monotonic(), size))
        seconds = time.monotonic() - start
        wait_until(lambda: seen and seen[-1][1] >= size, 120, 0.01)
        is_over.set()
        watcher.join()
        delays = sorted(1000 * (next(when for when, head in seen if head >= wanted) - returned)
                        for returned, wanted in appended)
        print(f"{batch_count} batches of {claim_count:,} claims, each by a process of its own: "
              f"{(batch_count * claim_count) / seconds:,.0f} events a second")
        print(f"a mirror had a batch {delays[len(delays) // 2]:.0f} ms after the append had returned (median), "
              f"{delays[-1]:.0f} ms at most")
        start = time.monotonic()
        if party.follow_once(party.cluster.address, "new").returncode != 0 or bench.head("new") != bench.head("leader"):
            sys.exit("cluster: a new mirror did not get everything")
        seconds = time.monotonic() - start
        print(f"a new mirror had all {size:,} events after {seconds:.1f} s: {size / seconds:,.0f} events a second")
    finally:
        party.end()


def companies(options):
    """The documents of ten companies at least reach two mirrors, while what brings them there is killed amid each.

    For each document: the writer is killed amid its import, which is then made again; the publisher and the server
    that leads the stream are killed while it is published. The documents are the ones given; generated companies make
    up the number. In the end every statement of every company is asked of all three ledgers.
    """
    start = time.monotonic()
    with stage(options) as (bench, party):
        documents = [document.split("@") for document in options.documents]
        documents += [[bench.companyfacts(number)] for number in range(10 - len(documents))]
        for path, *published in documents:
            words = ["import", path, *[word for day in published for word in ("--published", day)]]
            writer = party.spawn(*words, "-f", bench.path("leader"))
            time.sleep(bench.random.random() ** 2 * 0.15)
            bench.count("writers killed amid an import" if writer.poll() is None else "writers that were done before")
            party.stop(writer)
            party.heads.add(bench.head("leader"))
            bench.assay(*words)
            head = bench.head("leader")
            party.heads.add(head)
            time.sleep(bench.random.random() * 0.3)
            node = party.leader()
            node.kill()
            party.stop(party.publisher)
            party.start_publisher()
            time.sleep(bench.random.random() * 2)
            node.start()
            if not party.mirrored(head, 120):
                bench.fail(f"{path}: it came to no mirror in two minutes")
            bench.count("documents, each through the death of writer, publisher and leading server")
        named = json.loads(bench.assay("stats", "-O", "json").stdout)["entities"]
        bench.count("companies with claims", sum(each["claimCount"] > 0 for each in named))
        party.judge([[statement, "--entity", each["entity"], "-O", "csv"] for each in named
                     for statement in ("bs", "is", "cf", "units", "restatements", "check")])
    conclude(bench, options, start)


def demonstrate(options):
    """Starts a writer, three servers and two mirrors, and waits."""
    bench = Bench(options.programs, options.seed)
    party = Party(bench, options.server)
    try:
        party.start()
        party.settle("the start")
        programs, key = bench.programs, bench.path(f"{EXAMPLE}.pub")
        mirrors = " ".join(f"--mirror {bench.path(name)}.pub" for name in MIRRORS)
        print(f"Three servers, a writer and two mirrors are running. In another terminal:\n\n"
              f"  {programs}/assay cluster status {party.cluster.address} --key {key} {mirrors}\n"
              f"  {programs}/assay append FILE -f {bench.path('leader')}\n"
              f"  {programs}/assay bs --entity hecla --as-of 2004-09-30 -f {bench.path('a')}\n\nCtrl-C ends them.",
              flush=True)
        while True:
            time.sleep(1)
            party.keep_running()
    except KeyboardInterrupt:
        pass
    finally:
        party.end()


def main():
    parser = argparse.ArgumentParser(prog="Tools/cluster")
    parser.add_argument("action", choices=("start", "test", "kills", "companies", "measure"))
    parser.add_argument("--server", required=True)
    parser.add_argument("--programs", required=True)
    parser.add_argument("--faults", type=int, default=60)
    parser.add_argument("--harms", type=int, default=13)
    parser.add_argument("--seconds", type=int, default=170)
    parser.add_argument("--only", nargs="*", choices=Party.KINDS)
    parser.add_argument("--documents", nargs="*", default=[])
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    {"start": demonstrate, "test": test, "kills": kills, "companies": companies, "measure": measure}[options.action](options)


main()
