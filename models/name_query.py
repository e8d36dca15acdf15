"""A person's name as X's search takes it.

X searches names in ``[A-Za-z0-9_' ]{1,50}`` only and refuses everything else
(https://docs.x.com/x-api/users/search), so a name is written in Latin letters first.
"""

import re
import unicodedata

from anyascii import anyascii

LONGEST = 50  # characters X takes

# What stands beside a name on a card, and not in a profile.
TITLES = frozenset(
    "dr prof mr mrs ms miss mx sir dame herr frau fr mme mlle ing dipl mag phd md mba"
    " msc bsc ma ba jr sr esq".split()
)
# Han and Hangul: one character a syllable, the family's name first, and no space.
SYLLABLES = re.compile(r"[\u4e00-\u9fff\uac00-\ud7af]{2,4}")
# German and Nordic habits, which a mere stripping of accents would miss.
_SPELLINGS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)


def to_latin(text):
    """`text` in ASCII letters."""
    return anyascii(unicodedata.normalize("NFC", text))


def to_query(name):
    """Return what to search for, or '' where nothing of `name` can be searched."""
    words = [latin for word in _names_of(name) for latin in _latin_words(word)]
    query = ""
    for word in words:
        longer = f"{query} {word}".strip()
        if len(longer) > LONGEST:
            break
        query = longer
    return query or "".join(words)[:LONGEST]


def _names_of(text):
    """The words of a name, without signs, pictures and titles."""
    letters = "".join(
        char if unicodedata.category(char)[0] in "LMN" or char in "'_’" else " "
        for char in unicodedata.normalize("NFC", text)
    )
    words = letters.replace("’", "'").split()
    return [word for word in words if word.lower() not in TITLES] or words


def _latin_words(word):
    if SYLLABLES.fullmatch(word):
        return [anyascii(word[0]).capitalize(), anyascii(word[1:]).capitalize()]
    return re.sub(r"[^A-Za-z0-9_' ]+", " ", anyascii(word)).split()


def words_of(text):
    """Lower-cased Latin words of `text`, for comparing."""
    return set(re.findall(r"[a-z0-9]+", to_latin(text).lower()))


def words_of_name(name):
    """The words of a person's name as they are written, without titles and initials."""
    words = _names_of(name)
    return [word for word in words if len(word) > 1] or words


def is_same_name(one, other):
    """Whether two names are the same in some Latin spelling, whatever the order of
    their words, initials and titles."""
    theirs = [_without_initials(words) for words in spellings(other)]
    ours = [_without_initials(words) for words in spellings(one)]
    return any(words and words in theirs for words in ours)


def _without_initials(words):
    return {word for word in words if len(word) > 1 and word not in TITLES}


def spellings(text):
    """The ways the words of `text` are written in Latin letters, as sets of words."""
    searched = set(re.findall(r"[a-z0-9]+", to_query(text).lower()))
    return words_of(text), words_of(text.translate(_SPELLINGS)), searched
