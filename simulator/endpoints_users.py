"""The endpoints about people: look up, search, followers, following."""

import re
import unicodedata

from . import problems
from .answers import Asked, look_up_people, users_answer
from .paging import page_of_people
from .people import Person

__all__ = ["by_id", "by_ids", "by_username", "by_usernames", "followers", "following"]
__all__ += ["me", "search", "target"]


def me(asked: Asked) -> dict:
    """GET /2/users/me"""
    return users_answer(asked, [asked.view.viewer], [], single=True)


def by_ids(asked: Asked) -> dict:
    """GET /2/users"""
    return users_answer(asked, *look_up_people(asked, "ids", asked.params["ids"]))


def by_usernames(asked: Asked) -> dict:
    """GET /2/users/by"""
    names = asked.params["usernames"]
    return users_answer(asked, *look_up_people(asked, "usernames", names))


def by_id(asked: Asked) -> dict:
    """GET /2/users/:id"""
    found = look_up_people(asked, "id", (asked.path["id"],))
    return users_answer(asked, *found, single=True)


def by_username(asked: Asked) -> dict:
    """GET /2/users/by/username/:username"""
    found = look_up_people(asked, "username", (asked.path["username"],))
    return users_answer(asked, *found, single=True)


def search(asked: Asked) -> dict:
    """GET /2/users/search: name, username and bio, by relevance."""
    query = asked.params["query"]
    ranked = [(_relevance(query, person), person) for person in asked.state.people]
    found = [pair for pair in ranked if pair[0] and pair[1].active]
    found.sort(key=lambda pair: (-pair[0], -pair[1].followers, pair[1].id))
    people, meta = page_of_people(
        [person for _rank, person in found],
        asked.params["max_results"],
        asked.params["next_token"],
        f"search:{query}",
        asked.view.dialect,
        "next_token",
    )
    return users_answer(asked, people, [], meta=meta)


def _relevance(query: str, person: Person) -> int:
    """0: no match. Every word must occur; a name counts more than a bio."""
    wanted = _words(query)
    name, bio = _words(person.name), _words(person.description)
    username, rank = person.username.lower(), 0
    for word in wanted:
        if word in name:
            rank += 100
        elif len(word) > 2 and (word in username or _begins(word, name)):
            rank += 30
        elif word in bio:
            rank += 10
        else:
            return 0
    return rank + (50 if wanted == name else 0)


def _begins(word: str, names: list[str]) -> bool:
    return any(name.startswith(word) for name in names)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[\w']+", plain.replace("ß", "ss"))


def followers(asked: Asked) -> dict:
    """GET /2/users/:id/followers"""
    return _neighbours(asked, asked.state.people.followers_of)


def following(asked: Asked) -> dict:
    """GET /2/users/:id/following"""
    return _neighbours(asked, asked.state.people.followed_by)


def _neighbours(asked: Asked, list_of) -> dict:
    person, errors = target(asked)
    if person is None:
        return users_answer(asked, [], errors)
    people, meta = page_of_people(
        list_of(person),
        asked.params["max_results"],
        asked.params["pagination_token"],
        f"{list_of.__name__}:{person.id}",
        asked.view.dialect,
        "pagination_token",
    )
    owned = asked.state.owned(asked.view.viewer, person)
    return users_answer(asked, people, [], meta=meta, kind="following", owned=owned)


def target(asked: Asked) -> tuple[Person | None, list[dict]]:
    """The person of the path, if there is one whom the viewer may see."""
    person_id = asked.path["id"]
    people, errors = look_up_people(asked, "id", (person_id,))
    if not people:
        return None, errors
    if not asked.state.people.may_see(asked.view.viewer, people[0]):
        dialect = asked.view.dialect
        return None, [problems.not_authorized(dialect, "user", "id", person_id)]
    return people[0], []
