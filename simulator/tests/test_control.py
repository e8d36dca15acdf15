"""The test interface, and the command line that starts it all."""

import re
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import requests

from simulator.server import SimulatorServer

ROOT = Path(__file__).resolve().parents[2]


def test_off_unless_asked_for():
    with SimulatorServer() as server:
        for method in ("GET", "POST"):
            for what in ("calls", "reset", "faults"):
                url = f"{server.url}/_control/{what}"
                response = requests.request(method, url, timeout=5)
                assert response.status_code == 404
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=2)


def test_calls_and_ledger(browse, me):
    me.get("/2/users/by", usernames="tinapinero")
    me.post("/2/tweets", {"text": "Hello"})
    steer = browse()
    calls = steer.get("/_control/calls").json()["calls"]
    assert [c["endpoint"] for c in calls] == ["GET /2/users/by", "POST /2/tweets"]
    assert calls[0]["query"] == {"usernames": "tinapinero"}
    assert calls[1]["body"] == {"text": "Hello"} and calls[1]["status"] == 201
    ledger = steer.get("/_control/ledger").json()
    assert [c["kind"] for c in ledger["ledger"]] == ["user", "post_create"]
    assert ledger["spent"] == "0.025"
    assert Decimal(ledger["credits"]) == Decimal("99.975")


def test_steering(browse, me, x):
    steer = browse()
    before = x.clock.now()
    steer.post("/_control/clock", {"advance": 3600})
    assert (x.clock.now() - before).total_seconds() >= 3600
    fault = {"endpoint": "GET /2/users/me", "status": 503, "count": 5}
    steer.post("/_control/faults", fault)
    assert me.get("/2/users/me").status_code == 503
    steer.post("/_control/faults", {})
    assert me.get("/2/users/me").status_code == 200
    steer.post("/_control/credits", {"credits": "0"})
    assert me.get("/2/users/me").status_code == 402
    steer.post("/_control/plan", {"plan": "enterprise"})
    assert me.get("/2/users/me").status_code == 200
    steer.post("/_control/limits", {"endpoint": "GET /2/users/me", "limit": 2})
    assert me.get("/2/users/me").status_code == 429
    steer.post("/_control/revoke", {"username": "mitchelladmin"})
    assert me.get("/2/users/search", query="Tina").status_code == 401
    steer.post("/_control/app", {"client_id": "other", "callbacks": ["https://a/b"]})
    assert (x.app.client_id, x.app.callbacks) == ("other", ["https://a/b"])
    token = steer.post("/_control/login", {"username": "marcdemo"}).json()
    assert token["access_token"]
    steer.post("/_control/reset")
    assert (x.plan, x.app.client_id, x.calls, x.ledger) == (
        "payg",
        "demo-client-id",
        [],
        [],
    )


def test_changing_the_world(browse, x):
    steer = browse()

    def people(**values):
        return steer.post("/_control/people", values)

    assert people(do="add", username="ada", name="Ada").json()["username"] == "ada"
    people(do="change", username="ada", description="Countess")
    people(do="rename", old="ada", new="ada_l")
    ada = x.people.named("ada_l")
    assert (ada.name, ada.description, ada.former) == ("Ada", "Countess", ["ada"])
    people(do="protect", username="ada_l")
    people(do="suspend", username="ada_l")
    assert (ada.protected, ada.state) == (True, "suspended")
    people(do="restore", username="ada_l")
    assert ada.active
    post = steer.post("/_control/posts", {"do": "add", "author": "ada_l", "text": "Hi"})
    assert x.posts.get(post.json()["id"]).text == "Hi"
    about = {"reply_to": post.json()["id"], "media": [{"alt": "A chair"}]}
    more = {"do": "add", "author": "tinapinero", "text": "Look", **about}
    reply = x.posts.get(steer.post("/_control/posts", more).json()["id"])
    assert (reply.reply_to_user, reply.media[0].alt) == (ada.id, "A chair")
    edit = {"do": "edit", "id": post.json()["id"], "text": "Hello"}
    edited = steer.post("/_control/posts", edit).json()["id"]
    assert x.posts.get(edited).text == "Hello"
    assert x.posts.get(edited).versions == [post.json()["id"], edited]
    gone = steer.post("/_control/posts", {"do": "delete", "id": post.json()["id"]})
    assert gone.json() == {"deleted": True}
    people(do="delete", username="ada_l")
    assert x.people.find("ada_l") is None


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("clock", {"advance": -1}),
        ("clock", {}),
        ("plan", {"plan": "free"}),
        ("credits", {"credits": "much"}),
        ("faults", {"endpoint": "*", "kind": "explode"}),
        ("faults", {"nonsense": 1}),
        ("people", {"do": "explode"}),
        ("people", {"do": "add", "username": "not a name"}),
        ("people", {"do": "add", "username": "tinapinero"}),
        ("people", {"do": "suspend", "username": "nobodyatall"}),
        ("people", {"do": "change", "username": "tinapinero", "id": "1"}),
        ("people", {"do": "rename", "old": "tinapinero", "new": "marcdemo"}),
        ("posts", {"do": "add", "author": "nobodyatall", "text": "x"}),
        ("posts", {"do": "edit", "id": "1", "text": "x"}),
        ("app", {"colour": "red"}),
    ],
)
def test_nonsense_is_refused(browse, what, values):
    response = browse().post(f"/_control/{what}", values)
    assert response.status_code == 400
    assert response.json()["error"]


def test_unknown_control(browse):
    assert browse().get("/_control/nothing").status_code == 404
    assert browse().get("/_control/reset").status_code == 404


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_command_line(number):
    command = [sys.executable, "-m", "simulator", "--port", "0", "--control"]
    command += ["--plan", "enterprise", "--callback", "https://crm.example/cb"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline()
        url = re.fullmatch(r"Simulator of X on (http://127\.0\.0\.1:\d+)\n", line)[1]
        assert requests.get(f"{url}/", timeout=5).status_code == 200
        assert requests.get(f"{url}/_control/calls", timeout=5).json() == {"calls": []}
    finally:
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, "", "")


def test_command_line_says_when_the_port_is_taken(server):
    port = server.url.rpartition(":")[2]
    command = [sys.executable, "-m", "simulator", "--port", port]
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=20
    )
    assert done.returncode == 1
    assert "in use" in done.stderr
    assert done.stdout == ""


def test_blocking_from_outside(browse, x):
    steer = browse()
    values = {"do": "block", "username": "tinapinero", "whom": "marcdemo"}
    assert steer.post("/_control/people", values).status_code == 200
    marc, tina = x.people.named("marcdemo"), x.people.named("tinapinero")
    assert x.people.is_blocked(marc, tina)
    steer.post("/_control/people", {**values, "do": "unblock"})
    assert not x.people.is_blocked(marc, tina)


def test_starting_twice_is_starting_once():
    with SimulatorServer().start() as server:
        assert requests.get(server.url, timeout=5).status_code == 200
