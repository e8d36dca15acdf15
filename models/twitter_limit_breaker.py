import logging
from datetime import timedelta

from odoo import api, fields, models

from ..x_api import XStopped
from .own_transaction import Busy, own_transaction
from .twitter_limit import BREAKER, aware

_logger = logging.getLogger(__name__)

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
        """Count a call that X failed at.

        :param seconds: how long it took
        """
        now = fields.Datetime.now()
        points = SLOW_FAILURE if seconds >= SLOW else QUICK_FAILURE
        self.env.cr.execute(
            """
            INSERT INTO twitter_limit AS kept (key, failures, openings)
                 VALUES (%s, %s, 0)
            ON CONFLICT (key) DO UPDATE
                    SET failures = kept.failures + EXCLUDED.failures
              RETURNING failures, openings, since
            """,
            [BREAKER, points],
        )
        failures, openings, since = self.env.cr.fetchone()
        if since and since >= now - timedelta(seconds=seconds):
            return  # it was on its way already when the breaker opened
        if openings or failures >= OPENS_AT:
            doubled = OPEN_FOR * 2 ** min(openings, 8)
            self.env.cr.execute(
                """
                UPDATE twitter_limit
                   SET failures = 0, openings = openings + 1, since = %s, until = %s
                 WHERE key = %s
                """,
                [now, now + min(doubled, OPEN_AT_MOST), BREAKER],
            )

    @api.model
    def _close_breaker(self):
        self.env.cr.execute("DELETE FROM twitter_limit WHERE key = %s", [BREAKER])

    # ------------------------------------------------------------
    # BESIDE THE GATE (OWN TRANSACTIONS)
    # ------------------------------------------------------------

    @api.model
    def _let_through(self):
        """Whether X has failed of late, for a call that does not pass the gate.

        :raise XStopped: ``down``, or ``busy``
        """
        try:
            with own_transaction(self.env) as env:
                limits = env["twitter.limit"]
                breaker = limits._rows([BREAKER]).get(BREAKER)
                if breaker and breaker["until"]:
                    limits._pass_breaker(breaker, fields.Datetime.now())
                return bool(breaker)
        except Busy:
            raise XStopped("busy") from None

    @api.model
    def _note_beside(self, seconds, is_failure):
        """How it went; what X has said is more than what is kept of it."""
        try:
            with own_transaction(self.env) as env:
                limits = env["twitter.limit"]
                if is_failure:
                    limits._note_failure(seconds)
                else:
                    limits._close_breaker()
        except Busy:
            _logger.info("The breaker is in use: a call beside the gate is not counted")

    # ------------------------------------------------------------
    # WITHOUT A CALL
    # ------------------------------------------------------------

    @api.model
    def _check_reachable(self):
        """What a request sees before it looks for a place.

        :return: whether X has failed of late
        :raise XStopped: ``down``
        """
        breaker = self._rows([BREAKER]).get(BREAKER)
        if breaker and breaker["until"] and breaker["until"] > fields.Datetime.now():
            raise self._down(breaker)
        return bool(breaker)

    @api.model
    def _down(self, breaker):
        return XStopped("down", until=aware(breaker["until"]))
