"""Compliance jobs: against the stand-in, and against servers that mean no good."""

import gzip
import itertools
import json
import logging
import time

import pytest
from conftest import ONCE, reply

from simulator.server import SimulatorServer
from x_api import (
    ComplianceClient,
    ComplianceJob,
    Verdict,
    XConflict,
    XGone,
    XKeysRefused,
    XNotAllowed,
    XRefused,
    XTooMany,
    XUnavailable,
    XUnreachable,
)
from x_api import compliance_files as files

BEARER = "demo-bearer-token"
JOBS = "/2/compliance/jobs"


@pytest.fixture(scope="module")
def stand_in():
    with SimulatorServer() as started:
        yield started


@pytest.fixture
def x(stand_in):
    stand_in.x.reset()
    stand_in.x.people.add("adatest", "Ada Testperson")
    yield stand_in.x
    stand_in.x.faults.clear()


@pytest.fixture
def client(stand_in, x):
    return ComplianceClient(BEARER, api_url=stand_in.url, backoff=ONCE)


def test_a_job_from_beginning_to_end(client, x):
    kept, gone = (x.posts.add("adatest", text) for text in ("stays", "goes"))
    hidden = next(p for p in x.posts if "For followers" in p.text)
    bounced = x.posts.add("adatest", "bounces")
    x.compliance.seconds = 60
    job = client.create_job(name="nightly")
    assert (job.kind, job.status, job.name) == ("tweets", "created", "nightly")
    assert (job.upload_expires_at - job.created_at).total_seconds() == 900
    assert job.download_expires_at > job.upload_expires_at
    client.upload(job, (post.id for post in (kept, gone, hidden, bounced)))
    assert client.job(job.id).status == "in_progress"
    with pytest.raises(ValueError, match="no results yet"):
        client.results(client.job(job.id))
    x.posts.delete(gone.id)
    x.compliance.judge(bounced.id, "bounced")
    x.clock.advance(60)
    done = client.job(job.id)
    assert done.status == "complete"
    assert list(client.results(done)) == [
        Verdict(gone.id, "delete", "deleted"),
        Verdict(hidden.id, "delete", "protected"),
        Verdict(bounced.id, "delete", "bounced"),
    ]
    assert [found.id for found in client.jobs()] == [job.id]
    assert client.jobs("users") == ()
    assert x.spent() == 0


def test_people_can_be_asked_about(client, x):
    names = ("johnmbrown", "henrycampbell", "tinapinero", "adatest")
    ids = [next(p.id for p in x.people if p.username == name) for name in names]
    x.people.delete("adatest")
    job = client.create_job("users")
    client.upload(job, [*ids, "12345"])
    said = {v.id: v.reason for v in client.results(client.job(job.id))}
    assert [said.get(one) for one in [*ids, "12345"]] == [
        "suspended",
        "protected",
        None,
        "deactivated",
        "deleted",
    ]


def test_nothing_to_say_is_no_verdict(client, x):
    job = client.create_job()
    client.upload(job, [x.posts.add("adatest", "fine").id])
    assert list(client.results(client.job(job.id))) == []


def test_one_job_of_a_kind_at_a_time(client, x):
    x.compliance.seconds = 60
    job = client.create_job()
    with pytest.raises(XConflict) as caught:
        client.create_job()
    assert (caught.value.status, caught.value.kind) == (409, "conflict")
    assert "already in progress" in caught.value.reason
    assert client.create_job("users").kind == "users"
    client.upload(job, ["1"])
    with pytest.raises(XConflict):
        client.create_job()
    x.clock.advance(60)
    second = client.create_job()
    x.clock.advance(900)
    assert client.job(second.id).status == "expired"
    third = client.create_job()
    x.compliance.fail(third.id)
    assert client.job(third.id).status == "failed"
    assert {j.status for j in client.jobs()} == {"complete", "expired", "failed"}


def test_addresses_expire(client, x):
    job = client.create_job()
    client.upload(job, ["1"])
    done = client.job(job.id)
    x.clock.advance(8 * 86_400)
    with pytest.raises(XGone):
        list(client.results(done))
    late = client.create_job()
    x.clock.advance(901)
    with pytest.raises(XGone):
        client.upload(late, ["1"])


def test_who_may_ask(client, stand_in, x):
    with pytest.raises(XGone):
        client.job("12345")
    person = x.login("marcdemo")["access_token"]
    with pytest.raises(XNotAllowed, match="unsupported-authentication") as caught:
        ComplianceClient(person, api_url=stand_in.url).jobs()
    assert "User Context is forbidden" in caught.value.reason
    x.set_app(bearer_token="another")
    with pytest.raises(XKeysRefused) as caught:
        client.create_job()
    assert caught.value.status == 401
    x.limits.set(f"GET {JOBS}", 0)
    with pytest.raises(XTooMany):
        ComplianceClient("another", api_url=stand_in.url).jobs()


