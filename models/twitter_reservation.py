import logging
from datetime import timedelta

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from .own_transaction import Busy, own_transaction
from .payer import Payer

_logger = logging.getLogger(__name__)

# A call, and what is written after it, takes less (see `x_api.transport`).
RESERVED_FOR = timedelta(minutes=3)


class TwitterReservation(models.Model):
    """The most a call under way can cost: it counts as spent until it is settled.

    It expires: where a worker was killed, nobody knows what X has billed. It then
    counts as spent at its most on the day it was made, once and for good, and holds
    nothing back any more.
    """

    _name = "twitter.reservation"
    _description = "Money Reserved for a Call of X"
    _rec_name = "endpoint"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        "res.users", readonly=True, ondelete="set null", index="btree_not_null"
    )
    clicked_by = fields.Integer(
        readonly=True,
        help="The user's id, also of one who was deleted since; 0 in the background",
    )
    account_id = fields.Many2one("twitter.account", readonly=True, ondelete="set null")
    account_handle = fields.Char(readonly=True)
    endpoint = fields.Char(required=True, readonly=True)
    kinds = fields.Json(
        readonly=True, help="The most of each kind: [[kind, number, USD of all]]"
    )
    amount = fields.Float(digits=(16, 4), required=True, readonly=True)
    reserved_at = fields.Datetime(required=True, readonly=True)
    expires_at = fields.Datetime(required=True, readonly=True, index=True)

    @api.model
    def _insert(self, payer, endpoint, costs, now):
        """Reserve; part of the gate's own transaction. Returns the row's id.

        :param costs: ``{kind: (number, USD)}``, the most of each
        """
        [[id_]] = self.env.execute_query(
            SQL(
                """
                INSERT INTO twitter_reservation
                            (company_id, user_id, clicked_by, account_id,
                             account_handle, endpoint, kinds, amount, reserved_at,
                             expires_at)
                     VALUES (%(company)s, %(user)s, %(clicked_by)s, %(account)s,
                             %(handle)s, %(endpoint)s, %(kinds)s, %(amount)s, %(now)s,
                             %(end)s)
                  RETURNING id
                """,
                company=payer.company_id,
                user=payer.user_id or None,
                clicked_by=payer.user_id,
                account=payer.account_id or None,
                handle=payer.handle,
                endpoint=endpoint,
                kinds=Json(
                    [
                        [kind, number, float(usd)]
                        for kind, (number, usd) in costs.items()
                    ]
                ),
                amount=sum(usd for _number, usd in costs.values()),
                now=now,
                end=now + RESERVED_FOR,
            )
        )
        return id_

    @api.model
    def _cron_settle(self):
        """Count as spent, at its most, what was never settled."""
        progress = self.env["ir.cron"]._commit_progress
        over = self.search([("expires_at", "<", fields.Datetime.now())], order="id")
        progress(remaining=len(over))
        for row in over:
            row._count_at_its_most()
            if not progress(1):
                return  # out of time: Odoo calls again

    def _count_at_its_most(self):
        """In an own transaction: the gate may be settling it at last."""
        try:
            with own_transaction(self.env) as env:
                row = self.with_env(env)
                env.cr.execute(
                    "SELECT FROM twitter_reservation WHERE id = %s"
                    " FOR UPDATE SKIP LOCKED",
                    [row.id],
                )
                if env.cr.rowcount:
                    row._count_locked()
        except Busy:
            _logger.info("A reservation is counted later: its rows are in use")

    def _count_locked(self):
        day = self.reserved_at.date()
        counted = {
            kind: (int(place == 0), number, number, usd)
            for place, (kind, number, usd) in enumerate(self.kinds)
        }
        payer = Payer(
            self.company_id.id,
            self.clicked_by,
            self.account_id.id or 0,
            self.account_handle or "",
        )
        budgets = self.env["twitter.budget"]._lock_for(
            self.company_id.id, payer.user_id
        )
        budgets._spend(self.amount, day)
        self.env["twitter.usage"]._count(day, payer, counted)
        self.unlink()
