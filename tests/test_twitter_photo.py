from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools.image import base64_to_image

from .common import CrmTwitterCase

# One pixel, which is no image of X's.
OWN = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    b"+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class PhotoCase(CrmTwitterCase):
    """Jane, a contact whom X knows, with a picture."""

    def setUp(self):
        super().setUp()
        self.connect()
        self.x.people.add("jane_doe", "Jane Doe", url="https://jane.example/")
        self.x.people.add("jill_doe", "Jill Doe")
        self.jane = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "jane_doe"}
        )
        self.read_from_x(self.jane)

    def read_from_x(self, record):
        self.env.flush_all()
        record.with_user(self.salesperson).twitter_read(refresh=True)
        self.env.invalidate_all()
        self.x.calls.clear()

    def use(self, record, **values):
        """Both clicks of the salesperson's, as two requests."""
        record = record.with_user(self.salesperson)
        self.env.flush_all()
        self.assertEqual(record.twitter_fetch_photo(), {"problem": False})
        self.env.invalidate_all()
        answer = record.twitter_use_photo(**values)
        self.env.flush_all()
        self.env.invalidate_all()
        return answer

    def told(self, record):
        self.env.invalidate_all()
        return record.with_user(self.salesperson)._twitter_photo_dict()

    def size(self, partner):
        image = partner.with_context(bin_size=False).image_1920
        return base64_to_image(image).size if image else None

    def pictures_asked(self):
        return [call for call in self.x.calls if "/pbs/" in (call.path or "")]


