from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

# How exactly is kept when X last told of an author: each write of the row has requests
# that move the author meanwhile begin anew.
SEEN_INTERVAL = timedelta(hours=1)


class TwitterAuthor(models.Model):
    """Who is kept because X has told of a post of theirs."""

    _inherit = "twitter.author"

    is_followed = fields.Boolean(
        readonly=True,
        help="Whether the company's account followed them when X last told of both",
    )

    _seen_index = models.Index("(seen_at) WHERE seen_at IS NOT NULL")

    def _see(self, moment, followed=None):
        """Write that X told of a post of theirs then; part of an own transaction.

        Not where it is written that X has within the hour before: who they are is shown
        for as much less, and nobody who moves them meanwhile has to begin anew.

        :param followed: whom of them the company follows, where X told that
        """
        if not self:
            return
        self.flush_model()
        query = SQL(
            """
            UPDATE twitter_author
               SET seen_at = CASE WHEN seen_at > %(before)s THEN seen_at
                                  ELSE %(moment)s END,
                   is_followed = coalesce(id = ANY(%(followed)s::int[]), is_followed)
             WHERE id IN (SELECT id FROM twitter_author
                           WHERE id = ANY(%(ids)s)
                             AND (seen_at IS NULL OR seen_at <= %(before)s
                                  OR coalesce(is_followed, FALSE)
                                     != (id = ANY(%(followed)s::int[])))
                        ORDER BY id FOR NO KEY UPDATE)
         RETURNING id
            """,
            moment=moment,
            before=moment - SEEN_INTERVAL,
            ids=self.ids,
            # NULL, where X did not tell, is equal to nothing and changes nothing.
            followed=None if followed is None else followed.ids,
        )
        self.env.execute_query(query)
        self.invalidate_recordset(flush=False)
