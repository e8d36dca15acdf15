import re

from odoo import models

from ..x_api import Profile
from .twitter_cache_refusals import is_refusal, refusal
from .twitter_profile_forgetting import ASSOCIATED_MODELS
from .x_problem import XProblem
from .x_values import is_withheld, iso, profile_dict

PEOPLE = 20  # at a time
LINKED_AT_MOST = 5  # records shown for one of them
TOKEN = re.compile(r"[A-Za-z0-9_=-]{1,200}")


class TwitterProfileMixin(models.AbstractModel):
    """The panel's methods that ask X who follows the person, and whom they follow."""

    _inherit = "twitter.profile.mixin"

    # ------------------------------------------------------------
    # PUBLIC
    # ------------------------------------------------------------

    def twitter_followers(self, next_token="", account_id=0):
        """Twenty people who follow the associated profile.

        :param str next_token: of the page before; the newest ones without
        :param int account_id: as which one looks; see `twitter_panel`
        :return: ``{"people": {items, next_token, next_kept, read_at} | False,
            "problem"}``; ``next_kept`` as in `twitter_posts`
        """
        return self._twitter_people("followers", next_token, account_id)

    def twitter_following(self, next_token="", account_id=0):
        """Twenty people whom the associated profile follows; as `twitter_followers`."""
        return self._twitter_people("following", next_token, account_id)

    # ------------------------------------------------------------
    # READING
    # ------------------------------------------------------------

    def _twitter_people(self, which, next_token, account_id):
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        profile = self._twitter_profile()
        try:
            stored, read_at = self._twitter_people_page(
                which, next_token, profile, account
            )
        except XProblem as problem:
            first = self._twitter_people_key(which, profile.twitter_id)
            _stored, shown_at = self._twitter_stored(first, profile, account)
            told = problem.to_dict(shown_at, works_on_x=not account.company_id)
            return {"people": False, "problem": told}
        values = [Profile.from_dict(value) for value in stored["items"]]
        token = stored["next_token"]
        following = self._twitter_people_key(which, profile.twitter_id, token)
        people = {
            "items": self._twitter_people_dicts(values),
            "next_token": token,
            "next_kept": bool(
                token and self._twitter_stored(following, profile, account)[0]
            ),
            "read_at": iso(read_at),
        }
        return {"people": people, "problem": False}

    def _twitter_people_page(self, which, next_token, profile, account):
        """A page and when it was read; X is asked once a day."""
        if not profile.twitter_id or not is_token(next_token):
            raise XProblem(self.env, "not_found")
        facts = self._twitter_person_facts(profile, account)
        route = self._twitter_routes(account).on_person(facts)[which]
        if route["route"] != "api":
            code = "not_connected" if route["remedy"] == "login" else "not_allowed"
            raise XProblem(self.env, code, route["reason"])
        if self._twitter_is_refused(profile, account):
            raise refusal(self.env, account)
        key = self._twitter_people_key(which, profile.twitter_id, next_token)
        stored, read_at = self._twitter_stored(key, profile, account)
        if stored:
            return stored, read_at
        page = self._twitter_ask_people(which, next_token, profile, account)
        stored = {
            "items": [value.to_dict() for value in page.items],
            "next_token": page.next_token or "",
        }
        is_own = profile.is_protected or any(map(is_withheld, page.items))
        people = {profile.twitter_id, *(value.id for value in page.items)}
        seer = account if is_own else None
        cache = self.env["twitter.cache"]
        return stored, cache._put(key, stored, profile.id, people, seer)

    def _twitter_ask_people(self, which, next_token, profile, account):
        """
        :raise XProblem: X does not tell
        """
        try:
            with account._x_session(patience=0) as x:
                ask = x.followers if which == "followers" else x.following
                page = ask(profile.twitter_id, PEOPLE, next_token or None)
            problem = XProblem.of_page(self.env, page)
            if problem:
                raise problem
        except XProblem as problem:
            self._twitter_lose(problem, profile, account)
            if not is_refusal(problem, profile.is_protected):
                raise
            self.env["twitter.cache"]._refuse(profile.twitter_id, account, profile.id)
            raise refusal(self.env, account) from problem
        return page

    def _twitter_people_key(self, which, twitter_id, next_token=""):
        return f"{which}:{twitter_id}:{next_token}"

    def _twitter_people_dicts(self, values):
        site_url = self.env["twitter.account"]._site_url()
        linked = self._twitter_linked([value.id for value in values])
        return [
            {**profile_dict(value, site_url), "linked": linked.get(value.id, [])}
            for value in values
        ]

    def _twitter_linked(self, twitter_ids):
        """``{X id: [{model, id, name}]}`` of records this user may read.

        By X's id only: a name proves nothing.
        """
        linked = {}
        for model in ASSOCIATED_MODELS:
            records = self.env[model]
            if not records.has_access("read"):
                continue
            found = records.search(
                [
                    "|",
                    ("twitter_profile_id.twitter_id", "in", twitter_ids),
                    (
                        "twitter_profile_id.superseded_by_id.twitter_id",
                        "in",
                        twitter_ids,
                    ),
                ]
            )
            for record in found:
                # sudo: twitter.profile - whose X id the record has
                twitter_id = record.sudo().twitter_profile_id._current().twitter_id
                known = linked.setdefault(twitter_id, [])
                if len(known) < LINKED_AT_MOST:
                    known.append(
                        {"model": model, "id": record.id, "name": record.display_name}
                    )
        return linked

    def _twitter_people_price(self):
        """What twenty people cost at most, in USD."""
        return round(PEOPLE * self.env["twitter.price"]._of("follower"), 4)


def is_token(next_token):
    """Whether it may be X's, or is that of the first page; a browser may say any."""
    return not next_token or bool(TOKEN.fullmatch(next_token))
