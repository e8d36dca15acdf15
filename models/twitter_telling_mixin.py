from odoo import api, fields, models
from odoo.tools.misc import format_datetime

from .own_transaction import Busy

ACTIVITY_TYPE = "mail.mail_activity_data_todo"
# Nobody waits for a row so that administrators are told; the next call tells them.
TELLING_LOCK_TIMEOUT = 0.5  # seconds


class TwitterTellingMixin(models.AbstractModel):
    """What administrators are told of by an activity each; one that is open is renewed.

    Its methods are parts of own transactions.
    """

    _name = "twitter.telling.mixin"
    _description = "Record of X That Administrators Are Told Of"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    @api.model
    def _administrators(self, company=None):
        """Those who can do something about it, in one company or in any."""
        group = self.env.ref("base.group_system")
        return group.all_user_ids.filtered(
            lambda user: user.active and (not company or company in user.company_ids)
        )

    @api.model
    def _be_the_only_teller(self):
        """
        :raise Busy: another worker tells at this moment
        """
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext('twitter_telling'))"
        )
        if not self.env.cr.fetchone()[0]:
            raise Busy(self.env)

    def _tell(self, users, words):
        """Schedule an activity for each of `users`, or renew the one that is open.

        :param words: called with an environment in the user's language and time zone;
            returns (summary, note as Markup)
        """
        self.ensure_one()
        for user in users:
            record = self._for_reader(user)
            summary, note = words(record.env)
            told = record._open_activities(user)
            if not told:
                record.activity_schedule(
                    ACTIVITY_TYPE, summary=summary, note=note, user_id=user.id
                )
                continue
            # One that is locked is being handled by whom it is for.
            told.try_lock_for_update(allow_referencing=True).write(
                {
                    "summary": summary,
                    "note": note,
                    "date_deadline": fields.Date.context_today(record),
                }
            )

    def _for_reader(self, user):
        return self.with_context(
            lang=user.lang,
            tz=user.tz,
            mail_activity_quick_update=True,
            # Whoever made the call has no say in what others are told.
            mail_activity_automation_skip=False,
        )

    @api.model
    def _reader_time(self, env, moment):
        """A time (naive, UTC) in the words of whom `env` is made for."""
        return format_datetime(
            env, moment, tz=env.context.get("tz") or "UTC", dt_format="short"
        )

    def _open_activities(self, user=None):
        return self.with_context(mail_activity_automation_skip=False).activity_search(
            [ACTIVITY_TYPE], user_id=user and user.id
        )
