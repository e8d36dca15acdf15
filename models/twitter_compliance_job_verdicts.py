from odoo import models
from odoo.tools import SQL, split_every

from .own_transaction import own_transaction
from .row_lock import lock_rows
from .twitter_compliance_job_choosing import AT_ONCE

# The post stays, and where it was written from is nothing that is kept here.
NOT_ABOUT_WORDS = "scrub_geo"


class TwitterComplianceJob(models.Model):
    """What X says of the posts of a job: some go, the others are confirmed."""

    _inherit = "twitter.compliance.job"

    def _apply(self, verdicts):
        """Carry out X's verdicts, in own transactions; more than once does no harm.

        :param verdicts: list of `Verdict`, all of them
        """
        self._drop_all(verdicts)
        last = 0
        while last is not None:
            last = self._confirm_after(last)

    def _drop_all(self, verdicts):
        """Wipe what X says is not to be kept, in own transactions."""
        reasons = {
            verdict.id: verdict.reason
            for verdict in verdicts
            if verdict.reason != NOT_ABOUT_WORDS
        }
        for ids in split_every(AT_ONCE, sorted(reasons)):
            self._drop({post_id: reasons[post_id] for post_id in ids})

    def _drop(self, reasons):
        """Wipe what X no longer has.

        :param reasons: ``{X's id: X's word for why}``
        """
        with own_transaction(self.env) as env:
            rows = env["twitter.interaction"].search(
                [("post_id", "in", list(reasons)), ("id", "<=", self.upto_id)]
            )
            lock_rows(rows)
            protected = rows.filtered(lambda row: reasons[row.post_id] == "protected")
            protected._wipe("protected")
            (rows - protected)._wipe("gone")
            rows._announce(rows.company_id)

    def _confirm_after(self, last):
        """Confirm the next rows, as of when they were chosen.

        :param last: id of the last one before
        :return: id of the last one now, or None after all of them
        """
        with own_transaction(self.env) as env:
            job = self.with_env(env)
            chosen = job._chosen_after(last, AT_ONCE)
            authors = env["twitter.author"].browse({author for _, author, _ in chosen})
            authors._see(job.asked_at)
            job._confirm([id_ for id_, _author, _post_id in chosen])
        return chosen[-1][0] if chosen else None

    def _confirm(self, ids):
        query = SQL(
            """
            UPDATE twitter_interaction SET verified_at = %(asked_at)s
             WHERE id IN (SELECT id FROM twitter_interaction
                           WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE)
               AND verified_at < %(asked_at)s
         RETURNING id
            """,
            asked_at=self.asked_at,
            ids=ids,
        )
        self.env.execute_query(query)
