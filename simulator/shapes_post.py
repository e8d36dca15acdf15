"""Posts and pictures as the API shows them, in either dialect."""

from collections.abc import Callable

from .clock import iso
from .posts import Media, Post
from .view import View, media_url, pick

__all__ = ["show_media", "show_post"]


def _references(view: View, post: Post) -> list[dict] | None:
    kinds = {
        "retweeted": post.repost_of,
        "quoted": post.quote_of,
        "replied_to": post.reply_to,
    }
    return [{"type": k, "id": v} for k, v in kinds.items() if v] or None


def _reply_user(view: View, post: Post) -> str | None:
    return post.reply_to_user or None


def _post_metrics(view: View, post: Post) -> dict[str, int]:
    counts = view.state.posts.counts(post)
    return {
        view.dialect.repost_count: counts["reposts"],
        "reply_count": counts["replies"],
        "like_count": counts["likes"],
        "quote_count": counts["quotes"],
        "bookmark_count": counts["bookmarks"],
        "impression_count": counts["impressions"],
    }


def _note(view: View, post: Post) -> dict | None:
    if not view.state.posts.is_long(post):
        return None
    written = view.state.posts.whole(post)
    note: dict[str, object] = {"text": written.text}
    if written.entities:
        note["entities"] = written.entities
    return note


def _edit_controls(view: View, post: Post) -> dict:
    left = 5 - max(0, len(post.versions) - 1)
    until = iso(post.created_at)
    return {"edits_remaining": left, "is_edit_eligible": False, "editable_until": until}


def _display_range(view: View, post: Post) -> list[int]:
    return [0, len(view.state.posts.written(post).text)]


def _attachments(view: View, post: Post) -> dict | None:
    return {"media_keys": [m.key for m in post.media]} if post.media else None


def _media_metadata(view: View, post: Post) -> list[dict] | None:
    told = [m for m in post.media if m.alt]
    return [{"media_key": m.key, "alt_text": m.alt} for m in told] or None


def _versions(view: View, post: Post) -> list[str]:
    return post.versions or [post.id]


def _withheld(view: View, post: Post) -> dict | None:
    """Also where all of the author's is withheld."""
    author = view.state.people.get(post.author_id)
    countries = dict.fromkeys((*post.withheld, *(author.withheld if author else ())))
    if not countries:
        return None
    return {
        "copyright": post.claimed,
        "country_codes": list(countries),
        "scope": view.dialect.post_word if post.withheld else "user",
    }


_POST: dict[str, Callable[[View, Post], object]] = {
    "id": lambda view, post: post.id,
    "text": lambda view, post: view.state.posts.written(post).text,
    "attachments": _attachments,
    "author_id": lambda view, post: post.author_id,
    "conversation_id": lambda view, post: view.state.posts.root_of(post),
    "created_at": lambda view, post: iso(post.created_at),
    "display_text_range": _display_range,
    "edit_controls": _edit_controls,
    "edit_history_post_ids": _versions,
    "edit_history_tweet_ids": _versions,
    "entities": lambda view, post: view.state.posts.written(post).entities or None,
    "in_reply_to_user_id": _reply_user,
    "lang": lambda view, post: post.lang,
    "media_metadata": _media_metadata,
    "note_post": _note,
    "note_tweet": _note,
    "possibly_sensitive": lambda view, post: post.sensitive,
    "public_metrics": _post_metrics,
    "referenced_posts": _references,
    "referenced_tweets": _references,
    "reply_settings": lambda view, post: "everyone",
    "withheld": _withheld,
}
# An expansion brings the field that refers to what it expands.
_BROUGHT = {
    "attachments.media_keys": "attachments",
    "entities.mentions.username": "entities",
    "referenced_tweets.id": "referenced_tweets",
    "referenced_tweets.id.author_id": "referenced_tweets",
    "referenced_tweets.id.attachments.media_keys": "referenced_tweets",
}


def show_post(view: View, post: Post) -> dict:
    """The post with the default fields and those asked for."""
    brought = {_BROUGHT.get(e, e) for e in view.expansions}
    wanted = view.dialect.default_post_fields | set(view.post_fields) | brought
    shown = pick(_POST, wanted, view, post)
    return {**shown, **view.state.told_instead.get(post.id, {})}


def show_media(view: View, media: Media) -> dict:
    """The picture with the default fields and those asked for."""
    values = {
        "media_key": media.key,
        "type": media.type,
        # Of what moves X gives the picture it begins with, under another name.
        "url" if media.type == "photo" else "preview_image_url": media_url(
            view.state, media
        ),
        "width": media.width,
        "height": media.height,
        "alt_text": media.alt or None,
    }
    values |= view.state.told_instead.get(media.key, {})
    wanted = {"media_key", "type", *view.media_fields}
    return {k: v for k, v in values.items() if k in wanted and v is not None}
