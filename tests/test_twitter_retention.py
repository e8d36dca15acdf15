from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.modules import load_script
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.misc import file_path

from ..models import twitter_retention
from .board import Board
from .test_twitter_touch import EngagementsCase


@tagged("post_install", "-at_install")
class TestRetention(Board, EngagementsCase):
    """What nobody looks at goes after a while, by autovacuum, in batches."""

    def setUp(self):
        super().setUp()
        self.contact = self.env["res.partner"].create(
            {"name": "Jane", "twitter_handle": "jane_doe"}
        )
        self.profile = self.make_profile("jane_doe", description="Gardener")
        self.profile.write({"description": "Gardener", "location": "Riga"})

    def make_profile(self, handle="jane_doe", name="Jane Doe", **values):
        values.pop("description", None)
        return super().make_profile(handle, name, **values)

    def look(self, days, profile=None):
        """Somebody has opened X on it as many days ago, for the last time."""
        profile = profile or self.profile
        when = fields.Datetime.now() - timedelta(days=days)
        profile.write({"looked_at": when, "fetched_at": when})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE twitter_profile SET create_date = %s WHERE id = %s",
            [when, profile.id],
        )
        self.env.invalidate_all()

    def vacuum(self, model, method):
        """Run as the autovacuum does; how many were done, in all."""
        self.env.flush_all()
        rows = 0
        while True:
            done, more = getattr(self.env[model], method)()
            rows += done
            if not more:
                self.env.invalidate_all()
                return rows

    def keep(self, **days):
        settings = self.env["res.config.settings"].create(
            {f"twitter_keep_{name}": value for name, value in days.items()}
        )
        settings.execute()

    # ------------------------------------------------------------
    # PROFILES
    # ------------------------------------------------------------

    def test_a_profile_nobody_looks_at_is_dropped_and_stays_associated(self):
        self.look(179)
        self.assertEqual(self.vacuum("twitter.profile", "_gc_unlooked"), 0)
        self.assertEqual(self.profile.name, "Jane Doe")
        self.look(181)
        self.assertEqual(self.vacuum("twitter.profile", "_gc_unlooked"), 1)
        for name in ("name", "description", "location", "image_url", "followers"):
            self.assertFalse(self.profile[name], name)
        self.assertEqual(self.contact.twitter_profile_id, self.profile)
        self.assertEqual(self.contact.twitter_handle, "jane_doe")

    def test_what_is_dropped_is_not_taken_for_new_and_read_again(self):
        self.look(181)
        self.vacuum("twitter.profile", "_gc_unlooked")
        self.assertEqual(self.env["twitter.profile"]._count_unread(), 0)
        self.assertEqual(self.vacuum("twitter.profile", "_gc_unlooked"), 0)

    def test_whom_the_board_shows_today_stays(self):
        self.say()
        self.look(181)
        self.assertEqual(self.vacuum("twitter.profile", "_gc_unlooked"), 0)

    def test_what_has_just_been_read_stays(self):
        """From a list, or by itself: nobody has opened the panel on it."""
        unknown = self.make_profile("nobody_here", "Nobody")
        for profile in self.profile + unknown:
            self.look(200, profile)
            profile.write({"looked_at": False, "fetched_at": fields.Datetime.now()})
        self.assertEqual(self.vacuum("twitter.profile", "_gc_unlooked"), 0)
        self.assertEqual(self.vacuum("twitter.profile", "_gc_unknown"), 0)
        self.assertEqual(self.profile.name, "Jane Doe")

    def test_who_was_read_before_the_upgrade_counts_as_looked_at(self):
        """A version that did not keep who was looked at has read whoever was."""
        self.look(200)
        read = fields.Datetime.now().replace(microsecond=0) - timedelta(days=1)
        self.profile.write({"looked_at": False, "fetched_at": read})
        looked = self.make_profile("jack", "Jack")
        self.look(3, looked)
        before = looked.looked_at
        self.env.flush_all()
        path = file_path("crm_twitter/migrations/19.0.2.0.0/post-migration.py")
        load_script(path, "post_migration").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(self.profile.looked_at, read)
        self.assertEqual(looked.looked_at, before)

    def test_each_night_takes_an_index(self):
        [[plan]] = self.plans("twitter.profile", "_gc_unlooked")
        self.assertIn("Index Cond: (GREATEST(looked_at", plan)
        [[plan]] = self.plans("twitter.profile", "_gc_unknown")
        self.assertIn("Index Cond: (GREATEST(looked_at", plan)
        [[plan]] = self.plans("twitter.interaction", "_gc_handled")
        self.assertIn("Index Cond: (COALESCE(handled_at", plan)

    def plans(self, model, method):
        """How PostgreSQL finds the rows, where a table is not too small for it."""
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("SET LOCAL enable_sort = off")
        plans = []

        def explain(rows, query, order="id"):
            query = SQL("EXPLAIN %s ORDER BY %s LIMIT 10", query, SQL(order))
            plan = self.env.execute_query(query)
            plans.append(["\n".join(line for [line] in plan)])
            return rows.browse()

        with patch.object(twitter_retention, "_lock_free", explain):
            getattr(self.env[model], method)()
        return plans

    def test_rows_nothing_refers_to_are_deleted(self):
        unknown = self.make_profile("nobody_here", "Nobody")
        self.look(181)
        self.look(181, unknown)
        self.assertEqual(self.vacuum("twitter.profile", "_gc_unknown"), 1)
        self.assertFalse(unknown.exists())
        self.assertTrue(self.profile.exists())

    def test_more_than_a_batch(self):
        profiles = self.profile
        for number in range(6):
            profiles += self.make_profile(f"nobody_{number}", "Nobody")
        for profile in profiles:
            self.look(200, profile)
        with patch.object(twitter_retention, "SWEPT_AT_ONCE", 2):
            self.assertEqual(self.vacuum("twitter.profile", "_gc_unlooked"), 7)
            self.assertEqual(self.vacuum("twitter.profile", "_gc_unknown"), 6)

    # ------------------------------------------------------------
    # WHAT WAS SAID
    # ------------------------------------------------------------

    def handled(self, days, state="handled", **values):
        row = self.say(state=state, **values)
        when = fields.Datetime.now() - timedelta(days=days)
        row.sudo().write({"handled_at": when})
        row.author_id.seen_at = when
        self.env.flush_all()
        return row

    def test_handled_and_ignored_ones_go_and_open_ones_stay(self):
        old = self.handled(366) + self.handled(366, "ignored")
        young = self.handled(364)
        opened = self.say(posted_at=fields.Datetime.now() - timedelta(days=900))
        lead = self.make_lead(twitter_interaction_id=old[0].id).sudo()
        row = self.done(lead, text="Hello", interaction_id=old[0].id)
        messages = self.env["mail.message"].search_count(
            [("model", "=", "twitter.interaction"), ("res_id", "in", old.ids)]
        )
        self.assertEqual(self.vacuum("twitter.interaction", "_gc_handled"), 2)
        self.assertEqual((old + young + opened).exists(), young + opened)
        self.assertTrue(lead.exists() and row.text)
        self.assertFalse(lead.twitter_interaction_id)
        self.assertGreaterEqual(messages, 0)

    def test_what_a_colleague_has_to_do_about_it_stays(self):
        row = self.handled(366)
        row.activity_schedule("mail.mail_activity_data_todo", note="Call back")
        self.assertEqual(self.vacuum("twitter.interaction", "_gc_handled"), 0)
        self.assertTrue(row.activity_ids)
        row.activity_ids.action_feedback("A quote, next year")
        # What X told goes; what was done about it stays.
        self.assertEqual(self.vacuum("twitter.interaction", "_gc_handled"), 1)
        self.assertIn("A quote, next year", str(row.message_ids.mapped("body")))

    def test_what_colleagues_wrote_stays_without_what_x_told(self):
        noted = self.handled(366, conversation_id="1", reply_to_id="2", quoted_id="3")
        noted.message_post(body="He wants a quote", message_type="comment")
        self.assertEqual(self.vacuum("twitter.interaction", "_gc_handled"), 1)
        self.assertIn("He wants a quote", str(noted.message_ids.mapped("body")))
        for name in twitter_retention.TOLD:
            self.assertFalse(noted.sudo()[name], name)
        self.assertEqual(self.vacuum("twitter.interaction", "_gc_handled"), 0)

    def test_more_said_than_a_batch(self):
        for _number in range(5):
            self.handled(400)
        with patch.object(twitter_retention, "SWEPT_AT_ONCE", 2):
            self.assertEqual(self.vacuum("twitter.interaction", "_gc_handled"), 5)

    def test_who_has_said_nothing_that_is_kept_is_no_author(self):
        author = self.handled(400).author_id
        self.vacuum("twitter.interaction", "_gc_handled")
        self.env.cr.execute(
            "UPDATE twitter_author SET create_date = create_date - interval '2 days'"
        )
        self.assertEqual(self.vacuum("twitter.author", "_gc_silent"), 1)
        self.assertFalse(author.exists())

    # ------------------------------------------------------------
    # THE SETTINGS
    # ------------------------------------------------------------

    def test_empty_keeps_for_good(self):
        self.keep(profiles="", interactions="")
        self.look(5000)
        self.handled(5000)
        self.look(5000)
        for model, method in (
            ("twitter.profile", "_gc_unlooked"),
            ("twitter.profile", "_gc_unknown"),
            ("twitter.interaction", "_gc_handled"),
        ):
            self.assertEqual(self.vacuum(model, method), 0)
        settings = self.env["res.config.settings"].create({})
        self.assertFalse(settings.twitter_keep_profiles)

    def test_days_of_ones_own(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.twitter_keep_profiles, "180")
        self.assertEqual(settings.twitter_keep_interactions, "365")
        self.keep(profiles="40", interactions="2")
        self.handled(3)
        self.look(41)
        self.assertEqual(self.vacuum("twitter.interaction", "_gc_handled"), 1)
        self.assertEqual(self.vacuum("twitter.profile", "_gc_unlooked"), 1)

    def test_what_is_no_number_of_days_is_refused(self):
        for name, text in (
            ("profiles", "29"),
            ("profiles", "soon"),
            ("interactions", "0"),
            ("interactions", "-1"),
            ("interactions", "99999999999"),
            ("interactions", "١٢٣"),
        ):
            self.counted["attacks tried"] += 1
            with self.subTest(text), self.assertRaises(ValidationError):
                self.keep(**{name: text})

    def test_what_was_written_by_hand_and_is_no_number_is_not_used(self):
        parameters = self.env["ir.config_parameter"]
        for text in ("-1", "abc", "1.5", "٣", "99999999999", " "):
            for name in ("keep_profiles", "keep_interactions"):
                parameters.set_param(f"crm_twitter.{name}", text)
            young, old = self.handled(364), self.handled(366)
            self.look(179)
            self.counted["attacks tried"] += 1
            with self.subTest(text):
                self.assertEqual(self.vacuum("twitter.profile", "_gc_unlooked"), 0)
                self.vacuum("twitter.profile", "_gc_unknown")
                self.assertEqual(self.vacuum("twitter.interaction", "_gc_handled"), 1)
                self.assertEqual((young + old).exists(), young)

    def test_only_administrators_decide(self):
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(self.salesperson).create(
                {"twitter_keep_profiles": "30"}
            )
