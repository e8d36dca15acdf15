"""Everything under it ends while people work: nothing is doubled, nothing is lost.

On a PostgreSQL and a server of their own, which may be ended.
"""

import contextlib
import resource
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import psycopg2
import pytest
from browser import Browser, RpcError
from conftest import LOGINS, complaints, running
from environment import cache
from environment.databases import Databases
from environment.progress import Failure
from own_postgresql import copied
from requests import ConnectionError as ConnectionLost
from requests import JSONDecodeError, Timeout
from scene import Scene

CREATE, TOKEN = "POST /2/tweets", "POST /2/oauth2/token"
#: What a browser may meet while everything ends: no answer, an error, a bare page.
LOST = (ConnectionLost, Timeout, RpcError, JSONDecodeError)
#: Seconds: how long X takes for each answer, so that many are waited for.
SLOW = 0.3
PATIENCE = 60
#: Clicks of each of two people; with --long, more.
EVERY_DAY, OFTEN = 2, 12
CONTACT = {"name": "Jacques Dunagan", "twitter_handle": "jacquesdunagan"}
IMAGE = """
    SELECT store_fname FROM ir_attachment
     WHERE res_model = 'res.partner' AND res_field = 'image_1920' AND res_id = %s
       AND store_fname IS NOT NULL
"""
ACCOUNTS = "SELECT username, state, refresh_token IS NOT NULL FROM twitter_account"


@pytest.fixture(scope="module")
def ruins(everything):
    installation = everything.given[0]
    with copied(installation, everything.database) as (cluster, own, name, is_copied):
        logins = () if is_copied else LOGINS
        with running(own, Databases(own), name, logins) as stage:
            stage.cluster = cluster
            yield stage


@pytest.fixture
def ruined(ruins):
    """The stage at its start. What is logged in the end is asked for by the test."""
    ruins.reset()
    ruins.x.limits.set(CREATE, 1000)
    yield ruins
    ruins.x.latency = 0


@pytest.fixture
def people(ruins):
    return [Browser(ruins.server.url, ruins.database, login) for login in LOGINS]


def _restart_postgresql(stage):
    stage.cluster.stop()
    time.sleep(0.5)  # who connects now is refused
    stage.cluster.start()


def _crash_postgresql(stage):
    stage.cluster.crash()
    stage.cluster.start()


def _kill_odoo(stage):
    stage.server.stop()
    stage.server.start()


DISASTERS = (_restart_postgresql, _crash_postgresql, _kill_odoo)


@pytest.mark.parametrize(
    "clicks", [EVERY_DAY, pytest.param(OFTEN, marks=pytest.mark.long)]
)
@pytest.mark.parametrize("disaster", DISASTERS)
def test_it_ends_under_load(ruined, people, disaster, clicks, record_property):
    scenes = [
        Scene(ruined, person, "post", me=me)
        for person, me in zip(people, ("marcdemo", "mitchelladmin"), strict=True)
        for _click in range(clicks)
    ]
    before = sorted(ruined.sql(ACCOUNTS))
    ruined.x.latency = SLOW
    asked = ruined.calls(CREATE)
    with ThreadPoolExecutor(len(scenes)) as threads:
        acting = [threads.submit(scene.act, None, LOST) for scene in scenes]
        ruined.wait_for_call(CREATE, asked + 2)
        under_way = [each for each in acting if not each.done()]
        disaster(ruined)
        for each in acting:
            each.result()
    record_property("faults injected", 1)
    assert under_way, "it has met nobody"
    ruined.x.latency = 0
    _wait_until_all_is_well(ruined, people)
    ruined.server.log.taken()
    for scene in scenes:
        scene.check_what_is_told()
    scenes[0].settle()
    for scene in scenes:
        scene.conclude()
    assert sorted(ruined.sql(ACCOUNTS)) == before
    assert len(before) == 2
    # Whoever was lost can be sent again, and nobody's work is in the way.
    for person in people:
        again = Scene(ruined, person, "post", me="ourcompany")
        again.act()
        again.conclude()
        assert again.states() == ["done"]
    assert complaints(ruined.server.log.taken()) == []


