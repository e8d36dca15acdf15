"""The processes of these tests: a server with two workers, and a crowd."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import requests
from environment.processes import end
from environment.progress import Failure

HERE = Path(__file__).parent
PATIENCE = 60


class Log:
    """A log file that is read in pieces."""

    def __init__(self, path):
        self.path = path
        self._read = 0
        path.write_bytes(b"")

    def taken(self):
        """What was added since it was last taken."""
        with open(self.path, encoding="utf-8", errors="replace") as file:
            file.seek(self._read)
            text = file.read()
            self._read = file.tell()
        return text


class Server:
    """Odoo with two HTTP workers, as it is run in production.

    ``options`` are more of Odoo's own.
    """

    def __init__(self, installation, settings, variables, log, options=()):
        self.log = log
        port, gevent_port = free_ports(2)
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, str(HERE / "odoo_server.py"), "--workers=2"]
        command += [f"--http-port={port}", f"--gevent-port={gevent_port}", *options]
        self._given = command, {**installation.environment(settings), **variables}
        self.start()

    def start(self):
        """Start it; after it was stopped, on the same ports."""
        command, environment = self._given
        with open(self.log.path, "ab") as output:
            self._process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def processes(self):
        """The server's and its workers'."""
        process = psutil.Process(self._process.pid)
        return [process, *process.children(recursive=True)]

    def wait_until_it_answers(self):
        """Return when it serves pages; Failure when it ends or takes too long."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if requests.get(f"{self.url}/web/health", timeout=5).ok:
                    return
            except (requests.ConnectionError, requests.Timeout):
                time.sleep(0.1)
            if self._process.poll() is not None:
                break
        raise Failure(f"{self.log.path.read_text()[-4000:]}\nOdoo does not start.")

    def worker_talking_from(self, port):
        """The worker whose end of a connection has that port."""
        for child in psutil.Process(self._process.pid).children(recursive=True):
            for connection in child.net_connections("tcp4"):
                if connection.raddr and connection.laddr.port == port:
                    return child
        return None

    def stop(self):
        """End the server and its workers at once."""
        _process, *children = self.processes()
        self._process.kill()
        self._process.wait()
        for child in children:
            child.kill()


class Crowd:
    """Processes that do the same at the same moment; see crowd_member.py."""

    def __init__(self, installation, settings, variables, log):
        self.log = log
        with open(log.path, "ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, str(HERE / "crowd_member.py")],
                env={**installation.environment(settings), **variables},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
            )

    def wait_until_ready(self):
        """Return when the registry is loaded."""
        if self._process.stdout.readline() != "ready\n":
            raise Failure(f"{self.log.path.read_text()[-4000:]}\nNo crowd.")

    def all(self, deed, each, login=None):
        """Have a process do ``deed`` for each dictionary of arguments; return results.

        AssertionError with the traceback where one fails.

        :param login: as whom; or a list of as whom each
        """
        each = list(each)
        logins = login if isinstance(login, list) else [login] * len(each)
        task = {"deed": deed, "logins": logins, "each": each}
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        answers = json.loads(self._process.stdout.readline())
        for answer in answers:
            assert "error" not in answer, answer["error"]
        return [answer["result"] for answer in answers]

    def one(self, deed, login=None, **given):
        """Have one process do it; return its result."""
        return self.all(deed, [given], login)[0]

    def stop(self):
        """End the crowd."""
        self._process.stdin.close()
        self._process.stdout.close()
        end(self._process)


def free_ports(number):
    """Ports of this machine nobody listens to."""
    probes = [socket.socket() for _number in range(number)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
