"""Servers of NATS on loopback, and a proxy that harms what one of them says."""

import json
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


class Node:
    """One server of a cluster."""

    def __init__(self, program, folder, name, ports, routes):
        self.program, self.name, self.process = program, name, None
        self.port, self.monitor, route = ports
        self.store = folder / name
        self.log = folder / f"{name}.log"
        self.configuration = folder / f"{name}.conf"
        self.configuration.write_text(
            f"server_name: {name}\nlisten: 127.0.0.1:{self.port}\nhttp: 127.0.0.1:{self.monitor}\n"
            f"jetstream {{ store_dir: \"{self.store}\", sync_interval: always, max_file_store: 4GB }}\n"
            f"cluster {{ name: assay, listen: 127.0.0.1:{route}, routes: [{', '.join(routes)}] }}\n",
            encoding="utf-8")

    @property
    def address(self):
        return f"nats://127.0.0.1:{self.port}"

    def start(self):
        if self.process is None:
            with open(self.log, "ab") as log:
                self.process = subprocess.Popen([self.program, "-c", self.configuration], stdout=log, stderr=log)

    def kill(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()
            self.process = None

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def destroy(self):
        """Takes everything away that it kept."""
        self.kill()
        shutil.rmtree(self.store, ignore_errors=True)

    def messages(self):
        """The files in which it keeps messages."""
        return sorted(self.store.glob("jetstream/**/msgs/*.blk"))

    def files(self):
        """Every file that it keeps."""
        return sorted(path for path in self.store.glob("jetstream/**/*") if path.is_file())


class Cluster:
    """Three servers, each with a folder of its own."""

    def __init__(self, program, folder, count=3):
        self.folder = pathlib.Path(folder)
        ports = free_ports(3 * count)
        routes = [f"nats://127.0.0.1:{ports[3 * number + 2]}" for number in range(count)]
        self.nodes = [Node(program, self.folder, f"n{number + 1}", ports[3 * number:3 * number + 3], routes)
                      for number in range(count)]

    @property
    def address(self):
        return ",".join(node.address for node in self.nodes)

    def start(self):
        for node in self.nodes:
            node.start()

    def end(self):
        for node in self.nodes:
            node.kill()

    def node(self, name):
        return next(node for node in self.nodes if node.name == name)


class HarmfulProxy:
    """Passes the protocol of NATS on, and harms messages that come from the server as `harm` says.

    `harm` gets the payload of a message, and returns a list of payloads: none for one that is lost."""

    def __init__(self, port, harm):
        self.target, self.harm = port, harm
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
                server = socket.create_connection(("127.0.0.1", self.target))
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
