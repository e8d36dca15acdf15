"""Fetching what an address from outside names: from whom, how long, and how much.

Names lead where whoever owns them says at that moment. So it is the connection itself
that is asked whom it is with, before anything is sent.
"""

import contextlib
import itertools
import socket
import threading
import time

import pytest
from conftest import client_of, reply

from x_api import XClient, XRefused, XUnreachable, fetch_image
from x_api.compliance_files import upload, verdicts
from x_api.connection import is_public
from x_api.site import Site

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
HOSTS = {"pbs.twimg.com"}
NOT_PUBLIC = """
    0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1
    172.31.255.255 192.0.2.1 192.168.1.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255
    :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
    64:ff9b::a9fe:a9fe 2002:7f00:1:: 2002:a00:1:: 2001:0:0:0:0:0:80ff:fefe
    fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001:db8::1
""".split()
PUBLIC = "104.244.43.131 8.8.8.8 2606:4700::1 64:ff9b::808:808 ::ffff:8.8.8.8".split()


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_not_public(address, record_property):
    record_property("attacks tried", 1)
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public(address):
    assert is_public(address)


@pytest.fixture
def leads_to(server, monkeypatch):
    """Lets every name lead to the server on this machine; tells who was asked for."""
    asked, resolve = [], socket.getaddrinfo

    def resolved(host, port, *args, **options):
        asked.append(host)
        return resolve("127.0.0.1", server.server_port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    return asked


def test_a_name_of_xs_that_leads_here_is_sent_nothing(leads_to, server, capfd):
    with pytest.raises(XRefused):
        fetch_image("https://pbs.twimg.com/a.png", allowed_hosts=HOSTS)
    assert leads_to == ["pbs.twimg.com"]
    assert server.received == []
    assert "ssl" not in capfd.readouterr().err.lower()


def test_nor_is_it_behind_a_redirect(server, monkeypatch):
    resolve = socket.getaddrinfo

    def resolved(host, port, *args, **options):
        here = host == "pbs.twimg.com"
        return resolve(
            "127.0.0.1" if here else host,
            server.server_port if here else port,
            *args,
            **options,
        )

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    there = {"Location": "https://pbs.twimg.com/b"}
    server.answer = lambda handler: reply(handler, b"", 302, there)
    own = server.url.removeprefix("http://")
    with pytest.raises(XRefused):
        fetch_image(f"{server.url}/a", allowed_hosts={*HOSTS, own}, trusted_hosts={own})
    assert [path for path, _headers, _body in server.received] == ["/a"]


def test_a_name_for_this_machine_that_leads_elsewhere(server, monkeypatch):
    told = iter(["8.8.8.8"])
    monkeypatch.setattr(
        socket.socket, "getpeername", lambda sock: (next(told), server.server_port)
    )
    host = f"localhost:{server.server_port}"
    with pytest.raises(XRefused):
        fetch_image(f"http://{host}/a", allowed_hosts={host})
    assert server.received == []


@pytest.fixture
def private(monkeypatch):
    """What was begun to be told, by each who connects, to any private name: there is
    somebody who hears it, and hangs up."""
    heard, resolve = [], socket.getaddrinfo
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def hear():
            with contextlib.suppress(OSError):
                while True:
                    caller, _address = listening.accept()
                    with caller:
                        heard.append(caller.recv(2))

        def resolved(host, _port, *args, **options):
            return resolve("127.0.0.1", port, *args, **options)

        monkeypatch.setattr(socket, "getaddrinfo", resolved)
        hearing = threading.Thread(target=hear, daemon=True)
        hearing.start()
        yield heard
        listening.shutdown(socket.SHUT_RDWR)
        hearing.join(5)


TLS = b"\x16\x03"
LAN = "https://x-standin.lan"


def test_a_stand_in_in_a_private_network(private):
    hosts = {*HOSTS, "x-standin.lan"}
    # It does not speak TLS; but it was asked.
    with pytest.raises(XUnreachable):
        fetch_image(f"{LAN}/a", allowed_hosts=hosts, trusted_hosts={"x-standin.lan"})
    assert private == [TLS]
    for ask in (
        lambda api: upload(f"{LAN}/up", ["1"], api, (3, 3)),
        lambda api: list(verdicts(f"{LAN}/down", api, (3, 3))),
    ):
        del private[:]
        with pytest.raises(XUnreachable):
            ask(Site.at(LAN))
        assert private == [TLS]


def test_a_stand_in_leads_to_no_other_private_host(private):
    """Neither by being on the list of image hosts alone, nor by another port."""
    api = Site.at(LAN)
    with pytest.raises(XRefused):
        fetch_image(f"{LAN}/a", allowed_hosts={"x-standin.lan"})
    hosts = {*HOSTS, "x-standin.lan"}
    with pytest.raises(XRefused):
        fetch_image(
            "https://pbs.twimg.com/a",
            allowed_hosts=hosts,
            trusted_hosts={"x-standin.lan"},
        )
    for host in ("files.lan", "x-standin.lan:8443", "a.x-standin.lan"):
        with pytest.raises(XRefused):
            upload(f"https://{host}/up", ["1"], api, (3, 3))
    assert set(private) <= {b""}


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_x_on_this_machine_is_on_this_machine(scheme, server, monkeypatch):
    there = ("192.168.1.1", server.server_port)
    monkeypatch.setattr(socket.socket, "getpeername", lambda sock: there)
    client = XClient("token", api_url=f"{scheme}://localhost:{server.server_port}")
    client._backoff = client._backoff.__class__(retries=0)
    with pytest.raises(XRefused):
        client.me()
    assert server.received == []


@pytest.mark.parametrize("host", ["10.0.0.1", "files.example", "[::1]", "127.0.0.1"])
def test_files_of_jobs_are_not_in_our_network(host, leads_to, server):
    api, timeout = Site.at("https://api.x.com"), (3, 3)
    with pytest.raises(XRefused):
        upload(f"https://{host}/up", ["1"], api, timeout)
    with pytest.raises(XRefused):
        list(verdicts(f"https://{host}/down", api, timeout))
    assert server.received == []


@pytest.mark.parametrize(
    "where",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://127.0.0.1/",
        "http://localhost:8069/web",
        "https://pbs.twimg.com@127.0.0.1/a",
        "https://pbs.twimg.com:444/a",
        "//evil.example/a",
        "file:///etc/passwd",
        "ftp://pbs.twimg.com/a",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "https://pbs.twimg.com\\@evil.example/a",
        "https://pbs.twimg.com%00.evil.example/a",
        "https://pbs.twimg.com#@evil.example/a",
        "https://PBS.TWIMG.COM.evil.example/a",
        "http://0x7f000001/",
        "http://2130706433/",
    ],
)
def test_no_redirect_leads_off_the_list(where, server, record_property):
    record_property("attacks tried", 1)
    asked = []
    server.answer = lambda handler: (
        asked.append(handler.path),
        reply(handler, b"", 302, {"Location": where}),
    )
    host = server.url.removeprefix("http://")
    with pytest.raises((XRefused, XUnreachable)):
        fetch_image(f"{server.url}/a", allowed_hosts={host})
    assert asked == ["/a"]


