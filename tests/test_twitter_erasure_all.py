import base64
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .. import hooks
from ..models import twitter_erasure_all, twitter_erasure_steps
from ..models.own_transaction import Busy
from ..models.twitter_profile_forgetting import ASSOCIATED_MODELS
from .erasure import PNG, SENTINELS, ErasureCase

# What stays: the organisation's own reckoning, its settings, and the reports.
KEPT = {
    "twitter_budget",
    "twitter_erase",
    "twitter_erase_all",
    "twitter_erasure",
    "twitter_price",
    "twitter_profile_look_up",
    "twitter_usage",
}


class ErasureAllCase(ErasureCase):
    def setUp(self):
        super().setUp()
        self.admin.company_ids = self.env["res.company"].search([])

    def begin(self, user=None, words="erase all"):
        self.env.flush_all()
        self.env.invalidate_all()
        user = user or self.admin
        self.env["res.config.settings"].with_user(user).create(
            {}
        ).action_twitter_erase_all()
        wizards = self.env["twitter.erase.all"].with_user(user)
        action = wizards.create({"confirmation": words}).action_erase_all()
        return self.env["twitter.erasure"].browse(int(action["url"].rsplit("/", 1)[-1]))

    def run_cron(self):
        self.env.flush_all()
        with mute_logger("x"):
            self.env.ref("crm_twitter.ir_cron_erase_all").method_direct_trigger()
        self.flush_tracking()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestErasureAll(CronMixinCase, ErasureAllCase):
    """Everything that came from X goes, in batches, and can be taken up again."""

    def test_nothing_is_left(self):
        report = self.begin()
        self.assertTrue(self.profile.exists(), "it begins in the background")
        self.assertIn("0 of 0", report._told())
        self.run_cron()
        self.assertTrue(report.ended_at)
        self.assertEqual(report.progress, 100)
        self.assertEqual(self.found(), {})
        self.counted["records compared"] += len(self.columns())
        self.assertEqual(self.tables_with_rows(), set())
        records = self.lead + self.make_lead().sudo()
        self.assertFalse(any(records.mapped("twitter_handle")))
        self.assertEqual(self.lead.name, "Mention by @[erased] on X")
        self.assertEqual(self.contact.name, "Jane Doe")
        self.assertGreaterEqual(report.counts["associations"], 6)

    def tables_with_rows(self):
        tables = {table for table in self.columns() if table.startswith("twitter_")}
        full = set()
        for table in tables - KEPT:
            self.env.cr.execute(f'SELECT count(*) FROM "{table}"')
            if self.env.cr.fetchone()[0]:
                full.add(table)
        return full

    def test_connections_end_and_are_revoked_first(self):
        self.begin()
        with patch.object(
            type(self.env["twitter.erasure"]),
            "_erase_batch",
            lambda row, first=0: ("others", 0, 0),
        ):
            self.run_cron()
        self.assertIn("POST /2/oauth2/revoke", self.endpoints())
        self.assertFalse(self.granted_to("ourcompany"))
        self.assertFalse(self.has_tokens(self.brand))
        self.assertFalse(self.env["twitter.account"]._keys_configured())

    def test_x_not_answering_keeps_nothing_from_going(self):
        self.x.faults.add("POST /2/oauth2/revoke", kind="reset")
        self.counted["faults injected"] += 1
        self.begin()
        self.run_cron()
        self.assertEqual(self.found(), {})

    def test_x_refusing_one_keeps_no_other_and_the_report_says_so(self):
        for number in range(3):
            user = self.salesperson.copy({"login": f"x_member{number}"})
            self.x.people.add(f"member{number}", f"Member {number}")
            self.connect(user, f"member{number}")
        self.x.faults.add("POST /2/oauth2/revoke", status=503, count=1)
        self.counted["faults injected"] += 1
        report = self.begin()
        self.run_cron()
        names = ("ourcompany", *(f"member{number}" for number in range(3)))
        self.assertEqual(len(list(filter(self.granted_to, names))), 1)
        self.assertIn("X could not be told of the end of 1 connections", report.summary)
        self.assertIn("/settings/connected_apps", report.summary)

    def test_all_are_told_and_the_report_says_nothing_of_it(self):
        report = self.begin()
        self.run_cron()
        self.assertNotIn("could not be told", report.summary)

    def test_a_connection_in_use_is_waited_for(self):
        report = self.begin()
        accounts = type(self.env["twitter.account"])
        end, busy = accounts._end, []

        def in_use(everything):
            if len(busy) < 2:
                busy.append(1)
                raise Busy(self.env)
            return end(everything)

        with patch.object(accounts, "_end", in_use):
            self.run_cron()
        self.assertTrue(report.ended_at)
        self.assertFalse(self.granted_to("ourcompany"))
        self.counted["faults injected"] += 2

    def test_records_that_were_let_go_keep_nothing(self):
        """Titles and notes that name who was taken for them."""
        self.contact.twitter_handle = self.lead.twitter_handle = False
        self.flush_tracking()
        self.assertTrue(self.found())
        report = self.begin()
        self.run_cron()
        self.assertEqual(self.found(), {})
        self.assertEqual(self.lead.name, "Mention by @[erased] on X")
        self.assertGreaterEqual(report.counts["associations"], 6)

    def test_what_odoo_has_read_of_addresses_on_x_goes(self):
        previews = self.env["mail.link.preview"].create(
            [
                {"source_url": url, "og_title": "Zsentinelname"}
                for url in ("https://x.com/a/status/1", "http://mobile.twitter.com/a")
            ]
        )
        other = previews.create({"source_url": "https://netflix.com/x.com/a"})
        self.begin()
        self.run_cron()
        self.assertEqual((previews + other).exists(), other)

    def test_who_works_on_a_record_is_hardly_waited_for(self):
        """Few records at a time, locked no more than whoever writes them does."""
        report = self.begin()
        next_, locked = type(report)._next, []

        def spy(row, model, limit, *args, **options):
            if model in ASSOCIATED_MODELS:
                locked.append((limit, options["lock"].code))
            return next_(row, model, limit, *args, **options)

        with patch.object(type(report), "_next", spy):
            self.run_cron()
        self.assertEqual(set(locked), {(50, "FOR NO KEY UPDATE")})

    def test_what_is_done_is_not_looked_at_before_each_batch(self):
        report = self.begin()
        delete, looked = type(report)._delete_batch, []

        def spy(row, model):
            looked.append(model)
            return delete(row, model)

        with (
            patch.object(twitter_erasure_steps, "FEW", 1),
            patch.object(type(report), "_delete_batch", spy),
        ):
            self.run_cron()
        # There is something; there is nothing more; nothing has come since.
        self.assertEqual(looked.count("twitter.cache"), 3)

    def test_removing_the_addon_takes_images_back_a_few_at_a_time(self):
        for number in range(3):
            contact = self.contact.copy({"name": f"Jane {number}"})
            self.env["twitter.photo"]._set_on(
                contact, self.profile, base64.b64decode(PNG)
            )
        photos = type(self.env["twitter.photo"])
        take_back, sizes = photos._take_back, []

        def spy(rows):
            sizes.append(len(rows))
            return take_back(rows)

        with (
            patch.object(hooks, "IMAGES_AT_ONCE", 2),
            patch.object(photos, "_take_back", spy),
        ):
            hooks.uninstall_hook(self.env)
        self.assertEqual(sizes, [2, 2])

    def test_it_goes_on_where_it_was_ended(self):
        """Ended after each batch in turn, as by a server that is killed."""
        report = self.begin()
        erase, ends = type(report)._erase_batch, []

        class Killed(Exception):
            pass

        def batch(row, first=0):
            if len(ends) < 8:
                ends.append(1)
                erase(row, first)
                raise Killed
            return erase(row, first)

        with (
            patch.object(twitter_erasure_steps, "FEW", 1),
            patch.object(twitter_erasure_steps, "MANY", 2),
            patch.object(type(report), "_erase_batch", batch),
        ):
            while len(ends) < 8:
                with (
                    self.assertRaises(Killed),
                    self.env.registry.cursor() as cr,
                ):
                    self.env(cr=cr)["twitter.erasure"]._cron_erase_all()
                self.counted["faults injected"] += 1
                self.env.invalidate_all()
            self.run_cron()
        self.assertEqual(self.found(), {})
        self.assertTrue(report.ended_at)

    def test_who_was_first_is_waited_for(self):
        report = self.begin()
        erase, races = type(report)._erase_batch, []

        def batch(row, first=0):
            if len(races) < 3:
                races.append(1)
                raise SerializationFailure
            return erase(row, first)

        with patch.object(type(report), "_erase_batch", batch):
            self.run_cron()
        self.assertEqual(self.found(), {})
        self.counted["faults injected"] += 3

    def test_too_many_races_wait_for_the_next_run(self):
        report = self.begin()
        tries = []

        def batch(row, first=0):
            tries.append(1)
            raise SerializationFailure

        with patch.object(type(report), "_erase_batch", batch):
            self.run_cron()
        self.assertEqual(len(tries), twitter_erasure_all.MOST_RACES)
        self.assertFalse(report.ended_at)

    def test_it_goes_on_at_once_where_the_time_of_a_run_is_up(self):
        report = self.begin()
        crons = self.env.registry["ir.cron"]
        with (
            patch.object(crons, "_commit_progress", lambda *_args, **_words: 0),
            self.capture_triggers("crm_twitter.ir_cron_erase_all") as triggers,
        ):
            self.env["twitter.erasure"]._cron_erase_all()
        self.assertEqual(len(triggers.records), 1)
        self.assertFalse(report.ended_at)
        self.run_cron()
        self.assertTrue(report.ended_at)

    def test_how_far_it_is(self):
        report = self.begin()
        report.write({"total": 200, "done": 50})
        settings = self.env["res.config.settings"].create({})
        self.assertIn("50 of 200 rows, 25 %", settings.twitter_erasing)
        self.assertEqual(self.begin(), report, "one is under way already")

    def test_only_who_types_it(self):
        for words in ("", "erase", "ERASE ALL!"):
            with self.assertRaises(UserError):
                self.begin(words=words)
        self.assertFalse(self.env["twitter.erasure"]._running())

    def test_only_administrators_of_all_companies(self):
        for user in (
            self.manager,
            self.salesperson,
            self.employee,
            self.administrator,
            self.other_administrator,
        ):
            wizard = self.env["twitter.erase.all"].create({"confirmation": "ERASE ALL"})
            for method, record in (
                ("action_erase_all", wizard),
                (
                    "action_twitter_erase_all",
                    self.env["res.config.settings"].create({}),
                ),
            ):
                self.counted["attacks tried"] += 1
                with self.subTest(user.login), self.assertRaises(AccessError):
                    getattr(record.with_user(user), method)()
        self.assertTrue(self.found(SENTINELS))
