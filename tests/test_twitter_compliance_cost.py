from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..models import twitter_compliance_job_choosing, twitter_compliance_job_verdicts
from ..x_api import ComplianceClient, XUnavailable
from .test_twitter_compliance_job import ComplianceCase


@tagged("post_install", "-at_install")
class TestComplianceCost(ComplianceCase):
    """Each row is written once a day, and never on half of what X says."""

    def chosen(self):
        """X's ids of what each job was about, sorted."""
        return [sorted(job.ids, key=int) for job in self.x.compliance]

    def test_what_x_has_told_of_lately_is_not_asked_about_nor_written(self):
        self.age(self.row(self.ids[0]), hours=17)
        self.age(self.row(self.ids[1]), hours=13)
        self.age(self.row(self.ids[2]), hours=11)
        before = self.row(self.ids[2]).verified_at
        self.go_on()
        self.assertEqual(self.chosen(), [self.ids[:2]])
        self.assertEqual(self.confirmed(), self.ids[:2])
        self.assertEqual(self.row(self.ids[2]).verified_at, before)

    def test_no_row_gets_a_day_old_before_it_is_asked_about(self):
        for row, hours in zip(self.rows(), (15, 11, 1), strict=True):
            self.age(row, hours=hours)
        for _hour in range(48):
            for row in self.rows():
                row.verified_at = row.verified_at - timedelta(hours=1)
            self.env.flush_all()
            self.go_on()
            oldest = min(self.rows().mapped("verified_at"))
            self.assertGreater(oldest, self.age_of(18))
        self.assertLessEqual(len(self.jobs()), 3 * 4)

    def age_of(self, hours):
        return fields.Datetime.now() - timedelta(hours=hours)

    def test_many_are_chosen_and_confirmed_a_few_at_a_time(self):
        self.age(self.rows(), hours=17)
        calls = []
        jobs = type(self.jobs())
        after = jobs._chosen_after

        def chosen_after(*args):
            calls.append(args[1:])
            return after(*args)

        with (
            patch.object(twitter_compliance_job_choosing, "AT_ONCE", 2),
            patch.object(twitter_compliance_job_verdicts, "AT_ONCE", 2),
            patch.object(jobs, "_chosen_after", chosen_after),
        ):
            self.go_on()
        self.assertEqual(self.chosen(), [self.ids])
        self.assertEqual(self.confirmed(), self.ids)
        self.assertEqual([limit for _last, limit in calls], [1] + [2] * 6)

    def test_what_is_too_much_for_one_job_is_the_nexts(self):
        self.age(self.rows(), hours=17)
        with patch.object(twitter_compliance_job_choosing, "MOST_IDS", 2):
            self.go_on()
            self.assertEqual(len(self.confirmed()), 2)
            self.go_on()
        self.assertEqual([len(ids) for ids in self.chosen()], [2, 1])
        self.assertEqual(self.confirmed(), self.ids)

    def test_authors_x_told_of_within_the_hour_before_are_not_written(self):
        self.age(self.rows(), hours=17)
        [author] = self.rows().author_id
        author.seen_at = fields.Datetime.now() - timedelta(minutes=50)
        before = author.seen_at
        self.go_on()
        self.assertEqual(self.confirmed(), self.ids)
        self.assertEqual(self.rows().author_id.seen_at, before)

    def test_authors_are_locked_before_what_they_said(self):
        self.age(self.rows(), hours=17)
        order = []
        authors, jobs = type(self.env["twitter.author"]), type(self.jobs())
        see, confirm = authors._see, jobs._confirm
        with (
            patch.object(
                authors, "_see", lambda *args: order.append("authors") or see(*args)
            ),
            patch.object(
                jobs, "_confirm", lambda *args: order.append("said") or confirm(*args)
            ),
        ):
            self.go_on()
        self.assertEqual(order[:2], ["authors", "said"])

    def test_where_not_all_is_understood_nothing_is_confirmed(self):
        self.x.posts.delete(self.ids[0])
        self.age(self.rows(), hours=17)
        results = ComplianceClient.results

        def results_with_a_strange_line(client, job):
            yield from results(client, job)
            raise XUnavailable("lines are no verdicts: 1")

        with patch.object(ComplianceClient, "results", results_with_a_strange_line):
            self.go_on()
        self.assertEqual(self.confirmed(), [])
        self.assertEqual(self.row(self.ids[0]).absence, "gone", "what is said holds")
        self.assertEqual(self.jobs().state, "uploaded")
        self.go_on()
        self.assertEqual(self.confirmed(), self.ids[1:])
        self.assertEqual(self.jobs().state, "done")

    def test_a_job_that_is_never_understood_is_given_up_after_a_day(self):
        self.age(self.rows(), hours=17)
        with patch.object(
            ComplianceClient, "results", side_effect=XUnavailable("strange")
        ):
            self.go_on()
            self.assertEqual(self.jobs().state, "uploaded")
            self.env.cr.execute(
                "UPDATE twitter_compliance_job SET create_date = create_date - interval"
                " '25 hours'"
            )
            self.go_on()
        self.assertEqual(self.jobs().state, "failed")
        self.assertEqual(self.confirmed(), [])
