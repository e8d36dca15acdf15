import logging

from psycopg2.errors import (
    DeadlockDetected,
    ForeignKeyViolation,
    LockNotAvailable,
    SerializationFailure,
)

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .own_transaction import Busy
from .twitter_account_leaving import REVOCATION_TIME
from .twitter_account_members import CONNECTED_APPS_PATH
from .twitter_profile_forgetting import ASSOCIATED_MODELS

_logger = logging.getLogger(__name__)

#: Another transaction was first; it is tried again.
RACES = (
    SerializationFailure,
    DeadlockDetected,
    LockNotAvailable,
    ForeignKeyViolation,
    Busy,
)
MOST_RACES = 20
#: As long as X is waited for in all: a second for each connection (several are told of
#: side by side), and no longer than Odoo lets a scheduled action be.
LONGEST_REVOCATION = 60  # seconds
#: In the report's counts: connections X could not be told the end of.
UNTOLD = "untold"
KEYS = ("client_id", "client_secret", "bearer_token")


class TwitterErasure(models.Model):
    """Erasing all X data, for the day an organisation gives X up, or is given up.

    X gives ten working days (https://docs.x.com/developer-terms/agreement). In the
    background, in batches that are committed each: what is left is what is still in the
    tables, so that it goes on after a restart wherever it was. Nobody waits for it for
    longer than a batch.
    """

    _inherit = "twitter.erasure"

    total = fields.Integer(readonly=True, help="Rows there were when it began")
    done = fields.Integer(readonly=True, help="Rows that are erased")
    progress = fields.Float(compute="_compute_progress", help="In percent")

    _running_unique = models.UniqueIndex(
        "(scope) WHERE scope = 'all' AND ended_at IS NULL"
    )

    @api.depends("total", "done", "ended_at")
    def _compute_progress(self):
        for row in self:
            share = row.done / row.total if row.total else 0
            row.progress = 100 if row.ended_at else min(99, 100 * share)

    def _compute_summary(self):
        result = super()._compute_summary()
        for row in self:
            untold = (row.counts or {}).get(UNTOLD)
            if untold:
                row.summary += "\n" + self.env._(
                    "X could not be told of the end of %(number)s connections: their"
                    " keys are erased here, and whoever owns the accounts removes the"
                    " app on %(page)s.",
                    number=untold,
                    page=self.env["twitter.account"]._site_url() + CONNECTED_APPS_PATH,
                )
        return result

    # ------------------------------------------------------------
    # WHO MAY, AND HOW IT STANDS
    # ------------------------------------------------------------

    @api.model
    def _check_may_erase_all(self):
        """
        :raise AccessError: the user is no administrator of all companies
        """
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only administrators can erase all X data."))
        # sudo: res.company - whether there are others, not which
        companies = self.env["res.company"].sudo().search([("id", "!=", False)])
        if companies - self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "All companies' X data is erased by an administrator who works in"
                    " all of them."
                )
            )

    @api.model
    def _running(self):
        """The erasure of everything that is under way; maybe none."""
        # sudo: twitter.erasure - how far it is, told in the settings
        return self.sudo().search([("scope", "=", "all"), ("ended_at", "=", False)])

    def _told(self):
        """How far it is, in a sentence; '' where none is under way."""
        if not self:
            return ""
        return self.env._(
            "All X data is being erased: %(done)s of %(total)s rows, %(percent)d %%.",
            done=self.done,
            total=max(self.total, self.done),
            percent=self.progress,
        )

    @api.model
    def _begin_all(self):
        """Have everything erased in the background; the caller has checked the user.

        :return: the report, which tells how far it is
        """
        row = self._running()
        if not row:
            # sudo: twitter.erasure - rows are written by the server alone
            row = self.sudo().create({"scope": "all", "user_id": self.env.uid})
        self._wake()
        return row

    @api.model
    def _wake(self):
        # sudo: ir.cron - whoever began was checked
        self.env.ref("crm_twitter.ir_cron_erase_all").sudo()._trigger()

    # ------------------------------------------------------------
    # TALKS TO X, AND ERASES
    # ------------------------------------------------------------

    @api.model
    def _cron_erase_all(self):
        """Go on with what is under way, batch by batch."""
        progress = self.env["ir.cron"]._commit_progress
        row = self._running()
        if not row:
            progress(remaining=0)
            return
        races = step = 0
        while True:
            try:
                if not row.total:
                    row._start()
                kind, number, step = row._erase_batch(step)
                row._note_batch(kind, number)
            except RACES as error:
                self.env.cr.rollback()
                self.env.invalidate_all()
                races, step = races + 1, 0
                _logger.info("Erasing X data: %s", type(error).__name__)
                if races == MOST_RACES:
                    # The next run of the cron goes on.
                    return
                continue
            left = max(0, row.total - row.done) if number else 0
            has_time = progress(number, remaining=left or (1 if number else 0))
            if not number:
                return
            if not has_time:
                # Where nobody wakes it, Odoo goes on a minute later.
                self._wake()
                return

    def _start(self):
        """Leave X, and count what there is to do."""
        self._leave_x()
        self.total = max(1, sum(self._count_left().values()))
        self.env["ir.cron"]._commit_progress(remaining=self.total)

    def _note_batch(self, kind, number):
        """Count what a batch erased, in its own transaction; none is the end."""
        if number:
            counts = dict(self.counts or {})
            counts[kind] = counts.get(kind, 0) + number
            self.write({"counts": counts, "done": self.done + number})
        else:
            self.ended_at = fields.Datetime.now()
        self.flush_recordset()

    def _leave_x(self):
        """End all connections, revoke them at X, and forget the keys of the app."""
        # sudo: twitter.account - all of them end, whoever logged in
        accounts = self.env["twitter.account"].sudo()
        everything = accounts.search([("id", "!=", False)])
        tokens = everything._end() if everything else []
        told = accounts._revoke_in(
            tokens, min(LONGEST_REVOCATION, max(REVOCATION_TIME, len(tokens)))
        )
        if told < len(tokens):
            self.counts = {**(self.counts or {}), UNTOLD: len(tokens) - told}
            # The tokens are gone: what comes next may not take this back.
            self.env["ir.cron"]._commit_progress(remaining=1)
        # sudo: ir.config_parameter - nothing asks X for anything from now on
        parameters = self.env["ir.config_parameter"].sudo()
        for name in KEYS:
            parameters.set_param(f"crm_twitter.{name}", False)
        # sudo: twitter.billed.resource - X bills nothing any more
        self.env["twitter.billed.resource"].sudo()._forget_all()

    def _count_left(self):
        """``{table: rows}``, roughly what there is to do."""
        counts = {}
        for _kind, model, _batch in self._steps():
            counts[model] = 0
            for query in self._left_of(model):
                [[number]] = self.env.execute_query(query)
                counts[model] += number
        return counts

    @api.model
    def _left_of(self, model):
        conditions = [SQL("TRUE")]
        if model in ASSOCIATED_MODELS:
            conditions = [condition for condition, _order in self._linked(model)]
        elif model == "mail.tracking.value":
            conditions = [SQL("field_id = ANY(%s)", self._tracked_ids())]
        elif model == "mail.link.preview":
            conditions = [self._is_preview()]
        table = SQL.identifier(self.env[model]._table)
        for condition in conditions:
            yield SQL("SELECT count(*) FROM %s WHERE %s", table, condition)
