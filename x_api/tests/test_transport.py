import ast
import gzip
import logging
import os
import socket
import struct
import sys
import time
from pathlib import Path

import pytest
import requests
import urllib3
from conftest import reply

from x_api import (
    Backoff,
    OAuth2Client,
    XClient,
    XRefused,
    XUnavailable,
    XUnreachable,
    fetch_image,
)
from x_api.pool import pool
from x_api.site import Site
from x_api.transport import Door, PlainSession, through_door

BODY = b'{"data": {"id": "1", "username": "a"}}'
ONCE = Backoff(retries=0)


def client_of(server, **options):
    options.setdefault("backoff", ONCE)
    return XClient("the-token", api_url=server.url, **options)


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


SECRETS = (
    "the-token",
    "the-code",
    "the-verifier",
    "the-refresh",
    "the-secret",
    "Dunagan",
)


def test_nothing_secret_is_logged_at_debug(server, caplog):
    grant = b'{"access_token": "the-token", "expires_in": 7200, "token_type": "bearer"}'

    def answer(handler):
        is_oauth = handler.path.startswith("/2/oauth2")
        body = grant if is_oauth else BODY.replace(b"{", b"[", 2)
        reply(handler, body, headers={"X-Secret": "the-token"})

    server.answer = answer
    client = client_of(server)
    oauth = OAuth2Client("the-id", "the-secret", api_url=server.url)
    with caplog.at_level(logging.DEBUG):
        oauth.exchange("the-code", "the-verifier", "http://127.0.0.1/")
        oauth.refresh("the-refresh")
        oauth.revoke("the-token")
        with pytest.raises(XUnavailable) as caught:
            client.search_profiles("Jacques Dunagan")
        client.together(lambda: client.search_profiles("Jacques Dunagan"))
    logged = caplog.text + str(caught.value) + repr(caught.value)
    assert "POST /2/oauth2/token: 200 in" in caplog.text
    assert "GET /2/users/search: 200 in" in caplog.text
    assert not [secret for secret in SECRETS if secret in logged]


def test_failures_quote_no_query(caplog):
    client = XClient("the-token", api_url="http://127.0.0.1:9", backoff=ONCE)
    with caplog.at_level(logging.DEBUG), pytest.raises(XUnreachable) as caught:
        client.search_profiles("Jacques Dunagan")
    assert caught.value.__suppress_context__
    logged = caplog.text + str(caught.value)
    assert not [secret for secret in SECRETS if secret in logged]


def test_other_traffic_logs_as_ever(server, caplog):
    client_of(server).me()
    with caplog.at_level(logging.DEBUG):
        pool().poolmanager.request("GET", f"{server.url}/theirs?q=1")
    assert "/theirs?q=1" in caplog.text


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
PICTURES = [
    (PNG, "image/png", "image/png"),
    (b"\xff\xd8\xff\xe0", "image/jpeg", "image/jpeg"),
    (b"GIF89a", "image/gif", "image/gif"),
    (b"RIFF\0\0\0\0WEBPVP8 ", "image/jpeg", "image/webp"),
]


def host(server):
    return {server.url.removeprefix("http://")}


@pytest.mark.parametrize(("content", "announced", "mimetype"), PICTURES)
def test_pictures_are_fetched(content, announced, mimetype, server):
    server.answer = lambda h: reply(h, content, headers={"Content-Type": announced})
    url = f"{server.url}/pbs/a_400x400.jpg?name=large"
    assert fetch_image(url, allowed_hosts=host(server)) == (content, mimetype)
    path, headers, _body = server.received[0]
    assert path == "/pbs/a_400x400.jpg?name=large"
    assert "Authorization" not in headers


@pytest.mark.parametrize(
    ("content", "announced"),
    [(b"<svg>", "image/svg+xml"), (b"<html>", "text/html"), (PNG, "text/html")]
    + [(b"<html>", "image/png"), (b"", "image/png")],
)
def test_other_things_are_no_pictures(content, announced, server):
    server.answer = lambda h: reply(h, content, headers={"Content-Type": announced})
    with pytest.raises(XRefused):
        fetch_image(f"{server.url}/a", allowed_hosts=host(server))


@pytest.mark.parametrize(
    "url",
    [
        "http://pbs.twimg.com/a.jpg",
        "https://evil.com/a.jpg",
        "https://pbs.twimg.com.evil.com/a.jpg",
        "https://pbs.twimg.com@evil.com/a.jpg",
        "https://evil.com@pbs.twimg.com/a.jpg",
        "https://pbs.twimg.com:8443/a.jpg",
        "http://127.0.0.1:1/a.jpg",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://[/a",
        "",
    ],
)
def test_pictures_come_from_nowhere_else(url):
    with pytest.raises(XRefused):
        fetch_image(url, allowed_hosts={"pbs.twimg.com"})


def test_pictures_redirect_within_the_allowed_hosts_only(server):
    def answer(handler):
        where = {"/a": "/b", "/b": "/c.png", "/evil": "http://127.0.0.1:9/x"}
        if handler.path in where:
            reply(handler, b"", 302, {"Location": where[handler.path]})
        elif handler.path == "/loop":
            reply(handler, b"", 302, {"Location": "/loop"})
        else:
            reply(handler, PNG, headers={"Content-Type": "image/png"})

    server.answer = answer
    allowed = host(server)
    assert fetch_image(f"{server.url}/a", allowed_hosts=allowed)[0] == PNG
    with pytest.raises(XRefused):
        fetch_image(f"{server.url}/evil", allowed_hosts=allowed)
    with pytest.raises(XUnavailable):
        fetch_image(f"{server.url}/loop", allowed_hosts=allowed)


def test_pictures_have_a_largest_size(server):
    server.answer = lambda h: reply(h, PNG, headers={"Content-Type": "image/png"})
    with pytest.raises(XUnavailable):
        fetch_image(f"{server.url}/a", allowed_hosts=host(server), max_bytes=9)


@pytest.mark.parametrize(("status", "error"), [(404, XRefused), (503, XUnavailable)])
def test_pictures_can_be_missing(status, error, server):
    server.answer = lambda h: reply(h, b"", status)
    with pytest.raises(error):
        fetch_image(f"{server.url}/a", allowed_hosts=host(server))


def test_pictures_without_answer():
    with pytest.raises(XUnreachable):
        fetch_image("http://127.0.0.1:9/a", allowed_hosts={"127.0.0.1:9"})


PACKAGE = Path(__file__).parents[1]
ALLOWED = {"oauthlib", "requests", "requests_oauthlib", "urllib3"}


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda p: p.name)
def test_imports_are_relative_or_of_what_the_addon_depends_on(path):
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level <= 1
            names = [node.module] if not node.level else []
        for name in names:
            root = name.split(".")[0]
            assert root in ALLOWED or root in sys.stdlib_module_names
