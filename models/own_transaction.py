"""Transactions of our own, beside the request's.

What must be kept although the request may be rolled back or replayed (tokens, a login,
what X answered) is written here. The rules that keep it from hanging:

* one open at a time in a thread, and none while X is waited for (the one exception is
  the renewal of tokens, which must keep others from spending the same refresh token);
* it writes rows of ``twitter.*`` models, the activities and messages on them, messages
  on the bus, and triggers of scheduled actions, never a row the request may have
  written: PostgreSQL sees no deadlock in a thread that waits for itself;
* the caller uses what it is given here and never reads it again: its own snapshot is
  older.
"""

import threading
from contextlib import contextmanager
from functools import partial

from psycopg2.errors import DeadlockDetected, LockNotAvailable
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from odoo.sql_db import Cursor

from .x_problem import XProblem

LOCK_TIMEOUT = 2  # seconds

_opened = threading.local()


class Busy(XProblem):
    """Another worker holds the row for longer than we want to wait."""

    def __init__(self, env):
        super().__init__(env, "busy")


@contextmanager
def own_transaction(env, lock_timeout=LOCK_TIMEOUT):
    """Give an environment (superuser, same user and context) on a cursor of its own.

    Commits on leaving, rolls back when an exception leaves.

    :param env: environment of the request
    :param lock_timeout: seconds to wait for a row before :class:`Busy` is raised
    :raise Busy: a row needed here stays locked by another worker; a problem to tell
        the user like those of X
    """
    if getattr(_opened, "here", False):
        raise RuntimeError("An own transaction is open in this thread already.")
    _opened.here = True
    try:
        with env.registry.cursor() as cr:
            # A test's cursor is one shared transaction, which has begun already.
            if isinstance(cr, Cursor):
                cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
                cr.execute("SET LOCAL lock_timeout = %s", (f"{lock_timeout}s",))
                # Odoo would log a wait that ends as an error, also in the ORM. Other
                # exceptions leave from here, and are logged by whom they reach.
                cr.execute = partial(cr.execute, log_exceptions=False)
            yield env(cr=cr, su=True)
    except (LockNotAvailable, DeadlockDetected) as error:
        raise Busy(env) from error
    finally:
        _opened.here = False