def dripping(pieces):
    """Answers with these, one every 50 ms, until whoever asked has had enough."""

    def answer(handler):
        try:
            for piece in pieces():
                handler.wfile.write(piece)
                time.sleep(0.05)
        except OSError:
            handler.close_connection = True

    return answer


START = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
LONG = START + b"Content-Length: 4000000\r\n\r\n"
CHUNKED = START + b"Transfer-Encoding: chunked\r\n\r\n"
DRIPS = {
    "a status line": lambda: itertools.repeat(b"H"),
    "a header": lambda: itertools.chain([START + b"X: "], itertools.repeat(b"a")),
    "headers": lambda: itertools.chain([START], itertools.repeat(b"X: a\r\n")),
    "a body": lambda: itertools.chain([LONG], itertools.repeat(b"a")),
    "chunks": lambda: itertools.chain([CHUNKED], itertools.repeat(b"1\r\na\r\n")),
    "go on": lambda: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("drip", DRIPS)
def test_a_host_that_drips_is_left(drip, server, record_property):
    record_property("attacks tried", 2)
    server.answer = dripping(DRIPS[drip])
    host = server.url.removeprefix("http://")
    started = time.monotonic()
    with pytest.raises(XUnreachable):
        fetch_image(f"{server.url}/a", allowed_hosts={host}, timeout=(1, 0.2))
    with pytest.raises(XUnreachable):
        client_of(server, timeout=(1, 0.2)).me()
    # Three times the read timeout each, and what a busy machine takes.
    assert time.monotonic() - started < 5


def test_redirects_do_not_begin_the_time_anew(server):
    def answer(handler):
        time.sleep(0.25)
        reply(handler, b"", 302, {"Location": "/next"})

    server.answer = answer
    host = server.url.removeprefix("http://")
    with pytest.raises(XUnreachable):
        fetch_image(f"{server.url}/a", allowed_hosts={host}, timeout=(1, 0.3))
    assert 1 < len(server.received) <= 4


def test_a_connection_is_used_again_after_an_answer_in_time(server):
    client = client_of(server, timeout=(1, 5))
    for _time in range(3):
        assert client.me().handle == "a"
    assert len(server.connections) == 1


def test_a_picture_is_fetched_from_this_machine_where_it_is_listed(server):
    server.answer = lambda h: reply(h, PNG, headers={"Content-Type": "image/png"})
    for name in ("127.0.0.1", "localhost"):
        host = f"{name}:{server.server_port}"
        assert fetch_image(f"http://{host}/a", allowed_hosts={host})[0] == PNG
