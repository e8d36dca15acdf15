"""Child processes that end with their parent and never outlive a Ctrl-C."""

import contextlib
import signal
import subprocess


def run(command, *, environment=None, folder=None, log=None, script=None):
    """Run a command to its end; return its status.

    ``log`` is a file for its output (else the terminal), ``script`` its input (else
    none). When this process is interrupted, the child is ended first; Ctrl-C has
    reached it already, another signal has not.
    """
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(open(log, "wb")) if log else None
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.PIPE if script is not None else subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if log else None,
        )
        try:
            process.communicate(script.encode() if script is not None else None)
        except BaseException:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(2)
            # As Ctrl-C: pytest then still tidies up, which on SIGTERM it does not.
            end(process, signal.SIGINT)
            raise
    return process.returncode


def follow(command, on_line, *, environment=None, folder=None):
    """Run a command, handing on each line it prints as it comes; return its status."""
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    try:
        for line in process.stdout:
            on_line(line)
        return process.wait()
    finally:
        end(process)
        process.stdout.close()


def run_in_terminal(command, environment):
    """Run a command to which the terminal belongs; return its status.

    Its Ctrl-C is the command's alone (in a Python shell it ends nothing); SIGTERM is
    passed on.
    """
    process = subprocess.Popen(command, env=environment)
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: process.terminate()),
    }
    try:
        return process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        end(process)


def end(process, number=signal.SIGTERM, patience=10):
    """End a child process: ask first, then force; return when it is gone."""
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
