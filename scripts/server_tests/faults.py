"""What goes wrong: ways a request comes, answers X gives, and the ends of processes.

Each is a function of a scene that has the salesperson act under it, and returns when it
is over.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from browser import RpcError, at_once
from requests import ConnectionError as ConnectionLost

TOKEN = "POST /2/oauth2/token"
LATE = 0.4  # seconds
HANGS = 20  # seconds, or until the faults are cleared
PATIENCE = 20
ROW_OF = "SELECT FROM twitter_engagement WHERE request_uid = %s FOR UPDATE"
ADMIT = "ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}"
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


# ------------------------------------------------------------
# HOW THE REQUEST COMES
# ------------------------------------------------------------


def once(scene):
    """One click."""
    scene.act()


def double_click(scene):
    """The same request twice at once."""
    at_once(scene.act, scene.act)


def two_tabs(scene):
    """Two requests of one intention at once."""
    other = scene.intention.new_uid()
    at_once(scene.act, lambda: scene.act(other))


def replayed(scene):
    """Odoo replays the request after X has answered."""
    scene.act_in_a_race()


def impatient(scene):
    """A second click as soon as the first one is answered, whatever it says."""
    scene.act()
    scene.act(scene.intention.new_uid())


COMINGS = (once, double_click, two_tabs, replayed, impatient)


# ------------------------------------------------------------
# WHAT X ANSWERS
# ------------------------------------------------------------

ON_THE_WIRE = {
    "reset before": {"kind": "reset"},
    "reset after": {"kind": "reset", "after": True},
    "hangs up before": {"kind": "hang", "delay": LATE},
    "hangs up after": {"kind": "hang", "delay": LATE, "after": True},
    "cut short": {"kind": "truncate"},
    "no JSON": {"kind": "malformed"},
    "a page before": {"kind": "html"},
    "a page after": {"kind": "html", "after": True},
    "late": {"delay": LATE},
    "500 before": {"status": 500},
    "500 after": {"status": 500, "after": True},
    "503 before": {"status": 503},
    "503 after": {"status": 503, "after": True},
    "429": {"status": 429},
    "402": {"status": 402},
    "403": {"status": 403},
    "token refused": {"status": 401},
    "connection ended": {"status": 401, "count": 2},
}


@contextmanager
def on_the_wire(scene, name):
    """X fails so at the next call of this intention."""
    fault = {"kind": "status", **ON_THE_WIRE[name]}
    scene.stage.x.faults.add(scene.intention.endpoint, **fault)
    yield
    scene.stage.x.faults.clear()


@contextmanager
def unreachable(scene):
    """Nobody listens at X's address."""
    scene.stage.simulator.stop()
    try:
        yield
    finally:
        scene.stage.simulator.start()


@contextmanager
def expired(scene):
    """The token has to be renewed first."""
    scene.stage.expire()
    yield


# ------------------------------------------------------------
# WHAT HAPPENS MEANWHILE
# ------------------------------------------------------------


def killed_renewing(scene):
    """The process ends before X was asked, while the token is renewed."""
    scene.stage.expire()
    killed_at(scene, TOKEN)


def killed_after_renewing(scene):
    """As above, and X has renewed: the token that is kept works no more."""
    scene.stage.expire()
    killed_at(scene, TOKEN, after=True)


def killed_before_it_is_done(scene):
    """The process ends while X is asked, and X never does it."""
    killed_at(scene, scene.intention.endpoint)


def killed_after_it_is_done(scene):
    """The process ends while X is asked, and X has done it."""
    killed_at(scene, scene.intention.endpoint, after=True)


def killed_beside_a_double_click(scene):
    """As above, and the same request came once more before."""
    killed_at(scene, scene.intention.endpoint, meanwhile=scene.act, after=True)


def killed_before_the_outcome(scene):
    """X has answered, and the process ends before that is written."""
    with answering(scene) as (call, answer), held(scene):
        worker = scene.stage.server.worker_talking_from(call.client_port)
        answer()
        time.sleep(0.2)  # the answer is read, the row is waited for
        worker.kill()
    assert scene.told[-1] is None, "the worker was not killed"


def row_held(scene):
    """Another transaction holds the row when X has answered."""
    with answering(scene) as (_call, answer), held(scene):
        answer()
        time.sleep(1)


def database_gone(scene):
    """The database ends all connections, and takes none, when X has answered."""
    name = scene.stage.database
    scene.stage.expected += [
        "odoo.http: Exception during request handling.",
        "psycopg2.OperationalError: server closed the connection unexpectedly",
    ]
    lost = (ConnectionLost, RpcError)
    with (
        answering(scene, lost=lost) as (_call, answer),
        scene.stage.databases.cursor() as cursor,
    ):
        cursor.execute(ADMIT.format(name, "false"))
        try:
            cursor.execute(CUT, [name])
            answer()
            time.sleep(0.6)
        finally:
            cursor.execute(ADMIT.format(name, "true"))


KILLS = (
    killed_renewing,
    killed_after_renewing,
    killed_before_it_is_done,
    killed_after_it_is_done,
    killed_beside_a_double_click,
    killed_before_the_outcome,
)


def killed_at(scene, endpoint, meanwhile=None, **fault):
    """Kill the worker that has just asked X this."""
    stage = scene.stage
    asked = stage.calls(endpoint)
    stage.x.faults.add(endpoint, kind="hang", delay=HANGS, **fault)

    def kill():
        stage.wait_for_call(endpoint, asked + 1)
        if meanwhile:
            meanwhile()
        calls = [call for call in stage.x.calls if call.endpoint == endpoint]
        # Of several at once, others may have been answered.
        ports = [call.client_port for call in calls[asked:]]
        workers = filter(None, map(stage.server.worker_talking_from, ports))
        next(workers).kill()

    at_once(scene.act, kill)
    stage.x.faults.clear()
    assert scene.told[-1] is None, "the worker was not killed"


@contextmanager
def answering(scene, **options):
    """Act, and have X keep its answer back until the block asks for it.

    Gives the call, and a function that has X answer and returns when it has.
    """
    stage, endpoint = scene.stage, scene.intention.endpoint
    asked = stage.calls(endpoint)
    stage.x.faults.add(endpoint, delay=HANGS)
    with ThreadPoolExecutor(1) as thread:
        acting = thread.submit(scene.act, **options)
        stage.wait_for_call(endpoint, asked + 1)
        call = [call for call in stage.x.calls if call.endpoint == endpoint][-1]

        def answer():
            stage.x.faults.clear()
            deadline = time.monotonic() + PATIENCE
            while not call.status:
                assert time.monotonic() < deadline, "X does not answer"
                time.sleep(0.02)

        yield call, answer
        acting.result()


@contextmanager
def held(scene):
    """The intention's row is held by another transaction."""
    with scene.stage.databases.cursor(scene.stage.database) as cursor:
        connection = cursor.connection
        connection.autocommit = False
        cursor.execute(ROW_OF, [scene.uid])
        assert cursor.rowcount == 1
        yield
        connection.rollback()
