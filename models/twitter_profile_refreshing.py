import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .own_transaction import Busy, own_transaction
from .twitter_profile_forgetting import ASSOCIATED_MODELS
from .twitter_profile_reading import BATCH
from .x_problem_sentences import OVER_BUDGET

_logger = logging.getLogger(__name__)

# Who was looked at within so many days is kept up to date.
LOOKED_AT_WITHIN = timedelta(days=30)


class TwitterProfile(models.Model):
    """Profiles people look at are read once a day, where the administrator wants it."""

    _inherit = "twitter.profile"

    looked_at = fields.Datetime(
        readonly=True, help="When somebody opened the panel on it, exact to a day"
    )

    _looked_at_index = models.Index(
        "(fetched_at, id) WHERE looked_at IS NOT NULL AND superseded_by_id IS NULL"
    )

    # ------------------------------------------------------------
    # WHOM PEOPLE LOOK AT
    # ------------------------------------------------------------

    def _note_look(self):
        """Keep that somebody looks at it, once a day, in an own transaction."""
        today = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        if not self or (self.looked_at and self.looked_at >= today):
            return
        try:
            with own_transaction(self.env) as env:
                # Whoever holds the row may be this very request: never waited for.
                env.cr.execute(
                    """
                    UPDATE twitter_profile SET looked_at = %(now)s
                     WHERE id IN (SELECT id FROM twitter_profile
                                   WHERE id = %(id)s
                                     AND (looked_at < %(today)s OR looked_at IS NULL)
                                     FOR NO KEY UPDATE SKIP LOCKED)
                    """,
                    {"id": self.id, "now": fields.Datetime.now(), "today": today},
                )
        except Busy:
            _logger.info("That a profile was looked at is noted another time")

    # ------------------------------------------------------------
    # THE CRON
    # ------------------------------------------------------------

    @api.model
    def _cron_refresh(self):
        """Read who was looked at lately and not read today, the oldest first."""
        progress = self.env["ir.cron"]._commit_progress
        if self.env["twitter.account"]._parameter("refresh_in_background") != "True":
            progress(remaining=0)
            return
        [[count]] = self.env.execute_query(SQL("SELECT count(*) %s", self._outdated()))
        progress(remaining=count)
        self._read_in_turns(self._outdated_rows, self._cron("refresh_profiles"))

    @api.model
    def _outdated_rows(self, after, limit):
        """``[(id, read at)]`` of the first to be refreshed, past one of them."""
        return self.env.execute_query(
            SQL(
                """
                  SELECT id, fetched_at %s
                     AND (fetched_at, id) > (%s, %s)
                ORDER BY fetched_at, id
                   LIMIT %s
                """,
                self._outdated(),
                after[1] if after else "-infinity",
                after[0] if after else 0,
                limit,
            )
        )

    @api.model
    def _outdated(self):
        now = fields.Datetime.now()
        for model in ASSOCIATED_MODELS:
            self.env[model].flush_model(["twitter_profile_id"])
        return SQL(
            """
              FROM twitter_profile profile
             WHERE looked_at > %s AND fetched_at < %s
               AND twitter_id IS NOT NULL AND superseded_by_id IS NULL
               AND (EXISTS (SELECT FROM crm_lead WHERE twitter_profile_id = profile.id)
                    OR EXISTS (SELECT FROM res_partner
                                WHERE twitter_profile_id = profile.id))
            """,
            now - LOOKED_AT_WITHIN,
            now.date(),
        )

    # ------------------------------------------------------------
    # IN TURNS
    # ------------------------------------------------------------

    @api.model
    def _read_in_turns(self, next_rows, cron):
        """Read profiles in the background, a call at a time, each as whose turn it is.

        What each call gave is committed before the next: whoever is stopped here goes
        on with the rest. Where nobody may ask X any more, the cron is called again when
        somebody may.

        :param next_rows: ``(after, limit) -> [(id, …)]``: the rows to read next, past
            `after` (one of them), which are asked for by X's id, or by handle, alone
        :param cron: the scheduled action, in which this runs; maybe none
        """
        progress = self.env["ir.cron"]._commit_progress
        accounts = self.env["twitter.account"]
        after, resting, sizes, moments = None, set(), {}, []
        while account := accounts._next_for_background(resting):
            rows = next_rows(after, sizes.get(account.id, BATCH))
            if not rows:
                break
            outcome = self.browse(row[0] for row in rows)._look_up(account)
            moments += [outcome["retry_at"]] if outcome["retry_at"] else []
            if not outcome["problem"] or self._is_left_by_others(outcome):
                after = rows[-1]
                # What others have reserved for a moment may be there again.
                sizes.pop(account.id, None)
            elif self._is_over_budget(outcome) and len(rows) > 1:
                # What money is left is spent as well.
                fewer = account._affordable(len(rows), "user")
                sizes[account.id] = min(fewer, len(rows) - 1)
            else:
                # The next account reads the same; those that were read are out.
                resting.add(account.id)
                code = outcome["problem"]["code"]
                _logger.info("Reading as %s stopped: %s", account.display_name, code)
            if not progress(outcome["read"] + outcome["missing"]):
                return  # out of time: Odoo calls again
        # Without this, Odoo would call again at once, for ever.
        progress(remaining=0)
        if moments and cron and next_rows(None, 1):
            cron._trigger(at=min(moments))

    @api.model
    def _is_over_budget(self, outcome):
        return outcome["problem"]["code"] in OVER_BUDGET

    @api.model
    def _is_left_by_others(self, outcome):
        """Whether X has answered, and rows of it were in use."""
        return outcome["calls"] and outcome["problem"]["code"] == "busy"

    @api.model
    def _cron(self, name):
        """A scheduled action; none where an administrator has deleted it."""
        cron = self.env.ref(f"crm_twitter.ir_cron_{name}", raise_if_not_found=False)
        return cron or self.env["ir.cron"]
