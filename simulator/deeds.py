"""What people do here, by the API or on the pages, and the record of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from .people import People, Person
from .posts import Media, Post, Posts

__all__ = ["API", "PAGE", "Deed", "Deeds"]

API = "api"
PAGE = "page"


@dataclass(frozen=True)
class Deed:
    """Something that was carried out.

    `kind` is post, reply, quote, delete, repost, unrepost, like, unlike, follow or
    unfollow; `target` the id of the post or person it was done to, `result_id` that
    of the post or repost it made. `way` is "api" or "page". `again` says that it was
    so already.
    """

    kind: str
    username: str
    way: str
    target: str = ""
    text: str = ""
    result_id: str = ""
    again: bool = False


class Deeds:
    """Carries out what somebody may do, and keeps count."""

    def __init__(self, people: People, posts: Posts) -> None:
        self._people = people
        self._posts = posts
        self._done: list[Deed] = []

    def __iter__(self) -> Iterator[Deed]:
        return iter(list(self._done))

    def clear(self) -> None:
        """Forget what was done; it stays done."""
        self._done.clear()

    def of(self, username: str, kind: str = "") -> list[Deed]:
        """What a person did, in order; all kinds or one."""
        name = username.lower()
        return [
            deed
            for deed in self
            if deed.username.lower() == name and kind in ("", deed.kind)
        ]

    def post(
        self,
        me: Person,
        text: str,
        way: str,
        *,
        reply_to: str = "",
        quote_of: str = "",
        media: tuple[Media, ...] = (),
    ) -> Post:
        """A post, a reply or a quote."""
        made = self._posts.add(
            me.username, text, reply_to=reply_to, quote_of=quote_of, media=list(media)
        )
        kind = "quote" if quote_of else "reply" if reply_to else "post"
        about = {"target": quote_of or reply_to, "text": text, "result_id": made.id}
        self._note(kind, me, way, **about)
        return made

    def delete(self, me: Person, post_id: str, way: str) -> bool:
        """False when there was no such post."""
        gone = self._posts.delete(post_id)
        self._note("delete", me, way, target=post_id, again=not gone)
        return gone

    def repost(self, me: Person, post: Post, way: str) -> Post:
        """The repost, which may have been there before."""
        found = self._posts.repost_by(me, post.id)
        made = found or self._posts.add(me.username, post.text, repost_of=post.id)
        about = {"target": post.id, "result_id": made.id}
        self._note("repost", me, way, again=found is not None, **about)
        return made

    def unrepost(self, me: Person, post_id: str, way: str) -> Post | None:
        """The repost that was taken back, if there was one."""
        found = self._posts.repost_by(me, post_id)
        if found:
            self._posts.delete(found.id)
        self._note("unrepost", me, way, target=post_id, again=found is None)
        return found

    def like(self, me: Person, post: Post, way: str) -> None:
        """Liking twice is liking once."""
        again = me.id in post.liked_by
        if not again:
            post.liked_by.append(me.id)
        self._note("like", me, way, target=post.id, again=again)

    def unlike(self, me: Person, post: Post, way: str) -> bool:
        """Whether it was liked."""
        liked = me.id in post.liked_by
        if liked:
            post.liked_by.remove(me.id)
        self._note("unlike", me, way, target=post.id, again=not liked)
        return liked

    def follow(self, me: Person, person: Person, way: str) -> bool:
        """True when it now waits for the protected person's consent."""
        again = person.id in me.follows | me.requested
        pending = self._people.follow(me, person)
        self._note("follow", me, way, target=person.id, again=again)
        return pending

    def unfollow(self, me: Person, person: Person, way: str) -> None:
        """Also takes back a request that waits."""
        again = person.id not in me.follows | me.requested
        self._people.unfollow(me, person)
        self._note("unfollow", me, way, target=person.id, again=again)

    def _note(self, kind: str, me: Person, way: str, **about) -> None:
        self._done.append(Deed(kind, me.username, way, **about))
