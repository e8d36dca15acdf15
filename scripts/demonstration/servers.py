"""Servers in the foreground: started together, ended together."""

import contextlib
import queue
import subprocess
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

from environment.processes import end
from environment.progress import Failure, say

PATIENCE = 120


@dataclass(frozen=True)
class Server:
    """A program to start, and the address at which it answers when it is ready."""

    name: str
    command: list
    environment: dict
    ready: str
    folder: object


class Servers:
    """Servers of one demo; leaving the context ends them all, the last one first."""

    def __init__(self):
        self._running = []
        self._lines = queue.SimpleQueue()

    def __enter__(self):
        return self

    def __exit__(self, *_reason):
        for server, process in reversed(self._running):
            say(f"Stopping {server.name}")
            end(process)
        self._show_lines()

    def start(self, server):
        """Start a server; its output comes line by line behind its name."""
        say(f"Starting {server.name}: {server.ready}")
        process = subprocess.Popen(
            server.command,
            env={**server.environment, "PYTHONUNBUFFERED": "1"},
            cwd=server.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            # Ctrl-C is for this process alone, which ends its servers in order.
            start_new_session=True,
        )
        self._running.append((server, process))
        reader = threading.Thread(
            target=self._read, args=(server.name, process.stdout), daemon=True
        )
        reader.start()

    def _read(self, name, output):
        for line in output:
            self._lines.put(f"{name:<4} | {line.rstrip()}")

    def _show_lines(self):
        with contextlib.suppress(queue.Empty):
            while True:
                say(self._lines.get_nowait())

    def _check_alive(self):
        self._show_lines()
        for server, process in self._running:
            status = process.poll()
            if status is not None:
                time.sleep(0.3)  # its last lines are on their way
                self._show_lines()
                raise Failure(f"{server.name} has ended with {status}; see above.")

    def wait_until_they_answer(self):
        """Return when all answer; raise Failure when one ends or takes too long."""
        deadline = time.monotonic() + PATIENCE
        for server, _process in self._running:
            while not _answers(server.ready):
                self._check_alive()
                if time.monotonic() > deadline:
                    raise Failure(
                        f"{server.name} does not answer after {PATIENCE} seconds."
                    )
                time.sleep(0.2)
        self._show_lines()

    def watch(self):
        """Show what the servers say until one of them ends, which is a Failure."""
        while True:
            with contextlib.suppress(queue.Empty):
                say(self._lines.get(timeout=0.5))
            self._check_alive()


def _answers(url):
    try:
        with urllib.request.urlopen(url, timeout=30):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
