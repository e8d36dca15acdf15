import pytest
from conftest import reply

from x_api import (
    XRefused,
    XUnavailable,
    XUnreachable,
    fetch_image,
)

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
