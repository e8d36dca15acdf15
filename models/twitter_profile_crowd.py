from odoo import api, models
from odoo.tools import SQL

from .row_lock import lock_rows
from .twitter_profile_renamed import FORMER


class TwitterProfile(models.Model):
    """Keeping many profiles at once, which came along with something else X told.

    As `_of_value` and `_keep` do for one, with as many statements for a hundred. Of who
    was read today, only what is shown of an author is brought up to date.
    """

    _inherit = "twitter.profile"

    @api.model
    def _of_values(self, values):
        """``{X id: row}`` of what X told just now; part of an own transaction.

        A row that was known by its handle alone becomes that of the X account; where
        there is one already, that one stands for it from now on.

        :param values: `Profile`, as X told them
        """
        told = {value.id: value for value in values}
        self._lock_identities(told)
        rows = {
            row.twitter_id: row
            for row in self.search([("twitter_id", "in", list(told))])
        }
        rows |= self._resolve_by_handle(told, rows)
        rows |= self._make_many([told[id_] for id_ in told.keys() - rows.keys()])
        # Read together, not one by one.
        together = self.browse(row.id for row in rows.values())
        rows = dict(zip(rows, together, strict=True))
        self._write_many_told([(row, told[id_]) for id_, row in rows.items()])
        return rows

    @api.model
    def _resolve_by_handle(self, told, known):
        """``{X id: row}`` of rows that were known by handle alone until now."""
        by_handle = {value.handle.lower(): value for value in told.values()}
        self.flush_model(["handle", "twitter_id", "superseded_by_id"])
        found = self.env.execute_query(
            SQL(
                """
                SELECT id, lower(handle)
                  FROM twitter_profile
                 WHERE lower(handle) = ANY(%s)
                   AND twitter_id IS NULL AND superseded_by_id IS NULL
              ORDER BY id
                   FOR NO KEY UPDATE
                """,
                list(by_handle),
            )
        )
        resolved, superseded = {}, False
        for id_, handle in found:
            twitter_id = by_handle[handle].id
            row = self.browse(id_)
            if twitter_id in known:
                row.superseded_by_id = known[twitter_id]
                superseded = True
            else:
                row.twitter_id = twitter_id
                resolved[twitter_id] = row
        self.flush_model(["twitter_id", "superseded_by_id"])
        if superseded:
            for cron in self._following_cron():
                cron._trigger()
        return resolved

    @api.model
    def _make_many(self, values):
        """``{X id: row}`` of new rows; their identities are locked."""
        if not values:
            return {}
        made = self.env.execute_query(
            SQL(
                """
                INSERT INTO twitter_profile (handle, twitter_id, state, create_date,
                                             write_date, create_uid, write_uid)
                     SELECT handle, twitter_id, 'active',
                            now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC',
                            %(uid)s, %(uid)s
                       FROM unnest(%(handles)s, %(ids)s) AS told (handle, twitter_id)
                  RETURNING twitter_id, id
                """,
                handles=[value.handle for value in values],
                ids=[value.id for value in values],
                uid=self.env.uid,
            )
        )
        return {twitter_id: self.browse(id_) for twitter_id, id_ in made}

    @api.model
    def _write_many_told(self, pairs):
        """As `_write_told`, of (row, what X told of it)."""
        changed = [
            (row, value) for row, value in pairs if not row._is_as_told_today(value)
        ]
        lock_rows(self.browse(row.id for row, _value in changed))
        self._write_answers(changed)

    def _is_as_told_today(self, value):
        """Whether the row has been read today, and shows what X told."""
        if self._is_stale() or self.state not in ("active", "protected"):
            return False
        shown = self.handle, self.name or "", self.image_url or ""
        mark = self.verified_type or "", self.is_protected
        return (*shown, *mark) == (
            value.handle,
            value.name,
            value.image_url,
            value.verified_type,
            value.protected,
        )

    def _may_have_taken_handles(self):
        """Those of `self` whose handles somebody else has, or had; see `_losers`."""
        if not self:
            return self
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT taker.id
                  FROM twitter_profile taker
                  JOIN twitter_profile person
                    ON lower(person.handle) = lower(taker.handle)
                   AND person.twitter_id != taker.twitter_id
                 WHERE taker.id = ANY(%(ids)s)
                 UNION
                SELECT taker.id
                  FROM twitter_profile taker
                  JOIN twitter_profile person
                    ON person.former_handles IS NOT NULL
                   AND %(former)s @> to_jsonb(lower(taker.handle))
                   AND person.twitter_id != taker.twitter_id
                 WHERE taker.id = ANY(%(ids)s)
                """,
                ids=self.ids,
                former=FORMER,
            )
        )
        return self.browse(row[0] for row in rows)
