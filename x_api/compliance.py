"""Batch compliance: asking X which of many posts or people are not to be kept.

A job is made, the ids are uploaded, X works on it for minutes or hours, and its
verdicts are downloaded. It takes the app's own token, and costs nothing.
https://docs.x.com/x-api/compliance/batch-compliance/introduction
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from . import compliance_files as files
from . import fields
from .ask import Ask, ids
from .call import Asker
from .compliance_files import Verdict
from .errors import XKeysRefused, XLinkExpired, XUnavailable
from .gate import Gate, PassingGate
from .parsing import data_of, items_of
from .site import API_URL, Site
from .transport import TIMEOUT, Backoff, Timeout

KINDS = ("tweets", "users")
_JOBS = "/2/compliance/jobs"
_FIELDS = (
    "created_at,download_expires_at,download_url,id,name,status,type,"
    "upload_expires_at,upload_url"
)
_STATUSES = ("created", "in_progress", "complete", "failed", "expired")
_NAME_LENGTH = 64


@dataclass(frozen=True)
class ComplianceJob:
    """``kind`` is "tweets" or "users".

    ``status`` is "created" (waits for the ids), "in_progress", "complete", "failed"
    or "expired" (the ids did not come in time). The addresses open what they lead
    to for whoever has them; each is good until the time beside it.
    """

    id: str
    kind: str = ""
    status: str = ""
    name: str = ""
    created_at: datetime | None = None
    upload_url: str = field(default="", repr=False)
    upload_expires_at: datetime | None = None
    download_url: str = field(default="", repr=False)
    download_expires_at: datetime | None = None


class ComplianceClient:
    """X's compliance jobs, with the app's bearer token, which it does not show.

    ``gate`` stands before the calls of the API; kind "compliance", which costs
    nothing. What is not sent to the API, but to the addresses it gives out, never
    has the token. Any call may raise each of the errors in ``errors``: XKeysRefused
    where X does not know the token, XNotAllowed where the app may not use it.
    """

    def __init__(
        self,
        bearer: str,
        *,
        api_url: str = API_URL,
        gate: Gate | None = None,
        timeout: Timeout = TIMEOUT,
        backoff: Backoff | None = None,
    ):
        self.__bearer = bearer
        self._site = Site.at(api_url)
        self._asker = Asker(api_url, gate or PassingGate(), timeout)
        self._backoff = backoff or Backoff()
        self._timeout = timeout

    def create_job(self, kind: str = "tweets", name: str = "") -> ComplianceJob:
        """A job that waits for its ids, for a quarter of an hour.

        XConflict where there is one of this kind that has not ended: X has one at
        a time. It is sent once; after XUnreachable, ``jobs`` tells whether it is
        there.
        """
        if len(name) > _NAME_LENGTH:
            raise ValueError(f"a job's name has up to {_NAME_LENGTH} characters")
        body = {"type": _kind(kind), **({"name": name} if name else {})}
        job = self._one(_ask(f"POST {_JOBS}", body=body))
        # Which fields come unasked is documented of the other two calls only.
        return job if job.upload_url else self.job(job.id)

    def jobs(self, kind: str = "tweets") -> tuple[ComplianceJob, ...]:
        """The jobs X remembers, in no order."""
        ask = _ask(f"GET {_JOBS}", {"type": _kind(kind)})
        return tuple(map(read_job, items_of(self._body(ask))))

    def job(self, job_id: str) -> ComplianceJob:
        """The job as it stands; XGone where X knows none of this id."""
        return self._one(_ask(f"GET {_JOBS}/:id", path=f"{_JOBS}/{ids([job_id])}"))

    def upload(self, job: ComplianceJob, ids: Iterable[str]) -> None:
        """Gives X the ids to look at, all at once.

        ValueError for none, or for what is no id; XGone where the address has
        expired. Nobody knows what became of it after XUnreachable: ``job`` tells.
        """
        files.upload(job.upload_url, ids, self._site, self._timeout)

    def results(self, job: ComplianceJob) -> Iterator[Verdict]:
        """What X says about those of the ids that are not to be kept as they are.

        They come as they are read, to be taken without delay; no more and no fewer
        than X has, unless it ends with an error: then those that came hold, and nothing
        is known of the others. ValueError before it is complete, XGone where the
        address has expired.
        """
        if job.status != "complete":
            raise ValueError("the job has no results yet")
        return files.verdicts(job.download_url, self._site, self._timeout)

    def _one(self, ask: Ask) -> ComplianceJob:
        return read_job(data_of(ask.endpoint, self._body(ask)))

    def _body(self, ask: Ask) -> Mapping[str, Any]:
        try:
            if ask.is_write:
                return self._asker.send(ask, self.__bearer).body
            return self._backoff.run(lambda: self._asker.send(ask, self.__bearer)).body
        except XLinkExpired as error:
            # No person's link: the token is one of the app's keys.
            raise XKeysRefused(
                str(error), status=error.status, kind=error.kind, reason=error.reason
            ) from None


def read_job(data: Any) -> ComplianceJob:
    """XUnavailable where ``data`` is not a job."""
    job = fields.record(data)
    job_id, status = fields.identifier(job, "id"), fields.text(job, "status")
    if not job_id or status not in _STATUSES:
        raise XUnavailable("a compliance job without id or status")
    return ComplianceJob(
        id=job_id,
        kind=fields.text(job, "type"),
        status=status,
        name=fields.text(job, "name"),
        created_at=fields.moment(job, "created_at"),
        upload_url=fields.address(job, "upload_url"),
        upload_expires_at=fields.moment(job, "upload_expires_at"),
        download_url=fields.address(job, "download_url"),
        download_expires_at=fields.moment(job, "download_expires_at"),
    )


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"a job is of {' or '.join(KINDS)}")
    return kind


def _ask(
    endpoint: str,
    params: Mapping[str, str] | None = None,
    *,
    path: str = "",
    body: Mapping[str, Any] | None = None,
) -> Ask:
    asked = {**(params or {}), "compliance_job.fields": _FIELDS} if not body else {}
    path = path or endpoint.partition(" ")[2]
    return Ask(endpoint, path, tuple(asked.items()), "compliance", 0, body=body)
