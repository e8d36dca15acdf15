"""The endpoints that change something: posts, reposts, likes, follows."""

from . import problems
from .answers import Asked, visible_post
from .deeds import API
from .people import Person
from .posts import Media, Post
from .text import contains_link, find_cashtags, weighted_length

__all__ = ["create", "delete", "follow", "like", "repost"]
__all__ += ["unfollow", "unlike", "unrepost"]

LONG_LIMIT = 25_000


def create(asked: Asked) -> dict:
    """POST /2/tweets"""
    body, me = asked.body, asked.view.viewer
    reply_to = body.get("reply", {}).get("in_reply_to_tweet_id", "")
    text = _check_content(asked)
    target = _check_reply(asked, reply_to) if reply_to else None
    _check_quote(asked, body.get("quote_tweet_id", ""))
    _check_duplicate(asked, me, text, reply_to)
    media = _take_media(asked, body.get("media", {}).get("media_ids", ()))
    post = asked.state.deeds.post(
        me,
        _addressed(text, target, me),
        API,
        reply_to=reply_to,
        quote_of=body.get("quote_tweet_id", ""),
        media=media,
    )
    asked.state.billing.write(_price_of(body, target, me), post.id, me.id)
    return {
        "data": {
            "id": post.id,
            "text": asked.state.posts.written(post).text,
            "edit_history_tweet_ids": [post.id],
        }
    }


def _addressed(text: str, target: Person | None, me: Person) -> str:
    """X puts the name of whom one answers before a reply's text."""
    if target is None or target is me:
        return text
    name = f"@{target.username}"
    return text if name.lower() in text.lower() else f"{name} {text}"


def _price_of(body: dict, target: Person | None, me: Person) -> str:
    if contains_link(body.get("text", "")):
        return "post_create_with_url"
    summoned = target is not None and target is not me
    return "reply_create" if summoned else "post_create"


def _check_content(asked: Asked) -> str:
    body = asked.body
    text = body.get("text", "").strip()
    if not text and not {"media", "poll", "card_uri", "quote_tweet_id"} & set(body):
        message = "$.text: is missing but it is required"
        raise problems.invalid(asked.view.dialect, message, text="")
    if "quote_tweet_id" in body and {"media", "poll"} & set(body):
        message = "$.quote_tweet_id: cannot be combined with media or poll"
        raise problems.invalid(asked.view.dialect, message, quote_tweet_id="")
    limit = LONG_LIMIT if asked.view.viewer.premium else 280
    if weighted_length(text) > limit:
        raise problems.forbidden("Your Tweet text is too long.")
    if len(find_cashtags(text)) > 1:
        raise problems.too_many_cashtags()
    return text


def _check_reply(asked: Asked, post_id: str) -> Person:
    """On a self-serve plan: only to one's own posts, or when summoned."""
    post, me = visible_post(asked.view, post_id), asked.view.viewer
    if post is None:
        raise problems.forbidden(
            "You attempted to reply to a Tweet that is deleted or not visible to you."
        )
    author = asked.state.people.get(post.author_id)
    if asked.state.plan == "payg" and not _summoned(asked, post, me):
        raise problems.not_summoned()
    return author


def _summoned(asked: Asked, post: Post, me: Person) -> bool:
    """X says "mentioned or otherwise engaged": by an answer, or a quote."""
    posts = asked.state.posts
    aimed_at = (posts.get(post.reply_to), posts.get(post.quote_of))
    engaged = any(target and target.author_id == me.id for target in aimed_at)
    return post.author_id == me.id or engaged or posts.mentions(post, me)


def _check_quote(asked: Asked, post_id: str) -> None:
    if not post_id:
        return
    if asked.state.plan == "payg":
        raise problems.quote_refused()
    if visible_post(asked.view, post_id) is None:
        raise problems.not_permitted()


def _check_duplicate(asked: Asked, me: Person, text: str, reply_to: str) -> None:
    """X refuses the same text again; how long it remembers is not documented."""
    for post in asked.state.posts.of(me)[:20]:
        same_place = post.reply_to == reply_to and not post.repost_of
        if text and same_place and _bare(post.text) == _bare(text):
            raise problems.duplicate()


def _bare(text: str) -> str:
    """A reply's text without the names X put before it."""
    words = text.split()
    while words and words[0].startswith("@"):
        words.pop(0)
    return " ".join(words) or text


