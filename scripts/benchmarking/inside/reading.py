"""Reading profiles in the background, and how long of it X was waited for."""

import os
import time

from odoo.addons.crm_twitter.x_api import transport

from . import connection
from .twin import resident


class Clock:
    """What passes within the client's door to X is X's time, and the wire's."""

    def __init__(self):
        self.seconds, self.calls = 0.0, 0
        self._send = transport.Door.send

    def __enter__(self):
        clock = self

        def send(door, request, **options):
            begun = time.perf_counter()
            try:
                return clock._send(door, request, **options)
            finally:
                clock.seconds += time.perf_counter() - begun
                clock.calls += 1

        transport.Door.send = send
        return self

    def __exit__(self, *_error):
        transport.Door.send = self._send


def run(env, url, login, cron, die_after=0):
    """Run a cron that reads profiles to its end.

    :param cron: name of its method
    :param die_after: the process is killed in the middle of as many batches
    :return: ``{"seconds", "waited", "calls", "before", "after"}``: of the whole, and
        within it of waiting for X; megabytes of memory
    """
    connection.connect(env, url, login)
    if die_after:
        _die(env, die_after)
    before = resident()
    with Clock() as clock:
        begun = time.perf_counter()
        getattr(env["twitter.profile"], cron)()
        seconds = time.perf_counter() - begun
    return {
        "seconds": seconds,
        "waited": clock.seconds,
        "calls": clock.calls,
        "before": before,
        "after": resident(),
    }


def _die(env, batches):
    """Have the process killed once as many batches are kept; nothing is tidied up."""
    profiles = type(env["twitter.profile"])
    keep = profiles._keep_page
    left = [batches]

    def keep_page(records, page, outcome):
        keep(records, page, outcome)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), 9)

    profiles._keep_page = keep_page
