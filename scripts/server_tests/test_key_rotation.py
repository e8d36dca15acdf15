"""The master key is replaced beside a server that renews tokens meanwhile."""

import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import psycopg2
import pytest
from browser import Browser
from conftest import MASTER, complaints
from environment import cache
from processes import HERE, Crowd, Log, Server

NEW_MASTER = "the new master key for tests only, never for a real server"
NEW, OLD = "CRM_TWITTER_MASTER_KEY", "CRM_TWITTER_OLD_MASTER_KEY"
TOKEN = "POST /2/oauth2/token"
PATIENCE = 60
MORE = 60  # connections beside Anna's
COPIES = """
    INSERT INTO twitter_account
           (twitter_id, username, "limit", state, access_token, refresh_token)
    SELECT 'copy ' || number, 'copy', 280, state, access_token, refresh_token
      FROM twitter_account, generate_series(1, %s) number
"""
OLD_FINGERPRINT = """
    SELECT value FROM ir_config_parameter
     WHERE key = 'crm_twitter.old_master_fingerprint' AND value <> ''
"""
SECRETS = "SELECT access_token FROM twitter_account ORDER BY id"
LOGIN = """
    INSERT INTO twitter_login (user_id, state, state_hash, session_hash, scope,
                               redirect_uri, return_path, create_date, verifier)
    SELECT %s, 'pending', 'late', 'late', 'read', '/', '/', now(), access_token
      FROM twitter_account LIMIT 1
"""


