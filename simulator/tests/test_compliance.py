"""Compliance jobs: who may make them, what X says of them, and where the files lie."""

import json
from urllib.parse import urlsplit

import pytest
from openapi import description

JOBS = "/2/compliance/jobs"
FIELDS = "created_at,download_expires_at,download_url,id,name,status,type"


@pytest.fixture
def app(browse, x):
    caller = browse()
    caller.session.headers["Authorization"] = f"Bearer {x.app.bearer_token}"
    return caller


def put(browser, url, ids, **headers):
    parts = urlsplit(url)
    headers = {"Content-Type": "text/plain", **headers}
    path = f"{parts.path}?{parts.query}"
    return browser.send("PUT", path, data="\n".join(ids), headers=headers)


def download(browser, url):
    parts = urlsplit(url)
    return browser.send("GET", f"{parts.path}?{parts.query}")


@pytest.mark.parametrize("version", ["2.166", "2.167"])
def test_answers_are_as_x_describes_them(app, x, version):
    x.compliance.seconds = 60
    made = app.post(JOBS, {"type": "tweets", "name": "nightly", "resumable": False})
    job = made.json()["data"]
    answers = [
        made,
        app.get(JOBS, type="tweets"),
        app.get(JOBS, type="tweets", status="created"),
        app.get(f"{JOBS}/{job['id']}"),
        app.get(JOBS, type="users"),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.text
        description(version).validate_answer(answer)
    assert "data" not in answers[-1].json()
    some = app.get(JOBS, type="tweets", **{"compliance_job.fields": FIELDS})
    shown = some.json()["data"][0]
    assert (shown["id"], shown["name"]) == (job["id"], "nightly")
    assert not {"upload_url", "resumable"} & set(shown)


@pytest.mark.parametrize("version", ["2.166", "2.167"])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", JOBS, {}),
        ("POST", JOBS, {"type": "likes"}),
        ("POST", JOBS, {"type": "tweets", "name": "n" * 65}),
        ("POST", JOBS, {"type": "tweets", "colour": "red"}),
        ("GET", JOBS, None),
        ("GET", f"{JOBS}?type=likes", None),
        ("GET", f"{JOBS}?type=tweets&status=expired", None),
        ("GET", f"{JOBS}?type=tweets&compliance_job.fields=colour", None),
        ("GET", f"{JOBS}/12x", None),
    ],
)
def test_nonsense_is_refused(app, x, version, method, path, body):
    response = app.send(method, path, json=body)
    assert response.status_code == 400, response.text
    assert response.json()["type"].endswith("/invalid-request")
    assert list(x.compliance) == []


def test_it_is_for_the_app_alone(app, me, browse, x):
    for response in (me.get(JOBS, type="tweets"), me.post(JOBS, {"type": "tweets"})):
        assert response.status_code == 403
        assert response.json()["type"].endswith("/unsupported-authentication")
        assert "User Context is forbidden" in response.json()["detail"]
        description("2.166").validate_problem(response.json())
    assert browse().get(JOBS, type="tweets").status_code == 401
    assert app.get(JOBS, type="tweets").headers["x-rate-limit-limit"] == "150"
    x.set_app(bearer_token="another")
    assert app.get(JOBS, type="tweets").status_code == 401


def test_one_job_of_a_kind_at_a_time(app):
    assert app.post(JOBS, {"type": "tweets"}).status_code == 200
    again = app.post(JOBS, {"type": "tweets"})
    assert again.status_code == 409
    assert again.json()["type"].endswith("/conflict")
    description("2.166").validate_problem(again.json())
    assert app.post(JOBS, {"type": "users"}).status_code == 200


def test_an_unknown_job(app):
    answer = app.get(f"{JOBS}/12345")
    assert answer.status_code == 200
    assert answer.json()["errors"][0]["title"] == "Not Found Error"


def test_verdicts_are_lines(app, browse, x):
    author = x.people.named("tinapinero")
    posts = [x.posts.add("tinapinero", text) for text in ("a", "b", "c")]
    x.posts.delete(posts[1].id)
    edited = x.posts.edit(posts[0].id, "a!")
    job = app.post(JOBS, {"type": "tweets"}).json()["data"]
    ids = [*(post.id for post in posts), edited.id]
    nobody = browse()
    assert put(nobody, job["upload_url"], ids).status_code == 200
    lines = download(nobody, job["download_url"]).text.splitlines()
    (line,) = map(json.loads, lines)
    assert (line["id"], line["action"]) == (posts[1].id, "delete")
    assert line["reason"] == "deleted" and line["redacted_at"] >= line["created_at"]
    for state, reason in (("suspended", "suspended"), ("deleted", "deactivated")):
        author.state = state
        lines = download(nobody, job["download_url"]).text.splitlines()
        reasons = [json.loads(line)["reason"] for line in lines]
        assert reasons == [reason, "deleted", reason, reason]


def test_the_store_takes_signatures_and_no_tokens(app, browse, x):
    x.compliance.seconds = 60
    job = app.post(JOBS, {"type": "tweets"}).json()["data"]
    nobody, url = browse(), job["upload_url"]
    assert put(app, url, ["1"]).status_code == 400
    assert put(nobody, url.rpartition("=")[0], ["1"]).status_code == 403
    assert put(nobody, url, ["1"], **{"Content-Type": "text/html"}).status_code == 403
    assert put(nobody, job["download_url"], ["1"]).status_code == 403
    assert download(nobody, url).status_code == 403
    assert put(nobody, url, ["1"]).status_code == 200
    assert download(nobody, job["download_url"]).status_code == 404
    x.clock.advance(901)
    assert "ExpiredToken" in put(nobody, url, ["1"]).text
    assert download(nobody, job["download_url"]).status_code == 200
    x.clock.advance(7 * 86_400)
    assert download(nobody, job["download_url"]).status_code == 400
    assert x.calls[-1].endpoint == "GET /storage/delivery"
    assert "X-Goog-Signature" not in x.calls[-1].query


def test_a_list_that_is_none_fails(app, browse, x):
    job = app.post(JOBS, {"type": "tweets"}).json()["data"]
    put(browse(), job["upload_url"], ["1", "no id"])
    assert app.get(f"{JOBS}/{job['id']}").json()["data"]["status"] == "failed"


def test_control(browse, app, x):
    steer = browse()
    steer.post("/_control/compliance", {"do": "last", "seconds": 5})
    job = app.post(JOBS, {"type": "tweets", "name": "n"}).json()["data"]
    put(steer, job["upload_url"], ["7"])
    steer.post("/_control/compliance", {"do": "judge", "id": "7", "reason": "bounced"})
    shown = steer.get("/_control/compliance").json()
    about = {"id": job["id"], "kind": "tweets", "name": "n", "ids": ["7"]}
    assert shown == {"seconds": 5, "jobs": [{**about, "status": "in_progress"}]}
    x.clock.advance(5)
    assert '"reason": "bounced"' in download(steer, job["download_url"]).text
    steer.post("/_control/compliance", {"do": "fail", "id": job["id"]})
    assert steer.get("/_control/compliance").json()["jobs"][0]["status"] == "failed"
    steer.post("/_control/app", {"bearer_token": "another"})
    assert app.get(JOBS, type="tweets").status_code == 401
    steer.post("/_control/reset", {})
    assert steer.get("/_control/compliance").json() == {"seconds": 0, "jobs": []}
    for wrong in ({"do": "explode"}, {"do": "last"}, {"do": "fail", "id": "1"}):
        assert steer.post("/_control/compliance", wrong).status_code == 400
