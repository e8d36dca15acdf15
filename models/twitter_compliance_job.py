import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.constants import GC_UNLINK_LIMIT

from ..x_api import XConflict, XGone, XUnavailable
from .own_transaction import own_transaction
from .x_problem import XProblem

_logger = logging.getLogger(__name__)

OPEN = ("created", "uploaded")
# X's words for a job it has not ended; it may say late that it has the ids.
WAITING = ("created", "in_progress")
# X's word holds for a day. When it is as old of one post, X is asked of all of which it
# is nearly so: each is written hardly more than once a day, and X has hours left.
CHECK_AFTER = timedelta(hours=16)
CHOSEN_AFTER = timedelta(hours=12)
# After X refused or lost a job, the next one is tried.
REST = timedelta(hours=1)
# X's word as of when it was asked is worth nothing afterwards.
JOB_LIVES = timedelta(days=1)
KEPT_FOR = timedelta(days=30)
# Made, uploaded, and looked at; each is written down before the next.
MOST_STEPS = 5


class TwitterComplianceJob(models.Model):
    """A job in which X checks which of the posts kept here are not to be kept.

    It needs the app's bearer token, and costs nothing. X has one at a time, and works
    on it for minutes or hours; what was done so far is in the row, so that it goes on
    after a restart, and what is done twice does no harm.
    https://docs.x.com/x-api/compliance/batch-compliance/introduction
    """

    _name = "twitter.compliance.job"
    _description = "Compliance Job of X"
    _rec_name = "job_id"
    _order = "id desc"

    job_id = fields.Char(string="X ID", readonly=True)
    state = fields.Selection(
        [
            ("created", "Created"),
            ("uploaded", "Under Way"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="created",
    )
    asked_at = fields.Datetime(
        readonly=True, help="When the posts were chosen; X confirms them as of then"
    )
    upto_id = fields.Integer(
        readonly=True, help="The newest interaction that was among them"
    )
    ended_at = fields.Datetime(readonly=True)
    problem_message = fields.Char(string="Problem", readonly=True)

    _job_unique = models.UniqueIndex("(job_id) WHERE job_id IS NOT NULL")

    # ------------------------------------------------------------
    # TALKS TO X
    # ------------------------------------------------------------

    @api.model
    def _cron_go_on(self):
        """Go on with the job there is, or make one where it is time."""
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=0)
        if not self.env["twitter.account"]._may_check_compliance():
            return
        try:
            for _step in range(MOST_STEPS):
                if not self._step():
                    break
                # The next is decided in a transaction that sees this one.
                progress(1, remaining=0)
                self.env.invalidate_all()
        except XProblem as problem:
            # A job that is under way stays so, and is asked for again.
            _logger.info("Checking posts by a compliance job stopped: %s", problem.code)

    @api.model
    def _step(self):
        """Do what is next.

        :return: whether there may be more to do now
        :raise XProblem: X refuses, or does not answer
        """
        job = self.search([("state", "in", OPEN)], limit=1)
        if job:
            return job._go_on()
        return self._is_time() and self._begin()

    @api.model
    def _begin(self):
        """Have X make a job, or take up the one of ours that nobody wrote down.

        :return: whether there is one
        """
        name = self._job_name()
        try:
            with self.env["twitter.account"]._compliance_session() as x:
                try:
                    made = x.create_job(name=name)
                except XConflict:
                    ours = [job for job in x.jobs() if job.name == name]
                    made = next((job for job in ours if job.status == "created"), None)
        except XProblem as problem:
            self._write_failure(problem.args[0])
            raise
        if made:
            with own_transaction(self.env) as env:
                env[self._name].create({"job_id": made.id})
        else:
            self._write_failure(
                self.env._("X is busy with another compliance job of this app.")
            )
        return bool(made)

    def _go_on(self):
        """See how X's job stands, and do what is next.

        :return: whether there may be more to do now
        """
        try:
            with self.env["twitter.account"]._compliance_session() as x:
                try:
                    told = x.job(self.job_id)
                    if told.status == "created" and self.state == "created":
                        self._upload(x, told)
                        return True
                    verdicts = told.status == "complete" and self._download(x, told)
                except XGone:
                    told, verdicts = None, False
        except XProblem as problem:
            if self.create_date < fields.Datetime.now() - JOB_LIVES:
                self._end("failed", problem.args[0])
            else:
                with own_transaction(self.env) as env:
                    # Administrators learn that checks have stopped before it is over.
                    self.with_env(env).problem_message = problem.args[0]
            raise
        if told and told.status in WAITING and self.asked_at:
            return False
        if verdicts is False or not self.asked_at:
            # Expired, failed or forgotten; or nobody knows what was in it.
            self._end("failed", self.env._("X did not carry out the compliance job."))
            return False
        self._apply(verdicts)
        self._end("done")
        return False

    def _download(self, x, told):
        """What X says of the posts, all of it.

        :return: list of `Verdict`
        :raise XUnavailable: it did not come whole, or not all of it is understood: what
            X does not have is dropped, and nothing may be concluded of the others
        """
        verdicts = []
        try:
            for verdict in x.results(told):
                verdicts.append(verdict)
        except XUnavailable:
            if self.asked_at:
                self._drop_all(verdicts)
            raise
        return verdicts

    def _upload(self, x, told):
        """Give X the ids of the posts it is time for.

        Which they are is written down before: if nobody lives to see the end of this,
        the job's verdicts hold for no others.
        """
        if not self._choose():
            self._end("done")
            return
        x.upload(told, self._chosen_ids())
        with own_transaction(self.env) as env:
            self.with_env(env).state = "uploaded"

    # ------------------------------------------------------------
    # WHAT IS ASKED
    # ------------------------------------------------------------

    @api.model
    def _is_time(self):
        now = fields.Datetime.now()
        failed = [("state", "=", "failed"), ("ended_at", ">", now - REST)]
        if self.search_count(failed, limit=1):
            return False
        old = [("content", "!=", False), ("verified_at", "<=", now - CHECK_AFTER)]
        return bool(self.env["twitter.interaction"].search_count(old, limit=1))

    @api.model
    def _job_name(self):
        """By which a job of this database is known."""
        # sudo: ir.config_parameter - the uuid is no secret
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return f"crm_twitter {uuid}"[:64]

    # ------------------------------------------------------------
    # OWN TRANSACTIONS
    # ------------------------------------------------------------

    def _end(self, state, message=False):
        with own_transaction(self.env) as env:
            self.with_env(env).write(
                {
                    "state": state,
                    "ended_at": fields.Datetime.now(),
                    "problem_message": message,
                }
            )

    @api.model
    def _write_failure(self, message):
        """Keep that no job could be made."""
        with own_transaction(self.env) as env:
            env[self._name].create(
                {
                    "state": "failed",
                    "ended_at": fields.Datetime.now(),
                    "problem_message": message,
                }
            )

    @api.autovacuum
    def _gc_ended(self):
        before = fields.Datetime.now() - KEPT_FOR
        rows = self.search([("ended_at", "<", before)], limit=GC_UNLINK_LIMIT)
        rows.unlink()
        return len(rows), len(rows) == GC_UNLINK_LIMIT
