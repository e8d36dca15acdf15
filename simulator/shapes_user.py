"""People as the API shows them, in either dialect."""

from collections.abc import Callable

from .clock import iso
from .people import Person
from .text import render, short_link
from .view import View, avatar_url, pick

__all__ = ["show_user"]


def _user_metrics(view: View, person: Person) -> dict[str, int]:
    posts = view.state.posts.of(person)
    followed = view.state.people.followed_by(person)
    return {
        "followers_count": person.followers + view.followers[person.id],
        "following_count": person.following + len(followed),
        view.dialect.post_count: person.archive + len(posts),
        "listed_count": person.listed,
        "like_count": person.likes + view.likes[person.id],
        "media_count": sum(bool(post.media) for post in posts),
    }


def _user_entities(view: View, person: Person) -> dict | None:
    entities: dict[str, dict] = {}
    if person.url:
        # Not every text that somebody takes for an address is a link.
        found = render(person.url, view.state.posts.find_id).entities
        if "urls" in found:
            entities["url"] = {"urls": found["urls"]}
    if found := view.bio(person).entities:
        entities["description"] = found
    return entities or None


def _connection(view: View, person: Person) -> list[str] | None:
    if view.viewer is None:
        return None
    me, found = view.viewer, []
    if person.id in me.follows:
        found.append("following")
    if me.id in person.follows:
        found.append("followed_by")
    if person.id in me.blocks:
        found.append("blocking")
    if person.id in me.requested:
        found.append("follow_request_sent")
    if me.id in person.requested:
        found.append("follow_request_received")
    return found


def _newest_post_id(view: View, person: Person) -> str | None:
    posts = view.state.posts.of(person)
    visible = view.state.people.may_see(view.viewer, person)
    return posts[0].id if posts and visible else None


def _pinned(view: View, person: Person) -> str | None:
    visible = view.state.people.may_see(view.viewer, person)
    return (visible and person.pinned) or None


def _affiliation(view: View, person: Person) -> dict | None:
    of = view.state.people.find(person.affiliation) if person.affiliation else None
    if of is None:
        return None
    return {
        "badge_url": avatar_url(view.state, of, "bigger"),
        "description": of.name,
        "url": f"https://x.com/{of.username}",
        "user_id": [of.id],
    }


def _subscription(view: View, person: Person) -> str | None:
    return person.subscription if person is view.viewer else None


def _withheld(view: View, person: Person) -> dict | None:
    countries = list(person.withheld)
    return {"country_codes": countries, "scope": "user"} if countries else None


def _email(view: View, person: Person) -> str | None:
    mine = person is view.viewer and "users.email" in view.scopes
    return f"{person.username.lower()}@example.com" if mine else None


_USER: dict[str, Callable[[View, Person], object]] = {
    "id": lambda view, person: person.id,
    "name": lambda view, person: person.name,
    "username": lambda view, person: person.username,
    "affiliation": _affiliation,
    "confirmed_email": _email,
    "connection_status": _connection,
    "created_at": lambda view, person: iso(person.created_at),
    "description": lambda view, person: view.bio(person).text,
    "entities": _user_entities,
    "is_identity_verified": lambda view, person: False,
    "location": lambda view, person: person.location or None,
    "most_recent_post_id": _newest_post_id,
    "most_recent_tweet_id": _newest_post_id,
    "parody": lambda view, person: person.parody,
    "pinned_post_id": _pinned,
    "pinned_tweet_id": _pinned,
    "profile_image_url": lambda view, person: avatar_url(view.state, person),
    "protected": lambda view, person: person.protected,
    "public_metrics": _user_metrics,
    "subscription_type": _subscription,
    "url": lambda view, person: short_link(person.url) if person.url else "",
    "verified": lambda view, person: person.verified_type != "none",
    "verified_type": lambda view, person: person.verified_type,
    "withheld": _withheld,
}


def show_user(view: View, person: Person) -> dict:
    """The person with the default fields and those asked for."""
    wanted = {"id", "name", "username", *view.user_fields}
    wanted |= {e for e in view.expansions if e in view.dialect.user_expansions}
    if "affiliation.user_id" in wanted:
        wanted.add("affiliation")
    shown = pick(_USER, wanted, view, person)
    return {**shown, **view.state.told_instead.get(person.id, {})}
