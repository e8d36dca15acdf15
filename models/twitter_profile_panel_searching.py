import logging

from odoo import fields, models

from ..x_api import Profile, parse_handle
from . import name_query
from .match_evidence import evidence
from .own_transaction import Busy, own_transaction
from .x_problem import XProblem
from .x_values import is_withheld, iso, profile_dict

_logger = logging.getLogger(__name__)

SEARCH_RESULTS = 10


class TwitterProfileMixin(models.AbstractModel):
    """The panel's methods that look for people on X, as `twitter_profile_panel_reading`
    has them for people who are associated.
    """

    _inherit = "twitter.profile.mixin"

    # ------------------------------------------------------------
    # PUBLIC
    # ------------------------------------------------------------

    def twitter_search(self, query=""):
        """Find profiles by name; the same name is searched once per UTC day.

        :param str query: a name in any script; the record's person by default
        :return: ``{"search": {query, asked, candidates, read_at} | False, "problem"}``;
            ``asked`` is the query in the letters X takes
        """
        self._twitter_check("read")
        name = (query or "").strip() or self._twitter_person()
        latin = name_query.to_query(name)
        try:
            if not latin:
                raise XProblem(self.env, "name_not_searchable" if name else "no_name")
            values, read_at = self._twitter_searched(latin)
        except XProblem as problem:
            return {"search": False, "problem": problem.to_dict()}
        problem = False if values else XProblem(self.env, "nobody").to_dict()
        search = self._twitter_search_dict(name, values, read_at)
        return {"search": search, "problem": problem}

    def twitter_look_up(self, handle):
        """Show who has a handle, before the record is associated.

        :return: ``{"candidate": candidate | False, "problem"}``
        """
        self._twitter_check("read")
        parsed = parse_handle(handle or "")
        try:
            if not parsed:
                raise XProblem(self.env, "no_handle")
            value = self._twitter_looked_up(parsed)
        except XProblem as problem:
            return {"candidate": False, "problem": problem.to_dict()}
        return {"candidate": self._twitter_candidates([value])[0], "problem": False}

    # ------------------------------------------------------------
    # SEARCHING
    # ------------------------------------------------------------

    def _twitter_searched(self, query):
        """Profiles X finds, and when it was asked; X is asked once a day."""
        account = self.env["twitter.account"]._of_user()
        values, read_at = self._twitter_found(query, account)
        if values is None:
            with account._x_session(patience=0) as x:
                page = x.search_profiles(query, SEARCH_RESULTS)
            values = page.items
            self._twitter_remember(values, account)
            stored = {"ids": [value.id for value in values]}
            key = self._twitter_search_key(query)
            read_at = self.env["twitter.cache"]._put(key, stored)
        return values, read_at

    def _twitter_found(self, query, account):
        """Profiles X has found today, and when it was asked, or (None, None).

        Who has been forgotten here meanwhile is missing: then X is asked anew, unless
        the record's person is somebody else.
        """
        key = self._twitter_search_key(query)
        stored, read_at = self.env["twitter.cache"]._get(key)
        if stored is None:
            return None, None
        known = self._twitter_known_values(stored["ids"], account)
        missing = set(stored["ids"]) - known.keys()
        rejected = missing and self.env["twitter.association"]._rejected_profiles(self)
        if missing and missing - set(rejected.mapped("twitter_id")):
            return None, None
        return [known[each] for each in stored["ids"] if each in known], read_at

    def _twitter_looked_up(self, handle):
        """The profile with a handle; X is asked once a day."""
        account = self.env["twitter.account"]._of_user()
        cache = self.env["twitter.cache"]
        key = f"handle:{handle.lower()}"
        stored, _read_at = cache._get(key)
        if stored:
            known = self._twitter_known_values([stored["id"]], account)
            if known:
                return known[stored["id"]]
        with account._x_session(patience=0) as x:
            page = x.profiles_by_handle([handle])
        value = XProblem.only_item(self.env, page)
        self._twitter_remember([value], account)
        cache._put(key, {"id": value.id}, people=[value.id])
        return value

    def _twitter_remember(self, values, account):
        """Keep for the day who was shown, so that associating costs no second call."""
        now = fields.Datetime.now()
        try:
            with own_transaction(self.env) as env:
                cache = env["twitter.cache"]
                # Sorted, as everywhere more than one row is locked.
                for value in sorted(values, key=lambda value: value.id):
                    seer = account if is_withheld(value) else None
                    told = (f"profile:{value.id}", value.to_dict())
                    cache._put_row(*told, None, now, [value.id], seer)
        except Busy:
            _logger.info("Who was found was not kept: a row of theirs is in use")

    def _twitter_known_values(self, twitter_ids, account):
        """``{X id: Profile}`` of those of whom X told today."""
        by_key = {f"profile:{twitter_id}": twitter_id for twitter_id in twitter_ids}
        stored = self.env["twitter.cache"]._get_all(list(by_key), account)
        return {by_key[key]: Profile.from_dict(value) for key, value in stored.items()}

    def _twitter_known_value(self, twitter_id):
        """What X told today of whom was shown, or None."""
        account = self.env["twitter.account"]._of_user()
        return self._twitter_known_values([twitter_id], account).get(twitter_id)

    def _twitter_search_key(self, query):
        return f"search:{query.lower()}"

    def _twitter_stored_search(self):
        name = self._twitter_person()
        latin = name_query.to_query(name)
        if not latin:
            return False
        account = self.env["twitter.account"]._of_user()
        values, read_at = self._twitter_found(latin, account)
        if values is None:
            return False
        return self._twitter_search_dict(name, values, read_at)

    def _twitter_search_dict(self, query, values, read_at):
        return {
            "query": query,
            "asked": name_query.to_query(query),
            "candidates": [
                candidate
                for candidate in self._twitter_candidates(values)
                if not candidate["rejected"]
            ],
            "read_at": iso(read_at),
        }

    def _twitter_candidates(self, values):
        """Profiles with what speaks for and against them; rejected ones are marked."""
        site_url = self.env["twitter.account"]._site_url()
        rejected = self.env["twitter.association"]._rejected_profiles(self)
        ids = set(rejected.mapped("twitter_id"))
        handles = {handle.lower() for handle in rejected.mapped("handle")}
        known = self._twitter_evidence_of()
        return [
            {
                **profile_dict(value, site_url),
                "evidence": evidence(self.env, known, value),
                "rejected": value.id in ids or value.handle.lower() in handles,
            }
            for value in values
        ]
