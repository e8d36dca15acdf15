"""Connections stay open, as X's do, except where something goes wrong."""

import pytest
import requests

from simulator.server import SimulatorServer

ME = "GET /2/users/me"
POST = {"text": "Hello from a connection"}


def test_requests_of_all_kinds_share_one(me, x):
    assert me.get("/2/users/me").status_code == 200
    assert me.post("/2/tweets", POST).status_code == 201
    assert me.get("/2/nothing/here").status_code == 404
    assert me.send("HEAD", "/jacquesdunagan").content == b""
    assert me.get("/jacquesdunagan").status_code == 200
    assert me.post("/2/tweets", {"text": ""}).status_code == 400
    assert me.get("/2/users/me").status_code == 200
    assert x.connections == 1


@pytest.mark.parametrize("kind", ["reset", "truncate"])
def test_what_breaks_ends_its_own_alone(me, browse, x, kind):
    me.get("/2/users/me")
    other = browse("marcdemo")
    other.get("/2/users/me")
    x.faults.add(endpoint=ME, kind=kind)
    with pytest.raises(requests.exceptions.RequestException):
        me.get("/2/users/me")
    assert other.get("/2/users/me").status_code == 200
    assert me.get("/2/users/me").status_code == 200
    assert x.connections == 3


def test_a_stopped_server_answers_nobody():
    server = SimulatorServer().start()
    with requests.Session() as session:
        assert session.get(server.url, timeout=5).status_code == 200
        server.stop()
        with pytest.raises(requests.exceptions.ConnectionError):
            session.get(server.url, timeout=5)


def test_a_stopped_server_starts_again_at_its_address_with_what_it_knew():
    server = SimulatorServer().start()
    server.x.people.add("a_new_one")
    server.stop()
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.get(server.url, timeout=5)
    with server.start():
        assert requests.get(f"{server.url}/a_new_one", timeout=5).status_code == 200


def test_the_count_begins_anew_with_everything_else(me, x):
    me.get("/2/users/me")
    x.reset()
    assert x.connections == 0
