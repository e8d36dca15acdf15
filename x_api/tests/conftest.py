"""A client that never sleeps, and a server that misbehaves on demand."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import responses
from hypothesis import settings

from x_api import Backoff, XClient

# The machine that runs these may be busy: slowness is not a failure here.
settings.register_profile("x_api", deadline=None)
settings.load_profile("x_api")


@pytest.fixture
def pauses():
    """The pauses the client would have made, in seconds."""
    return []


@pytest.fixture
def make_client(pauses):
    def make(token="token-1", **options):
        options.setdefault("backoff", Backoff(sleep=pauses.append, random=lambda: 1))
        return XClient(token, **options)

    return make


@pytest.fixture
def x():
    """X as single answers: ``x.get(url, json=…)``; all of them must be used."""
    with responses.RequestsMock() as mock:
        yield mock


ONCE = Backoff(retries=0)


def client_of(server, **options):
    """A client of the server below that tries once."""
    options.setdefault("backoff", ONCE)
    return XClient("the-token", api_url=server.url, **options)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.server.connections.append(self.client_address)

    def do_GET(self):
        length = int(self.headers.get("Content-Length", 0))
        self.server.received.append(
            (self.path, dict(self.headers), self.rfile.read(length))
        )
        self.server.answer(self)

    do_POST = do_PUT = do_DELETE = do_GET

    def log_message(self, *_args):
        return None


class Server(ThreadingHTTPServer):
    """Answers with ``answer(handler)``; remembers requests and connections."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received = []
        self.connections = []
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, _request, _address):
        """A client that hung up is what some tests are about."""

    @staticmethod
    def answer(handler):
        reply(handler, b'{"data": {"id": "1", "username": "a"}}')


def reply(handler, body, status=200, headers=()):
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **dict(headers)}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def server():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
