import logging
import time
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain

from .own_transaction import Busy, own_transaction
from .twitter_action import UNDOES

_logger = logging.getLogger(__name__)

# How long X's answer to something that is done is carried to the database.
PAUSES = (0.1, 0.3, 1, 2, 4)  # seconds


class TwitterEngagement(models.Model):
    """How an engagement ended, written down once X has said so."""

    _inherit = "twitter.engagement"

    is_noted = fields.Boolean(
        string="In the Chatter", readonly=True, help="Or not to be written there"
    )

    _unnoted_index = models.Index("(id) WHERE state = 'done' AND is_noted IS NOT TRUE")

    @api.model
    def _end(self, row_id, outcome):
        """Write down how it ended, and tell the chatter, in own transactions.

        It has happened: a database that is gone for a moment, or a row somebody holds,
        is waited for, and never raised. What could not be written the cron finds out.

        :param Outcome outcome: what X said
        :return: whether it is written
        """
        for pause in (*PAUSES, None):
            try:
                with own_transaction(self.env) as env:
                    env["twitter.engagement"].browse(row_id)._write_end(outcome)
                if outcome.state == "done":
                    self.browse(row_id)._tell()
                return True
            except (Busy, psycopg2.Error) as error:
                if pause is None:
                    _logger.warning(
                        "The end of an engagement with X was not written (%s)",
                        type(error).__name__,
                    )
                    return False
                time.sleep(pause)

    def _write_end(self, outcome):
        """Part of an own transaction; once settled, a row stays as it is."""
        if self._lock_state() not in ("opened", "sending", "unknown"):
            return
        values = outcome.values
        values["check_at"] = False
        if outcome.state == "unknown":
            values["check_at"] = outcome.check_at or self._next_check()
            if self.state == "unknown":
                values.pop("reason")
        if outcome.state == "done":
            values["done_at"] = fields.Datetime.now()
            values["cost"] = self.expected_cost
            values["is_request"] = outcome.following == "pending"
        if outcome.cost is not None:
            values["cost"] = outcome.cost
        self.write(values)
        if outcome.state == "done":
            self._take_back()
        # Colleagues who look at the card must not do it once more.
        self.env["twitter.interaction"]._announce(self.interaction_id.company_id)

    def _take_back(self):
        """What this one has deleted or undone is no touch any more."""
        about = self._undone()
        if about:
            mine = Domain("account_id", "=", False) & Domain(
                "user_id", "=", self.user_id.id
            )
            whose = mine
            if self.account_id:
                whose |= Domain("account_id", "=", self.account_id.id)
            done = Domain("state", "=", "done") & Domain("deleted_at", "=", False)
            self.search(about & whose & done).write({"deleted_at": self.done_at})

    def _undone(self):
        """Which engagements this one undoes, as a domain; none for most."""
        if self.kind == "delete" and self.post_id:
            return Domain("result_id", "=", self.post_id)
        if self.kind not in UNDOES:
            return None
        kind = Domain("kind", "=", UNDOES[self.kind])
        if self.kind == "unfollow":
            return self.profile_id and kind & Domain(
                "profile_id", "=", self.profile_id.id
            )
        return self.post_id and kind & Domain("post_id", "=", self.post_id)

    def _tell(self):
        """Write the note, once, in a transaction of its own.

        Whatever keeps it from being written must not undo that it was done; the cron
        tries again.
        """
        try:
            with own_transaction(self.env) as env:
                row = self.with_env(env)
                if row._lock_state() == "done" and not row.is_noted:
                    row.is_noted = True
                    row._note()
        except Exception:
            _logger.exception("A note on an engagement was not written")

    def _lock_state(self):
        """Lock the row; return its state as it is now, None for none."""
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT state FROM twitter_engagement WHERE id = %s FOR NO KEY UPDATE",
            [self.id],
            log_exceptions=False,
        )
        row = self.env.cr.fetchone()
        self.invalidate_recordset(flush=False)
        return row and row[0]

    def _age(self):
        return fields.Datetime.now() - self.date

    def _next_check(self):
        """Sooner at first, then ever more seldom: each check may cost something."""
        wait = min(max(self._age(), timedelta(minutes=1)), timedelta(days=1))
        return fields.Datetime.now() + wait
