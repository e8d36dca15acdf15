"""The deeds on X: each is one request that is sent once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import endpoints_writes as endpoints
from . import fields
from .ask import Ask
from .errors import XRefused, XUnavailable
from .parsing import data_of
from .values import Created


class Writing:
    """What a client can do on X. Whoever inherits it has ``_sent``.

    None of these is ever sent again, but once where X rejected the token, which
    means that it did nothing. After XNotSent and after XRefused (and what derives
    from it) X has done nothing; after XUnreachable and XUnavailable nobody knows.
    """

    def _sent(self, ask: Ask) -> Mapping[str, Any]:
        """The answer's body."""
        raise NotImplementedError

    def create_post(
        self,
        text: str,
        *,
        reply_to: str = "",
        quote_of: str = "",
        media_ids: Sequence[str] = (),
        is_summoned_reply: bool = False,
    ) -> Created:
        """Posts, answers the post ``reply_to``, or quotes ``quote_of``.

        ``is_summoned_reply``: to somebody who mentioned us, for its price.
        """
        # Who only reads does not need the rules for texts, which take long to import.
        from .text import price_of_post

        kind = price_of_post(text, is_summoned_reply=is_summoned_reply)
        ask = endpoints.create_post(text, reply_to, quote_of, media_ids, kind)
        done = self._done(ask)
        post_id = fields.identifier(done, "id")
        if not post_id:
            raise XUnavailable(f"{ask.endpoint}: no id", status=201)
        return Created(post_id, fields.text(done, "text"))

    def delete_post(self, post_id: str) -> bool:
        """False where X says that it deleted nothing."""
        done = self._done(endpoints.delete_post(post_id))
        return fields.flag(done, "deleted")

    def repost(self, me_id: str, post_id: str) -> str:
        """The id of the repost, or "" where X does not tell it."""
        done = self._set(endpoints.repost(me_id, post_id), "retweeted", True)
        # "rest_id" since 2.167, "id" before.
        return fields.identifier(done, "rest_id") or fields.identifier(done, "id")

    def unrepost(self, me_id: str, post_id: str) -> None:
        """Takes the repost of ``post_id`` back."""
        self._set(endpoints.unrepost(me_id, post_id), "retweeted", False)

    def like(self, me_id: str, post_id: str) -> None:
        self._set(endpoints.like(me_id, post_id), "liked", True)

    def unlike(self, me_id: str, post_id: str) -> None:
        self._set(endpoints.unlike(me_id, post_id), "liked", False)

    def follow(self, me_id: str, profile_id: str) -> str:
        """ "following", or "pending" where a protected account has yet to agree."""
        ask = endpoints.follow(me_id, profile_id)
        done = self._done(ask)
        if fields.flag(done, "pending_follow"):
            return "pending"
        _expect(ask, done, "following", True)
        return "following"

    def unfollow(self, me_id: str, profile_id: str) -> None:
        """Also takes back a request that waits."""
        self._set(endpoints.unfollow(me_id, profile_id), "following", False)

    def upload_image(self, data: bytes, mimetype: str) -> str:
        """The id under which X keeps it for a day; see ``check_image``."""
        ask = endpoints.upload_image(data, mimetype)
        media_id = fields.identifier(self._done(ask), "id")
        if not media_id:
            raise XUnavailable(f"{ask.endpoint}: no id", status=200)
        return media_id

    def describe_image(self, media_id: str, alt: str) -> None:
        """Gives an uploaded picture its description, up to 1,000 characters."""
        self._done(endpoints.describe_image(media_id, alt))

    def _done(self, ask: Ask) -> Mapping[str, Any]:
        return data_of(ask.endpoint, self._sent(ask))

    def _set(self, ask: Ask, word: str, value: bool) -> Mapping[str, Any]:
        done = self._done(ask)
        _expect(ask, done, word, value)
        return done


def _expect(ask: Ask, done: Mapping[str, Any], word: str, value: bool) -> None:
    """Success is what X says is so now, not that it answered."""
    if not isinstance(done.get(word), bool):
        raise XUnavailable(f"{ask.endpoint}: no {word}", status=200)
    if done[word] is not value:
        raise XRefused(f"{ask.endpoint}: not {word}", status=200)