def test_calls_go_through_the_gate_and_cost_nothing(stand_in, x):
    seen = []

    class Gate:
        def reserve(self, call):
            seen.append((call.endpoint, call.kind, call.most))

        def settle(self, _reserved, settlement):
            seen.append((settlement.resources, settlement.status))

    client = ComplianceClient(BEARER, api_url=stand_in.url, gate=Gate())
    job = client.create_job()
    client.upload(job, ["1"])
    client.jobs()
    list(client.results(client.job(job.id)))
    assert seen == [
        (f"POST {JOBS}", "compliance", 0),
        ((), 200),
        (f"GET {JOBS}", "compliance", 0),
        ((), 200),
        (f"GET {JOBS}/:id", "compliance", 0),
        ((), 200),
    ]


def test_a_job_is_made_once_and_looked_at_again(stand_in, x, pauses, make_client):
    client = ComplianceClient(BEARER, api_url=stand_in.url)
    x.faults.add(f"POST {JOBS}", kind="reset", count=2)
    with pytest.raises(XUnreachable):
        client.create_job()
    x.faults.clear()
    x.faults.add(f"GET {JOBS}", status=503)
    assert client.jobs() == ()
    made = [call.endpoint for call in x.calls]
    assert made == [f"POST {JOBS}", f"GET {JOBS}", f"GET {JOBS}"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "reset"}, XUnreachable),
        ({"kind": "truncate"}, XUnavailable),
        ({"status": 503}, XUnavailable),
        ({"kind": "html"}, XUnavailable),
        ({"status": 404}, XGone),
        ({"status": 401}, XGone),
    ],
)
def test_results_that_do_not_come_whole(fault, error, client, x):
    job = client.create_job()
    client.upload(job, [str(n) for n in range(1, 400)])
    done = client.job(job.id)
    x.faults.add("GET /storage/delivery", **fault)
    with pytest.raises(error) as caught:
        list(client.results(done))
    assert type(caught.value) is error
    assert len(list(client.results(done))) == 399


def test_an_upload_that_fails(client, x):
    job = client.create_job()
    x.faults.add("PUT /storage/submission", kind="reset")
    with pytest.raises(XUnreachable):
        client.upload(job, ["1"])
    x.faults.add("PUT /storage/submission", status=503)
    with pytest.raises(XUnavailable):
        client.upload(job, ["1"])
    client.upload(job, ["1"])
    assert client.job(job.id).status == "complete"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda c, job: c.create_job("posts"),
        lambda c, job: c.create_job(name="n" * 65),
        lambda c, job: c.jobs("likes"),
        lambda c, job: c.job("1/../2"),
        lambda c, job: c.upload(job, []),
        lambda c, job: c.upload(job, ["1", "1\n2"]),
        lambda c, job: c.results(job),
        lambda c, job: ComplianceClient("to ken").jobs(),
        lambda c, job: ComplianceClient("t", api_url="http://api.x.com"),
    ],
)
def test_our_own_mistakes_never_reach_x(wrong, client, x):
    job = ComplianceJob("1", status="created", upload_url="http://127.0.0.1:9/")
    with pytest.raises(ValueError) as caught:
        wrong(client, job)
    assert "to ken" not in str(caught.value)
    assert x.calls == []


ELSEWHERE = [
    "",
    "ftp://storage.example/1",
    "http://storage.example/1",
    "https://user:secret@storage.example/1",
    "https://storage.example:port/1",
]


@pytest.mark.parametrize("url", ELSEWHERE)
def test_files_go_to_secure_addresses_only(url, client):
    job = ComplianceJob("1", "tweets", "complete", upload_url=url, download_url=url)
    with pytest.raises(XRefused) as caught:
        client.upload(job, ["1"])
    assert "secret" not in str(caught.value)
    with pytest.raises(XRefused):
        list(client.results(job))


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_x_itself_has_no_business_on_this_machine(scheme, server):
    url = f"{scheme}://127.0.0.1:{server.server_port}/1"
    job = ComplianceJob("1", "tweets", "complete", upload_url=url, download_url=url)
    client = ComplianceClient("the-bearer")
    with pytest.raises(XRefused):
        client.upload(job, ["1"])
    with pytest.raises(XRefused):
        list(client.results(job))
    assert server.received == []


def stored(server, answer, **options):
    """The job whose files lie at ``server``, and a client."""
    server.answer = answer
    url = f"{server.url}/file?X-Goog-Signature=the-signature%2F1"
    job = ComplianceJob("1", "tweets", "complete", upload_url=url, download_url=url)
    options.setdefault("backoff", ONCE)
    return ComplianceClient("the-bearer", api_url=server.url, **options), job


