"""Carries out the failures: what the caller then meets on the wire."""

import gzip
import json
import socket
import struct
from collections.abc import Callable
from functools import lru_cache

from werkzeug.wrappers import Request, Response

from . import problems
from .faults import Fault
from .state import State

__all__ = ["suffer"]

FOREVER = 3600.0
# More than anybody should take for an answer.
BOMB_BYTES = 60_000_000
_PAGE = (
    "<!DOCTYPE html><html><head><title>X / Error</title></head>"
    "<body><h1>Something is technically wrong.</h1></body></html>"
)
_BODIES = {
    401: problems.unauthorized,
    403: problems.not_permitted,
    429: problems.too_many,
    503: lambda: problems.blank(503, "Service Unavailable"),
}


def suffer(
    state: State, fault: Fault, request: Request, respond: Callable[[], Response]
) -> Response:
    """The answer the fault allows. Raises ConnectionError when there is none."""
    if fault.delay and fault.kind not in {"hang", "stall"}:
        state.faults.wait(fault.delay, fault)
    charged = len(state.ledger)
    answer = respond() if fault.after or not fault.replaces else None
    if fault.kind == "hang":
        state.faults.wait(fault.delay or FOREVER, fault)
        _cut(request, reset=False)
    if fault.kind == "reset":
        _cut(request, reset=True)
    if fault.kind == "html":
        answer = Response(_PAGE, fault.status or 200, content_type="text/html")
        answer.headers.update(fault.headers)
        return answer
    if fault.status is not None or answer is None:
        if request.method == "GET":
            # What fails is not billed; what was changed all the same is.
            state.billing.forgive(charged)
        answer = _refusal(state, fault)
    answer = _spoil(fault, answer)
    answer.headers.update(fault.headers)
    if fault.kind == "stall":
        _send_half(request, answer)
        state.faults.wait(fault.delay or FOREVER, fault)
        _cut(request, reset=False)
    return answer


def _refusal(state: State, fault: Fault) -> Response:
    status = fault.status or 500
    make = _BODIES.get(status, lambda: problems.blank(status, "Internal Server Error"))
    refusal = make()
    if status == 402:
        refusal = problems.no_credits(state.app.account_id)
    body = refusal.body if fault.body is None else fault.body
    text = body if isinstance(body, str) else json.dumps(body)
    kind = "application/problem+json"
    return Response(text, status, _limit_headers(state, status), content_type=kind)


def _limit_headers(state: State, status: int) -> dict[str, str]:
    reset = int(state.clock.now().timestamp()) + 900
    remaining = 0 if status == 429 else 74
    return {
        "x-rate-limit-limit": "75",
        "x-rate-limit-remaining": str(remaining),
        "x-rate-limit-reset": str(reset),
    }


def _spoil(fault: Fault, answer: Response) -> Response:
    if fault.kind == "no_headers":
        for name in [n for n in answer.headers.keys() if _is_of_a_limit(n)]:
            del answer.headers[name]
    if fault.kind == "malformed":
        answer.set_data(answer.get_data()[:-1] + b', "data": oops')
    if fault.kind == "truncate":
        whole = answer.get_data()
        answer.set_data(whole[: len(whole) // 2])
        # Promises more than will come: the caller sees the body end too early.
        answer.headers["Content-Length"] = str(len(whole))
        answer.automatically_set_content_length = False
    if fault.kind == "bomb":
        answer.set_data(_bomb())
        answer.headers["Content-Encoding"] = "gzip"
    if fault.kind == "skew":
        _skew(answer, fault.skew)
    return answer


@lru_cache(maxsize=1)
def _bomb() -> bytes:
    return gzip.compress(b" " * BOMB_BYTES)


def _skew(answer: Response, seconds: float) -> None:
    for name in [n for n in answer.headers.keys() if n.lower().endswith("-reset")]:
        answer.headers[name] = str(int(answer.headers[name]) + int(seconds))


def _send_half(request: Request, answer: Response) -> None:
    whole = answer.get_data()
    lines = [f"HTTP/1.1 {answer.status}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    request.environ["werkzeug.socket"].sendall(head + whole[: len(whole) // 2])


def _is_of_a_limit(header: str) -> bool:
    return header.lower().endswith(("-limit", "-remaining", "-reset"))


def _cut(request: Request, reset: bool) -> None:
    """End the connection without an answer."""
    wire: socket.socket = request.environ["werkzeug.socket"]
    if reset:
        # Lingering for no time at all makes the system send RST, not FIN.
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        wire.close()
    else:
        wire.shutdown(socket.SHUT_RDWR)
    raise ConnectionError("The stand-in was told to give no answer.")
