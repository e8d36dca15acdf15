"""The pieces of the stand-in's pages: a person, a post."""

from html import unescape
from urllib.parse import quote, urlencode

from .html import Html, join, tag
from .people import Person
from .posts import Post
from .shapes_user import show_user
from .text import Written
from .view import View, avatar_url, media_url

__all__ = ["linked", "person_card", "post_card", "profile_card"]


def linked(written: Written) -> Html:
    """A post's text with its entities as links."""
    spans = [
        (entity["start"], entity["end"], kind, entity)
        for kind, found in written.entities.items()
        for entity in found
    ]
    parts, position = [], 0
    for start, end, kind, entity in sorted(spans, key=lambda span: span[0]):
        parts.append(unescape(written.text[position:start]))
        parts.append(_link(written.text[start:end], kind, entity))
        position = end
    parts.append(unescape(written.text[position:]))
    return join(*parts)


def _link(text: str, kind: str, entity: dict) -> Html:
    if kind == "urls":
        return tag(
            "a", entity["display_url"], href=entity["expanded_url"], rel="nofollow"
        )
    if kind == "mentions":
        return tag("a", text, href=f"/{entity['username']}")
    return tag("a", text, href=f"/search?q={quote(text)}")


def _verified(person: Person) -> Html | None:
    if person.verified_type == "none":
        return None
    return tag("span", f"✓ {person.verified_type}", class_="mark-verified")


def names(person: Person) -> Html:
    """Name, mark and username, linked to the profile."""
    return join(
        tag("a", tag("b", person.name), href=f"/{person.username}", dir="auto"),
        " ",
        _verified(person),
        tag("span", f" @{person.username}", class_="soft"),
        " 🔒" if person.protected else None,
    )


def person_card(view: View, person: Person) -> Html:
    """A person in a list."""
    face = tag("img", src=avatar_url(view.state, person, "bigger"), alt="")
    bio = tag("div", person.description, class_="soft", dir="auto")
    return tag("div", face, tag("div", names(person), bio), class_="person card")


def profile_card(view: View, person: Person) -> Html:
    """The head of a profile page."""
    fields = ("public_metrics", "description", "entities")
    shown = show_user(View(**{**view.__dict__, "user_fields": fields}), person)
    counts = shown["public_metrics"]
    words = Written(shown["description"], _entities(shown))
    face = avatar_url(view.state, person, "400x400")
    facts = [person.location, f"Joined {person.created_at:%B %Y}"]
    return tag(
        "section",
        tag("img", src=face, alt=f"Photo of {person.name}", class_="face"),
        tag("h1", names(person)),
        tag("p", linked(words), dir="auto"),
        tag("p", _site(person.url)),
        tag("p", " · ".join(filter(None, facts)), class_="soft"),
        tag(
            "p",
            f"{counts['following_count']:,} following · ",
            f"{counts['followers_count']:,} followers · ",
            f"{counts['tweet_count']:,} posts",
        ),
        class_="profile card",
    )


def _site(url: str) -> Html | str:
    web = url.startswith(("http://", "https://"))
    return tag("a", url, href=url, rel="nofollow") if web else url


def _entities(shown: dict) -> dict:
    return shown.get("entities", {}).get("description", {})


def post_card(view: View, post: Post) -> Html:
    """A post in a list, or on its page; of a repost the original."""
    state, original, above = view.state, post, None
    if post.repost_of and (original := state.posts.get(post.repost_of)):
        by = state.people.get(post.author_id)
        above = tag("div", f"Reposted by {by.name}", class_="soft")
    author = state.people.get(original.author_id)
    face = tag("img", src=avatar_url(state, author, "bigger"), alt="")
    body = tag("div", above, names(author), _content(view, original), class_="body")
    return tag("article", face, body, class_="post", id=f"post-{original.id}")


def _content(view: View, post: Post) -> Html:
    posts = view.state.posts
    written = posts.whole(post) if posts.is_long(post) else posts.written(post)
    when = f"{post.created_at:%d %b %Y, %H:%M} UTC"
    return join(
        tag("p", linked(written), class_="text", dir="auto", lang=post.lang),
        [_picture(view, media) for media in post.media],
        tag("a", when, href=f"/i/web/status/{post.id}", class_="soft"),
        " · edited" if len(post.versions) > 1 else None,
        _counts(view, post),
    )


def _picture(view: View, media) -> Html:
    return tag("img", src=media_url(view.state, media), alt=media.alt, class_="picture")


def _counts(view: View, post: Post) -> Html:
    counts = view.state.posts.counts(post)
    return tag(
        "div",
        _action(f"Reply {counts['replies']}", "tweet?in_reply_to", post),
        _action(f"Repost {counts['reposts']}", "retweet?tweet_id", post),
        _quote(view, post, counts["quotes"]),
        _action(f"Like {counts['likes']}", "like?tweet_id", post),
        class_="counts",
    )


def _quote(view: View, post: Post, number: int) -> Html:
    address = f"{view.state.base_url}/i/web/status/{post.id}"
    href = f"/intent/tweet?{urlencode({'url': address})}"
    return tag("a", f"Quote {number}", href=href)


def _action(label: str, intent: str, post: Post) -> Html:
    return tag("a", label, href=f"/intent/{intent}={post.id}")
