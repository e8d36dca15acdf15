import hashlib
import logging
import time
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

import psycopg2
from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .own_transaction import Busy, own_transaction
from .twitter_action import ACTIONS

_logger = logging.getLogger(__name__)

# What was done this short a time ago is not done again: another tab had it done.
JUST_NOW = timedelta(seconds=30)
# How long X's answer to something that is done is carried to the database.
PAUSES = (0.1, 0.3, 1, 2, 4)  # seconds
# A request that is older has ended, one way or the other: the cron looks after it.
SENDING_AT_MOST = timedelta(minutes=2)


@dataclass(frozen=True)
class Outcome:
    """How something ended on X: the columns of an engagement.

    ``problem`` is an XProblem to tell, or None. ``following`` is "following" or
    "pending" after a follow that X has just answered.
    """

    state: str
    result_id: str = ""
    reason: str = ""
    refusal: str = ""
    cost: float = 0
    problem: object = None
    following: str = ""

    @property
    def values(self):
        return {
            "state": self.state,
            "result_id": self.result_id or False,
            "reason": self.reason or False,
            "refusal": self.refusal or False,
            "cost": self.cost,
        }


class TwitterEngagement(models.Model):
    """The outbox: nothing goes to X that was not written down and committed before."""

    _inherit = "twitter.engagement"

    check_at = fields.Datetime(
        readonly=True,
        help="When X is asked next what became of it, where that is not known",
    )

    _check_index = models.Index("(check_at) WHERE check_at IS NOT NULL")

    # ------------------------------------------------------------
    # BEFORE X IS ASKED
    # ------------------------------------------------------------

    @api.model
    def _begin(self, values):
        """Write an intention down, in an own transaction, unless it is there already.

        It is there where the same request arrives again, where another tab or a
        colleague is just at the same thing, had it done a moment ago, or where X has
        not said yet whether it is done.

        :param values: the columns, with ``request_uid`` and ``intention``
        :return: (id, whether it is to be carried out now)
        :raise AccessError: the request was another user's
        :raise Busy: another worker holds the row for too long
        """
        with own_transaction(self.env) as env:
            rows = env["twitter.engagement"]
            for _attempt in range(3):
                row = rows._already_there(values)
                if row:
                    return row.id, False
                row_id = rows._insert(values)
                if row_id:
                    return row_id, True
        raise Busy(self.env)

    @api.model
    def _already_there(self, values):
        row = self.search([("request_uid", "=", values["request_uid"])])
        if row:
            if row.user_id.id != values["user_id"]:
                raise AccessError(self.env._("This is not your request."))
            return row
        if values["route"] != "api":
            return row
        same = [("intention", "=", values["intention"]), ("route", "=", "api")]
        last = self.search(
            [*same, ("state", "=", "done"), ("deleted_at", "=", False)],
            order="done_at desc, id desc",
            limit=1,
        )
        just_now = fields.Datetime.now() - JUST_NOW
        if last.kind == values["kind"] and last.done_at > just_now:
            return last
        return self.search([*same, ("state", "in", ("sending", "unknown"))])

    @api.model
    def _insert(self, values):
        """The id of a new row, or None where another transaction was first."""
        now = fields.Datetime.now()
        row = {
            **values,
            "media": Json(values["media"]) if values.get("media") else None,
            "date": now,
            "create_date": now,
            "write_date": now,
            "create_uid": values["user_id"],
            "write_uid": values["user_id"],
        }
        if values["route"] == "api":
            row["check_at"] = now + SENDING_AT_MOST
        columns = SQL(", ").join(map(SQL.identifier, row))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO twitter_engagement (%s) VALUES (%s)
                ON CONFLICT DO NOTHING RETURNING id
                """,
                columns,
                SQL(", ").join(
                    SQL("%s", None if value is False else value)
                    for value in row.values()
                ),
            ),
            log_exceptions=False,
        )
        found = self.env.cr.fetchone()
        return found and found[0]

    @api.model
    def _intention_of(self, kind, account, target, text="", pictures=()):
        """What two attempts at the same thing have in common.

        A follow and an unfollow are of one intention: while it is not known how the one
        ended, the other must wait.

        :param target: X's id of the post or person, or a handle
        :param pictures: their bytes
        """
        parts = [ACTIONS[kind].family, account.twitter_id or "", target]
        if ACTIONS[kind].has_text:
            content = hashlib.sha256(comparable(text).encode())
            for picture in pictures:
                content.update(hashlib.sha256(picture).digest())
            parts.append(content.hexdigest())
        return ":".join(parts)

    # ------------------------------------------------------------
    # AFTERWARDS
    # ------------------------------------------------------------

    @api.model
    def _end(self, row_id, outcome):
        """Write down how it ended, and tell the chatter, in an own transaction.

        It has happened: a database that is gone for a moment, or a row somebody holds,
        is waited for, and never raised. What could not be written the cron finds out.

        :param Outcome outcome: what X said
        :return: whether it is written
        """
        for pause in (*PAUSES, None):
            try:
                with own_transaction(self.env) as env:
                    env["twitter.engagement"].browse(row_id)._write_end(outcome)
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
        if outcome.state == "unknown":
            values["check_at"] = self._next_check()
            if self.state == "unknown":
                values.pop("reason")
        else:
            values["check_at"] = False
        if outcome.state == "done":
            values["done_at"] = fields.Datetime.now()
        self.write(values)
        if outcome.state == "done":
            self._after_done()

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

    def _after_done(self):
        """What follows from it, once."""
        if self.kind == "delete" and self.post_id:
            self.search([("result_id", "=", self.post_id)]).write(
                {"deleted_at": self.done_at}
            )
        self._note()

    def _age(self):
        return fields.Datetime.now() - self.date

    def _next_check(self):
        """Sooner at first, then ever more seldom: each check may cost something."""
        wait = min(max(self._age(), timedelta(minutes=1)), timedelta(days=1))
        return fields.Datetime.now() + wait


def comparable(text):
    """A text as X compares it with others: composed, without space around."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())
