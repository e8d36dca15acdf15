from datetime import timedelta

from odoo import api, fields, models
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
# X's word that somebody spoke to the company holds as long; see SHOWN_FOR.
SEEN_FOR = timedelta(hours=24)
# How far back who is no longer shown is looked for; the autovacuum finds all.
UNSEEN_SINCE = timedelta(days=3)


class TwitterProfile(models.Model):
    """What was read about a person goes when no record is associated any more.

    Who spoke to the company within a day is shown on its board, and kept as long.
    """

    _inherit = "twitter.profile"

    def _forget_if_unlinked(self):
        """Drop what was read about those of `self` whom nothing keeps."""
        if self:
            # sudo: twitter.profile - rows are written by the server alone
            profiles = self.sudo()
            (profiles | profiles._current())._unlinked()._wipe()

    def _unlinked(self):
        """Those of `self` that nothing keeps, by whichever of their rows."""
        self.flush_model(["superseded_by_id"])
        self.env["twitter.author"].flush_model(["profile_id", "seen_at"])
        for model in ASSOCIATED_MODELS:
            self.env[model].flush_model(["twitter_profile_id"])
        ids = self.env.execute_query(
            SQL("%s AND profile.id = ANY(%s)", self._unlinked_query(), self.ids)
        )
        return self.browse(row[0] for row in ids)

    @api.model
    def _unlinked_query(self):
        """Profiles without a record, neither their own nor a superseded row's, whom X
        has not told of as authors within a day."""
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
                                        WHERE twitter_profile_id = row.id)
                            OR EXISTS (SELECT FROM twitter_author
                                        WHERE profile_id = row.id
                                          AND seen_at > %s)))
            """,
            fields.Datetime.now() - SEEN_FOR,
        )

    def _wipe(self):
        lock_rows(self)
        self.write({**dict.fromkeys(CONTENT, False), "state": "unresolved"})
        self.env["twitter.cache"]._forget(self)

    @api.model
    def _forget_unseen(self):
        """Drop what was read about authors X has not told of for a day; part of an own
        transaction.

        :return: whether there may be more
        """
        now = fields.Datetime.now()
        authors = self.env["twitter.author"].search(
            [
                ("seen_at", "<=", now - SEEN_FOR),
                ("seen_at", ">", now - SEEN_FOR - UNSEEN_SINCE),
                ("profile_id.fetched_at", "!=", False),
            ],
            order="seen_at, id",
        )
        unlinked = authors.profile_id._unlinked()
        unlinked[:SWEPT_AT_ONCE]._wipe()
        return len(unlinked) > SWEPT_AT_ONCE

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
