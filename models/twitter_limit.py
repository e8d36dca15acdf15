from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from odoo import api, fields, models
from odoo.tools import SQL

from ..x_api import XOutOfCredits, XStopped, XUnavailable, XUnreachable

CREDITS, BREAKER = "credits", "breaker"
# Administrators were told that the credits are gone, and no call has succeeded since.
TOLD = "credits_told"


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
    openings = fields.Integer(readonly=True, help="Of the breaker, in a row")

    _key_unique = models.Constraint("UNIQUE(key)")

    # ------------------------------------------------------------
    # PARTS OF THE GATE'S OWN TRANSACTIONS
    # ------------------------------------------------------------

    @api.model
    def _admit(self, call, who, is_background):
        """Let a call out, and count it in its windows.

        :param who: see `_window_keys`
        :raise XStopped: ``out_of_credits``, ``down`` or ``too_many``
        :rtype: Standing
        """
        now = fields.Datetime.now()
        rows = self._rows([CREDITS, BREAKER, TOLD])
        if CREDITS in rows and call.billable:
            raise XStopped("out_of_credits")
        keys = sorted(self._window_keys(call.endpoint, who).values())
        self._take_place(keys, is_background, now)
        breaker = rows.get(BREAKER)
        if breaker and breaker["until"]:
            self._pass_breaker(breaker, now)
        return Standing(had_failures=bool(breaker), had_no_credit=TOLD in rows)

    @api.model
    def _note(self, call, who, settlement, standing, seconds):
        """Keep what X's answer says about the next call, or that there was none.

        In the order in which `_admit` takes the rows.

        :param who: see `_window_keys`
        :param seconds: how long it took
        """
        error = settlement.error
        self._note_windows(call.endpoint, who, settlement)
        if isinstance(error, XOutOfCredits):
            self._note_credits()
        if isinstance(error, (XUnreachable, XUnavailable)):
            self._note_failure(seconds)
        elif standing.had_failures and settlement.status:
            self._close_breaker()

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

    # ------------------------------------------------------------
    # WITHOUT A CALL
    # ------------------------------------------------------------

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
