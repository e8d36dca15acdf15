from odoo import api, fields, models

from ..x_api import parse_handle
from .twitter_association import BASES

KEYS = {"twitter_handle", "twitter_profile_id", "twitter_basis"}


class TwitterProfileMixin(models.AbstractModel):
    """What a lead and a contact share: the X handle and the profile it stands for.

    The two are written together. Setting the handle associates, clearing it
    disassociates, and neither calls X: a profile that was never read is linked at once
    and read later. A text that is no handle is kept as typed, and linked to nothing.
    """

    _name = "twitter.profile.mixin"
    _description = "X Profile Mixin"

    twitter_handle = fields.Char(string="X (Twitter)", copy=False)
    twitter_profile_id = fields.Many2one(
        "twitter.profile",
        string="X Profile",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    twitter_basis = fields.Selection(
        BASES,
        string="Basis of X Association",
        copy=False,
        help="Why this person may be tied to this profile on X",
    )

    # ------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        linked = [bool(KEYS & vals.keys()) for vals in vals_list]
        if not any(linked):
            return super().create(vals_list)
        vals_list = [self._twitter_without_lone_basis(vals) for vals in vals_list]
        records = super().create(self._twitter_complete(vals_list))
        given = self.browse(
            record.id
            for record, is_given in zip(records, linked, strict=True)
            if is_given
        )
        given._twitter_log_changes({})
        return records

    def write(self, vals):
        if not KEYS & vals.keys():
            return super().write(vals)
        if "twitter_basis" in vals and not (KEYS - {"twitter_basis"}) & vals.keys():
            # There is no basis without an association.
            loose = self.filtered(lambda record: not record.twitter_profile_id)
            if loose:
                super(TwitterProfileMixin, loose).write(
                    self._twitter_without_lone_basis(vals)
                )
                return (self - loose).write(vals) if self - loose else True
        before = {
            record.id: (record.twitter_profile_id, record.twitter_basis)
            for record in self
        }
        keeps_basis = "twitter_basis" not in vals
        vals = self._twitter_complete([vals])[0]
        same = self.filtered(
            lambda record: record.twitter_profile_id
            and record.twitter_profile_id.id == vals.get("twitter_profile_id")
        )
        if same and keeps_basis:
            # Their basis was chosen when they were associated, and stays.
            kept = {key: vals[key] for key in vals if key != "twitter_basis"}
            super(TwitterProfileMixin, same).write(kept)
            super(TwitterProfileMixin, self - same).write(vals)
        else:
            super().write(vals)
        self._twitter_log_changes(before)
        return True

    def unlink(self):
        profiles = self.twitter_profile_id
        result = super().unlink()
        profiles._forget_if_unlinked()
        return result

    # ------------------------------------------------------------
    # KEEPING HANDLE AND PROFILE TOGETHER
    # ------------------------------------------------------------

    @api.model
    def _twitter_complete(self, vals_list):
        """Return `vals_list` with handle, profile and basis fitting each other."""
        profiles = self.env["twitter.profile"]
        handles = [parse_handle(vals.get("twitter_handle") or "") for vals in vals_list]
        by_handle = profiles._find_or_make([handle for handle in handles if handle])
        completed = []
        for vals, handle in zip(vals_list, handles, strict=True):
            if KEYS & vals.keys():
                vals = {**vals, **self._twitter_values(vals, handle, by_handle)}
            completed.append(vals)
        return completed

    @api.model
    def _twitter_without_lone_basis(self, vals):
        if vals.get("twitter_handle") or vals.get("twitter_profile_id"):
            return vals
        return {key: value for key, value in vals.items() if key != "twitter_basis"}

    @api.model
    def _twitter_values(self, vals, handle, by_handle):
        if "twitter_handle" not in vals and "twitter_profile_id" not in vals:
            return {}  # a basis alone, which `write` sees to
        # sudo: twitter.profile - a colleague without the permission may edit the field
        given = (
            self.env["twitter.profile"].sudo().browse(vals.get("twitter_profile_id"))
        )
        if "twitter_handle" not in vals:
            handle = given.handle if given else None
            typed, profile = handle, given
        else:
            typed = (vals["twitter_handle"] or "").strip()
            fits = given and handle and given.handle.lower() == handle.lower()
            profile = given if fits else by_handle.get((handle or "").lower())
        basis = False
        if profile:
            ledger = self.env["twitter.association"]
            basis = vals.get("twitter_basis") or ledger._default_basis()
        return {
            "twitter_handle": handle or typed or False,
            "twitter_profile_id": profile.id if profile else False,
            "twitter_basis": basis,
        }

    def _twitter_repoint(self, profile):
        """Point to another row of the same X account; no event of the ledger."""
        return super().write({"twitter_profile_id": profile.id})

    # ------------------------------------------------------------
    # THE LEDGER
    # ------------------------------------------------------------

    def _twitter_log_changes(self, before):
        """Add what changed to the ledger, and forget whom nobody is linked to now.

        :param before: ``{record id: (profile, basis)}``; nothing for new records
        """
        origin = self._twitter_origin()
        rows, left = [], self.env["twitter.profile"]
        for record in self:
            old, old_basis = before.get(record.id, (left.browse(), False))
            new, new_basis = record.twitter_profile_id, record.twitter_basis
            if old and old != new:
                rows.append(("disassociated", record, old, origin, old_basis))
                left |= old
            if new and (old != new or old_basis != new_basis):
                rows.append(("associated", record, new, origin, new_basis))
        if not rows:
            return
        self.env["twitter.association"]._log(rows)
        left._forget_if_unlinked()
        # sudo: twitter.profile - whether it was read yet
        if not all(self.sudo().twitter_profile_id.mapped("fetched_at")):
            left._trigger_reading()

    @api.model
    def _twitter_origin(self):
        if self.env.context.get("import_file"):
            return "import"
        return self.env.context.get("twitter_origin") or "field"

    # ------------------------------------------------------------
    # HOOKS
    # ------------------------------------------------------------

    @api.model
    def _twitter_association_field(self):
        """Name of the ledger's column for this model's records."""
        raise NotImplementedError

    def _twitter_person(self):
        """Full name of the person behind the record, or ''."""
        raise NotImplementedError

    def _twitter_evidence_of(self):
        """What the record knows of the person, to compare profiles with.

        :rtype: match_evidence.Known
        """
        raise NotImplementedError

    def _twitter_kind(self):
        """``lead``, ``opportunity`` or ``contact``: how the panel names the record."""
        raise NotImplementedError
