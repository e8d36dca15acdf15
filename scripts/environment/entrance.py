"""The way from any Python on the machine into the project's own environment."""

import os
import shutil
import signal
import sys

from . import python_packages
from .progress import Failure, warn

OLDEST, NEWEST = (3, 10), (3, 13)
#: The signals that end a command.
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(command, purpose="development"):
    """Run ``command(arguments)`` in the virtual environment of ``purpose``.

    Started with another Python, the process makes that environment first and replaces
    itself. Ends the process: with the command's result, 1 after a failure told in a
    sentence, 130 after Ctrl-C.
    """
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup asks for
            signal.signal(number, _interrupt)
    try:
        _use_supported_python()
        environment = python_packages.environment(purpose)
        if not environment.is_running():
            environment.make()
            environment.take_over()
        sys.exit(command(sys.argv[1:]))
    except Failure as failure:
        warn(f"\n{failure}")
        sys.exit(1)
    except KeyboardInterrupt:
        warn("\nStopped.")
        sys.exit(130)


def _interrupt(_signal, _frame):
    """End in order, once: an impatient second Ctrl-C must not leave servers running."""
    for number in ENDING:
        signal.signal(number, lambda *_: None)
    raise KeyboardInterrupt


def _use_supported_python():
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and python_packages.works(other):
            os.execv(other, [other, *sys.argv])
    raise Failure(
        f"Odoo 19 runs on Python 3.{OLDEST[1]} to 3.{NEWEST[1]}, and python3 here is "
        f"{sys.version_info[0]}.{sys.version_info[1]}. Install one of these next to it "
        f"(on Debian and Ubuntu: a package such as python3.{NEWEST[1]})."
    )
