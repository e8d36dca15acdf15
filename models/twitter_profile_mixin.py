from odoo import api, fields, models

from .twitter_association import BASES, Origin

KEYS = {"twitter_handle", "twitter_profile_id", "twitter_basis"}
# What lists and boards show, the same for everybody who may see it.
SHOWN = {
    "twitter_avatar_url",
    "twitter_basis",
    "twitter_handle",
    "twitter_last_touch",
    "twitter_touch_count",
}


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
        help="Why this person may be tied to this profile on X. A bought list is no"
        " reason: X's rules ask for the person's consent, for what they gave you"
        " themselves, or for public information.",
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
        entered, taken_over = [], []
        for record, vals in zip(records, vals_list, strict=True):
            if KEYS & vals.keys():
                entered.append(record.id)
            elif touched & vals.keys():
                taken_over.append(record.id)
        customers = self.with_context(twitter_origin=Origin("customer"))
        for linked in records.browse(entered), customers.browse(taken_over):
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

    def _read_format(self, fnames, load="_classic_read"):
        """The same as Odoo's, which asks for each value whether the user may read the
        field: for ours in a list of 80, as long as all the rest that it does for them.
        """
        shown = SHOWN.intersection(fnames)
        others = [name for name in fnames if name not in shown]
        if self.env.su or not (shown and others):
            return super()._read_format(fnames, load)
        for name in shown:
            self._check_field_access(self._fields[name], "read")
        found = super()._read_format(others, load)
        # sudo: own model - fields that the user may read, of records that are read
        records = self.sudo().browse(values["id"] for values in found)
        for name in shown:
            column = records._twitter_column_of(name)
            for values, value in zip(found, column, strict=True):
                values[name] = value
        return found

    def _twitter_column_of(self, name):
        """What these records have in a field, as `read` tells it.

        :param name: of a field whose value needs no other record to be told
        """
        field = self._fields[name]
        if field.store and field.compute:
            field.recompute(self)
        cached = field._get_cache(self.env)
        self.browse(field._cache_missing_ids(self)).mapped(name)
        return [field.convert_to_record(cached[each], self) for each in self._ids]

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

    def _twitter_drop_link(self):
        """Forget handle, profile and basis without a trace; no event of the ledger."""
        if self:
            quiet = self.with_context(tracking_disable=True)
            return super(TwitterProfileMixin, quiet).write(dict.fromkeys(KEYS, False))
        return True

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