@tagged("post_install", "-at_install")
class TestTwitterPhoto(PhotoCase):
    """A contact's image from X: in one click, undone in one, never over another."""

    def test_a_contact_gets_the_picture(self):
        self.assertEqual(
            self.told(self.jane),
            {
                "can_use": True,
                "target": "Jane Doe",
                "has_image": False,
                "can_undo": False,
                "reason": "",
            },
        )
        answer = self.use(self.jane)
        self.assertEqual(answer["question"], "")
        self.assertEqual(answer["panel"]["record"]["id"], self.jane.id)
        self.assertEqual(self.size(self.jane), (400, 400))
        told = self.told(self.jane)
        self.assertTrue(told["has_image"] and told["can_undo"])

    def test_undo_brings_back_none_or_the_one_before(self):
        for before in (False, OWN):
            with self.subTest(before=before):
                self.jane.image_1920 = before
                self.use(self.jane, replace=True)
                self.assertEqual(self.size(self.jane), (400, 400))
                self.jane.with_user(self.salesperson).twitter_undo_photo()
                self.env.invalidate_all()
                self.assertEqual(self.jane.image_1920, before)
                self.assertFalse(self.told(self.jane)["can_undo"])

    def test_an_image_is_never_replaced_unasked(self):
        self.jane.image_1920 = OWN
        answer = self.use(self.jane)
        self.assertIn("Jane Doe", answer["question"])
        self.assertEqual(self.jane.image_1920, OWN)
        answer = self.use(self.jane, replace=True)
        self.assertEqual(answer["question"], "")
        self.assertEqual(self.size(self.jane), (400, 400))

    def test_used_twice_undo_brings_back_the_contacts_own(self):
        self.jane.image_1920 = OWN
        self.use(self.jane, replace=True)
        self.use(self.jane, replace=True)
        self.jane.with_user(self.salesperson).twitter_undo_photo()
        self.env.invalidate_all()
        self.assertEqual(self.jane.image_1920, OWN)

    def test_x_is_asked_for_it_once_a_day(self):
        fetched = []
        accounts = type(self.env["twitter.account"])
        fetch = accounts._fetch_image

        def counted(records, url):
            fetched.append(url)
            return fetch(records, url)

        with patch.object(accounts, "_fetch_image", counted):
            self.use(self.jane)
            self.use(self.jane, replace=True)
        self.assertEqual(len(fetched), 1)
        self.assertIn("_400x400", fetched[0])

    def test_using_it_talks_to_nobody(self):
        self.env.flush_all()
        jane = self.jane.with_user(self.salesperson)
        jane.twitter_fetch_photo()
        self.env.invalidate_all()
        self.x.calls.clear()
        with patch.object(type(self.env["twitter.account"]), "_fetch_image") as fetch:
            jane.twitter_use_photo()
            jane.twitter_undo_photo()
        fetch.assert_not_called()
        self.assertEqual(self.endpoints(), [])

    def test_what_was_not_fetched_is_not_used(self):
        with self.assertRaisesRegex(UserError, "not at hand any more"):
            self.jane.with_user(self.salesperson).twitter_use_photo()
        self.assertFalse(self.jane.image_1920)

    def test_x_refuses(self):
        self.jane.twitter_profile_id.image_url = "https://evil.example/a_normal.png"
        self.env.flush_all()
        problem = self.jane.with_user(self.salesperson).twitter_fetch_photo()["problem"]
        self.assertEqual(problem["code"], "refused")

    def test_what_is_no_image_to_odoo_is_refused(self):
        accounts = type(self.env["twitter.account"])
        for data in (
            b"\x89PNG\r\n\x1a\n" + b"not a picture",
            b"RIFF\x24\x00\x00\x00WEBPVP8 not a picture",
            b"<svg onload='alert(1)'/>",
        ):
            self.env["twitter.cache"].search([]).unlink()
            with (
                self.subTest(data=data),
                patch.object(accounts, "_fetch_image", return_value=(data, "image/a")),
                self.assertRaises(UserError),
            ):
                self.use(self.jane)
            self.assertFalse(self.jane.image_1920)

    def test_who_has_no_picture_on_x_offers_none(self):
        profile = self.jane.twitter_profile_id
        for url in (False, "https://abs.twimg.com/sticky/default_profile_normal.png"):
            profile.image_url = url
            told = self.told(self.jane)
            self.assertFalse(told["can_use"])
            self.assertIn("no picture of this person", told["reason"])
        # Nobody has looked yet.
        profile.write({"image_url": False, "fetched_at": False})
        self.assertIn("was not read from X yet", self.told(self.jane)["reason"])

    # ------------------------------------------------------------
    # LEADS
    # ------------------------------------------------------------

    def test_a_leads_picture_goes_to_its_customer(self):
        lead = self.make_lead(partner_id=self.jane.id)
        self.assertEqual(self.told(lead)["target"], "Jane Doe")
        self.use(lead)
        self.assertEqual(self.size(self.jane), (400, 400))

    def test_a_lead_without_a_person_has_nobody_for_it(self):
        company = self.env["res.partner"].create({"name": "Acme", "is_company": True})
        for lead in (
            self.make_lead(twitter_handle="jane_doe"),
            self.make_lead(twitter_handle="jane_doe", partner_id=company.id),
        ):
            told = self.told(lead)
            self.assertFalse(told["can_use"])
            self.assertEqual(told["target"], "")
            self.assertTrue(told["reason"])
            with self.assertRaises(UserError):
                self.use(lead)
        self.assertFalse(company.image_1920)

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    def test_the_panel_opens_where_a_rule_hides_the_customer(self):
        company = self.env["res.partner"].create({"name": "Acme", "is_company": True})
        for customer in (self.jane, company):
            with self.subTest(customer.name):
                lead = self.make_lead(False, partner_id=customer.id, partner_name=False)
                self.env["ir.rule"].create(
                    {
                        "name": f"{customer.name} is nobody's business",
                        "model_id": self.env.ref("base.model_res_partner").id,
                        "domain_force": f"[('id', '!=', {customer.id})]",
                    }
                )
                self.env.flush_all()
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    customer.with_user(self.salesperson).read(["name"])
                panel = lead.twitter_panel()
                self.assertEqual(panel["photo"]["target"], "")
                self.assertFalse(panel["photo"]["can_use"])
                evidence = lead._twitter_evidence_of()
                self.assertEqual((evidence.person, evidence.company), ("", ""))

    def test_who_may_not_write_the_contact_does_not_set_its_image(self):
        reader = new_test_user(
            self.env,
            "x_reader",
            groups="base.group_user,crm_twitter.group_social_integration",
        )
        jane = self.jane.with_user(reader)
        self.assertFalse(jane._twitter_photo_dict()["can_use"])
        with self.assertRaises(UserError):
            jane.twitter_use_photo()
        with self.assertRaises(AccessError):
            jane.twitter_undo_photo()
        with self.assertRaises(AccessError):
            self.env["twitter.photo"].with_user(reader)._set_on(
                jane, jane.sudo().twitter_profile_id, b""
            )

    def test_nobody_reads_the_rows(self):
        self.use(self.jane)
        for user in (self.salesperson, self.employee, self.admin):
            with self.assertRaises(AccessError):
                self.env["twitter.photo"].with_user(user).search([]).read()
