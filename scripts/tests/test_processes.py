import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from environment import processes

SCRIPTS = Path(__file__).parents[1]
PARENT = """
import signal, sys
from environment import processes
def interrupt(*_):
    raise KeyboardInterrupt
signal.signal(signal.SIGTERM, interrupt)
processes.run([sys.executable, "-c", {child!r}])
"""
CHILD = "import time; print('child', flush=True); time.sleep(60)"


def test_output_and_status_of_a_child(tmp_path):
    log = tmp_path / "log"
    code = "import sys; print(sys.stdin.read()); print('err', file=sys.stderr); exit(3)"
    command = [sys.executable, "-c", code]
    assert processes.run(command, log=log, script="in") == 3
    assert set(log.read_text().split()) == {"in", "err"}


def test_a_child_ends_with_an_interrupted_parent():
    command = [sys.executable, "-c", PARENT.format(child=CHILD)]
    parent = subprocess.Popen(
        command,
        cwd=SCRIPTS,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert parent.stdout.readline() == b"child\n"
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(20)
    # Nobody holds the other end of the pipe any more.
    assert parent.stdout.read() == b""


def test_what_does_not_end_when_asked_is_forced_to():
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "print('ready', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"ready\n"
    processes.end(child, patience=0.2)
    assert child.returncode == -signal.SIGKILL
    child.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_terminals_signals_reach_its_command_alone(number, tmp_path):
    """The command's own way of ending is what counts, not its parent's."""
    ready = tmp_path / "ready"
    code = (
        "import signal, sys, time, pathlib\n"
        "for number in (signal.SIGINT, signal.SIGTERM):\n"
        "    signal.signal(number, lambda *_: sys.exit(7))\n"
        f"pathlib.Path({str(ready)!r}).touch()\n"
        "time.sleep(60)\n"
    )
    wrapper = (
        "import os, sys; from environment import processes; "
        f"sys.exit(processes.run_in_terminal([sys.executable, '-c', {code!r}], "
        "dict(os.environ)))"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", wrapper], cwd=SCRIPTS, start_new_session=True
    )
    deadline = time.monotonic() + 20
    while not ready.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    if number == signal.SIGINT:
        os.killpg(parent.pid, number)
    else:
        parent.send_signal(number)
    assert parent.wait(20) == 7
