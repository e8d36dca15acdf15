import logging
from functools import partial

from markupsafe import Markup

from odoo import api, fields, models

from .own_transaction import Busy, own_transaction
from .twitter_limit import BREAKER, CREDITS, TOLD
from .twitter_telling_mixin import TELLING_LOCK_TIMEOUT

_logger = logging.getLogger(__name__)

CONSOLE = "https://console.x.com"
# What reads from X without a click.
CRONS = ("read_mentions", "read_new_handles", "refresh_profiles")


class TwitterLimit(models.Model):
    """Going on where X had no credit left: nothing does so by itself.

    Administrators have an activity each from the first refusal on until a call that
    costs something succeeds.
    """

    _name = "twitter.limit"
    _inherit = ["twitter.limit", "twitter.telling.mixin"]
    # Those who are told may read it, and nobody writes it.
    _mail_post_access = "read"

    is_stop = fields.Boolean(
        compute="_compute_is_stop",
        help="Whether nothing goes out to X until somebody says so, or for now",
    )

    @api.depends("key")
    def _compute_display_name(self):
        names = {
            CREDITS: self.env._("X Credit Is Used Up"),
            TOLD: self.env._("X Credit"),
            BREAKER: self.env._("X Does Not Answer"),
        }
        for limit in self:
            limit.display_name = names.get(limit.key) or limit._window_name()

    @api.depends("key")
    def _compute_is_stop(self):
        now = fields.Datetime.now()
        is_out_of_credits = self._is_out_of_credits()
        for limit in self:
            limit.is_stop = (limit.key in (CREDITS, TOLD) and is_out_of_credits) or (
                limit.key == BREAKER and bool(limit.until) and limit.until > now
            )

    @api.model
    def try_now(self):
        """Let the next call out to X: the credit was bought, or X answers again.

        Administrators buy the credit, whether or not they use X themselves.

        :return: True
        :raise AccessError: the user lacks the permission, and is no administrator
        """
        if not self.env.user.has_group("base.group_system"):
            self.env["twitter.account"]._check_permission()
        with own_transaction(self.env) as env:
            env["twitter.limit"]._reopen()
        return True

    def action_try_now(self):
        """`try_now`, and what is on the screen is read again.

        :raise AccessError: see `try_now`
        """
        is_gone = self[:1].key == CREDITS
        self.try_now()
        if is_gone:  # the row one looks at
            return self.env["ir.actions.act_window"]._for_xml_id(
                "crm_twitter.twitter_limit_action"
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _reopen(self):
        """Part of an own transaction."""
        self.env.cr.execute("DELETE FROM twitter_limit WHERE key = %s", [CREDITS])
        # One call is let through to see: X may hang as before.
        self.env.cr.execute(
            "UPDATE twitter_limit SET until = %(now)s"
            " WHERE key = %(key)s AND until > %(now)s",
            {"key": BREAKER, "now": fields.Datetime.now()},
        )
        self.env["twitter.feed"]._go_on_after("out_of_credits", "down")
        self._go_on_in_background()

    @api.model
    def _go_on_in_background(self):
        """Have the scheduled actions that were stopped run soon; they look themselves
        whether they may."""
        for name in CRONS:
            for cron in self.env["twitter.profile"]._cron(name):
                cron._trigger()

    # ------------------------------------------------------------
    # TELLING
    # ------------------------------------------------------------

    @api.model
    def _tell_out_of_credits(self):
        """Have one activity of it open for each administrator.

        In an own transaction; does not fail: another worker that tells at this moment
        tells the same.
        """
        try:
            with own_transaction(self.env, TELLING_LOCK_TIMEOUT) as env:
                limits = env["twitter.limit"]
                limits._be_the_only_teller()
                row = limits._told_row()
                told = row._open_activities().user_id
                row._tell(
                    row._administrators() - told,
                    partial(row._credits_words, fields.Datetime.now()),
                )
        except Busy:
            _logger.info("Administrators are being told of X's credits already")

    @api.model
    def _tell_credit_is_back(self):
        """Close what is open; in an own transaction, and does not fail."""
        try:
            with own_transaction(self.env, TELLING_LOCK_TIMEOUT) as env:
                env["twitter.limit"].search([("key", "=", TOLD)]).unlink()
        except Busy:
            _logger.info("X's credits are back; activities that say so are in use")

    @api.model
    def _told_row(self):
        self.env.cr.execute(
            """
            INSERT INTO twitter_limit (key, since) VALUES (%s, %s)
            ON CONFLICT DO NOTHING
            """,
            [TOLD, fields.Datetime.now()],
        )
        return self.search([("key", "=", TOLD)])

    def _credits_words(self, since, env):
        """As `_tell` wants them."""
        console = Markup(
            '<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>'
        ).format(CONSOLE)
        note = Markup(
            env._(
                "X has refused a call at %(time)s: your company's X credit, or the"
                " spending limit there, is used up. Buy credits at %(console)s, then"
                " click Try Now in the settings of the CRM. Until then nothing is tried"
                " again; what is stored is shown, and actions on x.com still work."
            )
        ) % {"time": self._reader_time(env, since), "console": console}
        return env._("X credit is used up"), note
