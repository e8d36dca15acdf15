"""How many of this server's workers may wait for X at once.

X hanging must not hold up the CRM: all of its HTTP workers but one may wait for X, and
who comes then is told so at once.
"""

import socket
import time
from contextlib import contextmanager

from odoo.http import request
from odoo.tools import SQL, config

from .x_problem import XProblem

# A server of threads, as in development, has no workers to be kept free.
THREADS = 8
LOOK_AGAIN = 0.05  # seconds
PLACE = "crm_twitter.place"


@contextmanager
def waiting_for_x(env, patience=0.0):
    """Be one of those who wait for X, until the request's transaction ends.

    It is a lock of that transaction, so that a worker that is killed holds nothing;
    a request that asks X several times keeps its place. What no browser waits for, such
    as scheduled actions, keeps none of them waiting.

    :param patience: seconds to wait for a place
    :raise XProblem: ``crowded``
    """
    latest = time.monotonic() + patience
    while request and not _has_place(env):
        if time.monotonic() >= latest:
            raise XProblem(env, "crowded")
        time.sleep(LOOK_AGAIN)
    yield


def places():
    """For how many workers of this server there is a place."""
    workers = config["workers"]
    return max(1, workers - 1) if workers else THREADS


def _has_place(env):
    """Whether the transaction has one, or gets one."""
    # Kept until the transaction ends, as the lock is.
    mine = env.cr.postcommit.data
    if PLACE in mine:
        return True
    name = f"crm_twitter {socket.gethostname()}"
    for place in range(places()):
        [[is_ours]] = env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)", name, place)
        )
        if is_ours:
            mine[PLACE] = place
            return True
    return False
