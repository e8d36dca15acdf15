"""Suites in a process of their own, beside the others."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager

from environment import cache
from environment.processes import end
from environment.progress import say

from .results import Results, counted_in

CLOSING = re.compile(r"(\d+) passed, (\d+) failed(?:, (\d+) skipped)?")
RED = "RED: "


@contextmanager
def beside(suites, options):
    """Start ``scripts/test --in-turn SUITE…`` in the background.

    Gives a function that waits for its end, prints what it printed, and returns its
    results. The process ends with the block at the latest.
    """
    names = [suite.name for suite in suites]
    log = cache.work_folder("reports") / f"beside-{os.getpid()}-{names[0]}.log"
    command = [sys.executable, str(cache.CLONE / "scripts" / "test")]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--in-turn", *options, *names],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )

    def finish():
        status = process.wait()
        printed = log.read_text(encoding="utf-8", errors="replace")
        say(printed.rstrip())
        return results_in(" and ".join(names), printed, status)

    try:
        yield finish
    finally:
        end(process)
        log.unlink()


def results_in(name, printed, status):
    """Read the results from what ``scripts/test`` printed."""
    lines = printed.rstrip().splitlines()
    numbers = CLOSING.fullmatch(lines[-1]) if lines else None
    if not numbers:
        return Results(complaints=[f"{name}: ended with {status} before its results"])
    passed, failed, skipped = (int(number or 0) for number in numbers.groups())
    complaints = [line.removeprefix(RED) for line in lines if line.startswith(RED)]
    if status and not failed and not complaints:
        complaints = [f"{name}: ended with {status}, see above"]
    return Results(passed, failed, skipped, complaints, counted_in(lines))
