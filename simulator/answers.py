"""Puts answers together: data, includes, errors, meta; and bills what they give."""

from dataclasses import dataclass, field

from . import problems
from .people import Person
from .posts import Media, Post
from .shapes_post import show_media, show_post
from .shapes_user import show_user
from .view import View

__all__ = ["Asked", "look_up_people", "look_up_posts", "posts_answer", "users_answer"]


@dataclass
class Asked:
    """A call that passed every check: what an endpoint works on."""

    view: View
    params: dict
    path: dict[str, str]
    body: dict = field(default_factory=dict)

    @property
    def state(self):
        """The world the call is about."""
        return self.view.state

    @property
    def viewer_id(self) -> str | None:
        """Who is billed as the reader; None for the app alone."""
        return self.view.viewer.id if self.view.viewer else None


class _Includes:
    """What the expansions bring, each thing once."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.users: dict[str, Person] = {}
        self.posts: dict[str, Post] = {}
        self.media: dict[str, Media] = {}

    def of_person(self, person: Person) -> None:
        """Follow a person's expansions."""
        view, state = self._asked.view, self._asked.state
        names = {"pinned_tweet_id", "pinned_post_id"} & set(view.expansions)
        if names and person.pinned:
            self._add_post(person.pinned)
        names = {"most_recent_tweet_id", "most_recent_post_id"} & set(view.expansions)
        if names and (posts := state.posts.of(person)):
            self._add_post(posts[0].id)
        if {"affiliation", "affiliation.user_id"} & set(view.expansions):
            self._add_name(person.affiliation)

    def of_post(self, post: Post) -> None:
        """Follow a post's expansions."""
        wanted = set(self._asked.view.expansions)
        if {"author_id", "username"} & wanted:
            self._add_user(post.author_id)
        if "in_reply_to_user_id" in wanted and post.reply_to_user:
            self._add_user(post.reply_to_user)
        if "attachments.media_keys" in wanted:
            self.media.update({m.key: m for m in post.media})
        if "entities.mentions.username" in wanted:
            self._add_mentioned(post)
        self._follow_references(post, wanted)

    def _follow_references(self, post: Post, wanted: set[str]) -> None:
        refers = {e for e in wanted if e.startswith("referenced_")}
        if not refers:
            return
        for other_id in filter(None, (post.repost_of, post.quote_of, post.reply_to)):
            if (other := self._add_post(other_id)) is None:
                continue
            if "referenced_tweets.id.author_id" in wanted:
                self._add_user(other.author_id)
            if "referenced_tweets.id.attachments.media_keys" in wanted:
                self.media.update({m.key: m for m in other.media})

    def _add_mentioned(self, post: Post) -> None:
        found = self._asked.state.posts.written(post).entities.get("mentions", ())
        for mention in found:
            self._add_user(mention["id"])

    def _add_user(self, person_id: str) -> None:
        person = self._asked.state.people.get(person_id)
        if person and person.active:
            self.users[person.id] = person

    def _add_name(self, username: str) -> None:
        person = self._asked.state.people.find(username) if username else None
        if person:
            self._add_user(person.id)

    def _add_post(self, post_id: str) -> Post | None:
        post = visible_post(self._asked.view, post_id)
        if post:
            self.posts[post.id] = post
        return post

    def shown(self) -> dict:
        """The `includes` of the answer; its people and posts are billed."""
        view, billing = self._asked.view, self._asked.state.billing
        for kind, found in (("user", self.users), ("post", self.posts)):
            for resource_id in found:
                billing.read(kind, resource_id, self._asked.viewer_id)
        lists = {
            "users": [show_user(view, p) for p in self.users.values()],
            view.dialect.includes_posts: [
                show_post(view, p) for p in self.posts.values()
            ],
            "media": [show_media(view, m) for m in self.media.values()],
        }
        return {name: found for name, found in lists.items() if found}


def visible_post(view: View, post_id: str) -> Post | None:
    """The post, if it exists and the viewer may read it; reposts share the fate."""
    post = view.state.posts.get(post_id)
    author = view.state.people.get(post.author_id) if post else None
    if author is None or not author.active:
        return None
    if post.repost_of and visible_post(view, post.repost_of) is None:
        return None
    return post if view.state.people.may_see(view.viewer, author) else None


def users_answer(
    asked: Asked,
    people: list[Person],
    errors: list[dict],
    *,
    meta: dict | None = None,
    single: bool = False,
    kind: str = "user",
    owned: bool = False,
) -> dict:
    """An answer about people, billed as `kind` each."""
    includes = _Includes(asked)
    for person in people:
        asked.state.billing.read(kind, person.id, asked.viewer_id, owned)
        includes.of_person(person)
    data = [show_user(asked.view, person) for person in people]
    return _assemble(data, includes.shown(), errors, meta, single)


def posts_answer(
    asked: Asked,
    posts: list[Post],
    errors: list[dict],
    *,
    meta: dict | None = None,
    single: bool = False,
    kind: str = "post",
    owned: bool = False,
) -> dict:
    """An answer about posts, billed as `kind` each."""
    includes = _Includes(asked)
    for post in posts:
        asked.state.billing.read(kind, post.id, asked.viewer_id, owned)
        includes.of_post(post)
    data = [show_post(asked.view, post) for post in posts]
    return _assemble(data, includes.shown(), errors, meta, single)


def _assemble(
    data: list[dict],
    includes: dict,
    errors: list[dict],
    meta: dict | None,
    single: bool,
) -> dict:
    """X leaves out what is empty, even `data`."""
    answer: dict[str, object] = {}
    if data:
        answer["data"] = data[0] if single else data
    if includes:
        answer["includes"] = includes
    if errors:
        answer["errors"] = errors
    if meta is not None:
        answer["meta"] = meta
    return answer


def look_up_people(
    asked: Asked, parameter: str, values: tuple[str, ...]
) -> tuple[list[Person], list[dict]]:
    """People by id or username, each once, and an error for each one missing."""
    people, errors = {}, []
    find = asked.state.people.get
    if parameter in {"usernames", "username"}:
        find = asked.state.people.find
    for value in values:
        person = find(value)
        if person is None or person.state == "deleted":
            errors.append(
                problems.missing(asked.view.dialect, "user", parameter, value)
            )
        elif person.state == "suspended":
            errors.append(problems.suspended(asked.view.dialect, parameter, value))
        else:
            people[person.id] = person
    return list(people.values()), errors


def look_up_posts(
    asked: Asked, parameter: str, values: tuple[str, ...]
) -> tuple[list[Post], list[dict]]:
    """Posts by id, each once, and an error for each one missing or not for all."""
    posts, errors = {}, []
    for value in values:
        if (post := visible_post(asked.view, value)) is not None:
            posts[post.id] = post
            continue
        known = asked.state.posts.get(value)
        author = asked.state.people.get(known.author_id) if known else None
        there = author is not None and author.active
        make = problems.not_authorized if there else problems.missing
        errors.append(make(asked.view.dialect, "tweet", parameter, value))
    return list(posts.values()), errors
