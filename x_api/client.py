"""The API v2 as one X account sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from . import endpoints
from .ask import Ask
from .call import Answer, Asker
from .errors import XError, XLinkExpired
from .gate import Gate, PassingGate
from .parsing import own_profile, post_page, profile_page
from .relay import Relay
from .site import API_URL
from .transport import TIMEOUT, Backoff, Timeout
from .values import Page, Post, Profile
from .writing import Writing

Result = TypeVar("Result")


class XClient(Writing):
    """Reads X, and acts there, with one account's token, which it does not show.

    ``renew`` gets the token X rejected and returns a new one; it is called at
    most once, in the thread that made the client. Without it, or when the new
    token is rejected too, a call raises XLinkExpired.

    Reads are tried again where X did not answer, as ``backoff`` says; deeds are
    not (see ``Writing``). Any call may raise each of the errors in ``errors``, and
    what ``gate`` raises.
    """

    def __init__(
        self,
        token: str,
        *,
        api_url: str = API_URL,
        gate: Gate | None = None,
        renew: Callable[[str], str] | None = None,
        timeout: Timeout = TIMEOUT,
        backoff: Backoff | None = None,
    ):
        self._relay = Relay(gate or PassingGate())
        self._asker = Asker(api_url, self._relay, timeout)
        self._backoff = backoff or Backoff()
        self.__renew = renew
        self.__token = token

    def me(self) -> Profile:
        """The account the token is of, with its ``subscription``."""
        return own_profile(self._ask(endpoints.me()).body)

    def profiles_by_handle(
        self, handles: Sequence[str], connection: bool = False
    ) -> Page[Profile]:
        """Up to 100 profiles, in no order; who is missing is in ``problems``.

        With ``connection``, how each stands to the account the token is of.
        """
        return self._profiles(endpoints.profiles_by_handle(handles, connection))

    def profiles_by_id(
        self, ids: Sequence[str], connection: bool = False
    ) -> Page[Profile]:
        """As `profiles_by_handle`."""
        return self._profiles(endpoints.profiles_by_id(ids, connection))

    def search_profiles(
        self, query: str, max_results: int = 10, next_token: str | None = None
    ) -> Page[Profile]:
        """Who X finds for a name: it takes ``^[A-Za-z0-9_' ]{1,50}$`` only."""
        return self._profiles(endpoints.search_profiles(query, max_results, next_token))

    def followers(
        self, profile_id: str, max_results: int = 20, next_token: str | None = None
    ) -> Page[Profile]:
        """Who follows a profile, newest first; 1 to 1,000. Scope follows.read."""
        return self._profiles(endpoints.followers(profile_id, max_results, next_token))

    def following(
        self, profile_id: str, max_results: int = 20, next_token: str | None = None
    ) -> Page[Profile]:
        """Whom a profile follows, newest first; 1 to 1,000. Scope follows.read."""
        return self._profiles(endpoints.following(profile_id, max_results, next_token))

    def posts_of(
        self,
        profile_id: str,
        max_results: int = 10,
        next_token: str | None = None,
        reposts: bool = False,
    ) -> Page[Post]:
        """A profile's posts, newest first; 5 to 100.

        With ``reposts``, what they reposted comes along whole (and is billed).
        """
        return self._posts(
            endpoints.posts_of(profile_id, max_results, next_token, reposts)
        )

    def newest_of(
        self,
        profile_id: str,
        max_results: int = 100,
        start_time: datetime | None = None,
    ) -> Page[Post]:
        """Posts, replies and reposts, bare, newest first; 5 to 100.

        To find out whether something arrived: nothing else comes along, and
        nothing older than ``start_time`` (an aware datetime).
        """
        return self._posts(endpoints.newest_of(profile_id, max_results, start_time))

    def liked_by(
        self, profile_id: str, max_results: int = 100, next_token: str | None = None
    ) -> Page[Post]:
        """What a profile liked, bare, newest first; 5 to 100. Scope like.read."""
        return self._posts(endpoints.liked_by(profile_id, max_results, next_token))

    def mentions(
        self,
        profile_id: str,
        max_results: int = 100,
        since_id: str = "",
        until_id: str = "",
        next_token: str | None = None,
    ) -> Page[Post]:
        """What others said to a profile, newest first; 5 to 100, who in ``authors``,
        with how each stands to the account the token is of.

        Only what is newer than ``since_id`` and older than ``until_id``, which may
        be ids of posts that are gone. X keeps the newest 800.
        https://docs.x.com/x-api/posts/timelines/introduction
        """
        return self._posts(
            endpoints.mentions(profile_id, max_results, since_id, until_id, next_token)
        )

    def posts_by_id(self, ids: Sequence[str], authors: bool = True) -> Page[Post]:
        """Up to 100 posts, in no order; what is missing is in ``problems``.

        With ``authors``, who wrote them is in ``authors`` (and is billed).
        """
        return self._posts(endpoints.posts_by_id(ids, authors))

    def together(self, *thunks: Callable[[], Result]) -> list[Result | XError]:
        """Runs reads of this client at once, each in a thread of its own.

        Returns their results in order, an XError standing in for the result it
        prevented. Any other exception is raised when all have ended.
        """
        token = self.__token
        results = self._all_at_once(thunks)
        expired = [i for i, r in enumerate(results) if isinstance(r, XLinkExpired)]
        if not expired:
            return results
        try:
            renewed = self._renewed(token)
        except XError as error:
            again = [error] * len(expired)
        else:
            if not renewed:
                return results
            again = self._all_at_once([thunks[i] for i in expired])
        for index, result in zip(expired, again, strict=True):
            results[index] = result
        return results

    def _all_at_once(
        self, thunks: Sequence[Callable[[], Result]]
    ) -> list[Result | XError]:
        return self._relay.all_at_once([partial(_result_of, thunk) for thunk in thunks])

    def _profiles(self, ask: Ask) -> Page[Profile]:
        answer = self._ask(ask)
        return profile_page(answer.body, answer.rate_limit)

    def _posts(self, ask: Ask) -> Page[Post]:
        answer = self._ask(ask)
        return post_page(answer.body, answer.rate_limit)

    def _sent(self, ask: Ask) -> Mapping[str, Any]:
        return self._ask(ask).body

    def _ask(self, ask: Ask) -> Answer:
        token = self.__token
        try:
            return self._asked(ask, token)
        except XLinkExpired:
            # In another thread `together` renews, for all of them at once.
            if not self._relay.is_at_home or not self._renewed(token):
                raise
        return self._asked(ask, self.__token)

    def _asked(self, ask: Ask, token: str) -> Answer:
        if ask.is_write:
            return self._asker.send(ask, token)
        return self._backoff.run(lambda: self._asker.send(ask, token))

    def _renewed(self, rejected: str) -> bool:
        """Whether there is another token than the rejected one now."""
        if self.__renew is None:
            return False
        renew, self.__renew = self.__renew, None
        self.__token = renew(rejected)
        return True


def _result_of(thunk: Callable[[], Result]) -> Result | XError:
    try:
        return thunk()
    except XError as error:
        return error
