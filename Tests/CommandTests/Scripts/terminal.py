"""Runs a command on a terminal of its own, and prints what the terminal was sent.

    terminal.py COLUMNS LINES FILE KEYS COMMAND...

Writes the bytes to FILE, without the carriage returns of the terminal; types the next of KEYS when the command waits for
more than half a second; ends with the status of the command.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

columns, lines, path, keys = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
child, terminal = pty.fork()
if child == 0:
    size = struct.pack("HHHH", lines, columns, 0, 0)
    fcntl.ioctl(1, termios.TIOCSWINSZ, size)
    os.execvp(sys.argv[5], sys.argv[5:])
sent, deadline = b"", time.monotonic() + 60
while time.monotonic() < deadline:
    ready, _, _ = select.select([terminal], [], [], 0.5)
    if not ready:
        if keys and sent:
            os.write(terminal, keys[0].encode())
            keys = keys[1:]
        continue
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    sent += piece
else:
    os.kill(child, 9)
with open(path, "wb") as file:
    file.write(sent.replace(b"\r\n", b"\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
