from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from odoo import api, fields, models
from odoo.tools import SQL

from ..x_api import XOutOfCredits, XStopped, XTooMany, XUnavailable, XUnreachable

CREDITS, BREAKER = "credits", "breaker"
# Administrators were told that the credits are gone, and no call has succeeded since.
TOLD = "credits_told"
# The breaker opens at this many points in a row: two calls that held up whoever waited,
# or six that failed at once. What is tried three times does not open it alone.
OPENS_AT, SLOW_FAILURE, QUICK_FAILURE = 6, 3, 1
SLOW = 3  # seconds
# X is not asked for as long: then one call is let through to see, and each that fails
# doubles the time.
OPEN_FOR, OPEN_AT_MOST = timedelta(seconds=30), timedelta(minutes=5)
# As long as the one call that is let through may take.
PROBING = timedelta(seconds=20)
# What is read for nobody in particular leaves so much of a window to people.
LEFT_TO_PEOPLE = 0.1


@dataclass(frozen=True)
class Standing:
    """What the limits said when a call was let out."""

    had_failures: bool
    had_no_credit: bool = False


class TwitterLimit(models.Model):
    """What stops the next call of X, for all workers of all hosts.

    Three kinds of rows: a window of X's rate limits (by account and endpoint, of an
    account, or of the app), the breaker, and whether X's credits are used up.
    https://docs.x.com/x-api/fundamentals/rate-limits
    """

    _name = "twitter.limit"
    _description = "Limit of X"
    _rec_name = "key"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    endpoint = fields.Char(readonly=True)
    account_id = fields.Many2one(
        "twitter.account", string="X Account", readonly=True, ondelete="cascade"
    )
    most = fields.Integer(readonly=True, help="Calls X allows in the window")
    remaining = fields.Integer(readonly=True, help="Calls that are left in it")
    until = fields.Datetime(
        readonly=True, help="When the window ends, or X is asked again", index=True
    )
    since = fields.Datetime(readonly=True)
    failures = fields.Integer(readonly=True, help="Points of the breaker, in a row")

    _key_unique = models.Constraint("UNIQUE(key)")

    # ------------------------------------------------------------
    # PARTS OF THE GATE'S OWN TRANSACTIONS
    # ------------------------------------------------------------

    @api.model
    def _admit(self, call, account, is_background):
        """Let a call out, and count it in its windows.

        :raise XStopped: ``out_of_credits``, ``down`` or ``too_many``
        :rtype: Standing
        """
        now = fields.Datetime.now()
        rows = self._rows([CREDITS, BREAKER, TOLD])
        if CREDITS in rows and call.billable:
            raise XStopped("out_of_credits")
        breaker = rows.get(BREAKER)
        if breaker and breaker["until"]:
            self._pass_breaker(breaker, now)
        self._take_place(self._windows_of(call.endpoint, account), is_background, now)
        return Standing(had_failures=bool(breaker), had_no_credit=TOLD in rows)

    @api.model
    def _pass_breaker(self, breaker, now):
        """
        :raise XStopped: ``down``: X is not asked for now
        """
        is_over = breaker["until"] <= now and self._take_probe(now)
        if not is_over:
            raise self._down(breaker)

    @api.model
    def _down(self, breaker):
        return XStopped("down", until=aware(breaker["until"]))

    @api.model
    def _take_probe(self, now):
        """Whether this call is the one that is let through to see."""
        self.env.cr.execute(
            """
            UPDATE twitter_limit SET until = %s
             WHERE key = %s AND until <= %s
         RETURNING id
            """,
            [now + PROBING, BREAKER, now],
        )
        return bool(self.env.cr.fetchone())

    @api.model
    def _take_place(self, keys, is_background, now):
        """Count a call in its windows before X does: others are on their way.

        :raise XStopped: ``too_many``: X would refuse it
        """
        self.env.cr.execute(
            """
            UPDATE twitter_limit SET remaining = remaining - 1
             WHERE id IN (SELECT id FROM twitter_limit
                           WHERE key = ANY(%s) AND until > %s
                        ORDER BY key FOR NO KEY UPDATE)
         RETURNING remaining, most, until
            """,
            [keys, now],
        )
        over = [
            until
            for remaining, most, until in self.env.cr.fetchall()
            if remaining < (LEFT_TO_PEOPLE * most if is_background else 0)
        ]
        if over:
            raise XStopped("too_many", until=aware(max(over)))

    @api.model
    def _note(self, call, account, settlement, standing, seconds):
        """Keep what X's answer says about the next call, or that there was none.

        :param seconds: how long it took
        """
        error = settlement.error
        keys = self._window_keys(call.endpoint, account)
        windows = {keys[limit.span]: limit for limit in settlement.rate_limits}
        for key in sorted(windows):
            self._keep_window(key, call.endpoint, account, windows[key])
        if isinstance(error, XTooMany) and not self._is_told(windows):
            self._close_window(keys["quarter"], call.endpoint, account, error)
        if isinstance(error, XOutOfCredits):
            self._note_credits()
        if isinstance(error, (XUnreachable, XUnavailable)):
            self._note_failure(seconds)
        elif standing.had_failures and settlement.status:
            self.env.cr.execute("DELETE FROM twitter_limit WHERE key = %s", [BREAKER])

    @api.model
    def _is_told(self, windows):
        """Whether X's headers say which window is used up."""
        return any(not limit.remaining for limit in windows.values())

    @api.model
    def _keep_window(self, key, endpoint, account, limit):
        """What X says of a window; calls on their way are counted here already."""
        until = naive(limit.resets_at)
        self.env.cr.execute(
            """
            INSERT INTO twitter_limit AS kept
                        (key, endpoint, account_id, most, remaining, until)
                 VALUES (%(key)s, %(endpoint)s, %(account)s, %(most)s, %(left)s,
                         %(until)s)
            ON CONFLICT (key) DO UPDATE
                    SET most = EXCLUDED.most,
                        remaining = CASE WHEN kept.until = EXCLUDED.until
                                         THEN LEAST(kept.remaining, EXCLUDED.remaining)
                                         ELSE EXCLUDED.remaining END,
                        until = EXCLUDED.until
                  WHERE kept.until IS NULL OR kept.until <= EXCLUDED.until
            """,
            {
                "key": key,
                "endpoint": endpoint,
                "account": account.id or None,
                "most": limit.limit,
                "left": limit.remaining,
                "until": until,
            },
        )

    @api.model
    def _close_window(self, key, endpoint, account, error):
        self.env.cr.execute(
            """
            INSERT INTO twitter_limit
                        (key, endpoint, account_id, most, remaining, until)
                 VALUES (%s, %s, %s, 0, 0, %s)
            ON CONFLICT (key) DO UPDATE
                    SET remaining = 0, until = EXCLUDED.until
            """,
            [key, endpoint, account.id or None, naive(error.resets_at)],
        )

    @api.model
    def _note_credits(self):
        now = fields.Datetime.now()
        self.env.cr.execute(
            """
            INSERT INTO twitter_limit (key, since) VALUES (%s, %s)
            ON CONFLICT DO NOTHING
            """,
            [CREDITS, now],
        )

    @api.model
    def _note_failure(self, seconds):
        now = fields.Datetime.now()
        points = SLOW_FAILURE if seconds >= SLOW else QUICK_FAILURE
        self.env.cr.execute(
            """
            INSERT INTO twitter_limit AS kept (key, failures, since)
                 VALUES (%(key)s, %(points)s, %(now)s)
            ON CONFLICT (key) DO UPDATE
                    SET failures = kept.failures + EXCLUDED.failures
              RETURNING failures
            """,
            {"key": BREAKER, "points": points, "now": now},
        )
        [failures] = self.env.cr.fetchone()
        if failures >= OPENS_AT:
            doubled = OPEN_FOR * 2 ** min(failures - OPENS_AT, 8)
            self.env.cr.execute(
                "UPDATE twitter_limit SET until = %s WHERE key = %s",
                [now + min(doubled, OPEN_AT_MOST), BREAKER],
            )

    # ------------------------------------------------------------
    # WITHOUT A CALL
    # ------------------------------------------------------------

    @api.model
    def _check_reachable(self):
        """What a request sees before it renews a token, which does not pass the gate.

        :raise XStopped: ``down``
        """
        breaker = self._rows([BREAKER]).get(BREAKER)
        if breaker and breaker["until"] and breaker["until"] > fields.Datetime.now():
            raise self._down(breaker)

    @api.model
    def _is_out_of_credits(self):
        return CREDITS in self._rows([CREDITS])

    @api.model
    def _rows(self, keys):
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT key, until, since, failures FROM twitter_limit"
                " WHERE key = ANY(%s)",
                list(keys),
            )
        )
        return {row["key"]: row for row in rows}

    @api.model
    def _window_keys(self, endpoint, account):
        """``{span: key}``; see `RateLimit`."""
        return {
            "quarter": f"{endpoint}:{account.id}",
            "user-day": f"{endpoint}:{account.id}:day",
            "app-day": f"{endpoint}:day",
        }

    @api.model
    def _windows_of(self, endpoint, account):
        return sorted(self._window_keys(endpoint, account).values())

    @api.autovacuum
    def _gc_over(self):
        self.env.cr.execute(
            "DELETE FROM twitter_limit WHERE until < %s AND key != %s",
            [fields.Datetime.now() - timedelta(days=1), BREAKER],
        )


def naive(moment):
    return moment.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0)


def aware(moment):
    return moment and datetime.replace(moment, tzinfo=timezone.utc)
