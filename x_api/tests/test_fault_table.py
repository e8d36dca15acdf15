"""Every call of X by everything that can go wrong with it."""

import ast
import contextlib
import inspect
import re
import socket
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from deeds import BEARER, DEEDS, KEYS, World
from faults import FAULTS, ON_THE_WAY, ON_THE_WIRE, REFUSED

import x_api
from simulator import certificate, lines
from simulator.server import SimulatorServer
from x_api import compliance_files, endpoints_writes, errors
from x_api.compliance import ComplianceClient
from x_api.oauth2 import OAuth2Client

#: What talks to nobody, or is a way to do several of the others.
NO_CALLS = {"XClient.together", "OAuth2Client.authorize"}
PACKAGE = Path(x_api.__file__).parent
#: Tries of a read; of all else there is one.
TRIES = 3
#: Of so many cases one is tried every day, the others with --long.
PART = 3


def _cases(names):
    """Each name by each deed; every day each of both is among them."""
    for row, name in enumerate(names):
        for column, (called, deed) in enumerate(DEEDS.items()):
            marks = pytest.mark.long if (row + column) % PART else ()
            yield pytest.param(name, deed, id=f"{name}-{called}", marks=marks)


@pytest.fixture(scope="module")
def server():
    with SimulatorServer(callbacks=[]) as started:
        yield started


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory):
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    certificate.write(path, lines.HOST)
    return path


@pytest.fixture
def x(server):
    server.x.reset()
    server.x.plan = "enterprise"
    yield server.x
    server.x.faults.clear()


@contextlib.contextmanager
def _no_names(monkeypatch, url):
    def unknown(*_arguments, **_options):
        raise socket.gaierror(-2, "Name or service not known")

    with monkeypatch.context() as patched:
        patched.setattr(socket, "getaddrinfo", unknown)
        # By a name to which no connection was kept.
        yield url.replace(lines.HOST, "localhost")


@pytest.fixture
def way(server, unsigned, monkeypatch):
    """By the name of a fault on the way: a context manager that gives an address."""
    ways = {
        "refused connection": lines.dead,
        "unknown name": lambda: _no_names(monkeypatch, server.url),
        "wrong certificate": lambda: lines.unknown_to_all(unsigned),
        "hang at connect": lines.deaf,
        "no TLS": lines.speaking_no_tls,
        "hung up at once": lines.hanging_up,
    }
    assert ways.keys() == ON_THE_WAY.keys()
    return ways


@pytest.fixture
def make_world(server, x, monkeypatch):
    """By timeouts. Nobody waits for a minute here, as one does for a large file."""

    def make(timeout=(5.0, 8.0), **options):
        monkeypatch.setattr(compliance_files, "_FILE_SECONDS", timeout[1])
        monkeypatch.setattr(endpoints_writes, "_UPLOAD_SECONDS", timeout[1])
        backoff = x_api.Backoff(sleep=lambda _seconds: None, patience=60)
        return World(server, timeout, backoff, **options)

    return make


def _error_of(ask):
    try:
        ask()
    except errors.XError as error:
        return error
    return None


@pytest.mark.parametrize(("name", "deed"), list(_cases(ON_THE_WAY)))
def test_each_call_on_a_line_to_nobody(name, deed, x, way, make_world, record_property):
    fault = ON_THE_WAY[name]
    world = make_world(fault.timeout)
    ask = deed.prepare(world)
    asked = len(x.calls)
    with way[name]() as world.url:
        error = _error_of(ask)
    record_property("faults injected", 1)
    assert type(error) is getattr(errors, fault.error_for(deed.kind))
    assert len(x.calls) == asked
    _check_words(error, world)


@pytest.mark.parametrize(("name", "deed"), list(_cases([*ON_THE_WIRE, *REFUSED])))
def test_each_call_by_each_answer(name, deed, x, make_world, record_property):
    fault = FAULTS[name]
    world = make_world(fault.timeout)
    ask = deed.prepare(world)
    waiting = x.faults.add(deed.endpoint, count=TRIES + 1, **fault.wire)
    error = _error_of(ask)
    record_property("faults injected", 1)
    expected = fault.error_for(deed.kind)
    assert type(error) is (getattr(errors, expected) if expected else type(None))
    may_go_on = isinstance(error, (errors.XUnreachable, errors.XUnavailable))
    tries = TRIES if deed.is_read and may_go_on else 1
    assert _arrived(waiting, tries) == tries
    if error:
        _check_words(error, world)
        _check_what_it_carries(error, fault)


def _arrived(waiting, number):
    """How many have met the fault; on a busy machine some arrive when we are gone."""
    latest = time.monotonic() + 5
    while TRIES + 1 - waiting.count < number and time.monotonic() < latest:
        time.sleep(0.01)
    return TRIES + 1 - waiting.count


def _check_words(error, world):
    """A log may hold them: nothing of the answer, of the address, or of the token."""
    told = f"{error} {error!r} {error.reason}"
    secrets = [*world.token.values(), *KEYS, BEARER, "127.0.0.1", "evil.example"]
    assert not [each for each in secrets if str(each) in told]
    assert re.fullmatch(r"[\w /:.,'-]{1,120}", str(error)), str(error)
    assert error.__cause__ is None


def _check_what_it_carries(error, fault):
    status = fault.wire.get("status")
    if isinstance(error, errors.XRefused) and status and status >= 400:
        assert error.status == status
    if isinstance(error, errors.XTooMany):
        now = datetime.now(timezone.utc)
        assert now < error.resets_at < now + timedelta(hours=24, minutes=1)


@pytest.mark.parametrize(
    "deed", [deed for name, deed in DEEDS.items() if name.startswith("XClient")]
)
def test_a_rejected_token_is_renewed_for_each_call(deed, x, make_world):
    """Which is the one case where a deed is sent again: X has not done it."""
    renewed = []

    def renew(rejected):
        renewed.append(rejected)
        return x.login("marcdemo")["access_token"]

    world = make_world(renew=renew)
    ask = deed.prepare(world)
    x.faults.add(deed.endpoint, status=401)
    renewed.clear()
    asked = [call.endpoint for call in x.calls].count(deed.endpoint)
    ask()
    assert renewed == [world.token["access_token"]]
    assert [call.endpoint for call in x.calls].count(deed.endpoint) == asked + 2


def test_every_call_is_in_the_table():
    clients = (x_api.XClient, OAuth2Client, ComplianceClient)
    known = {f"{c.__name__}.{name}" for c in clients for name in _methods(c)}
    assert DEEDS.keys() == (known - NO_CALLS) | {"fetch_image"}


def _methods(client):
    found = inspect.getmembers(client, inspect.isfunction)
    return [name for name, _function in found if not name.startswith("_")]


def test_every_endpoint_named_is_in_the_table():
    named = {part for path in PACKAGE.glob("*.py") for part in _paths_in(path)}
    asked = {deed.endpoint.partition(" ")[2] for deed in DEEDS.values()}
    assert named
    unknown = [path for path in named if not any(a.startswith(path) for a in asked)]
    assert not unknown
    simulated = [path for path in asked if path.startswith("/2/")]
    assert [path for path in simulated if not _is_named(path, named)] == []


def _paths_in(path):
    """What begins with /2/ in a string of the source, or as a part of one."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"(?:^|(?<= ))/2/[\w/:]+", node.value)


def _is_named(path, named):
    return any(path.startswith(each) for each in named)
