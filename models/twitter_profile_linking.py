from odoo import api, models

from ..x_api import parse_handle
from .twitter_association import Origin
from .twitter_profile_mixin import KEYS


class TwitterProfileMixin(models.AbstractModel):
    """Keeping handle, profile and basis together, and the ledger of it."""

    _inherit = "twitter.profile.mixin"

    # ------------------------------------------------------------
    # VALUES THAT FIT EACH OTHER
    # ------------------------------------------------------------

    @api.model
    def _twitter_complete(self, vals_list):
        """Values for new records, with handle, profile and basis fitting each other."""
        if not any(KEYS & vals.keys() for vals in vals_list):
            return vals_list
        handles = [self._twitter_parsed(vals) for vals in vals_list]
        by_handle = self.env["twitter.profile"]._find_or_make(filter(None, handles))
        # sudo: own model - none of its records; once, not for each of an import's rows
        nobody = self.sudo().browse()
        return [
            {**self._twitter_rest(vals), **nobody._twitter_fit(vals, handle, by_handle)}
            if KEYS & vals.keys()
            else vals
            for vals, handle in zip(vals_list, handles, strict=True)
        ]

    def _twitter_completed(self, vals):
        """Values to write, with handle, profile and basis fitting each other.

        :return: list of (records, their values); what is the same goes together
        """
        if not KEYS & vals.keys():
            return [(self, vals)]
        handle = self._twitter_parsed(vals)
        by_handle = {}
        if handle and not all(record._twitter_kept(vals, handle) for record in self):
            by_handle = self.env["twitter.profile"]._find_or_make([handle])
        groups = {}
        for record in self:
            fit = record._twitter_fit(vals, handle, by_handle)
            key = tuple(sorted(fit.items()))
            groups.setdefault(key, self.browse())
            groups[key] |= record
        rest = self._twitter_rest(vals)
        return [(records, {**rest, **dict(fit)}) for fit, records in groups.items()]

    def _twitter_fit(self, vals, handle, by_handle):
        """The three values for `self`: one record, or none yet.

        :param handle: what `vals` has for a handle, parsed; None where that is none
        :param by_handle: ``{lower-cased handle: profile}``
        """
        # sudo: twitter.profile - a colleague without the permission may edit the field
        mine = self.sudo()
        fit = {}
        profile = mine.twitter_profile_id
        if "twitter_handle" in vals:
            profile = self._twitter_kept(vals, handle) or by_handle.get(
                (handle or "").lower(), profile.browse()
            )
            typed = str(vals["twitter_handle"] or "").strip()
            fit = {"twitter_handle": handle or typed or False}
        elif "twitter_profile_id" in vals:
            profile = profile.browse(vals["twitter_profile_id"])
            fit = {"twitter_handle": profile.handle if profile else False}
        if fit:
            fit["twitter_profile_id"] = profile.id
        if profile:
            fit |= self._twitter_basis_fit(vals, profile, mine)
        elif fit:
            fit["twitter_basis"] = False
        return fit

    def _twitter_basis_fit(self, vals, profile, mine):
        if vals.get("twitter_basis"):
            return {"twitter_basis": vals["twitter_basis"]}
        if profile == mine.twitter_profile_id and mine.twitter_basis:
            return {}  # chosen when it was associated, and stays
        return {"twitter_basis": self.env["twitter.association"]._default_basis()}

    def _twitter_kept(self, vals, handle):
        """The profile that `handle` means because of what is known already.

        A person may have been renamed on X since: the handle on the record, or a former
        one, still is that person, and not who may bear it now.
        """
        # sudo: twitter.profile - which profile the records have
        profiles = self.env["twitter.profile"].sudo()
        if not handle:
            return profiles
        given = profiles.browse(vals.get("twitter_profile_id"))
        if given and given._answers_to(handle):
            return given
        # sudo: crm.lead, res.partner - the handles of the record and of its customer
        for record in (self.sudo(), self._twitter_source(vals).sudo()):
            profile = record and record.twitter_profile_id
            if profile and (
                (record.twitter_handle or "").lower() == handle.lower()
                or profile._answers_to(handle)
            ):
                return profile
        return profiles

    @api.model
    def _twitter_parsed(self, vals):
        return parse_handle(str(vals.get("twitter_handle") or ""))

    @api.model
    def _twitter_rest(self, vals):
        return {key: value for key, value in vals.items() if key not in KEYS}

    # ------------------------------------------------------------
    # THE LEDGER
    # ------------------------------------------------------------

    def _twitter_links(self):
        """``{record id: (profile, basis)}`` as it is now."""
        # sudo: twitter.profile - the ledger is complete whoever writes the record
        return {
            record.id: (record.twitter_profile_id, record.twitter_basis)
            for record in self.sudo()
        }

    def _twitter_log_changes(self, before):
        """Add what changed to the ledger, and forget whom nobody is linked to now.

        :param before: see `_twitter_links`; nothing for new records
        """
        nobody = self.env["twitter.profile"]
        after = self._twitter_links()
        origin = self._twitter_origin()
        rows, left, unread = [], nobody, False
        for record in self:
            old, old_basis = before.get(record.id, (nobody, False))
            new, new_basis = after[record.id]
            if old and old != new:
                rows.append(("disassociated", record, old, origin, old_basis))
                left |= old
            if new and (old != new or old_basis != new_basis):
                rows.append(("associated", record, new, origin, new_basis))
                unread = unread or not new.fetched_at
        if not rows:
            return
        self.env["twitter.association"]._log(rows)
        self.env["twitter.photo"]._leave(left)
        left._forget_if_unlinked()
        if unread:
            nobody._trigger_reading()

    @api.model
    def _twitter_origin(self):
        origin = self.env.context.get("twitter_origin")
        if isinstance(origin, Origin):
            return str(origin)
        return "import" if self.env.context.get("import_file") else "field"
