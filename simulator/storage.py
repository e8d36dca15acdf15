"""Where the files of compliance jobs lie: addresses that need no token but theirs.

As in the store X uses: who knows the signature may put or get the file, and who sends
a token as well is turned away.
"""

import json
import re

from werkzeug.wrappers import Request, Response

from .compliance import Job
from .misfortune import suffer
from .state import Call, State

__all__ = ["DELIVERY", "SUBMISSION", "address", "answer"]

SUBMISSION = "submission"
DELIVERY = "delivery"
_METHODS = {SUBMISSION: "PUT", DELIVERY: "GET"}


def address(kind: str, job_id: str, what: str) -> str:
    """The path of a job's file."""
    return f"/storage/twttr-{kind}-compliance/{what}/{job_id}"


def answer(
    state: State, request: Request, kind: str, what: str, job_id: str
) -> Response:
    """PUT /storage/:kind/submission/:id and GET /storage/:kind/delivery/:id.

    Faults wait for "PUT /storage/submission" and "GET /storage/delivery".
    """
    name = f"{request.method} /storage/{what}"
    query = {k: v for k, v in request.args.items() if k != "X-Goog-Signature"}
    call = Call(request.method, request.path, name, query)
    state.calls.append(call)
    fault = state.faults.take(name)

    def respond() -> Response:
        with state.lock:
            return _respond(state, request, what, job_id)

    response = suffer(state, fault, request, respond) if fault else respond()
    call.status = response.status_code
    return response


def _respond(state: State, request: Request, what: str, job_id: str) -> Response:
    job, now = state.compliance.get(job_id), state.clock.now()
    if "Authorization" in request.headers:
        return _refuse(400, "InvalidArgument", "Only one auth mechanism allowed.")
    if job is None or request.args.get("X-Goog-Signature") != job.signature:
        return _refuse(403, "SignatureDoesNotMatch", "Access denied.")
    if request.method != _METHODS[what]:
        return _refuse(403, "SignatureDoesNotMatch", "Access denied.")
    until = job.upload_until if what == SUBMISSION else job.download_until
    if now >= until:
        return _refuse(400, "ExpiredToken", "The provided token has expired.")
    return (_put if what == SUBMISSION else _get)(state, request, job)


def _put(state: State, request: Request, job: Job) -> Response:
    if request.mimetype != "text/plain":
        return _refuse(403, "SignatureDoesNotMatch", "Access denied.")
    lines = request.get_data().decode("ascii", "replace").split()
    if not lines or not all(re.fullmatch(r"[0-9]{1,19}", line) for line in lines):
        state.compliance.fail(job.id)
        return Response("", 200)
    state.compliance.upload(job, lines)
    return Response("", 200)


def _get(state: State, _request: Request, job: Job) -> Response:
    if state.compliance.status(job) != "complete":
        return _refuse(404, "NoSuchKey", "The specified key does not exist.")
    lines = (json.dumps(line) + "\n" for line in state.compliance.results(job))
    return Response("".join(lines), content_type="application/json")


def _refuse(status: int, code: str, message: str) -> Response:
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{message}"
    body += "</Message></Error>"
    return Response(body, status, content_type="application/xml; charset=UTF-8")
