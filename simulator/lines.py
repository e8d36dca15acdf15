"""Lines that lead to nobody: what becomes of a caller before any request is sent."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["dead", "deaf", "hanging_up", "speaking_no_tls", "unknown_to_all"]

HOST = "127.0.0.1"
_Answer = Callable[[socket.socket], None]


@contextlib.contextmanager
def dead() -> Iterator[str]:
    """An address where nobody listens: a connection is refused."""
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        yield f"http://{HOST}:{unused.getsockname()[1]}"


@contextlib.contextmanager
def deaf() -> Iterator[str]:
    """An address whose host takes no connection, and refuses none.

    Its queue is full: on Linux what comes then is dropped, as a firewall does.
    """
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind((HOST, 0))
        listener.listen(0)
        for _place in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://{HOST}:{listener.getsockname()[1]}"


@contextlib.contextmanager
def hanging_up() -> Iterator[str]:
    """An https address where the connection ends as soon as it begins."""
    with _answering(lambda wire: None) as port:
        yield f"https://{HOST}:{port}"


@contextlib.contextmanager
def speaking_no_tls() -> Iterator[str]:
    """An https address where somebody answers in clear."""
    with _answering(_speak) as port:
        yield f"https://{HOST}:{port}"


@contextlib.contextmanager
def unknown_to_all(certificate: Path) -> Iterator[str]:
    """An https address with a certificate nobody has signed (PEM, with its key)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def shake_hands(wire: socket.socket) -> None:
        with context.wrap_socket(wire, server_side=True) as talking:
            talking.recv(65536)

    with _answering(shake_hands) as port:
        yield f"https://{HOST}:{port}"


def _speak(wire: socket.socket) -> None:
    wire.recv(65536)
    wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


@contextlib.contextmanager
def _answering(answer: _Answer) -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen(64)
        thread = threading.Thread(target=_serve, args=(listener, answer), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            # Wakes the thread, which a close alone does not.
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, answer: _Answer) -> None:
    while True:
        try:
            wire, _address = listener.accept()
        except OSError:
            return  # nobody listens any more
        with wire, contextlib.suppress(OSError):
            answer(wire)
