"""Servers of NATS on this machine, and a proxy that harms what one of them says."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import threading
import time


def free_ports(number):
    """Ports that nobody listens on now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Network:
    """A network for each server, joined by a bridge, so that one can be cut off; needs root and ip."""

    def __init__(self, count):
        word = f"as{os.getpid() % 100000}"
        self.bridge, self.spaces = word, [f"{word}n{number + 1}" for number in range(count)]
        self.prefix = f"10.{os.getpid() % 200 + 20}.{os.getpid() // 200 % 250}"

    def make(self):
        self.ip("link", "add", self.bridge, "type", "bridge")
        self.ip("addr", "add", f"{self.prefix}.1/24", "dev", self.bridge)
        self.ip("link", "set", self.bridge, "up")
        for number, space in enumerate(self.spaces):
            self.ip("netns", "add", space)
            self.ip("link", "add", f"{space}v", "type", "veth", "peer", "name", "eth0", "netns", space)
            self.ip("link", "set", f"{space}v", "master", self.bridge, "up")
            self.ip("-n", space, "addr", "add", f"{self.prefix}.{number + 2}/24", "dev", "eth0")
            for device in ("lo", "eth0"):
                self.ip("-n", space, "link", "set", device, "up")

    @staticmethod
    def ip(*words):
        subprocess.run(["ip", *words], check=True, capture_output=True)

    @staticmethod
    def of(count):
        """The networks, or none where this machine does not let them be made."""
        if os.geteuid() != 0 or shutil.which("ip") is None:
            return None
        network = Network(count)
        try:
            network.make()
        except subprocess.CalledProcessError:
            network.remove()
            return None
        return network

    def address(self, number):
        return f"{self.prefix}.{number + 2}"

    def cut(self, number, is_cut=True):
        self.ip("link", "set", f"{self.spaces[number]}v", "down" if is_cut else "up")

    def remove(self):
        for space in self.spaces:
            subprocess.run(["ip", "netns", "del", space], check=False, capture_output=True)
        subprocess.run(["ip", "link", "del", self.bridge], check=False, capture_output=True)


class Node:
    """One server of a cluster."""

    def __init__(self, program, folder, name, host, ports, routes, space=None):
        self.name, self.process, self.space = name, None, space
        self.command = [*(["ip", "netns", "exec", space] if space else []), program]
        self.host, (self.port, route) = host, ports
        self.store = folder / name
        self.store.mkdir()
        self.is_mounted = space is not None and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=256m", "none", self.store], check=False, capture_output=True
        ).returncode == 0
        self.log = folder / f"{name}.log"
        self.configuration = folder / f"{name}.conf"
        self.configuration.write_text(
            f"server_name: {name}\nlisten: {host}:{self.port}\n"
            f"jetstream {{ store_dir: \"{self.store}\", sync_interval: always, max_file_store: 4GB }}\n"
            f"cluster {{ name: assay, listen: {host}:{route}, routes: [{', '.join(routes)}] }}\n",
            encoding="utf-8")

    @property
    def address(self):
        return f"nats://{self.host}:{self.port}"

    def start(self):
        if self.process is None:
            with open(self.log, "ab") as log:
                self.process = subprocess.Popen([*self.command, "-c", self.configuration], stdout=log, stderr=log)

    def kill(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()
            self.process = None

    def end(self):
        self.kill()
        if self.is_mounted:
            subprocess.run(["umount", "-l", self.store], check=False)

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def destroy(self):
        """Takes everything away that it kept."""
        self.kill()
        for path in self.store.iterdir():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()

    def fill(self, is_filled=True):
        """Leaves no room on its disk."""
        filler = self.store / "filler"
        if not is_filled:
            filler.unlink(missing_ok=True)
            return
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(1 << 20))
            except OSError:
                pass

    def messages(self):
        """The files in which it keeps messages."""
        return sorted(self.store.glob("jetstream/**/msgs/*.blk"))

    def files(self):
        """Every file that it keeps."""
        return sorted(path for path in self.store.glob("jetstream/**/*") if path.is_file())


class Cluster:
    """Three servers, each with a folder of its own, and a network of its own where that can be made."""

    def __init__(self, program, folder, count=3):
        self.folder = pathlib.Path(folder)
        self.network = Network.of(count)
        if self.network:
            hosts = [(self.network.address(number), (4222, 6222)) for number in range(count)]
        else:
            ports = free_ports(2 * count)
            hosts = [("127.0.0.1", (ports[2 * number], ports[2 * number + 1])) for number in range(count)]
        routes = [f"nats://{host}:{ports[1]}" for host, ports in hosts]
        self.nodes = [
            Node(program, self.folder, f"n{number + 1}", host, ports, routes,
                 self.network.spaces[number] if self.network else None)
            for number, (host, ports) in enumerate(hosts)]

    @property
    def address(self):
        return ",".join(node.address for node in self.nodes)

    def start(self):
        for node in self.nodes:
            node.start()

    def end(self):
        for node in self.nodes:
            node.end()
        if self.network:
            self.network.remove()

    def node(self, name):
        return next(node for node in self.nodes if node.name == name)


class HarmfulProxy:
    """Passes the protocol of NATS on, and harms messages that come from the server as `harm` says.

    `harm` gets the payload of a message, and returns a list of payloads: none for one that is lost."""

    def __init__(self, node, harm):
        self.target, self.harm = (node.host, node.port), harm
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"nats://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.socket.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self.target)
            except OSError:
                client.close()
                continue
            threading.Thread(target=self._pass_on, args=(client, server), daemon=True).start()
            threading.Thread(target=self._read, args=(server, client), daemon=True).start()

    @staticmethod
    def _pass_on(source, sink):
        try:
            while data := source.recv(1 << 16):
                sink.sendall(data)
        except OSError:
            pass
        for each in (source, sink):
            each.close()

    def _read(self, server, client):
        try:
            stream = server.makefile("rb")
            while line := stream.readline():
                words = line.split()
                if line.startswith(b"INFO "):
                    # Where else to connect to: not past this proxy.
                    info = json.loads(line[5:])
                    info.pop("connect_urls", None)
                    line = b"INFO " + json.dumps(info).encode() + b"\r\n"
                if not words or words[0] not in (b"MSG", b"HMSG"):
                    client.sendall(line)
                    continue
                size = int(words[-1])
                body = stream.read(size + 2)[:size]
                head = int(words[-2]) if words[0] == b"HMSG" else 0
                for changed in self.harm(body, head):
                    words[-1] = str(len(changed)).encode()
                    client.sendall(b" ".join(words) + b"\r\n" + changed + b"\r\n")
        except (OSError, ValueError):
            pass
        for each in (server, client):
            each.close()


def wait_until(condition, seconds=60, pause=0.1):
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(pause)
    return False
