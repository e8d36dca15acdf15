"""Child processes that end with their parent and never outlive a Ctrl-C."""

import contextlib
import subprocess


def run(command, *, environment=None, folder=None, log=None, script=None):
    """Run a command to its end; return its status.

    ``log`` is a file for its output (else the terminal), ``script`` its input (else
    none). When this process is interrupted, the child is ended first.
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
            end(process)
            raise
    return process.returncode


def end(process, patience=10):
    """End a child process: ask first, then force; return when it is gone."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
