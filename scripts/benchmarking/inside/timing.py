"""How long calls take that a browser makes, each as a request of its own."""

import statistics
import time
from contextlib import contextmanager

from odoo import api
from odoo.modules.registry import Registry


class Bench:
    """Measures calls as one user: one cursor and one empty ORM cache for each.

    An operation is a list of functions of an environment, the calls a browser makes
    for it; its time is theirs together, with what the ORM writes at the end of each.
    Nothing is committed.
    """

    def __init__(self, env, login, runs):
        self._registry = Registry(env.cr.dbname)
        user = env["res.users"].search([("login", "=", login)])
        self.user_id = user.id
        self._context = {
            "lang": "en_US",
            "tz": "UTC",
            "uid": user.id,
            "allowed_company_ids": user.company_ids.ids,
        }
        self._runs = runs

    @contextmanager
    def request(self):
        """An environment as a request has it; rolled back at the end."""
        with self._registry.cursor() as cr:
            try:
                yield api.Environment(cr, self.user_id, self._context)
            finally:
                cr.rollback()

    def measure(self, *calls, runs=None, is_warm=False):
        """``{median, worst, runs}`` in seconds.

        One run before them is not counted: it fills the caches of the registry, which
        a server has filled since its first user of the day.

        :param is_warm: they are filled already
        """
        count = (runs or self._runs) + (not is_warm)
        return summary([self._once(calls) for _ in range(count)][not is_warm :])

    def measure_both(self, call, otherwise, runs):
        """What `measure` gives, of a call as it is and within another context.

        The two take turns: the machine's other work then falls on both.

        :param otherwise: a function that gives the context
        """
        times = ([], [])
        for _ in range(runs):
            times[0].append(self._once([call]))
            with otherwise():
                times[1].append(self._once([call]))
        return tuple(map(summary, times))

    def _once(self, calls):
        total = 0
        for call in calls:
            with self.request() as env:
                begun = time.perf_counter()
                call(env)
                env.cr.flush()
                total += time.perf_counter() - begun
        return total

    def queries(self, *calls):
        """``[(seconds, query, parameters)]`` of one run, in their order."""
        found = []
        for call in calls:
            with self.request() as env, recorded(env.cr) as queries:
                call(env)
                env.cr.flush()
                found += queries
        return found

    def written(self, *calls):
        """``{table: rows inserted, updated or deleted}`` by one run."""
        with self.request() as env:
            before = _written(env.cr)
            for call in calls:
                call(env)
            env.cr.flush()
            counts = _written(env.cr)
        return {
            table: count - before.get(table, 0)
            for table, count in counts.items()
            if count != before.get(table)
        }


def summary(times):
    """``{median, worst, runs}`` of some times."""
    return {
        "median": statistics.median(times),
        "worst": max(times),
        "runs": len(times),
    }


def _written(cursor):
    # Counted on since PostgreSQL last took the connection's counts to its statistics.
    cursor.execute(
        """
        SELECT relname, n_tup_ins + n_tup_upd + n_tup_del
          FROM pg_stat_xact_user_tables
         WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
      ORDER BY relname
        """
    )
    return dict(cursor.fetchall())


@contextmanager
def recorded(cursor):
    """A list of what the cursor executes meanwhile, each with its time."""
    queries = []
    execute = cursor.execute

    def recording(query, params=None, log_exceptions=True):
        begun = time.perf_counter()
        result = execute(query, params, log_exceptions)
        told = cursor._obj.query.decode(errors="replace")
        queries.append((time.perf_counter() - begun, told))
        return result

    cursor.execute = recording
    try:
        yield queries
    finally:
        del cursor.execute


def plan(env, query):
    """The lines of the plan PostgreSQL followed for a query that reads."""
    env.cr.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {query}")
    return [line for (line,) in env.cr.fetchall()]
