"""The table of endpoints: who may call them, how often, with which parameters.

Limits are per 15 minutes: https://docs.x.com/x-api/fundamentals/rate-limits.
"""

from collections.abc import Callable
from dataclasses import dataclass

from . import bodies, endpoints_media, endpoints_posts, endpoints_users
from . import endpoints_compliance as _compliance
from . import endpoints_writes as _writes
from .answers import Asked
from .parameters import ID, USERNAME, Param

__all__ = ["ENDPOINTS", "Endpoint"]


@dataclass(frozen=True, eq=False)
class Endpoint:
    """One endpoint. A limit of 0: users, or the app alone, are refused."""

    method: str
    path: str
    handle: Callable[[Asked], dict]
    user_limit: int
    app_limit: int = 0
    scopes: tuple[str, ...] = ("tweet.read", "users.read")
    family: str = "users"
    params: tuple[Param, ...] = ()
    body: dict | None = None
    status: int = 200
    # Per 24 hours, beside those; 0 where X has none.
    user_day: int = 0
    app_day: int = 0

    @property
    def name(self) -> str:
        """Such as "GET /2/users/by"."""
        return f"{self.method} {self.path}"


_READ = ("tweet.read", "users.read")
_POST_IDS = Param("ids", "list", required=True, most=100, pattern=ID)
_NAMES = Param("usernames", "list", required=True, most=100, pattern=USERNAME)
_SEARCH_USERS = (
    Param("query", required=True, pattern=r"^[A-Za-z0-9_' ]{1,50}$"),
    Param("max_results", "number", least=1, most=1000, default=100),
    Param("next_token"),
)
_NEIGHBOURS = (
    Param("max_results", "number", least=1, most=1000, default=100),
    Param("pagination_token", least=16),
)
_BETWEEN = (
    Param("since_id", pattern=ID),
    Param("until_id", pattern=ID),
    Param("start_time", "time"),
    Param("end_time", "time"),
)
_POST_PAGE = (
    Param("max_results", "number", least=5, most=100, default=10),
    Param("pagination_token"),
)
_EXCLUDE = Param(
    "exclude", "fields", choices=frozenset({"replies", "retweets"}), default=()
)
_SEARCH_POSTS = (
    Param("query", required=True, most=512),
    Param("max_results", "number", least=10, most=100, default=10),
    Param("next_token"),
    Param("pagination_token"),
    Param("sort_order", choices=frozenset({"recency", "relevancy"})),
    *_BETWEEN,
)
_JOB_FIELDS = Param(
    "compliance_job.fields", "fields", choices=_compliance.JOB_FIELDS, default=()
)
_JOBS = (
    Param("type", required=True, choices=frozenset({"tweets", "users"})),
    Param(
        "status", choices=frozenset({"created", "in_progress", "failed", "complete"})
    ),
    _JOB_FIELDS,
)
_users, _posts, _media = endpoints_users, endpoints_posts, endpoints_media


def _write(method: str, path: str, handle, limit: int, scope: str, **more) -> Endpoint:
    scopes = ("media.write",) if scope == "media.write" else (*_READ, scope)
    return Endpoint(method, path, handle, limit, scopes=scopes, family="none", **more)


def _of_app(method: str, path: str, handle, **more) -> Endpoint:
    return Endpoint(method, path, handle, 0, 150, scopes=(), family="none", **more)


ENDPOINTS = (
    Endpoint("GET", "/2/users/me", _users.me, 75),
    Endpoint("GET", "/2/users", _users.by_ids, 900, 300, params=(_POST_IDS,)),
    Endpoint("GET", "/2/users/by", _users.by_usernames, 900, 300, params=(_NAMES,)),
    Endpoint("GET", "/2/users/by/username/:username", _users.by_username, 900, 300),
    Endpoint("GET", "/2/users/search", _users.search, 900, params=_SEARCH_USERS),
    Endpoint("GET", "/2/users/:id", _users.by_id, 900, 300),
    Endpoint(
        "GET",
        "/2/users/:id/followers",
        _users.followers,
        300,
        300,
        scopes=(*_READ, "follows.read"),
        params=_NEIGHBOURS,
    ),
    Endpoint(
        "GET",
        "/2/users/:id/following",
        _users.following,
        300,
        300,
        scopes=(*_READ, "follows.read"),
        params=_NEIGHBOURS,
    ),
    Endpoint(
        "GET",
        "/2/users/:id/tweets",
        _posts.timeline,
        900,
        10_000,
        family="posts",
        params=(*_POST_PAGE, *_BETWEEN, _EXCLUDE),
    ),
    Endpoint(
        "GET",
        "/2/users/:id/mentions",
        _posts.mentions,
        300,
        450,
        family="posts",
        params=(*_POST_PAGE, *_BETWEEN),
    ),
    Endpoint(
        "GET",
        "/2/users/:id/liked_tweets",
        _posts.liked,
        75,
        scopes=(*_READ, "like.read"),
        family="posts",
        params=_POST_PAGE,
    ),
    Endpoint(
        "GET",
        "/2/tweets",
        _posts.by_ids,
        5000,
        3500,
        family="posts",
        params=(_POST_IDS,),
    ),
    Endpoint(
        "GET",
        "/2/tweets/search/recent",
        _posts.search_recent,
        300,
        450,
        family="posts",
        params=_SEARCH_POSTS,
    ),
    Endpoint("GET", "/2/tweets/:id", _posts.by_id, 900, 450, family="posts"),
    _write(
        "POST",
        "/2/tweets",
        _writes.create,
        100,
        "tweet.write",
        body=bodies.POST_CREATE,
        status=201,
        app_day=10_000,
    ),
    _write("DELETE", "/2/tweets/:id", _writes.delete, 50, "tweet.write"),
    _write(
        "POST",
        "/2/users/:id/retweets",
        _writes.repost,
        50,
        "tweet.write",
        body=bodies.POST_REF,
    ),
    _write(
        "DELETE",
        "/2/users/:id/retweets/:source_tweet_id",
        _writes.unrepost,
        50,
        "tweet.write",
    ),
    _write(
        "POST",
        "/2/users/:id/likes",
        _writes.like,
        50,
        "like.write",
        body=bodies.POST_REF,
        user_day=1000,
    ),
    _write(
        "DELETE",
        "/2/users/:id/likes/:tweet_id",
        _writes.unlike,
        50,
        "like.write",
        user_day=1000,
    ),
    _write(
        "POST",
        "/2/users/:id/following",
        _writes.follow,
        50,
        "follows.write",
        body=bodies.FOLLOW,
    ),
    _write(
        "DELETE",
        "/2/users/:source_user_id/following/:target_user_id",
        _writes.unfollow,
        50,
        "follows.write",
    ),
    _write(
        "POST",
        "/2/media/upload",
        _media.upload,
        500,
        "media.write",
        body=bodies.MEDIA_UPLOAD,
    ),
    _write(
        "POST",
        "/2/media/metadata",
        _media.add_alt_text,
        500,
        "media.write",
        body=bodies.MEDIA_METADATA,
    ),
    _of_app("GET", "/2/compliance/jobs", _compliance.list_all, params=_JOBS),
    _of_app(
        "POST",
        "/2/compliance/jobs",
        _compliance.create,
        body=bodies.COMPLIANCE_JOB,
    ),
    _of_app("GET", "/2/compliance/jobs/:id", _compliance.by_id, params=(_JOB_FIELDS,)),
)
