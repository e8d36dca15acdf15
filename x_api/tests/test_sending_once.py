"""When nothing was sent, when nobody knows, and that no deed is sent twice."""

import json
import socket
import ssl
import time

import pytest
import requests
import urllib3
from conftest import ONCE, client_of, reply
from test_transport import BODY, reset

from x_api import XClient, XNotSent, XUnavailable, XUnreachable
from x_api.transport import naming_failures

CREATED = b'{"data": {"id": "77", "text": "hello"}}'
DEEDS = [
    lambda c: c.create_post("hello"),
    lambda c: c.delete_post("5"),
    lambda c: c.like("1", "5"),
    lambda c: c.unfollow("1", "5"),
    lambda c: c.upload_image(b"x", "image/png"),
]
CALLS = [lambda c: c.me(), *DEEDS]


@pytest.mark.parametrize("call", CALLS)
def test_a_refused_connection_sent_nothing(call):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        client = XClient("t", api_url=f"http://127.0.0.1:{port}", backoff=ONCE)
        with pytest.raises(XNotSent):
            call(client)


@pytest.mark.parametrize("call", CALLS)
def test_an_unknown_name_sent_nothing(call, monkeypatch):
    def unknown(*_args, **_options):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(XNotSent):
        call(XClient("t", api_url="https://x.invalid", backoff=ONCE))


@pytest.mark.parametrize("call", CALLS)
def test_a_connection_that_does_not_come_sent_nothing(call, server, monkeypatch):
    def too_slow(*_args, **_options):
        raise TimeoutError("timed out")

    monkeypatch.setattr(urllib3.util.connection, "create_connection", too_slow)
    with pytest.raises(XNotSent):
        call(client_of(server))


def test_a_proxy_that_is_not_there_sent_nothing(monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        proxy = f"http://127.0.0.1:{unused.getsockname()[1]}"
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, proxy)
        monkeypatch.setenv("no_proxy", "")
        monkeypatch.setenv("NO_PROXY", "")
        with pytest.raises(XNotSent):
            XClient("t", api_url="https://x.invalid").create_post("hello")


@pytest.mark.parametrize(
    ("cause", "is_sent"),
    [
        (ssl.SSLCertVerificationError("self-signed"), False),
        (ssl.SSLError("bad record mac"), True),
        (ssl.SSLEOFError("closed"), True),
    ],
)
def test_a_wrong_certificate_is_seen_before_anything_is_sent(cause, is_sent):
    reason = urllib3.exceptions.SSLError(cause)
    error = urllib3.exceptions.MaxRetryError(None, "/2/tweets", reason)
    with pytest.raises(XUnreachable) as caught, naming_failures("POST /2/tweets"):
        raise requests.exceptions.SSLError(error)
    assert isinstance(caught.value, XNotSent) is not is_sent


def hang(_handler):
    time.sleep(1)


def drop(handler):
    """Ends the connection in order, without an answer."""
    handler.close_connection = True


def truncate(handler):
    reply(handler, CREATED[:9], headers={"Content-Length": "99"})
    handler.close_connection = True


@pytest.mark.parametrize("call", DEEDS)
@pytest.mark.parametrize(
    ("misdeed", "error"),
    [
        (reset, XUnreachable),
        (drop, XUnreachable),
        (truncate, XUnavailable),
        (lambda h: reply(h, b"{}", status=502), XUnavailable),
        (lambda h: reply(h, b"", 307, {"Location": "/2/tweets"}), XUnavailable),
        (lambda h: reply(h, b"", 503, {"Retry-After": "0"}), XUnavailable),
    ],
)
def test_what_arrived_may_be_done_and_is_not_sent_again(misdeed, error, call, server):
    server.answer = misdeed
    with pytest.raises(error) as caught:
        call(client_of(server))
    assert type(caught.value) is error
    assert len(server.received) == 1


def test_hanging_may_be_done_and_is_not_sent_again(server):
    server.answer = hang
    with pytest.raises(XUnreachable) as caught:
        client_of(server, timeout=(1, 0.1)).create_post("hello")
    assert type(caught.value) is XUnreachable
    assert len(server.received) == 1


def test_a_picture_is_given_more_time(server):
    def slowly(handler):
        time.sleep(0.3)
        reply(handler, b'{"data": {"id": "9"}}')

    server.answer = slowly
    client = client_of(server, timeout=(1, 0.1))
    assert client.upload_image(b"x" * 5_000_000, "image/png") == "9"


def answer_once(handler):
    """A read or a post; a connection that is used again breaks.

    So X looks where it closes a kept connection just when something is sent.
    """
    if getattr(handler, "is_used", False):
        reset(handler)
        return
    handler.is_used = True
    reply(handler, CREATED if handler.command == "POST" else BODY)


def test_a_kept_connection_can_break_under_a_request(server):
    """What urllib3 does then: nothing, so a deed sent that way would be lost."""
    server.answer = answer_once
    client = client_of(server)
    client.me()
    with pytest.raises(XUnreachable) as caught:
        client.me()
    assert type(caught.value) is XUnreachable
    assert len(server.received) == 2


def test_so_no_deed_is_sent_over_a_kept_connection(server):
    server.answer = answer_once
    client = client_of(server)
    client.me()
    for _deed in range(3):
        assert client.create_post("hello").id == "77"
    posted = [body for path, _headers, body in server.received if "tweets" in path]
    assert [json.loads(body) for body in posted] == [{"text": "hello"}] * 3
    assert len(server.connections) == 4


def test_a_connection_closed_while_idle_loses_no_deed(server):
    def once(handler):
        reply(handler, CREATED if handler.command == "POST" else BODY)
        handler.close_connection = True

    server.answer = once
    client = client_of(server)
    client.me()
    time.sleep(0.05)
    assert client.create_post("hello").id == "77"
    assert len(server.received) == 2


def test_no_connection_of_a_deed_is_left_open(server):
    server.answer = lambda h: reply(h, CREATED)
    ended = []
    server.shutdown_request, end = ended.append, server.shutdown_request
    client_of(server).create_post("hello")
    for _moment in range(100):
        if ended:
            break
        time.sleep(0.01)
    end(ended[0])
    assert len(ended) == 1
