from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import file_open

from .test_twitter_feed_checking import CheckingCase

TOKEN = "the-apps-bearer-token"
JOBS = "POST /2/compliance/jobs"


class Stopped(BaseException):
    """The worker is gone; nothing of ours is to catch it."""


class ComplianceCase(CheckingCase):
    """The app's bearer token is given."""

    def setUp(self):
        super().setUp()
        self.x.set_app(bearer_token=TOKEN)
        self.env["twitter.account"]._set_bearer_token(TOKEN)
        self.x.calls.clear()

    def go_on(self):
        self.run_cron("check_compliance", due=False)

    def jobs(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["twitter.compliance.job"].search([])

    def confirmed(self):
        """X's ids of what X has confirmed within the last hour."""
        lately = fields.Datetime.now() - timedelta(hours=1)
        rows = self.rows().filtered(
            lambda row: row.content and row.verified_at > lately
        )
        return sorted(rows.mapped("post_id"), key=int)


@tagged("post_install", "-at_install")
class TestComplianceJobs(ComplianceCase):
    """X checks all that is kept, and says what is not to be; it costs nothing."""

    def test_all_that_is_kept_is_checked(self):
        self.handle(self.ids[0])
        self.row(self.ids[1]).posted_at = fields.Datetime.now() - timedelta(days=30)
        self.age(self.rows(), hours=17)
        self.go_on()
        [job] = list(self.x.compliance)
        self.assertEqual(sorted(job.ids, key=int), self.ids)
        self.assertEqual(self.confirmed(), self.ids)
        self.assertEqual(self.jobs().mapped("state"), ["done"])
        self.assertEqual(self.x.spent(), 0)
        self.age(self.rows(), hours=15)
        self.go_on()
        self.assertEqual(len(self.jobs()), 1, "not before it is time again")

    def test_nothing_is_read_again_where_x_has_checked_it(self):
        self.age(self.rows(), hours=21)
        self.go_on()
        self.check()
        self.assertEqual(self.asked("GET /2/tweets"), [])
        self.assertEqual(self.words(), dict.fromkeys(self.ids, True))
        [author] = self.rows().author_id
        self.assertGreater(author.seen_at, fields.Datetime.now() - timedelta(minutes=1))

    def test_what_x_no_longer_has_loses_its_words(self):
        self.x.people.add("john_doe", "John Doe")
        protected = self.say(author="john_doe")
        self.run_cron()
        self.x.posts.delete(self.ids[0])
        self.x.compliance.judge(self.ids[1], "scrub_geo", "scrub_geo")
        self.x.people.protect("john_doe")
        self.age(self.rows(), hours=17)
        self.go_on()
        self.assertEqual(self.confirmed(), self.ids[1:])
        absences = {row.post_id: row.absence for row in self.rows()}
        self.assertEqual(
            absences,
            {
                self.ids[0]: "gone",
                self.ids[1]: False,
                self.ids[2]: False,
                protected[0]: "protected",
            },
        )
        for post_id in (self.ids[0], protected[0]):
            self.assertFalse(self.row(post_id).kept_text or self.row(post_id).content)

    def test_what_came_after_the_posts_were_chosen_is_not_confirmed(self):
        self.x.compliance.seconds = 3600
        self.age(self.rows(), hours=17)
        self.go_on()
        self.assertEqual(self.jobs().state, "uploaded")
        self.assertEqual(self.confirmed(), [])
        late = self.say()
        self.run_cron()
        self.age(self.row(late[0]), hours=13)
        self.go_on()
        self.assertEqual(self.jobs().state, "uploaded", "X is still at it")
        self.x.clock.advance(3601)
        self.go_on()
        self.assertEqual(self.jobs().state, "done")
        self.assertEqual(self.confirmed(), self.ids)
        self.assertEqual(self.row(late[0]).verified_at.date(), self.age_of(13).date())

    def age_of(self, hours):
        return fields.Datetime.now() - timedelta(hours=hours)

    def test_without_a_token_no_job_is_made(self):
        self.env["twitter.account"]._set_bearer_token("")
        self.age(self.rows(), hours=17)
        self.go_on()
        self.assertEqual(self.endpoints(), [])

    def test_nor_in_a_copy(self):
        self.env["ir.config_parameter"].set_param("database.is_neutralized", "True")
        self.age(self.rows(), hours=17)
        self.go_on()
        self.assertEqual(self.endpoints(), [])

    # ------------------------------------------------------------
    # X FAILS
    # ------------------------------------------------------------

    def rest(self):
        self.jobs().filtered("ended_at").ended_at = self.age_of(2)
        self.env.flush_all()

    def check_failed_and_again(self):
        self.assertEqual(self.jobs()[0].state, "failed")
        self.assertEqual(self.confirmed(), [])
        before = len(self.jobs())
        self.go_on()
        self.assertEqual(len(self.jobs()), before, "it rests first")
        self.rest()
        self.go_on()
        self.assertEqual(self.jobs()[0].state, "done")
        self.assertEqual(self.confirmed(), self.ids)

    def begin(self, seconds=3600):
        self.x.compliance.seconds = seconds
        self.age(self.rows(), hours=17)
        self.go_on()
        self.x.compliance.seconds = 0

    def test_a_job_that_failed_at_x_is_made_again(self):
        self.begin()
        [job] = list(self.x.compliance)
        self.x.compliance.fail(job.id)
        self.go_on()
        self.check_failed_and_again()

    def test_a_job_that_expired_is_made_again(self):
        self.age(self.rows(), hours=17)
        with patch.object(type(self.jobs()), "_upload", side_effect=Stopped):
            self.go_on_until_stopped()
        self.x.clock.advance(3600)
        self.go_on()
        self.check_failed_and_again()

    def test_a_job_x_forgot_is_made_again(self):
        self.begin()
        self.x.compliance.reset()
        self.go_on()
        self.check_failed_and_again()

    def test_where_the_app_may_not_it_is_said_and_cards_are_read_again(self):
        self.x.faults.add(JOBS, status=403, count=1)
        self.age(self.rows(), hours=21)
        self.go_on()
        settings = self.env["res.config.settings"].with_user(self.admin).create({})
        self.assertIn("X does not allow", settings.twitter_compliance_problem)
        self.check()
        self.assertEqual(len(self.asked("GET /2/tweets")), 1)
        self.age(self.rows(), hours=17)
        self.check_failed_and_again()
        self.assertFalse(settings.create({}).twitter_compliance_problem)

    def test_a_token_x_does_not_know_is_said(self):
        self.env["twitter.account"]._set_bearer_token("another")
        self.age(self.rows(), hours=17)
        self.go_on()
        self.assertEqual(self.jobs().state, "failed")
        self.assertEqual(self.brand.state, "connected", "no connection suffers")

    def test_x_out_of_reach_in_between_is_asked_again(self):
        for endpoint in ("GET /2/compliance/jobs/:id",):
            self.x.faults.add(endpoint, "reset", count=99)
        self.age(self.rows(), hours=17)
        self.go_on()
        self.assertEqual(self.jobs().state, "created")
        self.x.faults.clear()
        self.go_on()
        self.assertEqual(self.jobs().state, "done")
        self.assertEqual(len(list(self.x.compliance)), 1)

    def test_another_job_of_the_app_is_waited_for(self):
        from ..simulator.dialect import LEGACY

        other = self.x.compliance.create("tweets", "somebody else's", False, LEGACY)
        self.age(self.rows(), hours=17)
        self.go_on()
        self.assertEqual(self.jobs().state, "failed")
        self.assertIn("another compliance job", self.jobs().problem_message)
        self.x.compliance.fail(other.id)
        self.check_failed_and_again()

    # ------------------------------------------------------------
    # STOPPED ANYWHERE
    # ------------------------------------------------------------

    def go_on_until_stopped(self):
        """What was committed before the stop stays, as `assertRaises` would not."""
        self.env.flush_all()
        self.env.invalidate_all()
        jobs = self.env["twitter.compliance.job"]
        try:
            while jobs._step():
                self.env.invalidate_all()
            self.fail("it was not stopped")
        except Stopped:
            self.env.invalidate_all()

    STEPS = (
        "_begin",
        "_choose",
        "_upload",
        "_apply",
        "_drop",
        "_confirm_after",
        "_confirm",
        "_end",
    )

    def test_stopped_at_every_step_it_goes_on(self):
        """Before and after each: also where X has done it, and nobody wrote it down."""
        gone = self.ids[0]
        self.x.posts.delete(gone)
        for method in self.STEPS:
            for moment in ("before", "after"):
                with self.subTest(step=method, stopped=moment):
                    self.jobs().unlink()
                    self.x.compliance.reset()
                    self.restore(gone)
                    self.age(self.rows(), hours=17)
                    with self.stopping(method, moment):
                        self.go_on_until_stopped()
                    self.go_on()
                    self.assertEqual(self.confirmed(), self.ids[1:])
                    self.assertFalse(self.row(gone).content)
                    self.assertEqual(self.jobs()[0].state, "done")

    def restore(self, post_id):
        row = self.row(post_id)
        row.write({"content": {"id": post_id}, "kept_text": "x", "absence": False})
        self.env.flush_all()

    def stopping(self, method, moment):
        jobs = type(self.env["twitter.compliance.job"])
        original = getattr(jobs, method)

        def stop(*args):
            if moment == "after":
                original(*args)
            raise Stopped

        return patch.object(jobs, method, stop)

    def test_a_job_x_made_that_nobody_wrote_down_is_taken_up(self):
        self.age(self.rows(), hours=17)
        jobs = type(self.jobs())
        with patch.object(jobs, "create", side_effect=Stopped):
            self.go_on_until_stopped()
        self.assertFalse(self.jobs())
        self.go_on()
        self.assertEqual(len(list(self.x.compliance)), 1)
        self.assertEqual(self.confirmed(), self.ids)

    def test_x_that_says_late_that_it_has_the_ids_is_given_them_once(self):
        self.x.compliance.seconds = 60
        self.age(self.rows(), hours=17)
        status = self.x.compliance.status
        with patch.object(
            self.x.compliance,
            "status",
            lambda job: "created" if status(job) == "in_progress" else status(job),
        ):
            self.go_on()
            self.go_on()
        self.assertEqual(self.jobs().state, "uploaded")
        uploads = [call for call in self.x.calls if call.method == "PUT"]
        self.assertLessEqual(len(uploads), 1)
        self.x.clock.advance(61)
        self.go_on()
        self.assertEqual(self.confirmed(), self.ids)

    def test_a_token_x_no_longer_knows_is_said_in_the_settings(self):
        self.x.compliance.seconds = 60
        self.age(self.rows(), hours=17)
        self.go_on()
        self.env["twitter.account"]._set_bearer_token("another-token")
        self.go_on()
        self.env.invalidate_all()
        settings = self.env["res.config.settings"].with_user(self.admin).create({})
        self.assertTrue(settings.twitter_compliance_problem)

    def test_an_upload_nobody_wrote_down_is_not_lost(self):
        self.x.compliance.seconds = 60
        self.age(self.rows(), hours=17)
        choose = type(self.jobs())._choose
        chosen = []

        def choose_once(job):
            chosen.append(choose(job))
            return chosen[-1]

        with (
            patch.object(type(self.jobs()), "_choose", choose_once),
            self.stopping("_upload", "after"),
        ):
            self.go_on_until_stopped()
        self.x.clock.advance(61)
        self.go_on()
        self.assertEqual(len(chosen), 1)
        self.assertEqual(self.confirmed(), self.ids)

    def test_ended_jobs_are_swept(self):
        self.age(self.rows(), hours=17)
        self.go_on()
        self.jobs().ended_at = self.age_of(24 * 31)
        self.env.flush_all()
        self.env["twitter.compliance.job"]._gc_ended()
        self.assertFalse(self.jobs())


@tagged("post_install", "-at_install")
class TestBearerToken(CheckingCase):
    """It is stored like the client secret, and never given back."""

    def settings(self, **values):
        return self.env["res.config.settings"].with_user(self.admin).create(values)

    def parameter(self):
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param("crm_twitter.bearer_token")

    def test_it_is_stored_encrypted(self):
        self.settings(twitter_bearer_token=TOKEN).execute()
        self.assertTrue(self.parameter())
        self.assertNotIn(TOKEN, self.parameter())

    def test_it_is_never_sent_back(self):
        asked = {"twitter_bearer_token": {}, "twitter_bearer_token_is_set": {}}
        settings = self.settings()
        answers = settings.web_save({"twitter_bearer_token": TOKEN}, asked)
        answers += self.settings(twitter_bearer_token=TOKEN).web_read(asked)
        model = type(settings)
        answers += [settings.default_get(list(model._fields))]
        self.assertNotIn(TOKEN, repr(answers))
        self.assertTrue(answers[0]["twitter_bearer_token_is_set"])

    def test_it_is_no_column(self):
        self.env.cr.execute(
            "SELECT 1 FROM information_schema.columns WHERE column_name ="
            " 'twitter_bearer_token'"
        )
        self.assertFalse(self.env.cr.fetchall())

    def test_an_empty_field_keeps_it(self):
        self.settings(twitter_bearer_token=TOKEN).execute()
        before = self.parameter()
        self.settings(twitter_bearer_token=False).execute()
        self.assertEqual(self.parameter(), before)

    def test_it_can_be_removed(self):
        self.settings(twitter_bearer_token=TOKEN).execute()
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(
                self.salesperson
            ).action_twitter_remove_bearer_token()
        self.assertTrue(self.parameter())
        self.settings().action_twitter_remove_bearer_token()
        self.assertFalse(self.parameter())

    def test_it_goes_with_the_keys(self):
        self.settings(twitter_bearer_token=TOKEN).execute()
        self.settings().action_twitter_remove_keys()
        self.assertFalse(self.parameter())

    def test_a_copy_has_neither_the_token_nor_jobs_under_way(self):
        self.settings(twitter_bearer_token=TOKEN).execute()
        jobs = self.env["twitter.compliance.job"]
        done = jobs.create({"job_id": "1", "state": "done"})
        under_way = jobs.create({"job_id": "2", "state": "uploaded"})
        self.env.flush_all()
        with file_open("crm_twitter/data/neutralize.sql") as file:
            self.env.cr.execute(file.read())
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertFalse(self.parameter())
        self.assertEqual((done | under_way).exists(), done)
