import logging
from dataclasses import replace
from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .row_lock import lock_rows
from .twitter_engagement_finding import FINDERS, NEWEST
from .twitter_engagement_outbox import SENDING_AT_MOST, Outcome
from .x_problem import XProblem

_logger = logging.getLogger(__name__)

# X may show late what it has done: before this age, not seeing it proves nothing.
ABSENCE_COUNTS_AFTER = timedelta(minutes=5)
# X's clock and ours.
CLOCKS_DIFFER = timedelta(minutes=2)
AT_ONCE = 50  # rows of one run of the cron
# So long after its limit has refused, X is asked again, though the limit may hold.
PUT_OFF_AT_MOST = timedelta(days=1)
# For as long, a note that could not be written is tried again.
TOLD_WITHIN = timedelta(days=1)


class TwitterEngagement(models.Model):
    """Finding out what became of what X did not answer; nothing is sent again."""

    _inherit = "twitter.engagement"

    # ------------------------------------------------------------
    # TALKS TO X
    # ------------------------------------------------------------

    @api.model
    def _cron_settle(self):
        """Ask X about what was not answered, oldest first; write notes that failed."""
        progress = self.env["ir.cron"]._commit_progress
        due = self.search(self._due(), order="date, id", limit=AT_ONCE)
        untold = self.search(self._untold(), order="id", limit=AT_ONCE)
        progress(remaining=len(due) + len(untold))
        for row in untold:
            row._tell()
            if not progress(1):
                return
        resting = {}
        for row in due:
            account = row.account_id
            problem = None if account in resting else row._ask_in_background()
            if problem:
                # What holds for one of an account holds for its others.
                resting[account] = getattr(problem, "resets_at", None)
            if account in resting:
                row._put_off(resting[account])
            if not progress(1):
                return
        progress(remaining=0)

    def _ask_in_background(self):
        """Find out about this one.

        :return: XProblem or AccessError: why X cannot be asked now; else None
        """
        try:
            self._find_out()
        except (XProblem, AccessError) as problem:
            # Nobody may act as an account any more that all its users have left.
            _logger.info(
                "What was done as %s is not found out now: %s",
                self.account_id.display_name,
                problem,
            )
            return problem
        except Exception:
            # The others must not wait for one that cannot be found out.
            _logger.exception("An engagement with X cannot be found out")
            self._put_off()
        return None

    def _put_off(self, until=None):
        """Ask X another time.

        :param until: when a limit ends (naive, UTC); a month's may be raised before
        """
        latest = fields.Datetime.now() + PUT_OFF_AT_MOST
        check_at = until and min(until, latest)
        self._end(self.id, replace(self._unanswered(), check_at=check_at))

    @api.model
    def _go_on_before(self, moments):
        """Ask X soon about what was put off until one of `moments` (naive, UTC)."""
        put_off = self.search(
            [("state", "in", ("sending", "unknown")), ("check_at", "in", moments)]
        )
        lock_rows(put_off)
        put_off.write({"check_at": fields.Datetime.now()})

    @api.model
    def _untold(self):
        """Done, and not in the chatter: the note failed."""
        lately = fields.Datetime.now() - TOLD_WITHIN
        return [
            ("state", "=", "done"),
            ("is_noted", "=", False),
            ("done_at", ">", lately),
        ]

    @api.model
    def _due(self):
        now = fields.Datetime.now()
        return [
            ("state", "in", ("sending", "unknown")),
            ("route", "=", "api"),
            ("account_id", "!=", False),
            ("check_at", "<=", now),
        ]

    def _find_out(self):
        """Ask X how this one stands, and write it down.

        :return: the state it has now
        :raise XProblem: X does not answer now
        """
        self.ensure_one()
        if self.state == "sending" and self._age() < SENDING_AT_MOST:
            return self.state  # somebody is waiting for X's answer
        query = self._query()
        with self.account_id._x_session() as x:
            outcome = FINDERS[self.kind](x, query)
        if outcome is None or (
            outcome.state == "not_done" and self._age() < ABSENCE_COUNTS_AFTER
        ):
            outcome = self._unanswered()
        if outcome.state == "not_done":
            reason = self.env._("X does not show it: it was not carried out.")
            outcome = Outcome("not_done", reason=reason)
        self._end(self.id, outcome)
        return outcome.state

    def _query(self):
        """What is asked for, read before X is."""
        # sudo: twitter.profile, twitter.engagement - of the row that is being settled
        row = self.sudo()
        begun = row.date.replace(tzinfo=timezone.utc)
        others = row.search(
            [
                ("account_id", "=", row.account_id.id),
                ("result_id", "!=", False),
                ("date", ">=", row.date - CLOCKS_DIFFER),
                ("id", "!=", row.id),
            ]
        )
        return {
            "me": row.account_id.twitter_id,
            "profile_id": row.profile_id._current().twitter_id or "",
            "post_id": row.post_id or "",
            "text": row.text or "",
            "kind": row.kind,
            "since": begun - CLOCKS_DIFFER,
            "repost_id": row._repost_before().result_id or "",
            # Posts that are known to be another engagement's.
            "taken": set(others.mapped("result_id")),
        }

    def _repost_before(self):
        """The repost that an undoing is of, where it was made from here."""
        return self.search(
            [
                ("kind", "=", "repost"),
                ("account_id", "=", self.account_id.id),
                ("post_id", "=", self.post_id),
                ("result_id", "!=", False),
            ],
            limit=1,
        )

    @api.model
    def _price_of_finding(self):
        """What it costs at most to find out about one, in USD."""
        return round(NEWEST * self.env["twitter.price"]._of("post"), 4)
