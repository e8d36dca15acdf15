from odoo import models
from odoo.tools import SQL, split_every

from .own_transaction import own_transaction

AT_ONCE = 1000
# The post stays, and where it was written from is nothing that is kept here.
NOT_ABOUT_WORDS = "scrub_geo"


class TwitterComplianceJob(models.Model):
    """What X says of the posts of a job: some go, the others are confirmed."""

    _inherit = "twitter.compliance.job"

    def _apply(self, verdicts):
        """Carry out X's verdicts, in own transactions; more than once does no harm.

        :param verdicts: list of `Verdict`, all of them
        """
        reasons = {
            verdict.id: verdict.reason
            for verdict in verdicts
            if verdict.reason != NOT_ABOUT_WORDS
        }
        for ids in split_every(AT_ONCE, sorted(reasons)):
            self._drop({post_id: reasons[post_id] for post_id in ids})
        last = 0
        while last is not None:
            last = self._confirm_after(last)

    def _drop(self, reasons):
        """Wipe what X no longer has.

        :param reasons: ``{X's id: X's word for why}``
        """
        with own_transaction(self.env) as env:
            rows = env["twitter.interaction"].search(
                [("post_id", "in", list(reasons)), ("id", "<=", self.upto_id)]
            )
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
            confirmed = env.execute_query(
                SQL(
                    """
                    UPDATE twitter_interaction
                       SET verified_at = greatest(verified_at, %(asked_at)s)
                     WHERE id IN (SELECT id FROM twitter_interaction
                                   WHERE id > %(last)s AND id <= %(upto)s
                                     AND content IS NOT NULL
                                ORDER BY id LIMIT %(limit)s FOR NO KEY UPDATE)
                 RETURNING id, author_id
                    """,
                    asked_at=self.asked_at,
                    last=last,
                    upto=self.upto_id,
                    limit=AT_ONCE,
                )
            )
            self.with_env(env)._confirm_authors({author for _id, author in confirmed})
        return max(id_ for id_, _author in confirmed) if confirmed else None

    def _confirm_authors(self, ids):
        self.env.execute_query(
            SQL(
                """
                UPDATE twitter_author SET seen_at = greatest(seen_at, %(asked_at)s)
                 WHERE id IN (SELECT id FROM twitter_author
                               WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE)
             RETURNING id
                """,
                asked_at=self.asked_at,
                ids=list(ids),
            )
        )
