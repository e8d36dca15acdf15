"""Everything that can go wrong on demand."""

import gzip
import time

import pytest
import requests

from simulator import lines
from simulator.misfortune import BOMB_BYTES

ME = "GET /2/users/me"


def test_status_for_so_many_calls(me, x):
    x.faults.add(endpoint=ME, count=2, status=503)
    answers = [me.get("/2/users/me") for _ in range(3)]
    assert [a.status_code for a in answers] == [503, 503, 200]
    assert answers[0].json()["title"] == "Service Unavailable"
    assert [call.status for call in x.calls] == [503, 503, 200]


def test_other_endpoints_are_spared(me, x):
    x.faults.add(endpoint="GET /2/users/{id}", status=500)
    assert me.get("/2/users/me").status_code == 200
    assert me.get("/2/users/1").status_code == 500


def test_everything_fails(me, x):
    x.faults.add("*", status=500, count=100)
    assert me.get("/2/users/me").status_code == 500
    assert me.send("POST", "/2/oauth2/token").status_code == 500
    x.faults.clear()
    assert me.get("/2/users/me").status_code == 200


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "Unauthorized"), (402, "credits"), (403, "not permitted"), (429, "Too")],
)
def test_status_in_the_words_of_x(me, x, status, words):
    x.faults.add(endpoint=ME, status=status)
    response = me.get("/2/users/me")
    assert response.status_code == status
    assert words in response.json()["detail"]
    remaining = int(response.headers["x-rate-limit-remaining"])
    assert (remaining == 0) == (status == 429)


def test_body_of_ones_own(me, x):
    body = {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}
    x.faults.add(endpoint=ME, status=429, body=body)
    x.faults.add(endpoint=ME, status=502, body="<html>Bad gateway</html>")
    assert me.get("/2/users/me").json() == body
    assert me.get("/2/users/me").text == "<html>Bad gateway</html>"


def test_delay(me, x):
    x.faults.add(endpoint=ME, delay=0.3)
    began = time.monotonic()
    assert me.get("/2/users/me").status_code == 200
    assert time.monotonic() - began >= 0.3


def test_hang(me, x):
    x.faults.add(endpoint=ME, kind="hang")
    with pytest.raises(requests.ReadTimeout):
        me.send("GET", "/2/users/me", timeout=0.3)
    # Others are served meanwhile, and the call has been seen.
    assert me.get("/2/users/me").status_code == 200
    assert [call.status for call in x.calls] == [None, 200]


def test_hang_ends(me, x):
    x.faults.add(endpoint=ME, kind="hang", delay=0.2)
    with pytest.raises(requests.ConnectionError):
        me.get("/2/users/me")


def test_reset(me, x):
    x.faults.add(endpoint=ME, kind="reset")
    with pytest.raises(requests.ConnectionError, match="reset|aborted"):
        me.get("/2/users/me")
    assert me.get("/2/users/me").status_code == 200


def test_truncated(me, x):
    x.faults.add(endpoint=ME, kind="truncate")
    with pytest.raises(
        (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)
    ):
        me.get("/2/users/me")


def test_malformed(me, x):
    x.faults.add(endpoint=ME, kind="malformed")
    response = me.get("/2/users/me")
    assert response.status_code == 200
    with pytest.raises(requests.JSONDecodeError):
        response.json()


def test_html(me, x):
    x.faults.add(endpoint=ME, kind="html")
    x.faults.add(endpoint=ME, kind="html", status=503)
    for status in (200, 503):
        response = me.get("/2/users/me")
        assert response.status_code == status
        assert response.headers["Content-Type"].startswith("text/html")


def test_no_headers(me, x):
    assert "x-rate-limit-limit" in me.get("/2/users/me").headers
    x.faults.add(endpoint=ME, kind="no_headers")
    x.faults.add(endpoint=ME, kind="no_headers", status=429)
    for status in (200, 429):
        response = me.get("/2/users/me")
        assert response.status_code == status
        assert not any(name.startswith("x-rate") for name in response.headers)


def test_answer_lost_after_the_deed(me, x):
    x.faults.add(endpoint="POST /2/tweets", kind="reset", after=True)
    x.faults.add(endpoint="POST /2/tweets", kind="reset")
    for text in ("Done, but who knows", "Never done"):
        with pytest.raises(requests.ConnectionError):
            me.post("/2/tweets", {"text": text})
    texts = [post.text for post in x.posts]
    assert "Done, but who knows" in texts and "Never done" not in texts


def test_stall(me, x):
    x.faults.add(endpoint=ME, kind="stall")
    with pytest.raises(requests.ConnectionError, match="timed out"):
        me.send("GET", "/2/users/me", timeout=0.3)
    x.faults.add(endpoint=ME, kind="stall", delay=0.1)
    with pytest.raises(
        (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)
    ):
        me.get("/2/users/me")
    assert me.get("/2/users/me").status_code == 200


def test_bomb(me, x):
    x.faults.add(endpoint=ME, kind="bomb")
    with me.send("GET", "/2/users/me", stream=True) as response:
        packed = response.raw.read(decode_content=False)
    assert len(packed) < BOMB_BYTES / 500
    assert len(gzip.decompress(packed)) == BOMB_BYTES


def test_headers_of_ones_own(me, x):
    x.faults.add(ME, "headers", headers={"Content-Type": "image/png"})
    x.faults.add(ME, status=301, headers={"Location": "/elsewhere"})
    x.faults.add(ME, status=429, headers={"x-rate-limit-reset": "soon"})
    plain, moved, many = (me.get("/2/users/me") for _time in range(3))
    assert plain.headers["Content-Type"] == "image/png"
    assert plain.json()["data"]["username"] == "mitchelladmin"
    assert (moved.status_code, moved.headers["Location"]) == (301, "/elsewhere")
    assert many.headers["x-rate-limit-reset"] == "soon"


@pytest.mark.parametrize("seconds", [86400, -86400])
def test_a_clock_that_is_wrong(me, x, seconds):
    told = int(me.get("/2/users/me").headers["x-rate-limit-reset"])
    x.faults.add(ME, "skew", skew=seconds)
    skewed = int(me.get("/2/users/me").headers["x-rate-limit-reset"])
    assert abs(skewed - told - seconds) < 10


def test_an_empty_answer(me, x):
    x.faults.add(ME, status=200, body="")
    assert me.get("/2/users/me").content == b""


def test_pictures_fail_by_name_only(server, browse, x):
    path = "/pbs/profile_images/1/a_normal.png"
    browser = browse()
    x.faults.add("*", status=500)
    assert browser.get(path).status_code == 200
    x.faults.add("GET /pbs", status=503)
    assert [browser.get(path).status_code for _time in range(2)] == [503, 200]


def _unconnected(url, **options):
    with pytest.raises(requests.RequestException) as caught:
        requests.get(url, timeout=0.5, **options)
    return type(caught.value).__name__


def test_lines_that_lead_to_nobody():
    with lines.dead() as url:
        assert _unconnected(url) == "ConnectionError"
    with lines.deaf() as url:
        assert _unconnected(url) == "ConnectTimeout"
    for line in (lines.hanging_up, lines.speaking_no_tls):
        with line() as url:
            assert _unconnected(url) in ("SSLError", "ConnectionError")


def test_nonsense_is_refused(x):
    with pytest.raises(ValueError):
        x.faults.add(ME, kind="explode")
    with pytest.raises(ValueError):
        x.faults.add(ME)
