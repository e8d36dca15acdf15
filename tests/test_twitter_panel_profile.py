from decimal import Decimal

from odoo.tests import tagged

from .common import CrmTwitterPanelCase


@tagged("post_install", "-at_install")
class TestTwitterPanelProfile(CrmTwitterPanelCase):
    """Who the associated person is and what they post, and what becomes of it."""

    def setUp(self):
        super().setUp()
        for number in range(12):
            self.x.posts.add(author="jane_doe", text=f"Post {number} of Jane's")

    def test_opening_shows_profile_and_ten_posts_for_six_cents(self):
        profile = self.associate()
        answer = self.lead.twitter_read()
        self.assertFalse(answer["problem"])
        self.assertEqual(answer["profile"]["name"], "Jane Doe")
        self.assertEqual(answer["profile"]["state"], "active")
        self.assertEqual(len(answer["posts"]["items"]), 10)
        self.assertTrue(answer["posts"]["next_token"])
        self.assertEqual(self.x.spent(), Decimal("0.06"))
        profile.invalidate_recordset()
        self.assertEqual(profile.twitter_id, self.x.people.named("jane_doe").id)

    def test_the_second_opening_of_the_day_asks_nothing_of_x(self):
        self.associate()
        self.lead.twitter_read()
        self.x.calls.clear()
        panel = self.lead.twitter_panel()
        self.assertFalse(panel["profile"]["stale"])
        self.assertEqual(len(panel["posts"]["items"]), 10)
        self.assertEqual(len(self.lead.twitter_read()["posts"]["items"]), 10)
        colleague = self.lead.with_user(self.colleague)
        self.assertEqual(len(colleague.twitter_panel()["posts"]["items"]), 10)
        self.assertEqual(self.endpoints(), [])

    def test_refreshing_asks_x_by_id(self):
        self.associate()
        self.lead.twitter_read()
        self.x.calls.clear()
        self.x.people.change("jane_doe", description="Another bio")
        answer = self.lead.twitter_read(refresh=True)
        self.assertEqual(answer["profile"]["description"], "Another bio")
        self.assertEqual(
            set(self.endpoints()), {"GET /2/users", "GET /2/users/:id/tweets"}
        )

    def test_more_posts_and_reposts_come_on_demand(self):
        self.associate()
        first = self.lead.twitter_read()["posts"]
        more = self.lead.twitter_posts(next_token=first["next_token"])["posts"]
        self.assertEqual(len(more["items"]), 2)
        self.assertFalse(
            {post["id"] for post in more["items"]}
            & {post["id"] for post in first["items"]}
        )
        self.assertIn("retweets", self.x.calls[-1].query["exclude"])
        self.lead.twitter_posts(reposts=True)
        self.assertNotIn("exclude", self.x.calls[-1].query)

    def test_a_quoted_post_comes_on_demand_with_its_author(self):
        quoted = self.x.posts.add(author="jane_doe", text="The quoted one")
        self.associate()
        self.x.calls.clear()
        post = self.lead.twitter_post(quoted.id)["post"]
        self.assertEqual(post["author"]["handle"], "jane_doe")
        self.assertEqual("".join(s["text"] for s in post["segments"]), "The quoted one")
        self.lead.twitter_post(quoted.id)
        self.assertEqual(self.endpoints(), ["GET /2/tweets"])

    def test_x_unreachable_shows_what_is_stored(self):
        self.associate()
        self.lead.twitter_read()
        self.x.faults.add(endpoint="*", kind="reset", count=99)
        answer = self.lead.twitter_read(refresh=True)
        self.assertEqual(answer["problem"]["code"], "unreachable")
        self.assertEqual(answer["profile"]["name"], "Jane Doe")
        self.assertEqual(len(answer["posts"]["items"]), 10)

    def test_posts_that_fail_leave_the_profile(self):
        self.associate()
        self.x.faults.add(endpoint="GET /2/users/:id/tweets", status=503, count=9)
        answer = self.lead.twitter_read()
        self.assertEqual(answer["profile"]["name"], "Jane Doe")
        self.assertFalse(answer["posts"])
        self.assertEqual(answer["problem"]["code"], "unavailable")

    def test_a_protected_persons_posts_are_not_shown_nor_kept(self):
        self.associate()
        self.x.people.protect("jane_doe")
        answer = self.lead.twitter_read()
        self.assertEqual(answer["profile"]["state"], "protected")
        self.assertEqual(answer["problem"]["code"], "protected")
        self.assertFalse(self.lead.twitter_panel()["posts"])

    def test_suspended_since_the_profile_is_gone_from_here(self):
        self.associate()
        self.lead.twitter_read()
        self.x.people.suspend("jane_doe")
        answer = self.lead.twitter_read(refresh=True)
        self.assertEqual(answer["profile"]["state"], "suspended")
        self.assertEqual(answer["problem"]["code"], "suspended")
        panel = self.lead.twitter_panel()
        self.assertFalse(panel["profile"]["description"])
        self.assertFalse(panel["posts"])
        self.assertEqual(self.lead.twitter_handle, "jane_doe")

    def test_deleted_on_x_is_said(self):
        self.associate()
        profile = self.lead.twitter_read()["profile"]
        self.assertTrue(profile["profile_url"].endswith("/jane_doe"))
        self.x.people.delete("jane_doe")
        gone = self.lead.twitter_read(refresh=True)["profile"]
        self.assertEqual(gone["state"], "gone")
        self.assertIn("no longer on X", gone["note"])
        self.assertIn("it is somebody else", gone["note"])
        # The handle's page may be a stranger's.
        address = f"/intent/user?user_id={profile['twitter_id']}"
        self.assertTrue(gone["profile_url"].endswith(address))

    def test_a_handle_nobody_has_is_said_on_the_record(self):
        self.associate("nobody_at_all")
        answer = self.lead.twitter_read()
        self.assertEqual(answer["problem"]["code"], "not_found")
        self.assertIn("nobody on X", answer["profile"]["note"])

    def test_renamed_on_x_the_id_holds_and_it_is_said(self):
        profile = self.associate()
        self.lead.twitter_read()
        self.x.people.rename("jane_doe", "jane_new")
        shown = self.lead.twitter_read(refresh=True)["profile"]
        self.assertEqual(shown["id"], profile.id)
        self.assertEqual(shown["handle"], "jane_new")
        self.assertIn("on X it is @jane_new now", shown["note"])
        profile.invalidate_recordset()
        self.assertEqual(profile.former_handles, ["jane_doe"])

    def test_a_handle_taken_over_by_somebody_else_is_never_followed(self):
        profile = self.associate()
        self.lead.twitter_read()
        profile.invalidate_recordset()
        jane = profile.twitter_id
        self.x.people.rename("jane_doe", "jane_new")
        self.x.people.add("jane_doe", "An Impostor")
        shown = self.lead.twitter_read(refresh=True)["profile"]
        self.assertEqual(shown["twitter_id"], jane)
        self.assertEqual(shown["name"], "Jane Doe")

    def test_also_linked_names_only_records_the_user_may_read(self):
        profile = self.associate()
        self.make_lead(
            "Hidden", twitter_handle="jane_doe"
        ).sudo().user_id = self.colleague
        mine = self.make_lead("Mine", twitter_handle="jane_doe")
        partner = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "jane_doe"}
        )
        self.assertEqual(partner.twitter_profile_id, profile)
        self.assertEqual(
            self.lead.twitter_panel()["also_linked"],
            [
                {"model": "crm.lead", "id": mine.id, "name": mine.name},
                {"model": "res.partner", "id": partner.id, "name": "Jane Doe"},
            ],
        )

    def test_what_was_read_goes_when_no_record_links_it(self):
        profile = self.associate()
        partner = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "jane_doe"}
        )
        self.lead.twitter_read()
        self.lead.twitter_disassociate()
        profile.invalidate_recordset()
        self.assertEqual(profile.name, "Jane Doe", "the contact still links it")
        partner.twitter_handle = False
        self.env.flush_all()
        profile.invalidate_recordset()
        self.assertFalse(profile.name or profile.description or profile.image_url)
        self.assertFalse(
            self.env["twitter.cache"].search([("profile_id", "=", profile.id)])
        )

    def test_deleting_the_record_forgets_as_well(self):
        profile = self.associate()
        self.lead.twitter_read()
        self.lead.sudo().unlink()
        profile.invalidate_recordset()
        self.assertFalse(profile.name)
