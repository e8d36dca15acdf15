from odoo import fields, models
from odoo.tools import SQL

from .own_transaction import own_transaction
from .twitter_compliance_job import CHOSEN_AFTER

# X takes a file of as many ids; what is left over is the next job's.
MOST_IDS = 1_000_000
AT_ONCE = 2000


class TwitterComplianceJob(models.Model):
    """Which posts X is asked about: words of which its last word is old enough.

    They are the same whenever they are looked for, but for those X has told of since.
    """

    _inherit = "twitter.compliance.job"

    def _choose(self):
        """Write down which posts X is asked about, once, in an own transaction.

        :return: whether there are any
        """
        with own_transaction(self.env) as env:
            job = self.with_env(env)
            if not job.asked_at:
                now = fields.Datetime.now()
                job.write({"asked_at": now, "upto_id": job._last_chosen(now)})
            return bool(job._chosen_after(0, 1))

    def _chosen_ids(self):
        """Yield their ids on X, in own transactions of which none is open between."""
        last = 0
        while True:
            with own_transaction(self.env) as env:
                chosen = self.with_env(env)._chosen_after(last, AT_ONCE)
            if not chosen:
                return
            yield from dict.fromkeys(post_id for _id, _author, post_id in chosen)
            last = chosen[-1][0]

    # ------------------------------------------------------------
    # PARTS OF OWN TRANSACTIONS
    # ------------------------------------------------------------

    def _last_chosen(self, asked_at):
        query = SQL(
            """
            SELECT max(id)
              FROM (SELECT id FROM twitter_interaction
                     WHERE content IS NOT NULL AND verified_at <= %s
                  ORDER BY id LIMIT %s) chosen
            """,
            asked_at - CHOSEN_AFTER,
            MOST_IDS,
        )
        [[last]] = self.env.execute_query(query)
        return last or 0

    def _chosen_after(self, last, limit):
        """``[(id, id of the author, X's id)]`` of the next ones after a row."""
        query = SQL(
            """
            SELECT id, author_id, post_id
              FROM twitter_interaction
             WHERE content IS NOT NULL AND verified_at <= %s AND id > %s AND id <= %s
          ORDER BY id LIMIT %s
            """,
            self.asked_at - CHOSEN_AFTER,
            last,
            self.upto_id,
            limit,
        )
        return self.env.execute_query(query)