def test_a_token_is_renewed_after_postgresql_has_restarted(ruined, people):
    """Connections of before are of no use; the new token is asked for and kept once."""
    person = people[0]
    person.connect("marcdemo")
    [lead] = ruined.leads(twitter_handle="jacquesdunagan")
    ruined.expire()
    asked = ruined.calls(TOKEN)
    _restart_postgresql(ruined)
    _wait_until_all_is_well(ruined, people)
    answer = person.ask("crm.lead", "twitter_read", [lead], refresh=True)
    assert answer["problem"] is False
    assert ruined.calls(TOKEN) == asked + 1
    assert ruined.sql("SELECT state FROM twitter_account") == [("connected",)]


def test_postgresql_restarts_while_a_token_is_renewed(ruined, people):
    """Nobody else has the new token: its user is asked to log in, and can."""
    person = people[0]
    person.connect("marcdemo")
    [lead] = ruined.leads(twitter_handle="jacquesdunagan")
    ruined.expire()
    asked = ruined.calls(TOKEN)
    ruined.x.latency = SLOW
    with ThreadPoolExecutor(1) as thread:
        reading = thread.submit(_read, person, lead)
        ruined.wait_for_call(TOKEN, asked + 1)
        _restart_postgresql(ruined)
        reading.result()
    ruined.x.latency = 0
    _wait_until_all_is_well(ruined, people)
    ruined.server.log.taken()
    assert _read(person, lead)["problem"]["code"] == "reconnect"
    assert ruined.calls(TOKEN) == asked + 2
    person.connect("marcdemo")
    assert _read(person, lead)["problem"] is False
    assert complaints(ruined.server.log.taken()) == []


def _read(person, lead):
    try:
        return person.call("crm.lead", "twitter_read", [lead], refresh=True)
    except LOST:
        return None


def test_the_disk_of_the_filestore_is_full(ruined, people, record_property):
    """What is done on X does not need it; a picture that could not be kept is taken
    again by the same click when there is room."""
    person = people[0]
    ruined.sql("DELETE FROM ir_config_parameter WHERE key = 'ir_attachment.location'")
    scenes = [Scene(ruined, person, "post"), Scene(ruined, person, "repost")]
    contact = person.call("res.partner", "create", [CONTACT])
    assert person.call("res.partner", "twitter_read", contact)["problem"] is False
    assert not person.call("res.partner", "twitter_fetch_photo", contact)["problem"]
    with _full_disk(ruined.server):
        with contextlib.suppress(*LOST):
            _use_photo(person, contact)
        assert not _has_image(ruined, contact), "the disk was not full"
        for scene in scenes:
            scene.act(lost=LOST)
            record_property("faults injected", 1)
    _wait_until_all_is_well(ruined, people)
    # Odoo leaves an empty file, and takes none of the same content while it is there.
    for left in _filestore(ruined).rglob("*"):
        if left.is_file() and not left.stat().st_size:
            left.unlink()
    _use_photo(person, contact)
    assert _has_image(ruined, contact)
    for scene in scenes:
        scene.conclude()
        assert scene.intention.times_sent(ruined.x) == 1
        assert scene.states() == ["done"]
    assert {state for _name, state, _token in ruined.sql(ACCOUNTS)} == {"connected"}


def _use_photo(person, contact):
    person.call("res.partner", "twitter_use_photo", contact, replace=True)


def _has_image(stage, contact):
    """Whether the contact's image is there, as a file."""
    rows = stage.sql(IMAGE, contact[0])
    return bool(rows) and all((_filestore(stage) / name).is_file() for (name,) in rows)


def _filestore(stage):
    return cache.work_folder("data") / "filestore" / stage.database


@contextlib.contextmanager
def _full_disk(server):
    """No process of the server can make a file longer, as where no room is left."""
    limits = {process.pid: _limit(process.pid, 0) for process in server.processes()}
    try:
        yield
    finally:
        for pid, limit in limits.items():
            if psutil.pid_exists(pid):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)


def _limit(pid, size):
    soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
    return soft, hard


def _wait_until_all_is_well(stage, people):
    """Return when PostgreSQL and each worker answer."""
    deadline = time.monotonic() + PATIENCE
    well = 0
    # Of two workers either may be the one that answers.
    while well < 6:
        assert time.monotonic() < deadline, "it does not come back"
        try:
            stage.sql("SELECT 1")
            for person in people:
                person.call("res.users", "read", [person.user], ["name"])
            well += 1
        except (*LOST, Failure, psycopg2.Error):
            well = 0
            time.sleep(0.1)
