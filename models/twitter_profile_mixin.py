from odoo import api, fields, models

from .twitter_association import BASES, Origin

KEYS = {"twitter_handle", "twitter_profile_id", "twitter_basis"}


class TwitterProfileMixin(models.AbstractModel):
    """What a lead and a contact share: the X handle and the profile it stands for.

    The two are written together. Setting the handle associates, clearing it
    disassociates, and neither calls X: a profile that was never read is linked at once
    and read later. A text that is no handle is kept as typed, and linked to nothing.
    """

    _name = "twitter.profile.mixin"
    _inherit = ["twitter.acting.mixin"]
    _description = "X Profile Mixin"

    # Fields from which the three are computed, where a model does so.
    _twitter_computed_from = frozenset()

    twitter_handle = fields.Char(
        string="X (Twitter)", copy=False, groups="base.group_user"
    )
    twitter_profile_id = fields.Many2one(
        "twitter.profile",
        string="X Profile",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
    )
    twitter_basis = fields.Selection(
        BASES,
        string="Basis of X Association",
        copy=False,
        help="Why this person may be tied to this profile on X",
        groups="base.group_user",
    )

    # ------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        defaults = self.default_get(sorted(KEYS))
        if defaults:
            vals_list = [{**defaults, **vals} for vals in vals_list]
        records = super().create(self._twitter_complete(vals_list))
        touched = KEYS | self._twitter_computed_from
        linked = records.browse(
            record.id
            for record, vals in zip(records, vals_list, strict=True)
            if touched & vals.keys()
        )
        linked._twitter_made_on_board()._twitter_log_changes({})
        return records

    def write(self, vals):
        if not (KEYS | self._twitter_computed_from) & vals.keys():
            return super().write(vals)
        before = self._twitter_links()
        for records, completed in self._twitter_completed(vals):
            super(TwitterProfileMixin, records).write(completed)
        changed = self
        if not KEYS & vals.keys():
            changed = self.with_context(twitter_origin=Origin("customer"))
        changed._twitter_log_changes(before)
        return True

    def unlink(self):
        # sudo: twitter.profile - to be forgotten, whoever deletes the record
        profiles = self.sudo().twitter_profile_id
        done = self._twitter_engagements()
        result = super().unlink()
        done._forget_person()
        self.env["twitter.photo"]._leave(profiles)
        profiles._forget_if_unlinked()
        return result

    def _twitter_made_on_board(self):
        """The records, with the board for an origin if they are made from a post of
        their profile's."""
        post = self.env["twitter.interaction"]._made_from()
        # sudo: twitter.profile - which ones, of records that are just being made
        if post and post.sudo().author_id.profile_id._current() == (
            self.sudo().twitter_profile_id
        ):
            return self.with_context(twitter_origin=Origin("board"))
        return self

    def _twitter_repoint(self, profile):
        """Point to another row of the same X account; no event of the ledger."""
        return super().write({"twitter_profile_id": profile.id})

    def _twitter_engagements(self):
        """What was done on X from these records, whoever did it."""
        # sudo: twitter.engagement - rows are written by the server alone
        rows = self.env["twitter.engagement"].sudo()
        return rows.search([(self._twitter_column(), "in", self.ids)])

    # ------------------------------------------------------------
    # HOOKS
    # ------------------------------------------------------------

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

    @api.model
    def _twitter_source(self, vals):
        """The record whose handle was taken over with `vals`, or an empty one."""
        return self.browse()
