from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .board import Board
from .common import CrmTwitterCase

FIELDS = ("twitter_interaction_count", "twitter_said_something")
BUTTON = "//button[@name='action_open_twitter_interactions']"
FORMS = ("crm.crm_lead_view_form", "base.view_partner_form")
SEARCHES = (
    "crm.view_crm_case_leads_filter",
    "crm.view_crm_case_opportunities_filter",
    "base.view_res_partner_filter",
)


@tagged("post_install", "-at_install")
class TestSaidOnX(Board, CrmTwitterCase):
    """The stat button of a lead and a contact: what their person said."""

    def contact(self, **values):
        return self.env["res.partner"].create({"name": "Jane Doe", **values})

    def arch(self, xmlid, user):
        view = self.env.ref(xmlid)
        model = self.env[view.model].with_user(user)
        return etree.fromstring(model.get_view(view.id, view.type)["arch"])

    def said_count(self, record, user=None, *companies):
        """``(what the button says, the rows it opens)`` to that user."""
        record = self.seen_by(user or self.salesperson, record, *companies)
        action = record.action_open_twitter_interactions()
        rows = record.env[action["res_model"]].search(action["domain"])
        return record.twitter_interaction_count, rows.sudo()

    def test_nothing_was_said(self):
        lead = self.make_lead("Jane Doe")
        self.assertEqual(self.said_count(lead)[0], 0)
        self.assertFalse(self.said_count(lead)[1])

    def test_what_the_profile_said(self):
        rows = self.say() | self.say()
        self.say(handle="john_doe")
        for record in (
            self.make_lead("Jane", twitter_handle="jane_doe"),
            self.contact(twitter_handle="jane_doe"),
        ):
            with self.subTest(record._name):
                self.assertEqual(self.said_count(record), (2, rows))

    def test_what_a_lead_was_made_from_counts_once(self):
        row = self.say()
        lead = self.make_lead("Jane", twitter_handle="jane_doe")
        lead.sudo().twitter_interaction_id = row
        self.assertEqual(self.said_count(lead), (1, row))
        lead.sudo().twitter_handle = False
        self.assertEqual(self.said_count(lead), (1, row))
        theirs = self.say(handle="john_doe")
        lead.sudo().twitter_handle = "john_doe"
        self.assertEqual(self.said_count(lead), (2, row | theirs))

    def test_of_the_companies_one_works_in(self):
        brand = self.connect_brand(self.other, username="azureinterior")
        here, there = self.say(), self.say(brand=brand)
        contact = self.contact(twitter_handle="jane_doe")
        self.assertEqual(self.said_count(contact), (1, here))
        both = self.env.company, self.other
        self.assertEqual(
            self.said_count(contact, self.poster, *both), (2, here | there)
        )
        self.assertEqual(self.said_count(contact, self.poster, self.other), (1, there))
        lead = self.make_lead("Jim")
        lead.sudo().twitter_interaction_id = there
        self.assertEqual(self.said_count(lead)[0], 0)
        self.assertFalse(self.said_count(lead)[1])

    def test_it_is_for_members_alone(self):
        self.say()
        contact = self.contact(twitter_handle="jane_doe")
        for xmlid in FORMS:
            [node] = self.arch(xmlid, self.salesperson).xpath(BUTTON)
            self.assertEqual(node.get("invisible"), "not twitter_interaction_count")
        self.assertFalse(self.arch(FORMS[1], self.employee).xpath(BUTTON))
        contact = self.seen_by(self.employee, contact)
        for name in FIELDS:
            with self.assertRaises(AccessError):
                contact.read([name])
        with self.assertRaises(AccessError):
            contact.search([("twitter_said_something", "=", True)])

    def test_nothing_is_in_the_chatter(self):
        contact = self.contact(twitter_handle="jane_doe")
        before = len(contact.message_ids)
        self.say()
        self.flush_tracking()
        self.assertEqual(len(contact.message_ids), before)

    def test_the_filter_finds_who_said_something(self):
        row = self.say()
        silent = self.make_lead("Jim")
        speaking = self.make_lead("Jane", twitter_handle="jane_doe")
        made = self.make_lead("John")
        made.sudo().twitter_interaction_id = row
        contact = self.contact(twitter_handle="jane_doe")
        found = self.seen_by(self.salesperson, silent | speaking | made)
        among = [("id", "in", found.ids)]
        self.assertEqual(
            found.search([*among, ("twitter_said_something", "=", True)]),
            speaking | made,
        )
        self.assertEqual(
            found.search([*among, ("twitter_said_something", "=", False)]), silent
        )
        self.assertEqual(found.filtered("twitter_said_something"), speaking | made)
        contacts = self.seen_by(self.salesperson, contact)
        heard = contacts.search([("twitter_said_something", "=", True)])
        self.assertIn(contact, heard)
        self.assertNotIn(self.salesperson.partner_id, heard)

    def test_the_filter_is_offered_to_members(self):
        for xmlid in SEARCHES:
            [node] = self.arch(xmlid, self.salesperson).xpath(
                "//filter[@name='twitter_said_something']"
            )
            self.assertEqual(
                node.get("domain"), "[('twitter_said_something', '=', True)]"
            )

    def test_eighty_records_take_as_many_queries_as_eight(self):
        row = self.say()

        def make(model, count, **values):
            records = self.env[model].create(
                [
                    {
                        "name": f"{count} {n}",
                        "twitter_handle": f"q{count}_{n}",
                        **values,
                    }
                    for n in range(count)
                ]
            )
            for record in records[:4]:
                self.say(handle=record.twitter_handle)
            if model == "crm.lead":
                records[-3:].twitter_interaction_id = row
            return records

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = records.with_user(self.salesperson).web_search_read(
                [("id", "in", records.ids)], {name: {} for name in FIELDS}, limit=100
            )
            told = [entry for entry in found["records"] if entry[FIELDS[0]]]
            self.assertEqual(len(told), 7 if records._name == "crm.lead" else 4)
            return self.env.cr.sql_log_count - before

        for model, values in (
            ("crm.lead", {"user_id": self.salesperson.id}),
            ("res.partner", {}),
        ):
            with self.subTest(model):
                few, many = make(model, 8, **values), make(model, 80, **values)
                queries(few)
                self.assertEqual(queries(many), queries(few))
