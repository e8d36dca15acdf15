from lxml import etree

from odoo import fields
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..models.twitter_engagement import TOUCH_DOMAIN
from .test_twitter_touch import EngagementsCase

CARDS = (
    "crm.crm_case_kanban_view_leads",
    "crm.view_crm_lead_kanban",
    "base.res_partner_kanban_view",
)
LISTS = (
    "crm.crm_case_tree_view_leads",
    "crm.crm_case_tree_view_oppor",
    "base.view_partner_tree",
)
SEARCHES = (
    "crm.view_crm_case_leads_filter",
    "crm.view_crm_case_opportunities_filter",
    "base.view_res_partner_filter",
)
FORMS = ("crm.crm_lead_view_form", "base.view_partner_form")
FILTERS = ("twitter_lost", "twitter_untouched", "twitter_touched_by_me")
FIELDS = (
    "twitter_avatar_url",
    "twitter_handle",
    "twitter_last_touch",
    "twitter_touch_count",
    "twitter_engagement_count",
)


@tagged("post_install", "-at_install")
class TestTwitterLists(EngagementsCase):
    """X on lists and boards: what is stored, and no call to X."""

    def arch(self, xmlid, user):
        view = self.env.ref(xmlid)
        model = self.env[view.model].with_user(user)
        return etree.fromstring(model.get_view(view.id, view.type)["arch"])

    def make(self, model, count, **values):
        """Records whose profiles were read, each with something done."""
        records = self.env[model].create(
            [
                {"name": f"{count} {n}", "twitter_handle": f"p{count}_{n}", **values}
                for n in range(count)
            ]
        )
        for profile in records.twitter_profile_id:
            profile.write(
                {
                    "twitter_id": f"{count}{profile.id}",
                    "state": "active",
                    "image_url": "https://pbs.twimg.com/profile_images/1/a_normal.jpg",
                }
            )
        for record in records:
            self.done(record)
        return records

    def queries(self, records):
        """How many a list or a board of `records` takes; X is asked for none of it."""
        self.env.flush_all()
        self.env.invalidate_all()
        calls = len(self.x.calls)
        before = self.env.cr.sql_log_count
        found = records.with_user(self.salesperson).web_search_read(
            [("id", "in", records.ids)], {name: {} for name in FIELDS}, limit=100
        )
        self.assertEqual(len(found["records"]), len(records))
        self.assertEqual(
            found["records"][0]["twitter_avatar_url"],
            "https://pbs.twimg.com/profile_images/1/a_bigger.jpg",
        )
        self.assertEqual(len(self.x.calls), calls, "opening a list asks X nothing")
        return self.env.cr.sql_log_count - before

    def test_eighty_records_take_as_many_queries_as_eight(self):
        self.connect()
        for model, values in (
            ("crm.lead", {"user_id": self.salesperson.id}),
            ("res.partner", {}),
        ):
            with self.subTest(model):
                few = self.make(model, 8, **values)
                many = self.make(model, 80, **values)
                self.queries(few)  # warms the caches of the registry
                self.assertEqual(self.queries(many), self.queries(few))

    def test_a_record_without_a_profile_or_a_picture_has_no_avatar(self):
        lead = self.make_lead()
        self.assertFalse(lead.twitter_avatar_url)
        lead.twitter_handle = "somebody"
        self.assertFalse(lead.twitter_avatar_url)
        lead.sudo().twitter_profile_id.image_url = "https://pbs.twimg.com/a_normal.jpg"
        self.assertEqual(lead.twitter_avatar_url, "https://pbs.twimg.com/a_bigger.jpg")
        leads = self.env["crm.lead"].with_user(self.salesperson)
        self.assertIn(lead, leads.search([("twitter_avatar_url", "!=", False)]))
        self.assertNotIn(lead, leads.search([("twitter_avatar_url", "=", False)]))

    # ------------------------------------------------------------
    # VIEWS
    # ------------------------------------------------------------

    def test_cards_and_lists_show_it_to_members_alone(self):
        for xmlid in CARDS + LISTS:
            with self.subTest(xmlid):
                self.open_leads_to_employees()
                found = "//field[@name='twitter_avatar_url']"
                [node] = self.arch(xmlid, self.salesperson).xpath(found)
                self.assertEqual(node.get("widget"), "twitter_avatar")
                if xmlid in LISTS:
                    self.assertEqual(node.get("optional"), "hide")
                self.assertFalse(self.arch(xmlid, self.employee).xpath(found))

    def open_leads_to_employees(self):
        """Who lacks the permission may read leads, too."""
        self.env["ir.model.access"].create(
            {
                "name": "employees read leads, for this test",
                "model_id": self.env.ref("crm.model_crm_lead").id,
                "group_id": self.env.ref("base.group_user").id,
                "perm_read": True,
            }
        )

    def test_the_stat_button_is_there_for_members_where_something_was_done(self):
        self.open_leads_to_employees()
        button = "//button[@name='action_open_twitter_engagements']"
        for xmlid in FORMS:
            with self.subTest(xmlid):
                [node] = self.arch(xmlid, self.salesperson).xpath(button)
                self.assertEqual(node.get("invisible"), "not twitter_engagement_count")
                self.assertFalse(self.arch(xmlid, self.employee).xpath(button))

    def test_the_forms_say_when_and_how_often_to_members(self):
        self.open_leads_to_employees()
        for xmlid in FORMS:
            with self.subTest(xmlid):
                arch = self.arch(xmlid, self.salesperson)
                # The basis stands in a row with the way to the ledger.
                places = arch.xpath("//div[field[@name='twitter_basis']]")
                self.assertTrue(places)
                for place in places:
                    [label, told] = list(place.itersiblings())[:2]
                    self.assertEqual(label.get("string"), "Last Touch on X")
                    self.assertEqual(told.get("invisible"), "not twitter_last_touch")
                    names = [field.get("name") for field in told.iter("field")]
                    self.assertEqual(
                        names, ["twitter_last_touch", "twitter_touch_count"]
                    )
                other = self.arch(xmlid, self.employee)
                self.assertFalse(other.xpath("//field[@name='twitter_last_touch']"))

    def test_no_date_widget_on_a_moment(self):
        for xmlid in (
            "crm_twitter.twitter_account_view_list",
            "crm.res_config_settings_view_form",
        ):
            arch = self.arch(xmlid, self.env.ref("base.user_admin"))
            for node in arch.xpath("//field[@widget='date']"):
                name = node.get("name")
                self.assertFalse(name.startswith(("twitter_", "connected_")), name)

    def test_an_engagements_states_are_those_of_its_route(self):
        arch = self.arch("crm_twitter.twitter_engagement_view_form", self.salesperson)
        shown = {
            node.get("invisible"): node.get("statusbar_visible")
            for node in arch.xpath("//header/field[@name='state']")
        }
        self.assertEqual(
            shown,
            {"route != 'intent'": "opened,done", "route == 'intent'": "sending,done"},
        )

    def test_filters_are_for_members(self):
        self.open_leads_to_employees()
        for xmlid in SEARCHES:
            for name in FILTERS:
                with self.subTest(xmlid, name=name):
                    found = f"//filter[@name='{name}']"
                    self.assertTrue(self.arch(xmlid, self.salesperson).xpath(found))
                    self.assertFalse(self.arch(xmlid, self.employee).xpath(found))

    def filtered(self, xmlid, name, records):
        """Those of `records` that a filter of a search view finds."""
        arch = self.arch(xmlid, self.salesperson)
        [node] = arch.xpath(f"//filter[@name='{name}']")
        domain = safe_eval(node.get("domain"), {"uid": self.salesperson.id})
        model = self.env[self.env.ref(xmlid).model].with_user(self.salesperson)
        ids = Domain("id", "in", records.ids)
        return model.search(Domain(domain) & ids, order="id").mapped("name")

    def test_what_the_filters_find(self):
        for xmlid in SEARCHES:
            model = self.env.ref(xmlid).model
            names = ("none", "invalid", "never", "old", "new", "suspended")
            values = {}
            if model == "crm.lead":
                values = {"user_id": self.salesperson.id}
            none, invalid, never, old, new, suspended = records = self.env[
                model
            ].create([{"name": name, **values} for name in names])
            invalid.twitter_handle = "no handle at all"
            for record in (never, old, new, suspended):
                record.twitter_handle = f"h_{record.name}"
            suspended.twitter_profile_id.state = "suspended"
            self.done(old, days=40, user_id=self.colleague.id)
            self.done(new, days=2)
            self.done(none, days=40, profile_id=new.twitter_profile_id.id)
            for name, expected in (
                ("with_twitter_handle", ["never", "old", "new", "suspended"]),
                ("without_twitter_handle", ["none", "invalid"]),
                ("twitter_lost", ["suspended"]),
                ("twitter_untouched", ["never", "old", "suspended"]),
                ("twitter_touched_by_me", ["none", "new"]),
            ):
                with self.subTest(xmlid, name=name):
                    found = self.filtered(xmlid, name, records)
                    self.assertCountEqual(found, expected)

    # ------------------------------------------------------------
    # ENGAGEMENTS
    # ------------------------------------------------------------

    def test_engagements_are_looked_at_and_not_touched(self):
        rows = self.env["twitter.engagement"].with_user(self.salesperson)
        for kind in ("list", "form"):
            arch = etree.fromstring(rows.get_view(view_type=kind)["arch"])
            for what in ("create", "edit", "delete"):
                self.assertIn(arch.get(what), ("0", "false", "False"), f"{kind} {what}")
        for kind in ("pivot", "graph"):
            self.assertTrue(rows.get_view(view_type=kind)["arch"])

    def test_the_filter_of_touches_means_what_is_counted(self):
        lead = self.make_lead(twitter_handle="jane_doe")
        done = self.done(lead)
        others = self.done(lead, "post") + self.done(lead, state="refused")
        others += self.done(lead, deleted_at=fields.Datetime.now())
        view = "crm_twitter.twitter_engagement_view_search"
        [node] = self.arch(view, self.salesperson).xpath("//filter[@name='touches']")
        rows = self.env["twitter.engagement"].with_user(self.salesperson)
        self.assertEqual(rows.search(safe_eval(node.get("domain"))), done)
        self.assertEqual(rows.search(TOUCH_DOMAIN), done)
        self.assertEqual(rows.search([("is_touch", "=", False)], order="id"), others)
        both = [("is_touch", "in", [True, False])]
        self.assertEqual(rows.search_count(both), 4)
        self.assertEqual((done + others).filtered("is_touch"), done)

    def test_what_waits_for_an_answer_is_answered_in_the_form(self):
        view = "crm_twitter.twitter_engagement_view_form"
        for name in ("action_done", "action_not_done"):
            xpath = f"//header/button[@name='{name}'][@type='object']"
            [button] = self.arch(view, self.salesperson).xpath(xpath)
            self.assertEqual(button.get("invisible"), "not can_be_answered")

    def test_every_filter_and_group_of_engagements_works(self):
        lead = self.make_lead()
        self.done(lead)
        view = "crm_twitter.twitter_engagement_view_search"
        rows = self.env["twitter.engagement"].with_user(self.salesperson)
        for node in self.arch(view, self.salesperson).xpath("//filter"):
            with self.subTest(node.get("name")):
                if node.get("domain"):
                    domain = safe_eval(node.get("domain"), {"uid": rows.env.uid})
                    rows.search(domain)
                if node.get("context"):
                    by = safe_eval(node.get("context"))["group_by"]
                    groups = rows.formatted_read_group(
                        [], [by], ["__count", "cost:sum"]
                    )
                    self.assertTrue(groups)
