import logging

from odoo import api, models
from odoo.tools import SQL

from .twitter_association import Origin
from .twitter_profile_forgetting import ASSOCIATED_MODELS
from .twitter_profile_reading import BATCH

_logger = logging.getLogger(__name__)


class TwitterProfile(models.Model):
    """Records follow the people they mean; X is not asked.

    They get their new handles, and lose the pictures of whom X has taken down.

    A handle somebody else has taken is told on the records, and followed by none.
    """

    _inherit = "twitter.profile"

    @api.model
    def _cron_follow_renamed(self):
        """Write new handles on records, in batches that are committed each."""
        if not self._repoint_superseded():
            return  # out of time: Odoo calls again
        self.env["twitter.photo"]._gc_untied()
        if self._follow_renamed() and self._tell_of_taken_handles():
            self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _follow_renamed(self):
        """
        :return: whether there was time for all
        """
        progress = self.env["ir.cron"]._commit_progress
        for model in ASSOCIATED_MODELS:
            last = 0
            while batch := self._next_renamed(model, last):
                last = batch[-1].id
                free = batch.try_lock_for_update(allow_referencing=True)
                free._twitter_follow_each_its_own()
                if not progress(len(batch), remaining=1):
                    return False
        return True

    @api.model
    def _tell_of_taken_handles(self):
        """
        :return: whether there was time for all
        """
        progress = self.env["ir.cron"]._commit_progress
        last, flagged = 0, [("has_taken_handle", "=", True)]
        while takers := self.search(
            [*flagged, ("id", ">", last)], order="id", limit=BATCH
        ):
            last = takers[-1].id
            for taker in takers.try_lock_for_update(allow_referencing=True):
                taker._tell_losers()
                taker.has_taken_handle = False
            if not progress(len(takers), remaining=1):
                return False
        return True

    @api.model
    def _next_renamed(self, model, last):
        """The first records after `last` whose person is called otherwise on X now."""
        records = self.env[model].with_context(active_test=False)
        records.flush_model(["twitter_handle", "twitter_profile_id"])
        self.flush_model(["handle", "former_handles", "twitter_id"])
        rows = self.env.execute_query(
            SQL(
                """
                  SELECT record.id
                    FROM twitter_profile profile
                    JOIN %(table)s record ON record.twitter_profile_id = profile.id
                   WHERE profile.former_handles IS NOT NULL
                     AND profile.twitter_id IS NOT NULL
                     AND lower(record.twitter_handle) != lower(profile.handle)
                     AND record.id > %(last)s
                ORDER BY record.id
                   LIMIT %(limit)s
                """,
                table=SQL.identifier(records._table),
                last=last,
                limit=BATCH,
            )
        )
        return records.browse(row[0] for row in rows)

    def _tell_losers(self):
        """Tell the records of who had this profile's handle who has it now."""
        for person in self._untold_losers():
            told = [*(person.told_handles or []), self.handle.lower()]
            person.told_handles = told
            body = self.env._(
                "@%(handle)s is somebody else on X now. This record stays with the"
                " person it was associated with.",
                handle=self.handle,
            )
            for model in ASSOCIATED_MODELS:
                records = self.env[model].with_context(active_test=False)
                found = records.search([("twitter_profile_id", "=", person.id)])
                if found:
                    found._message_log_batch(dict.fromkeys(found.ids, body))


class TwitterProfileMixin(models.AbstractModel):
    _inherit = "twitter.profile.mixin"

    def _twitter_follow_each_its_own(self):
        """As `_twitter_follow`; one record that cannot be written keeps no other.

        A constraint of another addon, for one, may refuse it.
        """
        for record in self:
            try:
                with self.env.cr.savepoint():
                    record._twitter_follow()
            except Exception:
                _logger.exception(
                    "%s was not given the handle its person has on X now", record
                )

    def _twitter_follow(self):
        """Take over the handles the records' people have on X now, and say so."""
        rows, bodies = [], {}
        for record in self:
            profile = record.twitter_profile_id
            bodies[record.id] = self.env._(
                "@%(old)s is @%(new)s on X now.",
                old=record.twitter_handle,
                new=profile.handle,
            )
            rows.append(
                ("associated", record, profile, "renamed", record.twitter_basis)
            )
            # The note says it; the tracking of the field would say it once more.
            record.with_context(
                mail_notrack=True, twitter_origin=Origin("renamed")
            ).write({"twitter_handle": profile.handle})
        if rows:
            self.env["twitter.association"]._log(rows)
            self._message_log_batch(bodies)
