from odoo import api, models
from odoo.tools import SQL

from .twitter_profile_forgetting import ASSOCIATED_MODELS
from .twitter_profile_reading import BATCH, MOST_AT_ONCE


class TwitterProfile(models.Model):
    """What the cron does: reading new handles, and tidying rows."""

    _inherit = "twitter.profile"

    @api.model
    def _cron_read_new_handles(self):
        """Read what was associated and never read, where the administrator wants it."""
        if not self._repoint_superseded():
            return  # out of time: Odoo calls again
        self._repoint_rows()
        self._drop_superseded()
        progress = self.env["ir.cron"]._commit_progress
        if self.env["twitter.account"]._parameter("read_in_background") != "True":
            progress(remaining=0)
            return
        progress(remaining=self._count_unread())
        self._read_in_turns(self._unread_rows, self._reading_cron())

    @api.model
    def _unread_rows(self, after, limit):
        """``[(id, has an X id)]`` of the first profiles a record links that were never
        read, past one of them; those with an X id alone, or those without."""
        rows = self.env.execute_query(
            SQL(
                """
                  SELECT id, twitter_id IS NOT NULL %s
                     AND (twitter_id IS NOT NULL, id) > (%s, %s)
                ORDER BY twitter_id IS NOT NULL, id
                   LIMIT %s
                """,
                self._unread(),
                after[1] if after else False,
                after[0] if after else 0,
                limit,
            )
        )
        return [row for row in rows if row[1] == rows[0][1]]

    @api.model
    def _count_unread(self):
        [[count]] = self.env.execute_query(SQL("SELECT count(*) %s", self._unread()))
        return count

    @api.model
    def _unread(self):
        self.flush_model(["state", "fetched_at", "superseded_by_id"])
        for model in ASSOCIATED_MODELS:
            self.env[model].flush_model(["twitter_profile_id"])
        return SQL(
            """
              FROM twitter_profile profile
             WHERE state = 'unresolved' AND fetched_at IS NULL
               AND superseded_by_id IS NULL
               AND (EXISTS (SELECT FROM crm_lead WHERE twitter_profile_id = profile.id)
                    OR EXISTS (SELECT FROM res_partner
                                WHERE twitter_profile_id = profile.id))
            """
        )

    @api.model
    def _trigger_reading(self):
        """Have new handles read soon, where the administrator wants it."""
        accounts = self.env["twitter.account"]
        if accounts._parameter("read_in_background") == "True":
            for cron in self._reading_cron():
                cron._trigger()

    @api.model
    def _reading_cron(self):
        """The scheduled action; none where an administrator has deleted it."""
        return self._cron("read_new_handles")

    # ------------------------------------------------------------
    # ROWS THAT ANOTHER STANDS FOR
    # ------------------------------------------------------------

    @api.model
    def _repoint_superseded(self):
        """Associate records with the row that stands for their X account now.

        In batches, each committed; records somebody is writing wait for the next time.

        :return: whether there was time for all
        """
        progress = self.env["ir.cron"]._commit_progress
        superseded = [("twitter_profile_id.superseded_by_id", "!=", False)]
        associated = [
            self.env[model].with_context(active_test=False)
            for model in ASSOCIATED_MODELS
        ]
        left = sum(records.search_count(superseded) for records in associated)
        for records in associated:
            last = 0
            # Searched anew, as each commit ends what the transaction before saw.
            while batch := records.search(
                [*superseded, ("id", ">", last)], order="id", limit=BATCH
            ):
                last, left = batch[-1].id, max(0, left - len(batch))
                free = batch.try_lock_for_update(allow_referencing=True)
                for profile, linked in free.grouped("twitter_profile_id").items():
                    linked._twitter_repoint(profile._current())
                if not progress(len(batch), remaining=left) and left:
                    return False
        return True

    @api.model
    def _repoint_rows(self):
        """Have what was done, and taken, under another row name the one that stands.

        What somebody is just writing waits for the next time.
        """
        for model in ("twitter.engagement", "twitter.photo"):
            rows = self.env[model].search(
                [("profile_id.superseded_by_id", "!=", False)], limit=MOST_AT_ONCE
            )
            free = rows.try_lock_for_update(allow_referencing=True)
            for profile, named in free.grouped("profile_id").items():
                named.profile_id = profile._current()
            self.env[model].flush_model(["profile_id"])

    @api.model
    def _drop_superseded(self):
        """Delete superseded rows that nothing refers to any more."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id
                  FROM twitter_profile profile
                 WHERE superseded_by_id IS NOT NULL
                   AND NOT EXISTS (SELECT FROM crm_lead
                                    WHERE twitter_profile_id = profile.id)
                   AND NOT EXISTS (SELECT FROM res_partner
                                    WHERE twitter_profile_id = profile.id)
                   AND NOT EXISTS (SELECT FROM twitter_association
                                    WHERE profile_id = profile.id)
                   AND NOT EXISTS (SELECT FROM twitter_engagement
                                    WHERE profile_id = profile.id)
                   AND NOT EXISTS (SELECT FROM twitter_photo
                                    WHERE profile_id = profile.id)
                   AND NOT EXISTS (SELECT FROM twitter_author
                                    WHERE profile_id = profile.id)
              ORDER BY id
                 LIMIT %s
                """,
                MOST_AT_ONCE,
            )
        )
        # Whoever is just about to refer to one has it locked.
        # The row alone: the person it stood for goes on in another one.
        alone = self.browse(row[0] for row in rows).with_context(twitter_erasing=True)
        alone.try_lock_for_update().unlink()