class Rotation:
    """The command, and whoever has which keys, on the stage's database."""

    def __init__(self, stage):
        self.stage = stage
        self.installation, self.settings, self.variables = stage.given

    def with_keys(self, new, old=None):
        variables = {**self.variables, NEW: new, OLD: old or ""}
        return self.installation, self.settings, variables

    @contextmanager
    def server(self, new, old):
        """A server that has both keys; its log must not complain."""
        log = Log(cache.work_folder("logs") / f"{self.stage.database}-keys.log")
        server = Server(*self.with_keys(new, old), log)
        try:
            server.wait_until_it_answers()
            yield server
        finally:
            server.stop()
        assert complaints(log.taken()) == []

    @contextmanager
    def crowd(self, new, old=None):
        """Processes that have these keys."""
        log = Log(cache.work_folder("logs") / f"{self.stage.database}-keys-crowd.log")
        crowd = Crowd(*self.with_keys(new, old), log)
        try:
            crowd.wait_until_ready()
            yield crowd
        finally:
            crowd.stop()

    def command(self, new, old, *options):
        """Begin to replace the old key by the new one."""
        installation, settings, variables = self.with_keys(new, old)
        return subprocess.Popen(
            [sys.executable, str(HERE / "odoo_server.py"), "crm_twitter_key", *options],
            env={**installation.environment(settings), **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self, command):
        """Wait for its end; return what it told, after it went well."""
        told, log = command.communicate(timeout=PATIENCE)
        assert command.returncode == 0, log
        assert complaints(log) == []
        return told

    def secrets(self):
        """Of each connection, as it is in the database."""
        return [secret for (secret,) in self.stage.sql(SECRETS)]

    def wait_for_change(self, before, number):
        """Return when that many secrets are not what they were."""
        deadline = time.monotonic() + PATIENCE
        while True:
            after = self.secrets()
            changed = sum(one != two for one, two in zip(before, after, strict=True))
            if changed >= number:
                return
            assert time.monotonic() < deadline, f"{changed} secrets were renewed"
            time.sleep(0.005)


@pytest.fixture
def rotation(stage):
    """Afterwards the database has the key of the other tests again."""
    rotation = Rotation(stage)
    yield rotation
    if _refused(stage):
        rotation.end(rotation.command(MASTER, NEW_MASTER))


@contextmanager
def using(stage, person):
    """Somebody who uses a connection all the time, renewed each time; what came."""
    answers, over = [], threading.Event()
    [lead] = stage.leads(twitter_handle="jacquesdunagan")

    def use():
        while not over.is_set():
            stage.sql(
                "UPDATE twitter_account SET expires_at = now() - interval '1 hour'"
                " WHERE username = 'marcdemo'"
            )
            stage.forget_limits()
            answer = person.ask("crm.lead", "twitter_read", [lead], refresh=True)
            answers.append(answer["problem"])

    thread = threading.Thread(target=use)
    thread.start()
    try:
        yield answers
    finally:
        over.set()
        thread.join()


def test_the_key_is_replaced_beside_a_running_server(stage, rotation, anna):
    anna.connect("marcdemo")
    stage.sql(COPIES, MORE)
    before = stage.crowd.one("reveal")
    assert len(before) == 2 * (1 + MORE) + 1
    stage.x.calls.clear()
    with rotation.server(NEW_MASTER, MASTER) as server:
        far = Browser(server.url, stage.database, "anna")
        secrets = rotation.secrets()
        late = psycopg2.connect(**_connection(stage))
        with late, late.cursor() as cursor, using(stage, far) as answers:
            # A login begun before, whose transaction ends long after.
            cursor.execute(LOGIN, [anna.user])
            command = rotation.command(NEW_MASTER, MASTER)
            rotation.wait_for_change(secrets, MORE)
            time.sleep(1)
            assert command.poll() is None, "it did not wait"
            late.commit()
            told = rotation.end(command)
        late.close()
        assert "Done: " in told
        assert "0 could not be read" in told
        assert len(answers) > 2
        assert not any(answers)
        assert stage.calls(TOKEN) == len(answers)
    with rotation.crowd(NEW_MASTER) as crowd:
        after = crowd.one("reveal")
        assert crowd.one("use_token", login="anna")["handle"] == "marcdemo"
    copies = {name for name in before if before[name] == after.get(name)}
    assert len(copies) == 2 * MORE + 1
    assert len(after) == len(before) + 1
    assert "unreadable" in _refused(stage)


def _refused(stage):
    """What somebody says who has the old key only."""
    try:
        stage.crowd.one("reveal")
    except AssertionError as error:
        return str(error).replace("SecretUnreadable", "unreadable")
    return ""


def test_two_at_once_and_what_does_not_end(stage, rotation, anna):
    anna.connect("marcdemo")
    with rotation.crowd(NEW_MASTER, MASTER) as crowd:
        before = crowd.one("reveal")
        late = psycopg2.connect(**_connection(stage))
        with late, late.cursor() as cursor:
            cursor.execute(LOGIN, [anna.user])
            told = sorted(crowd.all("replace_key", [{"patience": 1}] * 2))
            assert "has not ended yet" in told[0], told
            assert "being replaced by another process" in told[1], told
            # Not done: the old key is needed, and is known to be.
            assert "unreadable" in _refused(stage)
            assert len(stage.sql(OLD_FINGERPRINT)) == 1
        late.close()
        assert crowd.one("replace_key", patience=30) == {"renewed": 1, "kept": 3}
    assert stage.sql(OLD_FINGERPRINT) == []
    with rotation.crowd(NEW_MASTER) as crowd:
        after = crowd.one("reveal")
    assert before.items() < after.items()


def test_no_file_is_made_that_nobody_reads(rotation):
    command = rotation.command(NEW_MASTER, None, "--new")
    _told, log = command.communicate(timeout=PATIENCE)
    assert command.returncode == 1
    assert "Not done: CRM_TWITTER_MASTER_KEY is set" in log


def test_a_database_that_is_not_there_is_named(rotation):
    command = rotation.command(NEW_MASTER, MASTER, "-d", "nobodys_database")
    _told, log = command.communicate(timeout=PATIENCE)
    assert command.returncode == 1
    assert "nobodys_database cannot be opened: " in log
    assert "Traceback" not in log


@pytest.mark.long
def test_killed_in_the_middle_it_goes_on(stage, rotation, anna):
    anna.connect("marcdemo")
    stage.sql(COPIES, MORE)
    before, secrets = stage.crowd.one("reveal"), rotation.secrets()
    command = rotation.command(NEW_MASTER, MASTER)
    rotation.wait_for_change(secrets, MORE // 3)
    command.kill()
    command.communicate()
    left = sum(one in secrets for one in rotation.secrets())
    assert 0 < left < len(secrets)
    # Both keys are needed now; which is called the old one does not matter.
    with rotation.crowd(MASTER, NEW_MASTER) as crowd:
        assert crowd.one("reveal") == before
    assert "unreadable" in _refused(stage)
    told = rotation.end(rotation.command(NEW_MASTER, MASTER))
    assert "Done: " in told
    with rotation.crowd(NEW_MASTER) as crowd:
        assert crowd.one("reveal") == before


@pytest.mark.long
def test_without_the_keys_the_command_says_what_is_missing(stage, rotation, anna):
    anna.connect("marcdemo")
    secrets = rotation.secrets()
    command = rotation.command(NEW_MASTER, None)
    _told, log = command.communicate(timeout=PATIENCE)
    assert command.returncode == 1
    assert "Not done: The key that protects this database's connections" in log
    assert rotation.secrets() == secrets


def _connection(stage):
    server = stage.given[0].server
    given = {"host": server.host, "port": server.port, "user": server.user}
    given = {name: value for name, value in given.items() if value}
    return {"dbname": stage.database, **given}
