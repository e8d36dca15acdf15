import logging
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .own_transaction import Busy, own_transaction
from .x_problem import XProblem

_logger = logging.getLogger(__name__)

BATCH = 100  # profiles X answers in one call
MOST_AT_ONCE = 1000  # profiles one click or one cron run reads
RETRY_AFTER = timedelta(minutes=15)  # as long as X's own windows


class TwitterProfile(models.Model):
    """Reading profiles from X, in batches."""

    _inherit = "twitter.profile"

    # ------------------------------------------------------------
    # TALKS TO X
    # ------------------------------------------------------------

    def _look_up(self, account=None, seconds=None):
        """Read these profiles from X, 100 per call, and keep each batch at once.

        :param account: the connection to use; the calling user's by default
        :param seconds: no further batch is begun after as many
        :return: ``{"read", "missing", "left", "calls", "problem": False | {code,
            message, action}, "retry_at"}``; what was read before a problem stays, and
            ``retry_at`` (naive, UTC) is when the rest can be had, or None
        """
        account = account or self.env["twitter.account"]._of_user()
        outcome = dict.fromkeys(("read", "missing", "calls"), 0)
        outcome.update(problem=False, retry_at=None)
        # sudo: twitter.profile - the caller has been checked; rows are the server's
        profiles = self.sudo()._current()
        latest = time.monotonic() + (float("inf") if seconds is None else seconds)
        try:
            for batch in profiles[:MOST_AT_ONCE]._batches():
                if outcome["calls"] and time.monotonic() >= latest:
                    break
                with account._x_session() as x:
                    page = batch._ask(x)
                outcome["calls"] += 1
                batch._keep_page(page, outcome)
        except XProblem as problem:
            outcome["problem"] = problem.to_dict()
            outcome["retry_at"] = problem.resets_at
            if problem.action in ("retry", "wait") and not problem.resets_at:
                outcome["retry_at"] = fields.Datetime.now() + RETRY_AFTER
        outcome["left"] = len(profiles) - outcome["read"] - outcome["missing"]
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

    # ------------------------------------------------------------
    # KEEPING A BATCH (OWN TRANSACTIONS)
    # ------------------------------------------------------------

    def _keep_page(self, page, outcome):
        """Keep X's answer for these profiles, and count it in `outcome`.

        It has been paid for: rows that others hold must not cost the rest.

        :raise Busy: rows that another worker holds were left out
        """
        try:
            self._keep_part(page, outcome)
        except Busy as busy:
            if self._keep_part(page, outcome, is_patient=False):
                raise busy

    def _keep_part(self, page, outcome, is_patient=True):
        """Keep what of X's answer is about these profiles, in an own transaction.

        :return: the profiles that were left out, see `_keep_answer`
        """
        by_key = self._by_key()
        with own_transaction(self.env) as env:
            rows = self.with_env(env)
            read, left = rows._keep_answer(page, by_key, is_patient)
        outcome["read"] += len(read)
        outcome["missing"] += len(self) - len(read) - len(left)
        return left

    def _by_key(self):
        """``{key: id}``, the key being the X id where known, else the lower-cased
        handle."""
        return {
            profile.twitter_id or profile.handle.lower(): profile.id for profile in self
        }

    # ------------------------------------------------------------
    # KEEPING WHAT IS LINKED ONLY (PARTS OF OWN TRANSACTIONS)
    # ------------------------------------------------------------

    def _keep_if_linked(self, value):
        """Keep what X told where a record still links the profile, else who it is.

        The link may have been taken away while X was waited for.

        :param Profile value: X's answer
        :return: the row that stands for the profile now, or none where nothing links it
        """
        self._lock_identity(value.id)
        known = self.search([("twitter_id", "=", value.id)])
        is_linked = (self | known)._claim()
        if not self.exists():
            # Erased while X was waited for.
            return known._keep(value) if known and is_linked else self.browse()
        if is_linked:
            return self._keep(value)
        if known and known != self:
            self.write({"superseded_by_id": known.id})
        elif not known:
            self.write({"twitter_id": value.id})
        return self.browse()

    def _claim(self):
        """Lock the rows to keep something of X in them; whether a record links them.

        They are written, not only locked: a request that takes the last link away, and
        began before, is replayed then, and drops what is kept now.
        """
        self.flush_recordset()
        here = self.env.execute_query(
            SQL(
                """
                UPDATE twitter_profile
                   SET write_date = now() AT TIME ZONE 'UTC'
                 WHERE id IN (SELECT id FROM twitter_profile
                               WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE)
             RETURNING id
                """,
                self.ids,
            )
        )
        # What was read of them before is older than the lock.
        self.invalidate_recordset(flush=False)
        rows = self.browse(row[0] for row in here)
        return bool(rows - rows._unlinked())