def _take_media(asked: Asked, media_ids: tuple[str, ...]) -> tuple[Media, ...]:
    found = [asked.state.uploads.get(media_id) for media_id in media_ids]
    if any(m is None or m.owner_id != asked.view.viewer.id for m in found):
        message = "Your media IDs are invalid."
        raise problems.invalid(asked.view.dialect, message, media_ids=media_ids)
    if len(found) > 1 and any(media.type != "photo" for media in found):
        message = "A post has up to four photos, or one animated GIF."
        raise problems.invalid(asked.view.dialect, message, media_ids=media_ids)
    return tuple(found)


def delete(asked: Asked) -> dict:
    """DELETE /2/tweets/:id"""
    post = asked.state.posts.get(asked.path["id"])
    if post is not None and post.author_id != asked.viewer_id:
        raise problems.forbidden("You are not authorized to delete this Tweet.")
    gone = asked.state.deeds.delete(asked.view.viewer, asked.path["id"], API)
    if gone:
        asked.state.billing.write("content_manage", post.id, asked.viewer_id)
    return {"data": {"deleted": gone}}


def repost(asked: Asked) -> dict:
    """POST /2/users/:id/retweets"""
    me, post = _self(asked), _post(asked, asked.body["tweet_id"])
    if asked.state.posts.repost_by(me, post.id):
        raise problems.forbidden(
            "You cannot retweet a Tweet that you have already retweeted."
        )
    copy = asked.state.deeds.repost(me, post, API)
    asked.state.billing.write("interaction_create", copy.id, me.id)
    return {"data": {"retweeted": True, "rest_id": copy.id}}


def unrepost(asked: Asked) -> dict:
    """DELETE /2/users/:id/retweets/:source_tweet_id"""
    me = _self(asked)
    copy = asked.state.deeds.unrepost(me, asked.path["source_tweet_id"], API)
    if copy:
        asked.state.billing.write("interaction_delete", copy.id, me.id)
    return {"data": {"retweeted": False}}


def like(asked: Asked) -> dict:
    """POST /2/users/:id/likes"""
    _demand_enterprise(asked)
    me, post = _self(asked), _post(asked, asked.body["tweet_id"])
    asked.state.deeds.like(me, post, API)
    asked.state.billing.write("interaction_create", post.id, me.id)
    return {"data": {"liked": True}}


def unlike(asked: Asked) -> dict:
    """DELETE /2/users/:id/likes/:tweet_id"""
    _demand_enterprise(asked)
    me, post = _self(asked), asked.state.posts.get(asked.path["tweet_id"])
    if post and asked.state.deeds.unlike(me, post, API):
        asked.state.billing.write("interaction_delete", post.id, me.id)
    return {"data": {"liked": False}}


def follow(asked: Asked) -> dict:
    """POST /2/users/:id/following"""
    _demand_enterprise(asked)
    me = _self(asked)
    person = asked.state.people.get(asked.body["target_user_id"])
    if person is None or not person.active or person is me:
        raise problems.not_permitted()
    if asked.state.people.is_blocked(me, person):
        raise problems.blocked()
    pending = asked.state.deeds.follow(me, person, API)
    asked.state.billing.write("interaction_create", person.id, me.id)
    return {"data": {"following": not pending, "pending_follow": pending}}


def unfollow(asked: Asked) -> dict:
    """DELETE /2/users/:source_user_id/following/:target_user_id"""
    _demand_enterprise(asked)
    me = _self(asked, "source_user_id")
    person = asked.state.people.get(asked.path["target_user_id"])
    if person:
        asked.state.deeds.unfollow(me, person, API)
        asked.state.billing.write("interaction_delete", person.id, me.id)
    return {"data": {"following": False}}


def _self(asked: Asked, name: str = "id") -> Person:
    """The path must name the person whose token it is."""
    if asked.path[name] != asked.viewer_id:
        raise problems.forbidden(
            f"The `{name}` must match the authenticated user's id."
        )
    return asked.view.viewer


def _post(asked: Asked, post_id: str) -> Post:
    post = visible_post(asked.view, post_id)
    if post is None:
        raise problems.not_permitted()
    return post


def _demand_enterprise(asked: Asked) -> None:
    if asked.state.plan != "enterprise":
        raise problems.not_enrolled(asked.state.app.client_id, asked.view.dialect)
