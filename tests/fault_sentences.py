"""What a user is told of a fault, and that it is fit to be told."""

import re

from ..models import x_problem_sentences

# What a salesperson is to be spared.
JARGON = re.compile(
    r"None|False|Traceback|\bX[A-Z][a-z]+|Error\b|Exception|%\(|/2/|\b[1-5]\d\d\b"
    r"|GET |POST |HTTP|JSON|OAuth 1|psycopg|urllib|requests\.|object at"
)
ADDRESS = re.compile(r"https?://[\w:]+(\.[\w:]+)*(/[\w/]+)?")
# The addon's own sentences beside those of `PROBLEMS`.
SENTENCES = (
    "X accepts the keys. The callback address is checked by X when the first user"
    " logs in.",
    "X does not know this Client ID and Secret. Copy the OAuth 2.0 Client ID and Client"
    " Secret, not the API key and secret.",
    "This server cannot reach X at %(url)s. Check its way to the internet, and try"
    " again.",
    "X has a problem at the moment. Try again later.",
    "X did not accept this login any more. Please start again.",
    "X does not show it: it was not carried out.",
    "You are disconnected from X.",
    "You are disconnected, and X has revoked this app's access.",
    "You are disconnected, and the keys to the account are erased here. X could not be"
    " told: remove the app yourself on %(page)s.",
    "X no longer accepts the connection as @%(handle)s, the company's account. An"
    " administrator has to connect it again in the settings.",
)


def check_sentence(test, sentence, says):
    """It is one of the addon's own, without jargon.

    :param says: X's own words, which may be quoted, or stand alone
    """
    own = ADDRESS.sub("X", sentence)
    for words in says:
        own = own.replace(words, "words")
    test.assertFalse(JARGON.search(own), sentence)
    test.assertTrue(own == "words" or is_known(own), sentence)


def sentences_in(told):
    """What of an answer a user reads about what went wrong."""
    if not isinstance(told, dict):
        return []
    problem = told.get("problem") or {}
    engagement = told.get("engagement") or {}
    found = [problem.get("message"), engagement.get("reason"), told.get("message")]
    return [sentence for sentence in found if sentence]


def is_known(sentence):
    """Whether it is made of the sentences that the addon has for this."""
    return KNOWN.fullmatch(sentence) is not None


def _pattern(templates):
    """Matches any of them, whatever is put into it."""
    # Not as str(): each would look for a language to translate to, and log that.
    sources = [getattr(template, "_source", template) for template in templates]
    return "|".join(
        re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(source)) for source in sources
    )


FIRST = _pattern(
    [
        *(template for template, _action in x_problem_sentences.PROBLEMS.values()),
        x_problem_sentences.SOON,
        *SENTENCES,
    ]
)
REST = _pattern(
    [
        x_problem_sentences.AS_OF,
        x_problem_sentences.AS_OF_NO_MONEY,
        x_problem_sentences.STILL_WORKS,
    ]
)
KNOWN = re.compile(rf"(?:{FIRST})(?: X says: “[^”]*”)?(?: (?:{REST}))?")
