"""What is asked of X: paths, parameters and how much it can cost.

In the legacy vocabulary (``tweet.fields``): it is what X's prose documents,
and in it a post's author and references are fields, which cost nothing, rather
than expansions, each of which is billed as a user or a post.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MOST = 100

_USER_FIELDS = (
    "created_at,description,entities,location,name,profile_image_url,protected,"
    "public_metrics,url,username,verified_type"
)
_POST_FIELDS = (
    "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,"
    "lang,note_tweet,possibly_sensitive,public_metrics,referenced_tweets,text"
)
_MEDIA_FIELDS = "alt_text,height,media_key,preview_image_url,type,url,width"
_MEDIA = "attachments.media_keys"
_REPOSTED = (
    "referenced_tweets.id",
    "referenced_tweets.id.author_id",
    "referenced_tweets.id.attachments.media_keys",
)
# A post can answer one post and quote another.
_REFERENCES = 2


@dataclass(frozen=True)
class Ask:
    """A GET request. ``endpoint`` is the path's template, for logs and limits.

    ``kind``, ``most`` and ``extra`` are as in ``gate.Call``.
    """

    endpoint: str
    path: str
    params: tuple[tuple[str, str], ...]
    kind: str
    most: int
    extra: tuple[tuple[str, int], ...] = ()


def me() -> Ask:
    return _users("/2/users/me", {}, most=1)


def profiles_by_handle(handles: Sequence[str]) -> Ask:
    unique = list({handle.lower(): handle for handle in handles}.values())
    wanted = _joined(unique, r"[A-Za-z0-9_]{1,15}", "handles")
    return _users("/2/users/by", {"usernames": wanted}, most=len(unique))


def profiles_by_id(ids: Sequence[str]) -> Ask:
    unique = list(dict.fromkeys(ids))
    return _users("/2/users", {"ids": _ids(unique)}, most=len(unique))


def search_profiles(query: str, max_results: int, next_token: str | None) -> Ask:
    if not re.fullmatch(r"[A-Za-z0-9_' ]{1,50}", query):
        raise ValueError(
            "X searches for up to 50 ASCII letters, digits, _ ' and spaces"
        )
    params = {"query": query, "max_results": _between(1, max_results, 1000)}
    # Here the page parameter is next_token, elsewhere pagination_token.
    params |= {"next_token": next_token} if next_token else {}
    return _users("/2/users/search", params, most=max_results)


def posts_of(
    profile_id: str, max_results: int, next_token: str | None, reposts: bool
) -> Ask:
    params = {"max_results": _between(5, max_results, 100)}
    params |= {"pagination_token": next_token} if next_token else {}
    params |= {} if reposts else {"exclude": "retweets"}
    referenced = max_results * _REFERENCES
    return _posts(
        "/2/users/:id/tweets",
        params,
        path=f"/2/users/{_ids([profile_id])}/tweets",
        expansions=(_MEDIA, *_REPOSTED) if reposts else (_MEDIA,),
        most=max_results,
        extra=(("post", referenced), ("user", referenced)) if reposts else (),
    )


def posts_by_id(ids: Sequence[str]) -> Ask:
    unique = list(dict.fromkeys(ids))
    return _posts(
        "/2/tweets",
        {"ids": _ids(unique)},
        path="/2/tweets",
        expansions=("author_id", _MEDIA),
        most=len(unique),
        extra=(("user", len(unique)),),
    )


def _users(path: str, params: dict[str, str], most: int) -> Ask:
    params = {**params, "user.fields": _USER_FIELDS}
    return Ask(f"GET {path}", path, tuple(params.items()), "user", most)


def _posts(
    template: str,
    params: dict[str, str],
    *,
    path: str,
    expansions: Sequence[str],
    most: int,
    extra: tuple[tuple[str, int], ...],
) -> Ask:
    params = {
        **params,
        "tweet.fields": _POST_FIELDS,
        "expansions": ",".join(expansions),
        "media.fields": _MEDIA_FIELDS,
    }
    if extra:
        params["user.fields"] = _USER_FIELDS
    return Ask(f"GET {template}", path, tuple(params.items()), "post", most, extra)


def _ids(ids: Sequence[str]) -> str:
    return _joined(ids, r"[0-9]{1,19}", "ids")


def _joined(values: Sequence[str], shape: str, what: str) -> str:
    if not 1 <= len(values) <= _MOST or not all(re.fullmatch(shape, v) for v in values):
        raise ValueError(f"1 to {_MOST} {what} as X writes them are needed")
    return ",".join(values)


def _between(least: int, value: int, most: int) -> str:
    if not least <= value <= most:
        raise ValueError(f"{least} to {most} results can be asked for")
    return str(value)
