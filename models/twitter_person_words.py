"""Taking somebody's X account out of texts that stay."""

import re
from urllib.parse import urlsplit

from ..x_api import SITE_HOSTS

#: What stands where something was erased.
ERASED = "[erased]"
# No other site's mailbox, nor its address: john@acme.com, tiktok.com/@acme.
_MENTION = r"(?<![\w/])(@)"
# No host that merely ends alike, such as netflix.com.
_HOST = r"(?<![\w.-])((?:(?:www|mobile)\.)?"
_WHOLE = re.compile(r"(?:(?:https?://)?[^/?#\s]+/|@)\[erased\](?:[/?#]\S*)?", re.I)


def redactor(handles, twitter_ids, post_ids, site_url):
    """A function that takes an X account out of a text: ``redact(text) -> text``.

    Mentions (@handle), and links to the profile and to the posts, are recognised; a
    handle that stands for itself is not, as it may be anybody's name ("jack").

    :param handles: without @; maybe none
    :param twitter_ids: X's ids of the account
    :param post_ids: X's ids of posts
    :param site_url: the address of X's site, besides its own
    """
    hosts = (*SITE_HOSTS, urlsplit(site_url).netloc)
    names = _any_of(handles)
    ids, posts = _any_of(twitter_ids), _any_of(post_ids)
    links = _any_of({host for host in hosts if host})
    patterns = []
    if handles:
        patterns += [rf"{_MENTION}{names}(?!\w)", rf"{_HOST}{links}/){names}(?!\w)"]
    if twitter_ids:
        patterns.append(rf"((?:user_id=|/user/)){ids}(?!\d)")
    if post_ids:
        patterns.append(rf"(/status/|in_reply_to=|tweet_id=){posts}(?!\d)")
    if not patterns:
        return lambda text: text
    wholes = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]

    def redact(text):
        for whole in wholes:
            text = whole.sub(rf"\g<1>{ERASED}", text)
        return text

    return redact


def names_alone(redacted):
    """Whether a text that was redacted named the account, and nothing besides."""
    return bool(_WHOLE.fullmatch(redacted.strip()))


def _any_of(words):
    return f"(?:{'|'.join(map(re.escape, sorted(words)))})"
