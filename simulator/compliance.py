"""Batch compliance: jobs that tell which of many ids are not to be kept.

https://docs.x.com/x-api/compliance/batch-compliance/introduction. X keeps the files
in a store of its own; here they are at addresses of this server.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from . import problems
from .clock import Clock, iso
from .dialect import Dialect
from .ids import IdMaker
from .people import People, Person
from .posts import Posts

__all__ = ["KINDS", "Compliance", "Job"]

KINDS = ("tweets", "users")
UPLOAD_SECONDS = 15 * 60
DOWNLOAD_SECONDS = 7 * 24 * 3600
_PENDING = frozenset({"created", "in_progress"})


@dataclass
class Job:
    """A job; `ids` is None until they are uploaded. `seconds`: how long it takes."""

    id: str
    kind: str
    name: str
    created_at: datetime
    seconds: float
    resumable: bool = False
    failed: bool = False
    ids: list[str] | None = None
    uploaded_at: datetime | None = None
    signature: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    @property
    def upload_until(self) -> datetime:
        """Until when its ids may come."""
        return self.created_at + timedelta(seconds=UPLOAD_SECONDS)

    @property
    def download_until(self) -> datetime:
        """Until when its results are there."""
        return self.created_at + timedelta(seconds=DOWNLOAD_SECONDS)


class Compliance:
    """The jobs of the app. `seconds` is how long the next ones take."""

    def __init__(
        self, clock: Clock, ids: IdMaker, people: People, posts: Posts
    ) -> None:
        self._clock, self._ids = clock, ids
        self._people, self._posts = people, posts
        self.reset()

    def reset(self) -> None:
        """No jobs, and they take no time."""
        self._jobs: dict[str, Job] = {}
        self._judged: dict[str, tuple[str, str]] = {}
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Job]:
        return iter(list(self._jobs.values()))

    def get(self, job_id: str) -> Job | None:
        """The job of this id, if there is one."""
        return self._jobs.get(job_id)

    def create(self, kind: str, name: str, resumable: bool, dialect: Dialect) -> Job:
        """A job; Refusal (409) while another of its kind has not ended."""
        if any(j.kind == kind and self.status(j) in _PENDING for j in self):
            raise problems.conflict(dialect)
        now = self._clock.now()
        job = Job(self._ids.make(now), kind, name, now, self.seconds, resumable)
        self._jobs[job.id] = job
        return job

    def status(self, job: Job) -> str:
        """created, in_progress, complete, failed or expired."""
        now = self._clock.now()
        if job.failed:
            return "failed"
        if job.uploaded_at is None:
            return "expired" if now >= job.upload_until else "created"
        is_done = now >= job.uploaded_at + timedelta(seconds=job.seconds)
        return "complete" if is_done else "in_progress"

    def upload(self, job: Job, ids: list[str]) -> None:
        """What the job is to look at."""
        job.ids, job.uploaded_at = ids, self._clock.now()

    def fail(self, job_id: str) -> None:
        """The job ends without results. Raises KeyError."""
        self._jobs[job_id].failed = True

    def judge(self, resource_id: str, reason: str, action: str = "delete") -> None:
        """Say this about an id whatever is true of it: bounced, scrub_geo, …"""
        self._judged[resource_id] = (action, reason)

    def results(self, job: Job) -> Iterator[dict]:
        """A line for each id that is not to be kept as it is."""
        reason_of = self._about_post if job.kind == "tweets" else self._about_person
        now = iso(self._clock.now())
        for resource_id in job.ids or ():
            reason = reason_of(resource_id)
            judged = ("delete", reason) if reason else None
            if said := self._judged.get(resource_id, judged):
                yield {
                    "id": resource_id,
                    "action": said[0],
                    "created_at": iso(self._made_at(resource_id) or job.created_at),
                    "redacted_at": now,
                    "reason": said[1],
                }

    def _about_post(self, post_id: str) -> str:
        post = self._posts.get(post_id)
        if post is None:
            return "deleted"
        return _about(self._people.get(post.author_id))

    def _about_person(self, person_id: str) -> str:
        person = self._people.get(person_id)
        return _about(person) if person else "deleted"

    def _made_at(self, resource_id: str) -> datetime | None:
        found = self._posts.get(resource_id) or self._people.get(resource_id)
        return found.created_at if found else None


def _about(person: Person | None) -> str:
    if person is None or person.state == "deleted":
        return "deactivated"
    if person.state == "suspended":
        return "suspended"
    return "protected" if person.protected else ""
