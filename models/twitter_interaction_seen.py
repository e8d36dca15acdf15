from datetime import timedelta

from odoo import models
from odoo.tools import SQL

# How exactly is kept when X last told of an author: each write of the row has requests
# that move the author meanwhile begin anew.
SEEN_INTERVAL = timedelta(hours=1)


class TwitterAuthor(models.Model):
    """Who is kept because X has told of a post of theirs."""

    _inherit = "twitter.author"

    _seen_index = models.Index("(seen_at) WHERE seen_at IS NOT NULL")

    def _see(self, moment):
        """Write that X told of a post of theirs then; part of an own transaction.

        Not where it is written that X has within the hour before: who they are is shown
        for as much less, and nobody who moves them meanwhile has to begin anew.
        """
        if not self:
            return
        self.flush_model()
        query = SQL(
            """
            UPDATE twitter_author SET seen_at = %(moment)s
             WHERE id IN (SELECT id FROM twitter_author
                           WHERE id = ANY(%(ids)s)
                             AND (seen_at IS NULL OR seen_at <= %(before)s)
                        ORDER BY id FOR NO KEY UPDATE)
         RETURNING id
            """,
            moment=moment,
            before=moment - SEEN_INTERVAL,
            ids=self.ids,
        )
        self.env.execute_query(query)
        self.invalidate_recordset(flush=False)
