"""Reads the world file: who lives here and what they have posted.

`people`: username, name, and whatever else a Person has; `follows` and `blocks` are
usernames.
`posts`: author, text, `ago` ("20m", "3h", "2d"), and what a Post has; `key` lets
another post name it in reply_to, quote_of, repost_of, and a person in `pinned`.
Times are counted back from the start, so that the world is always fresh; ids never
change from one start to the next.
"""

import json
from datetime import timedelta
from pathlib import Path

from .clock import Clock
from .ids import world_post_id
from .people import People
from .posts import Media, Post, Posts

__all__ = ["fill"]

_HERE = Path(__file__).parent
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_LINKS = ("reply_to", "quote_of", "repost_of")


def fill(people: People, posts: Posts, clock: Clock) -> None:
    """Empty both, then fill them from the world's files."""
    people.clear()
    posts.clear()
    persons = json.loads((_HERE / "world_people.json").read_text(encoding="utf-8"))
    entries = json.loads((_HERE / "world_posts.json").read_text(encoding="utf-8"))
    for values in persons:
        own = {
            k: v for k, v in values.items() if k not in {"follows", "blocks", "pinned"}
        }
        people.add(**own)
    keys = _fill_posts(entries, people, posts, clock)
    for values in persons:
        person = people.get(values["id"])
        person.follows = {people.named(n).id for n in values.get("follows", ())}
        person.blocks = {people.named(n).id for n in values.get("blocks", ())}
        person.pinned = keys.get(values.get("pinned"), "")


def _fill_posts(
    entries: list[dict], people: People, posts: Posts, clock: Clock
) -> dict[str, str]:
    """Returns the ids by key."""
    ordered = sorted(entries, key=lambda entry: -_age(entry["ago"]).total_seconds())
    ids = {id(entry): world_post_id(rank) for rank, entry in enumerate(ordered)}
    keys = {entry["key"]: ids[id(entry)] for entry in ordered if "key" in entry}
    for entry in ordered:
        values = {k: v for k, v in entry.items() if k not in {"ago", "author", "key"}}
        values.update({k: keys[values[k]] for k in _LINKS if k in values})
        _fill_post(posts, people, ids[id(entry)], entry, values, clock)
    return keys


def _fill_post(
    posts: Posts, people: People, post_id: str, entry: dict, values: dict, clock: Clock
) -> None:
    author = people.named(entry["author"])
    values["media"] = [
        Media(f"3_{int(post_id) + i + 1}", owner_id=author.id, **picture)
        for i, picture in enumerate(values.get("media", ()))
    ]
    values["created_at"] = clock.now() - _age(entry["ago"])
    earlier = values.pop("earlier_text", None)
    if earlier is not None:
        # An edited post: the first version has an id of its own, just before.
        first = str(int(post_id) - (1 << 20))
        values["versions"] = [first, post_id]
        posts.keep(Post(first, author.id, **{**values, "text": earlier}))
    posts.keep(Post(post_id, author.id, **values))


def _age(text: str) -> timedelta:
    return timedelta(**{_UNITS[text[-1]]: float(text[:-1])})
