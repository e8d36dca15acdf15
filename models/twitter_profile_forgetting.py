from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .row_lock import lock_rows

# Models whose records can be associated with a profile.
ASSOCIATED_MODELS = ("crm.lead", "res.partner")

# What was read about a person, as opposed to who it is.
CONTENT = (
    "name",
    "description",
    "description_segments",
    "location",
    "url",
    "display_url",
    "verified_type",
    "is_protected",
    "joined_at",
    "followers",
    "following",
    "posts",
    "image_url",
    "fetched_at",
)
SWEPT_AT_ONCE = 1000


class TwitterProfile(models.Model):
    """What was read about a person goes when no record is associated any more."""

    _inherit = "twitter.profile"

    def _forget_if_unlinked(self):
        """Drop what was read about those of `self` whom no record is linked to."""
        if self:
            # sudo: twitter.profile - rows are written by the server alone
            profiles = self.sudo()
            (profiles | profiles._current())._unlinked()._wipe()

    def _unlinked(self):
        """Those of `self` that no record is linked to, by whichever of their rows."""
        self.flush_model(["superseded_by_id"])
        for model in ASSOCIATED_MODELS:
            self.env[model].flush_model(["twitter_profile_id"])
        ids = self.env.execute_query(
            SQL("%s AND profile.id = ANY(%s)", self._unlinked_query(), self.ids)
        )
        return self.browse(row[0] for row in ids)

    @api.model
    def _unlinked_query(self):
        """Profiles without a record, neither their own nor a superseded row's."""
        return SQL(
            """
            SELECT profile.id
              FROM twitter_profile profile
             WHERE NOT EXISTS (
                    SELECT
                      FROM twitter_profile row
                     WHERE (row.id = profile.id OR row.superseded_by_id = profile.id)
                       AND (EXISTS (SELECT FROM crm_lead
                                     WHERE twitter_profile_id = row.id)
                            OR EXISTS (SELECT FROM res_partner
                                        WHERE twitter_profile_id = row.id)))
            """
        )

    def _wipe(self):
        lock_rows(self)
        self.write({**dict.fromkeys(CONTENT, False), "state": "unresolved"})
        keys = [f"handle:{profile.handle.lower()}" for profile in self]
        keys += [f"profile:{profile.twitter_id}" for profile in self]
        about = Domain("profile_id", "in", self.ids) | Domain("key", "in", keys)
        answers = self.env["twitter.cache"].search(about)
        lock_rows(answers)
        answers.unlink()

    @api.autovacuum
    def _gc_unlinked(self):
        """Sweep behind those who let go of a person at the same moment."""
        ids = self.env.execute_query(
            SQL(
                "%s AND (profile.fetched_at IS NOT NULL OR profile.name IS NOT NULL)"
                " LIMIT %s",
                self._unlinked_query(),
                SWEPT_AT_ONCE,
            )
        )
        profiles = self.browse(row[0] for row in ids)
        profiles._wipe()
        return len(profiles), len(profiles) == SWEPT_AT_ONCE