def test_nothing_secret_goes_where_the_files_are(server, caplog, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password the-netrc")
    monkeypatch.setenv("HOME", str(tmp_path))
    line = b'{"id": "71", "action": "delete", "reason": "deleted"}\n'
    client, job = stored(server, lambda handler: reply(handler, line))
    with caplog.at_level(logging.DEBUG):
        client.upload(job, ["71", "72"])
        assert list(client.results(job)) == [Verdict("71", "delete", "deleted")]
    (path, put, body), (same, got, _nothing) = server.received
    assert path == same == "/file?X-Goog-Signature=the-signature%2F1"
    assert (body, put["Content-Type"]) == (b"71\n72\n", "text/plain")
    assert not {"Authorization", "Cookie"} & (set(put) | set(got))
    assert "the-bearer" not in str(put) + str(got)
    for secret in ("the-bearer", "the-signature", "the-netrc", "71"):
        assert secret not in caplog.text.replace(str(server.server_port), "")
    assert "the-signature" not in repr(job)


def test_nothing_is_followed(server):
    def elsewhere(handler):
        headers = {"Location": f"{server.url}/elsewhere"}
        reply(handler, b"", 302, headers=headers)

    client, job = stored(server, elsewhere)
    with pytest.raises(XUnavailable):
        client.upload(job, ["1"])
    with pytest.raises(XUnavailable):
        list(client.results(job))
    assert [path.split("?")[0] for path, *_rest in server.received] == ["/file"] * 2


NONSENSE = [
    b"",
    b"   ",
    b"nonsense",
    b"[]",
    b"{}",
    b"[" * 5000,
    b'{"id": "1"}',
    b'{"id": "1x", "action": "delete"}',
    b'{"action": "delete", "reason": "deleted"}',
    b"\xff\xfe",
]


def test_unknown_words_are_verdicts_all_the_same(server):
    known = b'{"id": 5, "action": "delete", "reason": "deleted", "new_key": {}}'
    strange = json.dumps({"id": "6", "action": "a" * 99, "reason": "new"}).encode()
    content = b"\r\n".join([b"", known, b" ", strange, b""])
    client, job = stored(server, lambda handler: reply(handler, content))
    assert list(client.results(job)) == [
        Verdict("5", "delete", "deleted"),
        Verdict("6", "a" * 60, "new"),
    ]


@pytest.mark.parametrize("line", NONSENSE[2:])
def test_after_a_line_that_is_no_verdict_nothing_is_known_of_the_others(line, server):
    verdict = b'{"id": "%d", "action": "delete", "reason": "deleted"}'
    content = b"\n".join([verdict % 5, line, verdict % 6])
    client, job = stored(server, lambda handler: reply(handler, content))
    told = []
    with pytest.raises(XUnavailable, match="lines are no verdicts: 1"):
        for said in client.results(job):
            told.append(said.id)
    assert told == ["5", "6"]


@pytest.mark.parametrize("content", [*NONSENSE[2:], b"<html>\nSorry\n</html>"])
def test_another_page_is_not_taken_for_no_verdicts(content, server):
    client, job = stored(server, lambda handler: reply(handler, content))
    with pytest.raises(XUnavailable):
        list(client.results(job))


def test_large_results_are_read_as_they_come(server, monkeypatch):
    line = b'{"id": "%d", "action": "delete", "reason": "deleted"}\n'
    content = gzip.compress(b"".join(line % n for n in range(50_000)))
    headers = {"Content-Encoding": "gzip"}
    client, job = stored(server, lambda h: reply(h, content, headers=headers))
    verdicts = client.results(job)
    assert [v.id for v in itertools.islice(verdicts, 3)] == ["0", "1", "2"]
    assert sum(1 for _verdict in verdicts) == 49_997
    monkeypatch.setattr(files, "MAX_DOWNLOAD", 1_000_000)
    with pytest.raises(XUnavailable, match="too large"):
        list(client.results(job))


def test_a_line_without_end(server, monkeypatch):
    content = b'{"id": "1", "action": "' + b"a" * 200_000
    client, job = stored(server, lambda handler: reply(handler, content))
    with pytest.raises(XUnavailable, match="without end"):
        list(client.results(job))


def test_too_many_ids(server, monkeypatch):
    monkeypatch.setattr(files, "MAX_UPLOAD", 100)
    client, job = stored(server, lambda handler: reply(handler, b""))
    with pytest.raises(ValueError, match="too many"):
        client.upload(job, (str(n) for n in itertools.count(10**18)))
    assert server.received == []


def test_a_store_that_hangs(server, monkeypatch):
    monkeypatch.setattr(files, "_FILE_SECONDS", 0.2)
    client, job = stored(server, lambda handler: time.sleep(1), timeout=(0.2, 0.2))
    for ask in (lambda: client.upload(job, ["1"]), lambda: list(client.results(job))):
        with pytest.raises(XUnreachable):
            ask()


def test_a_new_job_without_its_address_is_looked_at_again(server):
    job = {"id": "1", "status": "created", "type": "tweets"}
    whole = {**job, "upload_url": "https://storage.example/1"}

    def answer(handler):
        told = job if handler.command == "POST" else whole
        reply(handler, json.dumps({"data": told}).encode())

    client, _job = stored(server, answer)
    assert client.create_job().upload_url == whole["upload_url"]


@pytest.mark.parametrize(
    "data",
    [None, {}, {"id": "1"}, {"id": "x", "status": "created"}]
    + [{"id": "1", "status": "brand_new"}],
)
def test_what_is_no_job(data, server):
    body = json.dumps({"data": data, "meta": {}}).encode()
    client, _job = stored(server, lambda handler: reply(handler, body))
    with pytest.raises(XUnavailable):
        client.job("1")
