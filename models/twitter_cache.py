import logging
from datetime import datetime, time, timedelta

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT

from .own_transaction import Busy, own_transaction

_logger = logging.getLogger(__name__)

# Ends the key of an answer that X gives to one account only, before the account's id.
SEEN_BY = ":as:"


class TwitterCache(models.Model):
    """An answer of X, kept until the UTC day ends at the latest.

    X bills a resource once per UTC day, and its content must not be shown long after X
    took it back; both make the day's end the natural end of a stored answer. The key
    says what was asked, and by whom where the answer depends on that.
    """

    _name = "twitter.cache"
    _description = "Stored Answer of X"
    _rec_name = "key"

    key = fields.Char(required=True)
    value = fields.Json(required=True)
    profile_id = fields.Many2one("twitter.profile", ondelete="cascade", index=True)
    read_at = fields.Datetime(required=True)
    expires_at = fields.Datetime(required=True, index=True)

    _key_unique = models.UniqueIndex("(key)")

    @api.model
    def _get(self, key):
        """Return ``(value, read at)`` of a stored answer, or ``(None, None)``."""
        # sudo: twitter.cache - users read it through methods that check them
        row = self.sudo().search(
            [("key", "=", key), ("expires_at", ">", fields.Datetime.now())]
        )
        return (row.value, row.read_at) if row else (None, None)

    @api.model
    def _about(self, profile, prefix, account):
        """Stored answers about a profile whose keys begin with `prefix`, newest first.

        :param account: whose eyes it is for: what only others may see is left out
        """
        # sudo: twitter.cache - users read it through methods that check them
        rows = self.sudo().search(
            [
                ("profile_id", "=", profile.id),
                ("key", "=like", prefix.replace("_", "\\_") + "%"),
                ("expires_at", ">", fields.Datetime.now()),
            ],
            order="read_at desc, id desc",
        )
        seen = rows.filtered(
            lambda row: SEEN_BY not in row.key
            or row.key.endswith(f"{SEEN_BY}{account.id}")
        )
        return [row.value for row in seen]

    @api.model
    def _put(self, key, value, profile_id=None):
        """Keep an answer, in an own transaction; return when it was read.

        It has been paid for: where another worker is in the way, it is not kept, but
        shown all the same. Nor is it where it is about a profile no record links now.
        """
        now = fields.Datetime.now()
        try:
            with own_transaction(self.env) as env:
                if not profile_id or env["twitter.profile"].browse(profile_id)._claim():
                    env["twitter.cache"]._put_row(key, value, profile_id, now)
        except Busy:
            _logger.info("An answer of X was not kept: its row is in use")
        return now

    @api.model
    def _put_row(self, key, value, profile_id, now):
        self.env.execute_query(
            SQL(
                """
                INSERT INTO twitter_cache (key, value, profile_id, read_at, expires_at)
                     VALUES (%(key)s, %(value)s, %(profile_id)s, %(now)s, %(end)s)
                ON CONFLICT (key) DO UPDATE
                        SET value = EXCLUDED.value,
                            profile_id = EXCLUDED.profile_id,
                            read_at = EXCLUDED.read_at,
                            expires_at = EXCLUDED.expires_at
                  RETURNING id
                """,
                key=key,
                value=Json(value),
                profile_id=profile_id,
                now=now,
                end=end_of_day(now),
            )
        )

    @api.autovacuum
    def _gc_expired(self):
        over = Domain("expires_at", "<=", fields.Datetime.now())
        rows = self.search(over, limit=GC_UNLINK_LIMIT)
        rows.unlink()
        return len(rows), len(rows) == GC_UNLINK_LIMIT


def end_of_day(moment):
    """The end of `moment`'s UTC day; both naive, in UTC."""
    return datetime.combine(moment.date() + timedelta(days=1), time.min)
