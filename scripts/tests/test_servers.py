"""What scripts/demo starts, it ends."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from demonstration.servers import Server, Servers
from environment.progress import Failure

SCRIPTS = Path(__file__).parents[1]
#: Two servers under the project's own entrance, which would make an environment first.
DEMO = """
import os, sys
from environment import entrance, python_packages
from demonstration.servers import Server, Servers
python_packages.Environment.is_running = lambda self: True
def command(_arguments):
    with Servers() as servers:
        for port in {ports}:
            code = (
                "import signal, time, http.server as h\\n"
                "def slowly(*_):\\n time.sleep(1); raise SystemExit\\n"
                "signal.signal(signal.SIGTERM, slowly)\\n"
                f"h.HTTPServer(('127.0.0.1', {{port}}), "
                "h.SimpleHTTPRequestHandler).serve_forever()"
            )
            url = f"http://127.0.0.1:{{port}}/"
            run = [sys.executable, "-c", code]
            servers.start(Server(f"s{{port}}", run, dict(os.environ), url, "/"))
        servers.wait_until_they_answer()
        print("ready", flush=True)
        servers.watch()
entrance.run(command)
"""


def free_ports(number):
    probes = [socket.socket() for _ in range(number)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_impatient_person_leaves_nothing_running(number):
    ports = free_ports(2)
    demo = subprocess.Popen(
        [sys.executable, "-c", DEMO.format(ports=ports)],
        cwd=SCRIPTS,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    for line in demo.stdout:
        if line == "ready\n":
            break
    demo.send_signal(number)
    for line in demo.stdout:
        if line.startswith("Stopping"):
            demo.send_signal(number)
    assert demo.wait(30) == 130
    for port in ports:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)), "a server is left"


def test_a_server_that_ends_is_told_with_its_last_words(capfd):
    command = [sys.executable, "-c", "print('no such thing'); exit(3)"]
    port = free_ports(1)[0]
    url = f"http://127.0.0.1:{port}/"
    with pytest.raises(Failure, match="x has ended with 3"), Servers() as servers:
        servers.start(Server("x", command, dict(os.environ), url, "/"))
        servers.wait_until_they_answer()
    assert "x    | no such thing" in capfd.readouterr().out
