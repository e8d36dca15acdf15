import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .own_transaction import Busy, own_transaction
from .twitter_action import ACTIONS

# What was done this short a time ago is not done again: another tab had it done.
JUST_NOW = timedelta(seconds=30)
# A request that is older has ended, one way or the other: the cron looks after it. It
# is sent within two minutes (see `SENT_WITHIN`), tried at most twice, with a token
# renewed between, each of which X has half a minute for.
SENDING_AT_MOST = timedelta(minutes=5)


@dataclass(frozen=True)
class Outcome:
    """How something ended on X: the columns of an engagement.

    ``cost`` is in USD, None for what was expected of it. ``problem`` is an XProblem to
    tell, or None. ``following`` is "following" or "pending" after a follow that X has
    just answered. ``check_at`` is when X is asked about what is unknown (naive, UTC),
    None for the usual time.
    """

    state: str
    result_id: str = ""
    reason: str = ""
    refusal: str = ""
    cost: float | None = None
    problem: object = None
    following: str = ""
    check_at: object = None

    @property
    def values(self):
        return {
            "state": self.state,
            "result_id": self.result_id or False,
            "reason": self.reason or False,
            "refusal": self.refusal or False,
        }


class TwitterEngagement(models.Model):
    """The outbox: nothing goes to X that was not written down and committed before."""

    _inherit = "twitter.engagement"

    check_at = fields.Datetime(
        readonly=True,
        help="When X is asked next what became of it, where that is not known",
    )

    expected_cost = fields.Float(digits=(16, 4), readonly=True)

    _check_index = models.Index("(check_at) WHERE check_at IS NOT NULL")
    _just_done_index = models.Index(
        "(intention, done_at) WHERE state = 'done' AND route = 'api'"
    )

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
            # One at a time looks whether it is there, and writes it down if not.
            rows._lock_intention(values["intention"])
            row = rows._already_there(values)
            if row:
                return row.id, False
            row_id = rows._insert(values)
            if row_id:
                return row_id, True
        # The same request, with other words, at the same moment.
        raise Busy(self.env)

    @api.model
    def _lock_intention(self, intention):
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))",
            [f"twitter engagement {intention}"],
            log_exceptions=False,
        )

    @api.model
    def _already_there(self, values):
        row = self.search([("request_uid", "=", values["request_uid"])])
        if row:
            if row.user_id.id != values["user_id"]:
                raise AccessError(self.env._("This is not your request."))
            if row.intention != values["intention"]:
                raise UserError(self.env._("This was another request. Try again."))
            return row
        if values["route"] != "api":
            return row
        # In one statement: between two, a row could go from the one state to the other.
        found = self.search(
            Domain("intention", "=", values["intention"])
            & Domain("route", "=", "api")
            & (
                Domain("state", "in", ("sending", "unknown"))
                | Domain("state", "=", "done")
                & Domain("done_at", ">", fields.Datetime.now() - JUST_NOW)
            )
        )
        under_way = found.filtered(lambda row: row.state != "done")
        last = found.sorted(lambda row: (row.done_at or row.date, row.id))[-1:]
        is_so = last.kind == values["kind"] and not last.deleted_at
        return under_way or (last if is_so else self.browse())

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


def comparable(text):
    """A text as X compares it with others: composed, without space around."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())
