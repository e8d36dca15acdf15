from ast import literal_eval

from lxml import etree

from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .board import Board
from .common import CrmTwitterCase

ACTION = "crm_twitter.twitter_interaction_action"
PERMISSION = "crm_twitter.group_social_integration"


@tagged("post_install", "-at_install")
class TestBoardViews(Board, CrmTwitterCase):
    """The board's views, for who has the permission and nothing of Sales."""

    @classmethod
    def _make_people(cls):
        result = super()._make_people()
        cls.listener = new_test_user(cls.env, "x_listener", groups=PERMISSION)
        return result

    def interactions(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["twitter.interaction"].with_user(user or self.listener)

    def search_arch(self):
        view = self.env.ref("crm_twitter.twitter_interaction_view_search")
        arch = self.interactions().get_view(view.id, "search")["arch"]
        return etree.fromstring(arch)

    def found(self, name):
        """What a filter of the search view finds."""
        node = self.search_arch().xpath(f"//filter[@name='{name}']")[0]
        domain = safe_eval(node.get("domain"), {"uid": self.listener.id})
        return self.interactions().search(domain)

    def test_every_view_opens(self):
        action = self.env.ref(ACTION).with_user(self.listener).sudo()
        self.say()
        for kind in action.view_mode.split(","):
            with self.subTest(kind):
                result = self.interactions().get_views([(False, kind)])
                self.assertIn(kind, result["views"])

    def test_the_board_begins_with_what_is_new(self):
        action = self.env.ref(ACTION)
        self.assertEqual(literal_eval(action.context), {"search_default_new": 1})
        self.assertEqual(action.path, "social")
        self.assertTrue(self.search_arch().xpath("//filter[@name='new']"))

    def test_what_x_told_is_not_kept_on_disks(self):
        self.assertFalse(self.env.ref(ACTION).cache)

    def test_each_group_can_be_grouped_by(self):
        self.say()
        for node in self.search_arch().xpath("//group/filter"):
            group = safe_eval(node.get("context"))["group_by"]
            with self.subTest(group):
                groups = self.interactions().web_read_group([], [group], ["__count"])
                count = sum(each["__count"] for each in groups["groups"])
                self.assertEqual(count, 1)

    def test_columns_keep_their_order_and_are_there_when_empty(self):
        self.say()
        groups = (
            self.interactions()
            .with_context(read_group_expand=True)
            .web_read_group([], ["relation"], ["__count"])["groups"]
        )
        self.assertEqual(
            [(each["relation"], each["__count"]) for each in groups],
            [("potential", 0), ("customer", 0), ("known", 0), ("other", 1)],
        )

    def test_columns_of_states_keep_their_order_and_are_there_when_empty(self):
        self.say(state="handled")
        groups = (
            self.interactions()
            .with_context(read_group_expand=True)
            .web_read_group([], ["state"], ["__count"])["groups"]
        )
        self.assertEqual(
            [(each["state"], each["__count"]) for each in groups],
            [("new", 0), ("handled", 1), ("ignored", 0)],
        )

    def test_a_card_dragged_to_another_state_says_so(self):
        row = self.interactions().browse(self.say().id)
        self.assertEqual(row.card["state"], "new")
        [saved] = row.web_save({"state": "handled"}, {"card": {}})
        self.assertEqual(saved["card"]["state"], "handled")
        self.assertIn(self.listener.name, saved["card"]["handled"])

    def test_a_state_is_changed_by_the_same_words_everywhere(self):
        words = {
            "action_handle": "Mark as handled",
            "action_ignore": "Ignore",
            "action_reopen": "Reopen",
        }
        for kind in ("form", "list"):
            arch = self.interactions().get_view(False, kind)["arch"]
            buttons = etree.fromstring(arch).xpath("//header/button")
            with self.subTest(kind):
                self.assertEqual(
                    {each.get("name"): each.get("string") for each in buttons}, words
                )

    def test_filters(self):
        mention = self.say()
        reply = self.say(kind="reply", user_id=self.listener.id)
        quote = self.say(kind="quote", state="handled")
        old = self.say(state="ignored", posted_at="2020-01-01 08:00:00")
        for name, rows in {
            "new": mention + reply,
            "handled": quote,
            "ignored": old,
            "mine": reply,
            "unassigned": mention + quote + old,
            "mentions": mention + old,
            "replies": reply,
            "quotes": quote,
            "last_week": mention + reply + quote,
        }.items():
            with self.subTest(name):
                self.assertEqual(self.found(name), rows.with_user(self.listener))

    def test_search_by_words_author_and_record(self):
        chair = self.say("@ourcompany A chair")
        desk = self.say("@ourcompany A desk", handle="mike_desk")
        desk.author_id.profile_id.name = "Mike Doe"
        desk.author_id.seen_at = "2020-01-01 08:00:00"  # the name is not shown any more
        lead = self.make_lead("Jane Doe", name="Office chairs").sudo()
        lead.twitter_handle = "jane_doe"
        self.assertEqual(lead.twitter_profile_id, chair.author_id.profile_id)
        for user, field, words, rows in (
            (self.listener, "text", "desk", desk),
            (self.listener, "author_id", "mike_d", desk),
            (self.listener, "author_id", "Doe", chair),
            (self.salesperson, "record_name", "office", chair),
            (self.listener, "record_name", "office", chair.browse()),
        ):
            with self.subTest(f"{field} {user.login}"):
                found = self.interactions(user).search([(field, "ilike", words)])
                self.assertEqual(found.sudo(), rows)

    def test_who_handles_it_is_set_for_many_in_the_list(self):
        rows = self.say() + self.say()
        rows.with_user(self.listener).write(
            {"user_id": self.listener.id, "state": "handled"}
        )
        self.assertEqual(rows.user_id, self.listener)
        arch = self.interactions().get_view(False, "list")["arch"]
        node = etree.fromstring(arch)
        self.assertEqual(node.get("multi_edit"), "1")
        editable = {
            field.get("name")
            for field in node.xpath("//field")
            if field.get("readonly") not in ("True", "1")
        }
        self.assertLessEqual({"user_id", "state"}, editable)
