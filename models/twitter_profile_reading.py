import logging

from odoo import api, fields, models

from .own_transaction import own_transaction
from .x_problem import XProblem

_logger = logging.getLogger(__name__)

BATCH = 100  # profiles X answers in one call
MOST_AT_ONCE = 1000  # profiles one click or one cron run reads


class TwitterProfile(models.Model):
    """Reading profiles from X, in batches."""

    _inherit = "twitter.profile"

    # ------------------------------------------------------------
    # TALKS TO X
    # ------------------------------------------------------------

    def _look_up(self, account=None):
        """Read these profiles from X, 100 per call, and keep each batch at once.

        :param account: the connection to use; the calling user's by default
        :return: ``{"read", "missing", "calls", "problem": False | {code, message,
            action}}``; what was read before a problem stays
        """
        account = account or self.env["twitter.account"]._of_user()
        outcome = {"read": 0, "missing": 0, "calls": 0, "problem": False}
        # sudo: twitter.profile - the caller has been checked; rows are the server's
        profiles = self.sudo()._current()[:MOST_AT_ONCE]
        try:
            for batch in profiles._batches():
                with account._x_session() as x:
                    page = batch._ask(x)
                outcome["calls"] += 1
                read = batch._keep_page(page)
                outcome["read"] += read
                outcome["missing"] += len(batch) - read
        except XProblem as problem:
            outcome["problem"] = problem.to_dict()
        return outcome

    @api.model
    def _photo(self, profile_id):
        """The largest picture of a profile.

        :return: (file name, bytes, mimetype)
        :raise AccessError: the user lacks the permission
        :raise XProblem: there is no such profile or picture, or X does not give it
        """
        accounts = self.env["twitter.account"]
        accounts._check_permission()
        profile = self.browse(profile_id).exists()
        if not profile.image_url:
            raise XProblem(self.env, "gone")
        data, mimetype = accounts._fetch_image(
            profile._to_value().image_url_of("original")
        )
        return f"{profile.handle}.{mimetype.partition('/')[2]}", data, mimetype

    def _batches(self):
        """Slices of 100 that can be asked for in one call: by id, or by handle."""
        known = self.filtered("twitter_id")
        for group in (known, self - known):
            for start in range(0, len(group), BATCH):
                yield group[start : start + BATCH]

    def _ask(self, x):
        """X's answer for these profiles, which all have an X id, or all have none."""
        if self[0].twitter_id:
            return x.profiles_by_id([profile.twitter_id for profile in self])
        return x.profiles_by_handle([profile.handle for profile in self])

    def _keep_page(self, page):
        """Keep X's answer for these profiles in an own transaction.

        :return: how many of them X knows
        """
        by_key = self._by_key()
        with own_transaction(self.env) as env:
            read = self.browse()
            # Sorted, as everywhere more than one row is locked.
            for value in sorted(page.items, key=lambda value: value.id):
                profile = by_key.get(value.id) or by_key.get(value.handle.lower())
                if profile:
                    profile.with_env(env)._keep(value)
                    read |= profile
            # Asked and not answered: not to be asked again for the day's sake.
            unanswered = (self - read).with_env(env)
            unanswered.write({"fetched_at": fields.Datetime.now()})
            for problem in page.problems:
                profile = by_key.get((problem.value or "").lower())
                if profile:
                    profile.with_env(env)._keep_problem(problem)
        return len(read)

    def _by_key(self):
        """Each profile by its X id where known, else by its lower-cased handle."""
        return {
            profile.twitter_id or profile.handle.lower(): profile for profile in self
        }

    # ------------------------------------------------------------
    # CRON
    # ------------------------------------------------------------

    @api.model
    def _cron_read_new_handles(self):
        """Read what was associated and never read, where the administrator wants it."""
        self._repoint_superseded()
        if self.env["twitter.account"]._parameter("read_in_background") != "True":
            return
        pending = self._unread_and_linked()
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(pending))
        for account in self.env["twitter.account"]._for_background():
            outcome = pending._look_up(account)
            if not outcome["problem"]:
                progress(outcome["read"] + outcome["missing"])
                return
            _logger.info(
                "Reading new handles as %s stopped: %s",
                account.display_name,
                outcome["problem"]["code"],
            )
        # Nobody can read now: without this, Odoo would call again at once, for ever.
        progress(remaining=0)

    @api.model
    def _unread_and_linked(self):
        self.env.cr.execute(
            """
            SELECT id
              FROM twitter_profile profile
             WHERE state = 'unresolved' AND fetched_at IS NULL
               AND superseded_by_id IS NULL
               AND (EXISTS (SELECT FROM crm_lead WHERE twitter_profile_id = profile.id)
                    OR EXISTS (SELECT FROM res_partner
                                WHERE twitter_profile_id = profile.id))
          ORDER BY id
             LIMIT %s
            """,
            [MOST_AT_ONCE],
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    @api.model
    def _trigger_reading(self):
        """Have new handles read soon, where the administrator wants it."""
        accounts = self.env["twitter.account"]
        if accounts._parameter("read_in_background") == "True":
            self.env.ref("crm_twitter.ir_cron_read_new_handles")._trigger()

    @api.model
    def _repoint_superseded(self):
        """Associate records with the row that stands for their X account now."""
        from_rows = self.search([("superseded_by_id", "!=", False)])
        for model in ("crm.lead", "res.partner"):
            records = self.env[model].with_context(active_test=False)
            for record in records.search([("twitter_profile_id", "in", from_rows.ids)]):
                record._twitter_repoint(record.twitter_profile_id._current())
