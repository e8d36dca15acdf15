"""Connections as X keeps them: open between requests, and counted."""

import socket
import threading
from io import BytesIO

from werkzeug.serving import WSGIRequestHandler
from werkzeug.test import run_wsgi_app

__all__ = ["Connections", "KeepingHandler"]


class Connections:
    """The open ones, and how many were opened since the last reset."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self.count = 0

    def opened(self, wire: socket.socket) -> None:
        """Somebody has connected."""
        with self._lock:
            self._open.add(wire)
            self.count += 1

    def closed(self, wire: socket.socket) -> None:
        """It is at its end."""
        with self._lock:
            self._open.discard(wire)

    def reset(self) -> None:
        """Count anew; what is open stays open."""
        with self._lock:
            self.count = 0

    def close_all(self) -> None:
        """Let nobody go on talking to a server that has stopped."""
        with self._lock:
            for wire in self._open:
                try:
                    wire.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # ended by the other side just now


class KeepingHandler(WSGIRequestHandler):
    """One connection's requests, one after another; Werkzeug's closes after each.

    Its server has ``connections``. It logs nothing: addresses hold codes, and tests
    want silence.
    """

    protocol_version = "HTTP/1.1"
    # Else the second of two small packets waits for an acknowledgement.
    disable_nagle_algorithm = True

    def setup(self) -> None:
        """The connection begins."""
        super().setup()
        self.server.connections.opened(self.connection)

    def finish(self) -> None:
        """The connection ends."""
        self.server.connections.closed(self.connection)
        super().finish()

    def run_wsgi(self) -> None:
        """Answer one request, in whole; an error of ours ends the connection."""
        environ = self.make_environ()
        if environ.get("HTTP_TRANSFER_ENCODING"):
            self.close_connection = True  # where its body ends is not for us to know
        else:
            # Read to its end, where the next request begins.
            length = int(environ.get("CONTENT_LENGTH") or 0)
            environ["wsgi.input"] = BytesIO(self.rfile.read(length))
        try:
            content, status, headers = run_wsgi_app(
                self.server.app, environ, buffered=True
            )
            self._send(status, list(headers), b"".join(content))
        except ConnectionError:
            self.close_connection = True

    def _send(self, status: str, headers: list, body: bytes) -> None:
        code, _space, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        is_bare = code in ("204", "304")
        has_body = self.command != "HEAD" and not is_bare
        promised = [v for n, v in headers if n.lower() == "content-length"]
        if not promised and not is_bare:
            self.send_header("Content-Length", str(len(body)))
        if promised and has_body and int(promised[0]) > len(body):
            # More will never come, which the end of the connection says.
            self.close_connection = True
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if has_body:
            self.wfile.write(body)

    def log(self, type: str, message: str, *args) -> None:
        """Werkzeug calls this for each request and error."""

    def connection_dropped(self, error: BaseException, environ=None) -> None:
        """After a cut connection no further request is waited for."""
        self.close_connection = True
