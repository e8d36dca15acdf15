from odoo import models

from ..x_api import Profile, parse_handle
from . import name_query
from .match_evidence import evidence
from .x_problem import XProblem
from .x_values import iso, profile_dict

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
        cache = self.env["twitter.cache"]
        stored, read_at = cache._get(self._twitter_search_key(query))
        if stored is None:
            with self.env["twitter.account"]._of_user()._x_session() as x:
                page = x.search_profiles(query, SEARCH_RESULTS)
            stored = [value.to_dict() for value in page.items]
            read_at = cache._put(self._twitter_search_key(query), stored)
            self._twitter_remember(page.items)
        return [Profile.from_dict(value) for value in stored], read_at

    def _twitter_looked_up(self, handle):
        """The profile with a handle; X is asked once a day."""
        cache = self.env["twitter.cache"]
        key = f"handle:{handle.lower()}"
        stored, _read_at = cache._get(key)
        if stored:
            return Profile.from_dict(stored)
        with self.env["twitter.account"]._of_user()._x_session() as x:
            page = x.profiles_by_handle([handle])
        value = XProblem.only_item(self.env, page)
        cache._put(key, value.to_dict())
        self._twitter_remember([value])
        return value

    def _twitter_remember(self, values):
        """Keep for the day who was shown, so that associating costs no second call."""
        for value in values:
            self.env["twitter.cache"]._put(f"profile:{value.id}", value.to_dict())

    def _twitter_known_value(self, twitter_id):
        """What X told today of whom was shown, or None."""
        stored, _read_at = self.env["twitter.cache"]._get(f"profile:{twitter_id}")
        return stored and Profile.from_dict(stored)

    def _twitter_search_key(self, query):
        return f"search:{query.lower()}"

    def _twitter_stored_search(self):
        name = self._twitter_person()
        latin = name_query.to_query(name)
        key = self._twitter_search_key(latin)
        stored, read_at = self.env["twitter.cache"]._get(key) if latin else (None, None)
        if stored is None:
            return False
        values = [Profile.from_dict(value) for value in stored]
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
