"""The posts of the stand-in's world."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from .clock import Clock
from .ids import IdMaker
from .people import People, Person
from .post import Media, Post
from .text import Written, render, weighted_length

__all__ = ["Media", "Post", "Posts"]

PLAIN_LIMIT = 280


class Posts:
    """Everything posted, by id."""

    def __init__(self, clock: Clock, ids: IdMaker, people: People) -> None:
        self._clock = clock
        self._ids = ids
        self._people = people
        self._by_id: dict[str, Post] = {}
        self._aimed: dict[str, list[Post]] | None = None
        self._by_author: dict[str, list[Post]] | None = None

    def __iter__(self) -> Iterator[Post]:
        # A copy: a test may change the world while a request reads it.
        return iter(list(self._by_id.values()))

    def clear(self) -> None:
        """Nothing is left."""
        self._by_id.clear()
        self._forget()

    def get(self, post_id: str) -> Post | None:
        """The post with this id, if there is one."""
        return self._by_id.get(post_id)

    def keep(self, post: Post) -> Post:
        """Take in a post made elsewhere (the world file)."""
        if parent := self.get(post.reply_to):
            post.reply_to_user = parent.author_id
        self._by_id[post.id] = post
        self._forget()
        return post

    def _forget(self) -> None:
        self._aimed = self._by_author = None

    def add(self, author: str, text: str, **values) -> Post:
        """Post something as the person of that username; values: Post's fields."""
        person, now = self._people.named(author), self._clock.now()
        post_id = self._ids.make(now)
        return self.keep(Post(post_id, person.id, text, now, **values))

    def edit(self, post_id: str, text: str) -> Post:
        """Another version of it, with an id of its own. Raises KeyError.

        https://docs.x.com/x-api/fundamentals/edit-posts
        """
        edited = self._by_id[post_id]
        earlier = edited.versions or [edited.id]
        now = self._clock.now()
        made = replace(
            self._by_id[earlier[-1]],
            id=self._ids.make(now),
            text=text,
            created_at=now,
        )
        versions = [*earlier, made.id]
        for version in (*map(self.get, earlier), made):
            if version:
                version.versions = versions
        return self.keep(made)

    def delete(self, post_id: str) -> bool:
        """Remove all its versions and its reposts. False when there was none."""
        gone = self._by_id.get(post_id)
        if gone is None:
            return False
        ids = {gone.id, *gone.versions}
        for post in [p for p in self if p.id in ids or p.repost_of in ids]:
            del self._by_id[post.id]
        self._forget()
        return True

    def withhold(self, post_id: str, *countries: str, claimed: bool = False) -> None:
        """X keeps it from these countries, as two letters; () ends it. KeyError.

        claimed: over a copyright.
        """
        post = self._by_id[post_id]
        post.withheld, post.claimed = countries, claimed

    def of(self, person: Person) -> list[Post]:
        """The person's timeline, newest first, each edited post once."""
        if (by_author := self._by_author) is None:
            by_author = {}
            for post in newest_first(self):
                by_author.setdefault(post.author_id, []).append(post)
            self._by_author = by_author
        return [p for p in by_author.get(person.id, ()) if p.newest_version]

    def mentioning(self, person: Person, most: int | None = None) -> list[Post]:
        """What others said to the person, newest first; no reposts."""
        said = (
            post
            for post in newest_first(self)
            if not post.repost_of
            and post.newest_version
            and post.author_id != person.id
            and self.is_to(post, person)
        )
        return list(islice(said, most))

    def is_to(self, post: Post, person: Person) -> bool:
        """Whether it names, answers or quotes the person.

        X puts the name of who is answered before a reply, and the address of what
        is quoted behind a quote, so neither needs an @name of its own.
        """
        quoted = self.get(post.quote_of)
        return (
            post.reply_to_user == person.id
            or (quoted is not None and quoted.author_id == person.id)
            or self.mentions(post, person)
        )

    def mentions(self, post: Post, person: Person) -> bool:
        """Whether the post's text names the person."""
        if f"@{person.username}".lower() not in post.text.lower():
            return False
        found = render(post.text, self.find_id).entities.get("mentions", [])
        return any(mention["id"] == person.id for mention in found)

    def repost_by(self, person: Person, post_id: str) -> Post | None:
        """The person's repost of that post, if there is one."""
        for post in self:
            if post.author_id == person.id and post.repost_of == post_id:
                return post
        return None

    def root_of(self, post: Post) -> str:
        """The conversation's id: that of its first post still known."""
        while post.reply_to and (parent := self.get(post.reply_to)):
            post = parent
        return post.reply_to or (post.versions[0] if post.versions else post.id)

    def counts(self, post: Post) -> dict[str, int]:
        """Engagement: what the file says plus what happened in this world."""
        ids = set(post.versions) | {post.id}
        others = [p for p in self._aimed_at(ids) if p.newest_version]
        return {
            "reposts": post.reposts + sum(p.repost_of in ids for p in others),
            "replies": post.replies + sum(p.reply_to in ids for p in others),
            "likes": post.likes + len(post.liked_by),
            "quotes": post.quotes + sum(p.quote_of in ids for p in others),
            "bookmarks": post.bookmarks,
            "impressions": post.impressions,
        }

    def _aimed_at(self, ids: set[str]) -> Iterator[Post]:
        """What answers, quotes or reposts these. Kept, as every post shown counts."""
        if (aimed := self._aimed) is None:
            aimed = {}
            for post in self:
                for target in {post.reply_to, post.quote_of, post.repost_of} - {""}:
                    aimed.setdefault(target, []).append(post)
            self._aimed = aimed
        return (post for post_id in ids for post in aimed.get(post_id, ()))

    def find_id(self, username: str) -> str | None:
        """The id of an active account of that name."""
        person = self._people.find(username)
        return person.id if person and person.active else None

    def written(self, post: Post) -> Written:
        """The text as X gives it in `text`: what is too long is cut."""
        if post.repost_of and (original := self.get(post.repost_of)):
            return self._repost_text(original)
        whole = self._with_attachments(post, render(post.text, self.find_id))
        if not self.is_long(post):
            return whole
        cut = render(post.text[: PLAIN_LIMIT - 30].rstrip(), self.find_id)
        cut.add("… ")
        cut.add_link(f"https://x.com/i/web/status/{post.id}")
        return cut

    def whole(self, post: Post) -> Written:
        """The text as X gives it in a note."""
        return render(post.text, self.find_id)

    def is_long(self, post: Post) -> bool:
        """Whether X keeps the whole text in a note."""
        return not post.repost_of and weighted_length(post.text) > PLAIN_LIMIT

    def _repost_text(self, original: Post) -> Written:
        author = self._people.get(original.author_id)
        start = f"RT @{author.username if author else 'x'}: "
        body = original.text
        if len(start + body) > PLAIN_LIMIT // 2:
            body = body[: PLAIN_LIMIT // 2 - len(start) - 1] + "…"
        return render(start + body, self.find_id)

    def _with_attachments(self, post: Post, written: Written) -> Written:
        author = self._people.get(post.author_id)
        name = author.username if author else "i"
        if post.quote_of and (quoted := self.get(post.quote_of)):
            by = self._people.get(quoted.author_id)
            written.add(" ")
            written.add_link(f"https://x.com/{by.username}/status/{quoted.id}")
        if post.media:
            picture = f"https://x.com/{name}/status/{post.id}/photo/1"
            written.add(" " if written.text else "")
            key, shown = post.media[0].key, f"pic.x.com/{post.id[-10:]}"
            written.add_link(picture, media_key=key, display_url=shown)
        return written


def newest_first(posts) -> list[Post]:
    """Sorted as X's timelines are: by id, the newest first."""
    return sorted(posts, key=lambda post: int(post.id), reverse=True)
