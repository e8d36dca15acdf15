from odoo.tests import BaseCase, tagged

from .access_methods import METHODS
from .call_graph import ROOT, CallGraph
from .common import CrmTwitterCase
from .everything import Everything

# The client's methods that change something on X, and the search for names.
ACTING = {
    "create_post",
    "delete_post",
    "describe_image",
    "follow",
    "like",
    "repost",
    "unfollow",
    "unlike",
    "unrepost",
    "upload_image",
}
SEARCHING = {"search_profiles"}
# The doors there are, and each is somebody's click on one thing.
ACTING_DOORS = {"twitter_act"}
SEARCHING_DOORS = {"twitter_search"}


@tagged("post_install", "-at_install")
class TestNoDoor(BaseCase):
    """Nothing but a person's click likes, follows, replies, posts or searches a name.

    https://docs.x.com/developer-terms/policy (automation, off-X matching)
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.graph = CallGraph()

    def test_the_graph_finds_what_there_is(self):
        """Or finding no door would prove nothing."""
        acting = self.graph.reaching(ACTING)
        self.assertLessEqual({"twitter_act"}, acting)
        reading = self.graph.reaching({"mentions", "posts_by_id", "profiles_by_id"})
        crons = {"_cron_read", "_cron_check", "_cron_refresh", "_cron_settle"}
        self.assertLessEqual(crons, reading)
        self.assertLessEqual(crons, set(self.graph.run_by_themselves()))

    def test_the_doors_are_these(self):
        public = {name for methods in METHODS.values() for name in methods}
        routes = set(self.graph.routes())
        self.assertLessEqual({"callback", "page"}, routes)
        public |= routes
        for methods, doors in (
            (ACTING, ACTING_DOORS),
            (SEARCHING, SEARCHING_DOORS),
        ):
            self.assertEqual(self.graph.reaching(methods) & public, doors)

    def test_nothing_acts_or_searches_by_itself(self):
        for methods in (ACTING, SEARCHING):
            reached = self.graph.reaching(methods)
            self.assertEqual(reached & set(self.graph.run_by_themselves()), set())

    def test_no_action_of_the_server_acts_or_searches(self):
        reached = self.graph.reaching(ACTING | SEARCHING)
        code = ""
        for path in sorted((ROOT / "data").glob("*.xml")):
            code += path.read_text(encoding="utf-8")
        self.assertIn("_cron_", code)
        for name in reached:
            self.assertNotIn(f"{name}(", code)


@tagged("post_install", "-at_install")
class TestNothingByItself(Everything, CrmTwitterCase):
    """With all switched on, on a plan that allows all, what runs by itself reads."""

    def setUp(self):
        super().setUp()
        self.x.plan = "enterprise"
        self.env["ir.config_parameter"].set_param("crm_twitter.plan", "enterprise")
        self.made = self.on_x()

    def on_x(self):
        """All that was done on X, by whomever."""
        people = [person for person in self.x.people if person.active]
        return {
            "posts": {post.id for post in self.x.posts},
            "likes": {(p.username, *self.x.likes_by(p.username)) for p in people},
            "follows": {(p.username, *self.x.follows_by(p.username)) for p in people},
        }

    def assertOnlyRead(self, *expected):
        asked = set(self.endpoints())
        self.assertGreaterEqual(asked, set(expected))
        self.assertEqual({each for each in asked if "search" in each}, set())
        # Neither keys nor compliance jobs are anything X shows to anybody.
        writes = {
            each
            for each in asked
            if not each.startswith("GET ")
            and "/oauth2/" not in each
            and "/compliance/" not in each
            and "/storage/" not in each
        }
        self.assertEqual(writes, set())
        self.assertEqual(self.on_x(), self.made)

    def test_scheduled_actions_and_clean_ups(self):
        tried = self.run_by_themselves()
        self.assertGreater(tried, 15)
        self.assertOnlyRead(
            "GET /2/users",
            "GET /2/users/by",
            "GET /2/users/:id/mentions",
            "GET /2/users/:id/tweets",
            "GET /2/tweets",
            "POST /2/compliance/jobs",
        )
        self.counted["attacks tried"] += tried

    def test_the_life_of_records_asks_x_for_nothing(self):
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": "A",
                    "contact_name": "Jane Doe",
                    "email_from": "a@jane.example",
                },
                {"name": "B", "contact_name": "Jane Doe", "twitter_handle": "friend"},
            ]
        )
        leads.twitter_handle = "jane_doe"
        self.env["crm.lead"].with_context(import_file=True).load(
            ["name", "contact_name"],
            [[f"Bought {number}", "Jane Doe"] for number in range(20)],
        )
        leads[0]._handle_partner_assignment(create_missing=True)
        kept = leads._merge_opportunity(auto_unlink=True)
        kept.action_set_won()
        kept.copy()
        self.row.with_user(self.user).action_handle()
        kept.unlink()
        self.env.flush_all()
        self.assertEqual(self.endpoints(), [])
        self.assertOnlyRead()

    def test_one_click_is_about_one_record(self):
        """There is no search for many names, and no acting on many people."""
        leads = self.env["crm.lead"].concat(*self.nameless).with_user(self.user)
        self.assertEqual(len(leads), 2)
        for name, arguments in (
            ("twitter_search", ()),
            ("twitter_act", ("00000000-0000-0000", "like", self.post.id)),
            ("twitter_act", ("00000000-0000-0000", "follow")),
        ):
            with self.subTest(name), self.assertRaises(ValueError):
                getattr(leads, name)(*arguments)
        self.assertEqual(self.endpoints(), [])
        self.counted["attacks tried"] += 3

    def test_no_rule_of_the_addon_runs_where_records_change(self):
        """It delivers no automation, and no field that searches when it is computed."""
        data = self.env["ir.model.data"].search([("module", "=", "crm_twitter")])
        models = set(data.mapped("model"))
        self.assertIn("ir.cron", models)
        self.assertNotIn("base.automation", models)
        actions = self.env["ir.actions.server"].browse(
            data.filtered(lambda row: row.model == "ir.actions.server").mapped("res_id")
        )
        clicked = actions.filtered(lambda action: action.usage != "ir_cron")
        self.assertTrue(clicked)
        # Each is chosen in a list's menu, and opens a dialog.
        self.assertEqual(set(clicked.mapped("usage")), {"ir_actions_server"})
        self.assertTrue(all(action.binding_model_id for action in clicked))

    def test_digest_mails_carry_nothing_of_x(self):
        """Odoo's digests are figures of their own fields, and tips."""
        data = self.env["ir.model.data"].search([("module", "=", "crm_twitter")])
        self.assertFalse(data.filtered(lambda row: row.model.startswith("digest.")))
        added = data.filtered(lambda row: row.model == "ir.model.fields")
        models = self.env["ir.model.fields"].browse(added.mapped("res_id"))
        self.assertIn("crm.lead", models.mapped("model"))
        self.assertNotIn("digest.digest", models.mapped("model"))
