import gzip
import os
import socket
import struct
import time

import pytest
import requests
import urllib3
from conftest import ONCE, client_of, reply

from x_api import (
    OAuth2Client,
    XClient,
    XUnavailable,
    XUnreachable,
)
from x_api.pool import pool
from x_api.site import Site
from x_api.transport import Door, PlainSession, through_door

BODY = b'{"data": {"id": "1", "username": "a"}}'


def reset(handler):
    """Ends the connection as a crashed host does."""
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.close_connection = True
    handler.connection.close()


def truncate(handler):
    reply(handler, BODY[:9], headers={"Content-Length": "99"})
    handler.close_connection = True


def truncate_chunks(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"ff\r\n{")
    handler.close_connection = True


def truncate_gzip(handler):
    reply(handler, gzip.compress(BODY)[:-9], headers={"Content-Encoding": "gzip"})


def bomb(handler):
    packed = gzip.compress(b" " * 50_000_000)
    reply(handler, packed, headers={"Content-Encoding": "gzip"})


def too_large(handler):
    reply(handler, b" " * 5_000_001)


def endless(handler):
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" " * 65536)
    except OSError:
        handler.close_connection = True


def odd_encoding(handler):
    reply(handler, BODY, headers={"Content-Encoding": "br"})


def no_gzip(handler):
    reply(handler, BODY, headers={"Content-Encoding": "gzip"})


def html(handler):
    reply(handler, b"<html>", headers={"Content-Type": "text/html"})


def no_http(handler):
    handler.wfile.write(b"SSH-2.0-nope\r\n\r\n")
    handler.close_connection = True


@pytest.mark.parametrize(
    ("misdeed", "error"),
    [
        (reset, XUnreachable),
        (no_http, XUnreachable),
        (truncate, XUnavailable),
        (truncate_chunks, XUnavailable),
        (truncate_gzip, XUnavailable),
        (bomb, XUnavailable),
        (too_large, XUnavailable),
        (endless, XUnavailable),
        (odd_encoding, XUnavailable),
        (no_gzip, XUnavailable),
        (html, XUnavailable),
    ],
)
def test_misdeeds_have_their_error_and_pass(misdeed, error, server):
    good = server.answer
    client = client_of(server)
    server.answer = misdeed
    with pytest.raises(error) as caught:
        client.me()
    assert type(caught.value) is error
    server.answer = good
    assert client.me().handle == "a"


def test_packed_answers_are_read(server):
    packed = gzip.compress(BODY)
    server.answer = lambda h: reply(h, packed, headers={"Content-Encoding": "gzip"})
    assert client_of(server).me().handle == "a"
    assert server.received[0][1]["Accept-Encoding"] == "gzip"


def test_hanging_ends_with_the_read_timeout(server):
    server.answer = lambda _handler: time.sleep(2)
    started = time.monotonic()
    with pytest.raises(XUnreachable):
        client_of(server, timeout=(1, 0.1)).me()
    assert time.monotonic() - started < 1


@pytest.mark.skipif(
    not hasattr(urllib3.HTTPResponse, "read1"),
    reason="urllib3 1.26 waits for a whole piece, each drip within the timeout",
)
def test_an_answer_in_drips_ends_too(server):
    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        try:
            for _byte in range(40):
                handler.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            handler.close_connection = True

    server.answer = drip
    started = time.monotonic()
    with pytest.raises(XUnreachable):
        client_of(server, timeout=(1, 0.2)).me()
    assert time.monotonic() - started < 1.6


def test_nobody_there():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(XUnreachable):
            XClient("t", api_url=f"http://127.0.0.1:{port}", backoff=ONCE).me()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_token_does_not_follow_a_redirect(status, server):
    location = {"Location": f"{server.url}/elsewhere"}
    server.answer = lambda h: reply(h, b"", status, location)
    oauth = OAuth2Client("i", "s", api_url=server.url)
    for call in (
        client_of(server).me,
        lambda: oauth.refresh("r"),
        lambda: oauth.exchange("c", "v", "http://127.0.0.1/"),
        lambda: oauth.revoke("t"),
    ):
        with pytest.raises(XUnavailable):
            call()
    assert len(server.received) == 4
    assert not [path for path, *_ in server.received if path == "/elsewhere"]


def test_connections_are_kept(server):
    for _call in range(100):
        client_of(server).me()
    assert (len(server.received), len(server.connections)) == (100, 1)


def test_connections_are_kept_in_parallel_too(server):
    client = client_of(server)
    for _round in range(5):
        client.together(*[client.me] * 4)
    assert len(server.received) == 20
    assert len(server.connections) <= 4


def test_a_connection_closed_meanwhile_costs_nothing(server):
    def once(handler):
        reply(handler, BODY)
        handler.close_connection = True

    server.answer = once
    for _call in range(3):
        assert client_of(server).me().handle == "a"
        time.sleep(0.05)
    assert len(server.received) == 3


def test_a_session_has_one_door(server):
    site = Site.at(server.url)
    session = through_door(PlainSession(), Door(site, (1, 1)), site)
    with pytest.raises(requests.exceptions.InvalidSchema):
        session.get(f"{server.url}/by-another-way", timeout=1)
    assert not server.received


def test_cookies_are_not_carried_from_one_account_to_another(server):
    server.answer = lambda h: reply(h, BODY, headers={"Set-Cookie": "guest=1"})
    client = client_of(server)
    client.me()
    client.me()
    assert "Cookie" not in server.received[1][1]


def test_proxies_and_netrc_do_not_come_between_us_and_this_machine(
    server, monkeypatch, tmp_path
):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login evil password evil\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    client_of(server).me()
    assert server.received[0][1]["Authorization"] == "Bearer the-token"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_has_connections_of_its_own(server):
    client_of(server).me()
    parents = pool()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        is_own = pool() is not parents and client_of(server).me().handle == "a"
        os.write(writer, b"1" if is_own else b"0")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 1) == b"1"
    client_of(server).me()
    assert pool() is parents
    assert len(server.connections) == 2


def test_connections_that_were_given_up_are_made_anew(server):
    """As urllib3 1.26 does to make room for those to another host."""
    client = client_of(server)
    assert client.me().id == "1"
    manager = pool().poolmanager
    for key in manager.pools.keys():
        manager.pools[key].close()
    manager.clear()
    assert client.me().id == "1"
    assert len(server.connections) == 2
