from datetime import timedelta

from odoo import api, fields, models

from ..x_api import XStopped
from .twitter_limit import BREAKER, aware

# The breaker opens at this many points in a row: two calls that held up whoever waited,
# or six that failed at once. What is tried three times does not open it alone.
OPENS_AT, SLOW_FAILURE, QUICK_FAILURE = 6, 3, 1
SLOW = 3  # seconds
# X is not asked for as long: then one call is let through to see, and each that fails
# doubles the time.
OPEN_FOR, OPEN_AT_MOST = timedelta(seconds=30), timedelta(minutes=5)
# As long as the one call that is let through may take.
PROBING = timedelta(seconds=20)


class TwitterLimit(models.Model):
    """Where X fails again and again it is left alone for a while."""

    _inherit = "twitter.limit"

    # ------------------------------------------------------------
    # PARTS OF THE GATE'S OWN TRANSACTIONS
    # ------------------------------------------------------------

    @api.model
    def _pass_breaker(self, breaker, now):
        """
        :raise XStopped: ``down``: X is not asked for now
        """
        is_over = breaker["until"] <= now and self._take_probe(now)
        if not is_over:
            raise self._down(breaker)

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
    def _down(self, breaker):
        return XStopped("down", until=aware(breaker["until"]))
