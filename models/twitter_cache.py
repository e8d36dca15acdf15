import logging
from datetime import datetime, time, timedelta

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT

from .own_transaction import Busy, own_transaction
from .row_lock import lock_rows

_logger = logging.getLogger(__name__)

# Ends the key of an answer that X gives to one account only, before the account's id.
SEEN_BY = ":as:"
VALUES = ("key", "value", "read_at")


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
    people = fields.Json(help="X's ids of those whose profile or posts are in it")
    read_at = fields.Datetime(required=True)
    expires_at = fields.Datetime(required=True, index=True)

    _key_unique = models.UniqueIndex("(key)")
    _people_index = models.Index("USING gin (people)")

    @api.model
    def _get(self, key, account=None, is_shared=True):
        """Return ``(value, read at)`` of the newest stored answer, or ``(None, None)``.

        :param account: whose own answer counts as well
        :param is_shared: whether that counts which X gives to all alike
        """
        rows = self._rows_of([key], account, is_shared, VALUES)
        row = rows.sorted("read_at", reverse=True)[:1]
        return (row.value, row.read_at) if row else (None, None)

    @api.model
    def _get_all(self, keys, account=None, is_shared=True):
        """``{key: value}`` of those of the keys that `_get` has an answer for."""
        rows = self._rows_of(keys, account, is_shared, VALUES).sorted("read_at")
        return {row.key.partition(SEEN_BY)[0]: row.value for row in rows}

    @api.model
    def _stored_among(self, keys, account=None, is_shared=True):
        """Those of the keys that `_get` has an answer for."""
        rows = self._rows_of(keys, account, is_shared)
        return {row.key.partition(SEEN_BY)[0] for row in rows}

    @api.model
    def _rows_of(self, keys, account, is_shared, names=("key",)):
        wanted = self._keys_of(keys, account, is_shared)
        now = fields.Datetime.now()
        # sudo: twitter.cache - users read it through methods that check them
        return self.sudo().search_fetch(
            [("key", "in", wanted), ("expires_at", ">", now)], names
        )

    @api.model
    def _keys_of(self, keys, account, is_shared):
        shared = keys if is_shared else []
        return [*shared, *(seen_by(key, account) for key in keys if account)]

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
    def _put(self, key, value, profile_id=None, people=(), account=None):
        """Keep an answer, in an own transaction; return when it was read.

        It has been paid for: where another worker is in the way, it is not kept, but
        shown all the same. Nor is it where it is about a profile no record links now.

        :param people: X's ids of those who are in it; see `_forget`
        :param account: to which alone X gives it, or none
        """
        now = fields.Datetime.now()
        try:
            with own_transaction(self.env) as env:
                if not profile_id or env["twitter.profile"].browse(profile_id)._claim():
                    cache = env["twitter.cache"]
                    cache._put_row(key, value, profile_id, now, people, account)
        except Busy:
            _logger.info("An answer of X was not kept: its row is in use")
        return now

    @api.model
    def _put_row(self, key, value, profile_id, now=None, people=(), account=None):
        """Keep an answer as `_put` does, as part of an own transaction."""
        now = now or fields.Datetime.now()
        if account:
            # What X gave to all alike before, it does not any more.
            self.env.cr.execute("DELETE FROM twitter_cache WHERE key = %s", [key])
            key = seen_by(key, account)
        self.env.execute_query(
            SQL(
                """
                INSERT INTO twitter_cache (key, value, profile_id, people, read_at,
                                           expires_at)
                     VALUES (%(key)s, %(value)s, %(profile_id)s, %(people)s, %(now)s,
                             %(end)s)
                ON CONFLICT (key) DO UPDATE
                        SET value = EXCLUDED.value,
                            profile_id = EXCLUDED.profile_id,
                            people = EXCLUDED.people,
                            read_at = EXCLUDED.read_at,
                            expires_at = EXCLUDED.expires_at
                  RETURNING id
                """,
                key=key,
                value=Json(value),
                profile_id=profile_id,
                people=Json(sorted(people)),
                now=now,
                end=end_of_day(now),
            )
        )

    @api.model
    def _drop_older_answers(self, twitter_id, profile):
        """Drop what goes with newest posts that are read anew: the pages that follow,
        those with reposts, and the lists of people; part of an own transaction."""
        older = f"^(posts:{twitter_id}:(own|all)|(followers|following):{twitter_id}):"
        self.env.cr.execute(
            "DELETE FROM twitter_cache WHERE profile_id = %s AND key ~ %s",
            [profile.id, older],
        )

    @api.model
    def _forget(self, profiles):
        """Drop what is about these people, or has something of theirs in it."""
        self.flush_model()
        handles = [f"handle:{profile.handle.lower()}" for profile in profiles]
        ids = self.env.execute_query(
            SQL(
                """
                SELECT id FROM twitter_cache
                 WHERE profile_id = ANY(%s) OR key = ANY(%s) OR people ?| %s
                """,
                profiles.ids,
                handles,
                [
                    twitter_id
                    for twitter_id in profiles.mapped("twitter_id")
                    if twitter_id
                ],
            )
        )
        answers = self.browse(row[0] for row in ids)
        lock_rows(answers)
        answers.unlink()

    @api.autovacuum
    def _gc_expired(self):
        over = Domain("expires_at", "<=", fields.Datetime.now())
        rows = self.search(over, limit=GC_UNLINK_LIMIT)
        rows.unlink()
        return len(rows), len(rows) == GC_UNLINK_LIMIT


def seen_by(key, account):
    """The key of what X gives to one account only."""
    return f"{key}{SEEN_BY}{account.id}"


def end_of_day(moment):
    """The end of `moment`'s UTC day; both naive, in UTC."""
    return datetime.combine(moment.date() + timedelta(days=1), time.min)
