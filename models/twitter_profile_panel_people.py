import re

from odoo import models

from ..x_api import Profile
from .twitter_cache import SEEN_BY
from .twitter_profile_forgetting import ASSOCIATED_MODELS
from .x_problem import XProblem
from .x_values import iso, profile_dict

PEOPLE = 20  # at a time
LINKED_AT_MOST = 5  # records shown for one of them
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,200}")


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
        :return: ``{"people": {items, next_token, read_at} | False, "problem"}``
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
        try:
            stored, read_at = self._twitter_people_page(which, next_token, account)
        except XProblem as problem:
            return {"people": False, "problem": problem.to_dict()}
        values = [Profile.from_dict(value) for value in stored["items"]]
        people = {
            "items": self._twitter_people_dicts(values),
            "next_token": stored["next_token"],
            "read_at": iso(read_at),
        }
        return {"people": people, "problem": False}

    def _twitter_people_page(self, which, next_token, account):
        """A page and when it was read; X is asked once a day."""
        profile = self._twitter_profile()
        if not profile.twitter_id or (next_token and not TOKEN.fullmatch(next_token)):
            raise XProblem(self.env, "not_found")
        facts = self._twitter_person_facts(profile, account)
        route = self._twitter_routes(account).on_person(facts)[which]
        if route["route"] != "api":
            code = "not_connected" if route["remedy"] == "login" else "not_allowed"
            raise XProblem(self.env, code, route["reason"])
        cache = self.env["twitter.cache"]
        key = f"{which}:{profile.twitter_id}:{next_token}"
        if profile.is_protected:
            # Only for whom X lets see it.
            key += f"{SEEN_BY}{account.id}"
        stored, read_at = cache._get(key)
        if stored:
            return stored, read_at
        with account._x_session() as x:
            ask = x.followers if which == "followers" else x.following
            page = ask(profile.twitter_id, PEOPLE, next_token or None)
        problem = XProblem.of_page(self.env, page)
        if problem:
            raise problem
        stored = {
            "items": [value.to_dict() for value in page.items],
            "next_token": page.next_token or "",
        }
        return stored, cache._put(key, stored, profile.id)

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
