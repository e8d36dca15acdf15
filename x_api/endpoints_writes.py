"""What X is told to do: paths, bodies and what it costs.

https://docs.x.com/x-api/posts/create-post and the pages beside it. Only what X's
OpenAPI 2.166 and 2.167 both describe is sent; 2.166 has no way for a GIF.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from .ask import Ask, ids

# A picture of 5 MB from an office's line.
_UPLOAD_SECONDS = 60.0
_PICTURES = 4
_ALT_LENGTH = 1000
_CATEGORIES = {"image/gif": "tweet_gif"}


def create_post(
    text: str, reply_to: str, quote_of: str, media_ids: Sequence[str], kind: str
) -> Ask:
    if not text and not media_ids:
        raise ValueError("a text or a picture is needed")
    if len(media_ids) > _PICTURES:
        raise ValueError(f"a post has up to {_PICTURES} pictures")
    if quote_of and media_ids:
        raise ValueError("X takes no pictures where another post is quoted")
    body: dict[str, Any] = {"text": text} if text else {}
    if reply_to:
        body["reply"] = {"in_reply_to_tweet_id": ids([reply_to])}
    if quote_of:
        body["quote_tweet_id"] = ids([quote_of])
    if media_ids:
        body["media"] = {"media_ids": ids(media_ids).split(",")}
    return _write("POST /2/tweets", {}, kind, body)


def delete_post(post_id: str) -> Ask:
    return _write("DELETE /2/tweets/:id", {"id": post_id}, "post_delete")


def repost(me_id: str, post_id: str) -> Ask:
    body = {"tweet_id": ids([post_id])}
    return _write(
        "POST /2/users/:id/retweets", {"id": me_id}, "interaction_create", body
    )


def unrepost(me_id: str, post_id: str) -> Ask:
    endpoint = "DELETE /2/users/:id/retweets/:source_tweet_id"
    in_path = {"id": me_id, "source_tweet_id": post_id}
    return _write(endpoint, in_path, "interaction_delete")


def like(me_id: str, post_id: str) -> Ask:
    body = {"tweet_id": ids([post_id])}
    return _write("POST /2/users/:id/likes", {"id": me_id}, "interaction_create", body)


def unlike(me_id: str, post_id: str) -> Ask:
    endpoint = "DELETE /2/users/:id/likes/:tweet_id"
    return _write(endpoint, {"id": me_id, "tweet_id": post_id}, "interaction_delete")


def follow(me_id: str, profile_id: str) -> Ask:
    body = {"target_user_id": ids([profile_id])}
    return _write(
        "POST /2/users/:id/following", {"id": me_id}, "interaction_create", body
    )


def unfollow(me_id: str, profile_id: str) -> Ask:
    endpoint = "DELETE /2/users/:source_user_id/following/:target_user_id"
    in_path = {"source_user_id": me_id, "target_user_id": profile_id}
    return _write(endpoint, in_path, "interaction_delete")


def upload_image(data: bytes, mimetype: str) -> Ask:
    body = {
        "media": base64.b64encode(data).decode(),
        "media_category": _CATEGORIES.get(mimetype, "tweet_image"),
    }
    return _write("POST /2/media/upload", {}, "media_upload", body, _UPLOAD_SECONDS)


def describe_image(media_id: str, alt: str) -> Ask:
    if not 0 < len(alt) <= _ALT_LENGTH:
        raise ValueError(f"a description has 1 to {_ALT_LENGTH} characters")
    body = {"id": ids([media_id]), "metadata": {"alt_text": {"text": alt}}}
    return _write("POST /2/media/metadata", {}, "media_metadata", body)


def _write(
    endpoint: str,
    in_path: Mapping[str, str],
    kind: str,
    body: Mapping[str, Any] | None = None,
    read_timeout: float | None = None,
) -> Ask:
    path = endpoint.partition(" ")[2]
    for name, value in in_path.items():
        path = path.replace(f":{name}", ids([value]))
    return Ask(endpoint, path, (), kind, 1, (), body, read_timeout)
