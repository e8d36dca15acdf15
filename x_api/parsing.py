"""X's answers into values, in either of X's two vocabularies.

``tweet`` words are of the legacy vocabulary, ``post`` words of the one that
came with API 2.167; an answer is in that of its request.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from . import fields
from .errors import XGone, XNotAllowed, XUnavailable
from .fields import unescape
from .values import Media, Page, Post, Problem, Profile, RateLimit, Segment

_VERIFIED_TYPES = ("blue", "business", "government")
_SUBSCRIPTIONS = {"None": "", "PremiumPlus": "premium_plus"}
_UNASKED: frozenset[str] = frozenset()
Json = Mapping[str, Any]


def read_profile(data: Any) -> Profile:
    """XUnavailable where ``data`` is not a user."""
    user = fields.record(data)
    user_id, handle = fields.identifier(user, "id"), fields.handle(user, "username")
    if not (user_id and handle):
        raise XUnavailable("a user without id or username")
    entities = fields.part(user, "entities")
    link = _first_link(entities) if "url" in entities else {}
    metrics = fields.part(user, "public_metrics")
    description = fields.text(user, "description")
    verified_type = fields.line(user, "verified_type")
    known = {
        "id": user_id,
        "handle": handle,
        "name": _line(user, "name"),
        "description": unescape(description),
        "location": _line(user, "location"),
        "url": fields.address(link, "expanded_url") if link else "",
        "display_url": fields.line(link, "display_url") if link else "",
        "created_at": fields.moment(user, "created_at"),
        "protected": user.get("protected") is True,
        "verified_type": verified_type if verified_type in _VERIFIED_TYPES else "",
        "followers": fields.number(metrics, "followers_count"),
        "following": fields.number(metrics, "following_count"),
        "posts": fields.number(metrics, "tweet_count", "post_count"),
        "image_url": fields.address(user, "profile_image_url"),
        "subscription": _subscription(user) if "subscription_type" in user else "",
        "connection": _connection(user) if "connection_status" in user else _UNASKED,
        "withheld": _withheld(user) if "withheld" in user else (),
    }
    about = fields.part(entities, "description")
    return Profile.made(known, partial(_segments, description, about))


def _line(data: Json, key: str) -> str:
    return unescape(fields.line(data, key))


def _first_link(entities: Json) -> Json:
    links = fields.records(fields.part(entities, "url"), "urls")
    return links[0] if links else {}


def _subscription(user: Json) -> str:
    said = fields.line(user, "subscription_type")
    return _SUBSCRIPTIONS.get(said, said.lower())


def _connection(user: Json) -> frozenset[str]:
    return frozenset(fields.texts(user, "connection_status"))


def own_profile(body: Json) -> Profile:
    """The one profile an answer is about.

    XNotAllowed where X gives a problem instead, in its words.
    """
    problems = fields.records(body, "errors")
    if problems and "data" not in body:
        problem = read_problem(problems[0])
        raise XNotAllowed(
            "no profile", status=200, kind=problem.kind, reason=problem.detail
        )
    return read_profile(body.get("data"))


def read_post(data: Any, media: Mapping[str, Media]) -> Post:
    """XUnavailable where ``data`` is not a post. ``media`` by media key."""
    post = fields.record(data)
    post_id = fields.identifier(post, "id")
    if not post_id:
        raise XUnavailable("a post without id")
    # The text of a long post is cut off; its note holds the whole.
    note = fields.part(post, "note_tweet", "note_post")
    whole = note if fields.text(note, "text") else post
    text = fields.text(whole, "text", fields.POST)
    shown = unescape(text)
    if len(shown) > fields.TEXT:
        text = text[: fields.TEXT]
        shown = unescape(text)
    metrics = fields.part(post, "public_metrics")
    referenced = _referenced(post)
    edits = fields.identifiers(post, "edit_history_tweet_ids", "edit_history_post_ids")
    known = {
        "id": post_id,
        "author_id": fields.identifier(post, "author_id"),
        "text": shown,
        "created_at": fields.moment(post, "created_at"),
        "conversation_id": fields.identifier(post, "conversation_id"),
        "reply_to_id": referenced.get("replied_to", ""),
        "repost_of_id": referenced.get("retweeted") or referenced.get("reposted", ""),
        "quoted_id": referenced.get("quoted", ""),
        "likes": fields.number(metrics, "like_count"),
        "reposts": fields.number(metrics, "retweet_count", "repost_count"),
        "replies": fields.number(metrics, "reply_count"),
        "quotes": fields.number(metrics, "quote_count"),
        "lang": fields.line(post, "lang"),
        "possibly_sensitive": fields.flag(post, "possibly_sensitive"),
        "edited": len(edits) > 1,
        "versions": _versions(edits, post_id),
        "reply_to_user_id": fields.identifier(post, "in_reply_to_user_id"),
        "media": _media_of(post, media) if media else (),
        "withheld": _withheld(post) if "withheld" in post else (),
    }
    entities = fields.part(whole, "entities")
    return Post.made(known, partial(_segments, text, entities))


def _segments(text: str, entities: Json) -> tuple[Segment, ...]:
    # Imported by who looks at them: most of what is read is kept as it came.
    from .segments import segments_of

    return segments_of(text, entities)


def _media_of(post: Json, media: Mapping[str, Media]) -> tuple[Media, ...]:
    keys = fields.texts(fields.part(post, "attachments"), "media_keys")
    return tuple(media[key] for key in keys if key in media)


def _versions(edits: list[str], post_id: str) -> tuple[str, ...]:
    if not edits or edits == [post_id]:
        return tuple(edits)
    return tuple(sorted({*edits, post_id}, key=int))


def _withheld(data: Json) -> tuple[str, ...]:
    """Country codes, each once; X also has XX (everywhere) and XY (over a claim)."""
    said = fields.texts(fields.part(data, "withheld"), "country_codes")
    return tuple(dict.fromkeys(c for c in said if re.fullmatch("[A-Z]{2}", c)))


def read_problem(data: Json) -> Problem:
    return Problem(
        kind=fields.kind(data),
        resource_type=fields.line(data, "resource_type"),
        value=fields.line(data, "value") or fields.identifier(data, "resource_id"),
        title=fields.line(data, "title"),
        detail=fields.line(data, "detail"),
    )


def profile_page(body: Json, rate_limit: RateLimit | None) -> Page[Profile]:
    items = tuple(read_profile(item) for item in items_of(body))
    return _page(body, items, (), rate_limit)


def post_page(body: Json, rate_limit: RateLimit | None) -> Page[Post]:
    came = _Includes.of(body)
    items = tuple(came.join(read_post(item, came.media)) for item in items_of(body))
    return _page(body, items, tuple(came.users.values()), rate_limit)


def data_of(endpoint: str, body: Json) -> Json:
    """The one thing an answer is about. A problem in its place is X's refusal.

    XGone or XNotAllowed with X's words; XUnavailable where there is neither.
    """
    data = fields.part(body, "data")
    if data:
        return data
    for entry in fields.records(body, "errors"):
        problem = read_problem(entry)
        is_gone = problem.state in ("gone", "suspended")
        raise (XGone if is_gone else XNotAllowed)(
            f"{endpoint}: refused",
            status=200,
            kind=problem.kind or None,
            reason=problem.detail or problem.title or None,
        )
    raise XUnavailable(f"{endpoint}: an answer without data", status=200)


def items_of(body: Json) -> list[Any]:
    """What ``data`` holds; X leaves it out where a list is empty.

    XUnavailable where the answer is none that X documents.
    """
    if not any(key in body for key in ("data", "errors", "meta")):
        raise XUnavailable("an answer without data, errors and meta")
    items = body.get("data", [])
    if not isinstance(items, list):
        raise XUnavailable("an answer whose data is not a list")
    if len(items) > fields.MOST:
        raise XUnavailable("an answer with more than X gives")
    return items


@dataclass(frozen=True)
class _Includes:
    """What came along with an answer, by id, to be joined to its posts."""

    users: Mapping[str, Profile]
    posts: Mapping[str, Post]
    media: Mapping[str, Media]

    @classmethod
    def of(cls, body: Json) -> _Includes:
        includes = fields.part(body, "includes")
        media = {
            fields.line(item, "media_key"): _read_media(item)
            for item in fields.records(includes, "media")
        }
        users = map(read_profile, fields.records(includes, "users"))
        posts = fields.records(includes, "tweets", "posts")
        return cls(
            users={user.id: user for user in users},
            posts={post.id: post for post in (read_post(p, media) for p in posts)},
            media=media,
        )

    def join(self, post: Post) -> Post:
        reposted = self.posts.get(post.repost_of_id)
        if not reposted:
            return post
        author = self.users.get(reposted.author_id)
        return replace(post, reposted=reposted, reposted_author=author)


def _page(body: Json, items: tuple, authors: tuple, rate_limit: RateLimit | None):
    problems = tuple(map(read_problem, fields.records(body, "errors")))
    token = fields.line(fields.part(body, "meta"), "next_token") or None
    return Page(items, token, problems, authors, rate_limit)


def _read_media(item: Json) -> Media:
    return Media(
        type=fields.line(item, "type"),
        url=fields.address(item, "url") or fields.address(item, "preview_image_url"),
        alt=_line(item, "alt_text"),
        width=fields.number(item, "width"),
        height=fields.number(item, "height"),
    )


def _referenced(post: Json) -> dict[str, str]:
    """The ids a post refers to, by the word for how."""
    referenced = fields.records(post, "referenced_tweets", "referenced_posts")
    if not referenced:
        return {}
    return {fields.line(r, "type"): fields.identifier(r, "id") for r in referenced}
