"""The endpoints that read posts: look up, timelines, mentions, likes, search."""

import re
from datetime import timedelta

from .answers import Asked, look_up_posts, posts_answer, visible_post
from .endpoints_users import target
from .paging import page_of_posts
from .posts import Post, newest_first

__all__ = ["by_id", "by_ids", "liked", "mentions", "search_recent", "timeline"]

# https://docs.x.com/x-api/posts/timelines/integrate
MENTIONS_KEPT = 800


def by_ids(asked: Asked) -> dict:
    """GET /2/tweets"""
    return posts_answer(asked, *look_up_posts(asked, "ids", asked.params["ids"]))


def by_id(asked: Asked) -> dict:
    """GET /2/tweets/:id"""
    found = look_up_posts(asked, "id", (asked.path["id"],))
    return posts_answer(asked, *found, single=True)


def timeline(asked: Asked) -> dict:
    """GET /2/users/:id/tweets"""
    excluded = asked.params["exclude"]

    def wanted(post: Post) -> bool:
        if "retweets" in excluded and post.repost_of:
            return False
        return not ("replies" in excluded and post.reply_to)

    return _list(asked, lambda p: filter(wanted, asked.state.posts.of(p)), "tweets")


def mentions(asked: Asked) -> dict:
    """GET /2/users/:id/mentions: the newest 800, whatever is asked for"""
    return _list(
        asked, lambda p: asked.state.posts.mentioning(p, MENTIONS_KEPT), "mentions"
    )


def liked(asked: Asked) -> dict:
    """GET /2/users/:id/liked_tweets"""

    def liked_by(person):
        return newest_first(p for p in asked.state.posts if person.id in p.liked_by)

    return _list(asked, liked_by, "liked")


def _list(asked: Asked, posts_of, name: str) -> dict:
    person, errors = target(asked)
    if person is None:
        return posts_answer(asked, [], errors)
    posts = [post for post in posts_of(person) if _visible(asked, post)]
    page, meta = page_of_posts(
        _within(posts, asked.params),
        asked.params["max_results"],
        asked.params["pagination_token"],
        f"{name}:{person.id}",
        asked.view.dialect,
    )
    owned = asked.state.owned(asked.view.viewer, person)
    kind = "like" if name == "liked" else "post"
    return posts_answer(asked, page, [], meta=meta, kind=kind, owned=owned)


def _visible(asked: Asked, post: Post) -> bool:
    return visible_post(asked.view, post.id) is not None


def _within(posts: list[Post], params: dict) -> list[Post]:
    """Those between the ids and times asked for."""
    since, until = params.get("since_id"), params.get("until_id")
    start, end = params.get("start_time"), params.get("end_time")
    return [
        post
        for post in posts
        if (not since or int(post.id) > int(since))
        and (not until or int(post.id) < int(until))
        and (not start or post.created_at >= start)
        and (not end or post.created_at < end)
    ]


def search_recent(asked: Asked) -> dict:
    """GET /2/tweets/search/recent: seven days, the commonest operators."""
    oldest = asked.state.clock.now() - timedelta(days=7)
    terms = re.findall(r'-?"[^"]*"|\S+', asked.params["query"])
    posts = newest_first(
        post
        for post in asked.state.posts
        if post.created_at >= oldest
        and not post.repost_of
        and post.newest_version
        and _visible(asked, post)
        and all(_matches(asked, post, term) for term in terms)
    )
    token = asked.params["next_token"] or asked.params["pagination_token"]
    page, meta = page_of_posts(
        _within(posts, asked.params),
        asked.params["max_results"],
        token,
        "recent",
        asked.view.dialect,
    )
    return posts_answer(asked, page, [], meta=meta)


def _matches(asked: Asked, post: Post, term: str) -> bool:
    if term.startswith("-"):
        return not _matches(asked, post, term[1:])
    operator, _colon, value = term.partition(":")
    test = _OPERATORS.get(operator)
    if test and value:
        return test(asked, post, value)
    return term.strip('"').lower() in post.text.lower()


def _is_from(asked: Asked, post: Post, name: str) -> bool:
    return asked.state.posts.find_id(name) == post.author_id


def _is_to(asked: Asked, post: Post, name: str) -> bool:
    parent = asked.state.posts.get(post.reply_to)
    return bool(parent) and _is_from(asked, parent, name)


def _is(asked: Asked, post: Post, kind: str) -> bool:
    kinds = {"reply": post.reply_to, "quote": post.quote_of, "retweet": post.repost_of}
    return bool(kinds.get(kind))


def _has(asked: Asked, post: Post, kind: str) -> bool:
    written = asked.state.posts.written(post)
    kinds = {
        "links": written.entities.get("urls"),
        "mentions": written.entities.get("mentions"),
        "hashtags": written.entities.get("hashtags"),
        "media": post.media,
        "images": post.media,
    }
    return bool(kinds.get(kind))


_OPERATORS = {
    "from": _is_from,
    "to": _is_to,
    "is": _is,
    "has": _has,
    "lang": lambda asked, post, value: post.lang == value,
    "conversation_id": lambda asked, post, value: (
        asked.state.posts.root_of(post) == value
    ),
}
