"""Two databases side by side in one process: what the machine does falls on both."""

import resource
import time
from contextlib import contextmanager

from odoo import api
from odoo.modules.registry import Registry


class Twin:
    """One of the two: its requests are a user's, each with a cursor of its own."""

    def __init__(self, name, login):
        self._registry = Registry(name)
        with self._registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            user = env["res.users"].search([("login", "=", login)])
            self._user_id = user.id
            self._context = {
                "lang": "en_US",
                "tz": "UTC",
                "uid": user.id,
                "allowed_company_ids": user.company_ids.ids,
            }

    @contextmanager
    def request(self, commit=False, su=False):
        """An environment as a request has it; rolled back unless it is committed."""
        with self._registry.cursor() as cr:
            user_id = api.SUPERUSER_ID if su else self._user_id
            yield api.Environment(cr, user_id, self._context)
            if not commit:
                cr.rollback()

    def timed(self, call, commit=False):
        """Seconds a call takes, with what it writes at the end; and its result."""
        begun = time.perf_counter()
        with self.request(commit) as env:
            result = call(env)
            env.cr.flush()
        return time.perf_counter() - begun, result


def interleaved(runs, ours, theirs):
    """``[(seconds, seconds)]`` of two functions that take turns, after one run of each
    that is not counted: it fills what a server has filled since the morning."""
    times = []
    for run in range(runs + 1):
        # Whoever is second finds the machine as the first has left it.
        pair = (ours, theirs) if run % 2 else (theirs, ours)
        found = {each: each() for each in pair}
        times.append((found[ours], found[theirs]))
    return times[1:]


def resident():
    """Megabytes of memory this process has now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6
