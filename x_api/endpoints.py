"""What is read from X: paths, parameters and how much it can cost.

In the legacy vocabulary (``tweet.fields``): it is what X's prose documents,
and in it a post's author and references are fields, which cost nothing, rather
than expansions, each of which is billed as a user or a post.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timezone

from .ask import Ask, between, ids, joined

_USER_FIELDS = (
    "created_at,description,entities,location,name,profile_image_url,protected,"
    "public_metrics,url,username,verified_type,withheld"
)
_POST_FIELDS = (
    "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,"
    "in_reply_to_user_id,lang,note_tweet,possibly_sensitive,public_metrics,"
    "referenced_tweets,text,withheld"
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


def me() -> Ask:
    return _users("/2/users/me", {}, most=1, fields=f"{_USER_FIELDS},subscription_type")


def profiles_by_handle(handles: Sequence[str], connection: bool) -> Ask:
    unique = list({handle.lower(): handle for handle in handles}.values())
    wanted = {"usernames": joined(unique, r"[A-Za-z0-9_]{1,15}", "handles")}
    return _users(
        "/2/users/by", wanted, most=len(unique), fields=_user_fields(connection)
    )


def profiles_by_id(profile_ids: Sequence[str], connection: bool) -> Ask:
    unique = list(dict.fromkeys(profile_ids))
    wanted = {"ids": ids(unique)}
    return _users("/2/users", wanted, most=len(unique), fields=_user_fields(connection))


def _user_fields(connection: bool) -> str:
    return f"{_USER_FIELDS},connection_status" if connection else _USER_FIELDS


def search_profiles(query: str, max_results: int, next_token: str | None) -> Ask:
    if not re.fullmatch(r"[A-Za-z0-9_' ]{1,50}", query):
        raise ValueError(
            "X searches for up to 50 ASCII letters, digits, _ ' and spaces"
        )
    params = {"query": query, "max_results": between(1, max_results, 1000)}
    # Here the page parameter is next_token, elsewhere pagination_token.
    params |= {"next_token": next_token} if next_token else {}
    return _users("/2/users/search", params, most=max_results)


def followers(profile_id: str, max_results: int, next_token: str | None) -> Ask:
    return _neighbours("followers", "follower", profile_id, max_results, next_token)


def following(profile_id: str, max_results: int, next_token: str | None) -> Ask:
    return _neighbours("following", "following", profile_id, max_results, next_token)


def _neighbours(
    word: str, kind: str, profile_id: str, max_results: int, next_token: str | None
) -> Ask:
    return _users(
        f"/2/users/:id/{word}",
        {"max_results": between(1, max_results, 1000), **_page(next_token)},
        path=f"/2/users/{ids([profile_id])}/{word}",
        most=max_results,
        kind=kind,
    )


def posts_of(
    profile_id: str, max_results: int, next_token: str | None, reposts: bool
) -> Ask:
    params = {"max_results": between(5, max_results, 100), **_page(next_token)}
    params |= {} if reposts else {"exclude": "retweets"}
    referenced = max_results * _REFERENCES
    return _posts(
        "/2/users/:id/tweets",
        params,
        path=f"/2/users/{ids([profile_id])}/tweets",
        expansions=(_MEDIA, *_REPOSTED) if reposts else (_MEDIA,),
        most=max_results,
        extra=(("post", referenced), ("user", referenced)) if reposts else (),
    )


def newest_of(profile_id: str, max_results: int, start_time: datetime | None) -> Ask:
    params = {"max_results": between(5, max_results, 100)}
    if start_time:
        params["start_time"] = _moment(start_time)
    return _posts(
        "/2/users/:id/tweets",
        params,
        path=f"/2/users/{ids([profile_id])}/tweets",
        most=max_results,
    )


def mentions(
    profile_id: str,
    max_results: int,
    since_id: str,
    until_id: str,
    next_token: str | None,
) -> Ask:
    params = {"max_results": between(5, max_results, 100), **_page(next_token)}
    for name, post_id in (("since_id", since_id), ("until_id", until_id)):
        params |= {name: ids([post_id])} if post_id else {}
    return _posts(
        "/2/users/:id/mentions",
        params,
        path=f"/2/users/{ids([profile_id])}/mentions",
        expansions=("author_id", _MEDIA),
        most=max_results,
        extra=(("user", max_results),),
        connection=True,
    )


def liked_by(profile_id: str, max_results: int, next_token: str | None) -> Ask:
    return _posts(
        "/2/users/:id/liked_tweets",
        {"max_results": between(5, max_results, 100), **_page(next_token)},
        path=f"/2/users/{ids([profile_id])}/liked_tweets",
        most=max_results,
        kind="like",
    )


def posts_by_id(post_ids: Sequence[str], authors: bool) -> Ask:
    unique = list(dict.fromkeys(post_ids))
    return _posts(
        "/2/tweets",
        {"ids": ids(unique)},
        path="/2/tweets",
        expansions=("author_id", _MEDIA) if authors else (_MEDIA,),
        most=len(unique),
        extra=(("user", len(unique)),) if authors else (),
    )


def _users(
    template: str,
    params: dict[str, str],
    *,
    most: int,
    path: str = "",
    kind: str = "user",
    fields: str = _USER_FIELDS,
) -> Ask:
    params = {**params, "user.fields": fields}
    return Ask(f"GET {template}", path or template, tuple(params.items()), kind, most)


def _posts(
    template: str,
    params: dict[str, str],
    *,
    path: str,
    most: int,
    expansions: Sequence[str] = (),
    extra: tuple[tuple[str, int], ...] = (),
    kind: str = "post",
    connection: bool = False,
) -> Ask:
    params = {**params, "tweet.fields": _POST_FIELDS}
    if expansions:
        params |= {"expansions": ",".join(expansions), "media.fields": _MEDIA_FIELDS}
    if extra:
        params["user.fields"] = _user_fields(connection)
    return Ask(f"GET {template}", path, tuple(params.items()), kind, most, extra)


def _page(next_token: str | None) -> dict[str, str]:
    return {"pagination_token": next_token} if next_token else {}


def _moment(when: datetime) -> str:
    """As X writes times; ValueError for a naive one."""
    if when.tzinfo is None:
        raise ValueError("a time with its zone is needed")
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
