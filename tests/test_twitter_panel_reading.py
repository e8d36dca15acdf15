from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..models.own_transaction import Busy
from ..models.twitter_cache import GC_UNLINK_LIMIT
from .common import CrmTwitterPanelCase


@tagged("post_install", "-at_install")
class TestTwitterPanelReading(CrmTwitterPanelCase):
    """What X may answer, and what may happen while it is waited for."""

    def setUp(self):
        super().setUp()
        self.x.posts.add(author="jane_doe", text="A post of Jane's")

    def answer(self, endpoint, body):
        """Have X answer whatever a test says, once."""
        self.x.faults.add(endpoint=endpoint, status=200, body=body)

    # ------------------------------------------------------------
    # ODD ANSWERS
    # ------------------------------------------------------------

    def test_a_handle_longer_than_the_api_takes_is_shown_and_said(self):
        self.x.people.add("jane_doe_since_2006", "Jane Doe")
        panels = (
            self.lead.twitter_search()["search"],
            self.lead.twitter_panel()["search"],
        )
        for search in panels:
            found = {c["handle"]: c for c in search["candidates"]}
            old = found["jane_doe_since_2006"]
            self.assertEqual(
                old["profile_url"], f"{self.simulator.url}/jane_doe_since_2006"
            )
            self.assertEqual(
                old["evidence"][0],
                {"favours": False, "text": "X's API does not take this handle"},
            )
            self.assertTrue(all(e["favours"] for e in found["jane_doe"]["evidence"]))

    def test_what_is_reposted_from_an_old_account_is_shown(self):
        old = self.x.people.add("jane_doe_since_2006", "Old Jane")
        post = self.x.posts.add(author=old.username, text="From long ago")
        self.x.posts.add(author="jane_doe", text=post.text, repost_of=post.id)
        self.associate()
        self.lead.twitter_read()
        [shown] = [
            item
            for item in self.lead.twitter_posts(reposts=True)["posts"]["items"]
            if item["reposted_by"]
        ]
        profile_url = f"{self.simulator.url}/jane_doe_since_2006"
        self.assertEqual(shown["author"]["url"], profile_url)
        self.assertEqual(shown["url"], f"{profile_url}/status/{post.id}")

    def test_an_odd_address_does_not_spoil_what_was_paid_for(self):
        self.lead.sudo().email_from = "x@[foo"
        self.assertTrue(self.lead.twitter_search()["search"]["candidates"])
        self.assertTrue(self.lead.twitter_panel()["search"]["candidates"])

    def test_an_answer_with_nothing_in_it_is_a_sentence(self):
        nothing = {"meta": {"result_count": 0}}
        self.answer("GET /2/users/by", nothing)
        self.assertEqual(
            self.lead.twitter_look_up("somebody")["problem"]["code"], "gone"
        )
        self.answer("GET /2/tweets", nothing)
        self.assertEqual(self.lead.twitter_post("1")["problem"]["code"], "gone")
        self.associate()
        self.answer("GET /2/users/by", nothing)
        answer = self.lead.twitter_read()
        self.assertEqual(answer["problem"]["code"], "gone")
        self.assertEqual(answer["profile"]["state"], "unresolved")

    def test_a_post_without_its_author_is_a_sentence_and_not_kept(self):
        body = {
            "data": [{"id": "17", "text": "Hello", "author_id": "5"}],
            "includes": {"users": [{"id": "6", "username": "other", "name": "Other"}]},
        }
        self.answer("GET /2/tweets", body)
        self.assertEqual(self.lead.twitter_post("17")["problem"]["code"], "gone")
        self.assertFalse(self.env["twitter.cache"].search([("key", "=", "post:17")]))

    def test_what_is_no_posts_id_is_not_asked_for(self):
        for odd in ("abc", "", "1 OR 1", "1" * 20, None, "١"):
            with self.subTest(odd):
                self.assertEqual(self.lead.twitter_post(odd)["problem"]["code"], "gone")
        self.assertEqual(self.endpoints(), [])

    # ------------------------------------------------------------
    # ONCE A DAY, ALSO FOR THOSE WITHOUT POSTS
    # ------------------------------------------------------------

    def test_who_shows_no_posts_is_asked_for_once_a_day(self):
        for number, (misfortune, code) in enumerate(
            (
                (self.x.people.protect, "protected"),
                (self.x.people.suspend, "suspended"),
                (self.x.people.delete, "not_found"),
            )
        ):
            with self.subTest(code):
                handle = f"jane_{number}"
                self.x.people.add(handle, "Jane Doe")
                misfortune(handle)
                self.associate(handle)
                first = self.lead.twitter_read()
                self.assertEqual(first["problem"]["code"], code)
                self.x.calls.clear()
                again = self.lead.twitter_read()
                self.assertEqual(again["problem"], first["problem"])
                self.assertEqual(again["profile"], first["profile"])
                self.assertEqual(self.endpoints(), [])
                self.lead.twitter_read(refresh=True)
                self.assertTrue(self.endpoints())

    def test_who_became_protected_shows_no_posts_of_this_morning(self):
        self.associate()
        self.assertTrue(self.lead.twitter_read()["posts"]["items"])
        self.x.people.protect("jane_doe")
        self.lead.twitter_read(refresh=True)
        self.assertFalse(self.lead.twitter_read()["posts"])
        self.assertFalse(self.lead.twitter_panel()["posts"])

    # ------------------------------------------------------------
    # WHAT HAPPENS MEANWHILE
    # ------------------------------------------------------------

    def test_the_age_shown_is_that_of_the_answer(self):
        candidate = self.lead.twitter_look_up("jane_doe")["candidate"]
        morning = fields.Datetime.now() - timedelta(hours=1)
        rows = self.env["twitter.cache"].search([("key", "=like", "profile:%")])
        rows.read_at = morning
        self.lead.twitter_associate("jane_doe", "given", candidate["twitter_id"])
        self.assertEqual(self.lead.sudo().twitter_profile_id.fetched_at, morning)

    def test_an_older_answer_does_not_replace_a_newer_one(self):
        candidate = self.lead.twitter_look_up("jane_doe")["candidate"]
        other = self.make_lead("Jane Doe", twitter_handle="jane_doe")
        self.x.people.suspend("jane_doe")
        other.twitter_read()
        self.env.invalidate_all()
        profile = other.sudo().twitter_profile_id
        profile.twitter_id = candidate["twitter_id"]
        # It was told before X suspended the account.
        known = self.env["twitter.cache"]._put_row
        value = {"id": candidate["twitter_id"], "handle": "jane_doe", "name": "Jane"}
        earlier = fields.Datetime.now() - timedelta(minutes=1)
        known(f"profile:{candidate['twitter_id']}", value, None, earlier)
        self.lead.twitter_associate("jane_doe", "given", candidate["twitter_id"])
        self.assertEqual(self.lead.sudo().twitter_profile_id, profile)
        self.assertEqual(profile.state, "suspended")
        self.assertFalse(profile.name)

    def test_what_is_read_while_the_link_is_taken_away_is_not_kept(self):
        profile = self.associate()
        mixin = type(self.env["crm.lead"])
        keep = mixin._twitter_keep

        def keep_after_it_is_cleared(lead, *arguments):
            lead.sudo().twitter_handle = False
            self.env.flush_all()
            return keep(lead, *arguments)

        with patch.object(mixin, "_twitter_keep", keep_after_it_is_cleared):
            answer = self.lead.twitter_read()
        self.assertEqual(answer["profile"]["name"], "Jane Doe", "paid for, so shown")
        self.assertTrue(answer["posts"]["items"])
        profile.invalidate_recordset()
        self.assertEqual(profile.twitter_id, self.x.people.named("jane_doe").id)
        self.assertEqual(profile.state, "unresolved")
        self.assertFalse(profile.name or profile.description or profile.fetched_at)
        self.assertFalse(
            self.env["twitter.cache"].search([("key", "=like", "posts:%")])
        )

    def test_a_row_in_use_costs_nothing_that_was_paid_for(self):
        profile = self.associate()

        def in_use(*_arguments):
            raise Busy(self.env)

        with patch.object(type(profile), "_keep", in_use):
            answer = self.lead.twitter_read()
        self.assertFalse(answer["problem"])
        self.assertEqual(answer["profile"]["id"], profile.id)
        self.assertEqual(answer["profile"]["name"], "Jane Doe")
        self.assertEqual(answer["profile"]["state"], "active")
        self.assertFalse(answer["profile"]["stale"])
        self.assertEqual(len(answer["posts"]["items"]), 1)

    # ------------------------------------------------------------
    # THE CACHE
    # ------------------------------------------------------------

    def test_old_answers_are_swept_a_part_at_a_time(self):
        cache = self.env["twitter.cache"]
        past = fields.Datetime.now() - timedelta(days=1)
        for key in ("a", "b", "c"):
            cache._put_row(key, [], None, past - timedelta(days=1))
        cache._put_row("today", [], None, fields.Datetime.now())
        module = "odoo.addons.crm_twitter.models.twitter_cache.GC_UNLINK_LIMIT"
        with patch(module, 2):
            self.assertEqual(cache._gc_expired(), (2, True))
            self.assertEqual(cache._gc_expired(), (1, False))
        self.assertEqual(cache.search([]).mapped("key"), ["today"])
        self.assertGreater(GC_UNLINK_LIMIT, 1000)
