import re

from odoo import models
from odoo.exceptions import UserError

from ..x_api import parse_handle
from .twitter_association import BASES, Origin
from .twitter_profile_forgetting import ASSOCIATED_MODELS
from .x_problem import XProblem

# A few accounts of X's first years.
TOO_LONG = re.compile(r"[A-Za-z0-9_]{16,20}")


class TwitterProfileMixin(models.AbstractModel):
    """The panel's methods that show or write what is stored; none calls X."""

    _inherit = "twitter.profile.mixin"

    # ------------------------------------------------------------
    # PUBLIC
    # ------------------------------------------------------------

    def action_open_twitter_panel(self):
        """Open the panel on this record."""
        self._twitter_check("read")
        return {
            "type": "ir.actions.client",
            "tag": "crm_twitter.panel",
            "name": self.env._(
                "%(name)s on X", name=self._twitter_person() or self.display_name
            ),
            "target": "new",
            "params": {"res_model": self._name, "res_id": self.id},
            "context": {"dialog_size": "large", "footer": False},
        }

    def twitter_panel(self, account_id=0):
        """Everything the panel shows before X is asked.

        :param int account_id: as which X account the user acts; by default his own
            connection, or else his company's
        :return: record, keys, connection, permissions, profile, posts, search, …;
            ``kept`` is what X need not be asked for today, see `_twitter_kept_today`,
            ``stop`` why it is not asked at the moment, see `_twitter_stop`
        :raise AccessError: no permission, or the record may not be read
        """
        self._twitter_check("read")
        accounts = self.env["twitter.account"]
        profile = self._twitter_profile()
        profile._note_look()
        account = self._twitter_account(account_id)
        ways = self._twitter_ways(account)
        return {
            "record": self._twitter_record_dict(),
            "site_url": accounts._site_url(),
            "keys": accounts._keys_state(),
            "connection": accounts._connection_of_user(),
            "permissions": self.env["twitter.login"]._permission_choices(),
            "privacy_url": accounts._parameter("privacy_url"),
            "profile": profile._to_dict(self.twitter_handle) if profile else False,
            "posts": self._twitter_newest_posts(profile, account, ways)[0],
            "kept": self._twitter_kept_today(profile, account),
            "stop": self._twitter_stop(account),
            "search": self._twitter_stored_search(),
            "search_on_open": accounts._parameter("search_on_open", "True") == "True",
            "bases": self._twitter_bases(),
            "last_basis": self.env["twitter.association"]._last_basis(),
            "also_linked": self._twitter_also_linked(profile),
            "prices": self._twitter_prices(),
            **self._twitter_acting_dict(profile, account, ways),
            "photo": self._twitter_photo_dict(),
            "website": self._twitter_website_dict(),
        }

    def twitter_associate(
        self, handle, basis, twitter_id="", origin="typed", interaction_id=0
    ):
        """Associate the record with a profile.

        :param str handle: with or without @, or an address on X
        :param str basis: ``given``, ``consent`` or ``public``
        :param str twitter_id: X's id, where the profile was shown before
        :param str origin: ``search``, ``typed``, or ``board`` for whoever said
            something to the company
        :param int interaction_id: what they said, for ``board``
        :return: see `twitter_panel`
        :raise XProblem: `handle` is no handle
        :raise UserError: `basis` is none of them
        """
        self._twitter_check("write")
        if basis not in dict(BASES):
            raise UserError(
                self.env._("Say why this profile may be tied to the person first.")
            )
        parsed = parse_handle(handle or "")
        if not parsed and TOO_LONG.fullmatch(handle or ""):
            raise XProblem(
                self.env,
                "no_handle",
                self.env._(
                    "X's API takes handles of up to 15 characters. This one is older"
                    " and longer, and cannot be associated."
                ),
            )
        if not parsed:
            raise XProblem(self.env, "no_handle")
        values = {"twitter_handle": parsed, "twitter_basis": basis}
        profile = self._twitter_shown(twitter_id, parsed)
        if profile:
            values["twitter_profile_id"] = profile.id
        origin = self._twitter_origin_of(origin, interaction_id, profile)
        self.with_context(twitter_origin=Origin(origin)).write(values)
        return self.twitter_panel()

    def _twitter_origin_of(self, origin, interaction_id, profile):
        """What the ledger says; the browser's word for the board is looked after."""
        if origin == "board":
            rows = self.env["twitter.interaction"]
            row = rows.browse(interaction_id).exists()._filtered_access("read")
            # sudo: twitter.author - who said it, which whoever sees the row may know
            is_theirs = profile and row.sudo().author_id.profile_id == profile
            return origin if is_theirs else "typed"
        return origin if origin in ("search", "typed") else "typed"

    def twitter_disassociate(self):
        """Take the profile off the record.

        :return: ``{"panel": see twitter_panel, "undo": arguments of associate}``
        """
        self._twitter_check("write")
        undo = {
            "handle": self.twitter_handle or "",
            "basis": self.twitter_basis or "",
            "twitter_id": self._twitter_profile().twitter_id or "",
        }
        self.write({"twitter_handle": False})
        return {"panel": self.twitter_panel(), "undo": undo}

    def twitter_reject(self, twitter_id, handle):
        """Remember that a profile is not this record's person.

        :return: see `twitter_panel`
        """
        self._twitter_check("write")
        parsed = parse_handle(handle or "")
        if not parsed:
            raise XProblem(self.env, "no_handle")
        profile = self._twitter_shown(twitter_id, parsed)
        if not profile:
            profile = self.env["twitter.profile"]._find_or_make([parsed])[
                parsed.lower()
            ]
        if profile == self._twitter_profile():
            self.write({"twitter_handle": False})
        self.env["twitter.association"]._log(
            [("rejected", self, profile, "search", False)]
        )
        # What was read about somebody else is not ours to keep.
        profile._forget_if_unlinked()
        return self.twitter_panel()

    def _twitter_prices(self):
        prices = self.env["twitter.profile"]._prices()
        return {
            **prices,
            "people": self._twitter_people_price(),
            "delete": self.env["twitter.price"]._of("post_delete"),
            "check": self.env["twitter.engagement"]._price_of_finding(),
        }

    # ------------------------------------------------------------
    # PARTS OF THE ANSWER
    # ------------------------------------------------------------

    def _twitter_profile(self):
        # sudo: twitter.profile - the record's own, and what is shown of it is public
        return self.sudo().twitter_profile_id._current()

    def _twitter_record_dict(self):
        problem = ""
        if self.twitter_handle and not self.twitter_profile_id:
            problem = XProblem(self.env, "no_handle").args[0]
        return {
            "model": self._name,
            "id": self.id,
            "name": self.display_name,
            "kind": self._twitter_kind(),
            "person": self._twitter_person(),
            "handle": self.twitter_handle or "",
            "handle_problem": problem,
            "basis": self.twitter_basis or "",
            "can_write": self.has_access("write"),
        }

    def _twitter_bases(self):
        labels = self._fields["twitter_basis"]._description_selection(self.env)
        helps = {
            "given": self.env._(
                "The person gave you the handle: on a card, in a form, in an e-mail."
            ),
            "consent": self.env._("The person agreed to this association."),
            "public": self.env._(
                "The profile itself, a directory or a website of theirs says so."
            ),
        }
        return [
            {"value": value, "label": label, "help": helps[value]}
            for value, label in labels
        ]

    def _twitter_also_linked(self, profile):
        """Other records with the same profile that this user may read."""
        if not profile:
            return []
        others = []
        for model in ASSOCIATED_MODELS:
            records = self.env[model]
            if not records.has_access("read"):
                continue
            found = records.search([("twitter_profile_id", "=", profile.id)], limit=20)
            if model == self._name:
                found -= self
            others += [
                {"model": model, "id": record.id, "name": record.display_name}
                for record in found
            ]
        return others

    def _twitter_shown(self, twitter_id, handle):
        """The profile row of somebody X told of today, or an empty recordset.

        What the browser says is not taken for X's word: only what was stored when the
        candidate was shown.
        """
        profiles = self.env["twitter.profile"]
        value = self._twitter_known_value(twitter_id)
        if value and value.handle.lower() == handle.lower():
            return profiles._of_value(value)
        if not twitter_id:
            return profiles
        # sudo: twitter.profile - an id that is known here already, as after "Undo"
        known = profiles.sudo().search([("twitter_id", "=", twitter_id)])
        return known.filtered(lambda row: row.handle.lower() == handle.lower())
