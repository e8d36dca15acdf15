"""The endpoints of batch compliance, for the app alone."""

from urllib.parse import urlencode

from . import problems
from .answers import Asked
from .clock import iso
from .compliance import Job
from .state import State
from .storage import DELIVERY, SUBMISSION, address

__all__ = ["JOB_FIELDS", "by_id", "create", "list_all"]

JOB_FIELDS = frozenset(
    "created_at download_expires_at download_url id name resumable status type "
    "upload_expires_at upload_url".split()
)


def create(asked: Asked) -> dict:
    """POST /2/compliance/jobs"""
    given, dialect = asked.body, asked.view.dialect
    wanted = given["type"], given.get("name", ""), given.get("resumable", False)
    job = asked.state.compliance.create(*wanted, dialect)
    return {"data": _shown(asked.state, job)}


def list_all(asked: Asked) -> dict:
    """GET /2/compliance/jobs"""
    wanted, state = asked.params, asked.state
    found = [
        _shown(state, job, wanted["compliance_job.fields"])
        for job in state.compliance
        if job.kind == wanted["type"]
        and wanted["status"] in (None, state.compliance.status(job))
    ]
    answer: dict = {"data": found} if found else {}
    return {**answer, "meta": {"result_count": len(found)}}


def by_id(asked: Asked) -> dict:
    """GET /2/compliance/jobs/:id"""
    job_id = asked.path["id"]
    job = asked.state.compliance.get(job_id)
    if job is None:
        dialect = asked.view.dialect
        missing = problems.missing(dialect, "compliance_job", "id", job_id)
        return {"errors": [missing]}
    shown = _shown(asked.state, job, asked.params["compliance_job.fields"])
    return {"data": shown}


def _shown(state: State, job: Job, wanted: tuple[str, ...] = ()) -> dict:
    values = {
        "id": job.id,
        "type": job.kind,
        "name": job.name or None,
        "resumable": job.resumable,
        "status": state.compliance.status(job),
        "created_at": iso(job.created_at),
        "upload_url": _signed(state, job, SUBMISSION),
        "upload_expires_at": iso(job.upload_until),
        "download_url": _signed(state, job, DELIVERY),
        "download_expires_at": iso(job.download_until),
    }
    return {
        name: value
        for name, value in values.items()
        if value is not None and (not wanted or name in {"id", *wanted})
    }


def _signed(state: State, job: Job, what: str) -> str:
    named = {"response-content-disposition": f"filename={what}/{job.id}.txt"}
    query = urlencode({**named, "X-Goog-Signature": job.signature})
    return f"{state.base_url}{address(job.kind, job.id, what)}?{query}"
