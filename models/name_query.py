"""A person's name as X's search takes it.

X searches names in ``[A-Za-z0-9_' ]{1,50}`` only and refuses everything else
(https://docs.x.com/x-api/users/search), so a name is written in Latin letters first.
"""

import re
import unicodedata

from anyascii import anyascii

LONGEST = 50  # characters X takes

# German and Nordic habits, which a mere stripping of accents would miss.
_SPELLINGS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)


def to_latin(text):
    """`text` in ASCII letters."""
    return anyascii(unicodedata.normalize("NFC", text))


def to_query(name):
    """Return what to search for, or '' where nothing of `name` can be searched."""
    words = re.sub(r"[^A-Za-z0-9_' ]+", " ", to_latin(name)).split()
    query = ""
    for word in words:
        longer = f"{query} {word}".strip()
        if len(longer) > LONGEST:
            break
        query = longer
    return query or "".join(words)[:LONGEST]


def words_of(text):
    """Lower-cased Latin words of `text`, for comparing."""
    return set(re.findall(r"[a-z0-9]+", to_latin(text).lower()))


def spellings(text):
    """The ways the words of `text` are written in Latin letters, as sets of words."""
    return words_of(text), words_of(text.translate(_SPELLINGS))
