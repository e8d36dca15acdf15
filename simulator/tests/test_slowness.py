"""X that answers late, or not at all."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

CALLS = 40


def test_each_call_waits_and_not_for_another(browse, x):
    x.latency = 0.3
    people = [browse("mitchelladmin") for _number in range(8)]
    begun = time.monotonic()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda p: p.get("/2/users/me"), people))
    assert [answer.status_code for answer in answers] == [200] * 8
    assert 0.3 <= time.monotonic() - begun < 1.2
    x.reset()
    assert x.latency == 0


def test_pages_do_not_wait(browse):
    steer = browse("mitchelladmin")
    assert steer.post("/_control/latency", {"seconds": 0.4}).status_code == 200
    begun = time.monotonic()
    steer.get("/")
    assert time.monotonic() - begun < 0.3
    steer.get("/2/users/me")
    assert time.monotonic() - begun >= 0.4


def hung_up(server, path):
    """Whether X closed without an answer, at last."""
    with requests.Session() as session, pytest.raises(requests.ConnectionError):
        session.post(server.url + path, timeout=30)
    return True


def test_a_black_hole(server, browse, x):
    steer = browse()
    hole = {"endpoint": "*", "kind": "hang", "count": 10**9}
    assert steer.post("/_control/faults", hole).status_code == 200
    paths = ["/2/oauth2/token", "/2/users/me"] * (CALLS // 2)
    with ThreadPoolExecutor(CALLS) as threads:
        waiting = [threads.submit(hung_up, server, path) for path in paths]
        deadline = time.monotonic() + 10
        while len(x.calls) < CALLS and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not any(future.done() for future in waiting)
        # It is steered all the while, and lets go of all at once.
        assert len(steer.get("/_control/calls").json()["calls"]) == CALLS
        assert steer.post("/_control/faults", {}).status_code == 200
        begun = time.monotonic()
        assert all(future.result() for future in waiting)
        assert time.monotonic() - begun < 5
    assert browse("mitchelladmin").get("/2/users/me").status_code == 200


def test_what_was_cleared_meanwhile_does_not_hang(x):
    """A fault that a call had taken, but did not wait for yet."""
    fault = x.faults.add("*", kind="hang")
    x.faults.clear()
    waits = threading.Thread(target=x.faults.wait, args=(30, fault))
    waits.start()
    waits.join(5)
    assert not waits.is_alive()
