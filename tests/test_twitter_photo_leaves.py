from odoo.tests import new_test_user, tagged

from .test_twitter_photo import OWN, PhotoCase


@tagged("post_install", "-at_install")
class TestTwitterPhotoLeaves(PhotoCase):
    """An image taken from X leaves with the association, if it still is the one."""

    def test_it_leaves_when_the_person_is_disassociated(self):
        self.use(self.jane)
        self.jane.with_user(self.salesperson).twitter_disassociate()
        self.assertFalse(self.jane.image_1920)
        self.assertFalse(self.env["twitter.photo"].search([]))

    def test_the_one_before_comes_back_when_the_handle_is_cleared(self):
        self.jane.image_1920 = OWN
        self.use(self.jane, replace=True)
        self.jane.twitter_handle = False
        self.assertEqual(self.jane.image_1920, OWN)

    def test_it_leaves_when_another_profile_is_associated(self):
        self.use(self.jane)
        self.jane.twitter_handle = "jill_doe"
        self.assertFalse(self.jane.image_1920)

    def test_an_image_that_was_set_since_stays(self):
        self.use(self.jane)
        self.jane.image_1920 = OWN
        self.assertFalse(self.told(self.jane)["can_undo"])
        self.jane.twitter_handle = False
        self.assertEqual(self.jane.image_1920, OWN)
        self.assertFalse(self.env["twitter.photo"].search([]))

    def test_taken_by_a_lead_alone_it_leaves_with_the_leads_association(self):
        jack = self.env["res.partner"].create({"name": "Jack"})
        lead = self.make_lead(partner_id=jack.id, twitter_handle="jane_doe")
        self.use(lead)
        self.assertEqual(self.size(jack), (400, 400))
        lead.twitter_handle = False
        self.assertFalse(jack.image_1920)

    def test_taken_by_a_lead_that_is_deleted_it_leaves(self):
        jack = self.env["res.partner"].create({"name": "Jack"})
        lead = self.make_lead(partner_id=jack.id, twitter_handle="jane_doe")
        self.use(lead)
        lead.sudo().unlink()
        self.assertFalse(jack.image_1920)

    def test_it_stays_while_the_contact_or_a_lead_has_the_profile(self):
        lead = self.make_lead(partner_id=self.jane.id).sudo()
        self.assertEqual(lead.twitter_handle, "jane_doe")
        self.use(self.jane)
        lead.twitter_handle = False
        self.assertEqual(self.size(self.jane), (400, 400))

    def test_whoever_takes_the_association_away_takes_the_image(self):
        jack = self.env["res.partner"].create({"name": "Jack"})
        lead = self.make_lead(partner_id=jack.id, twitter_handle="jane_doe")
        self.use(lead)
        reader = new_test_user(
            self.env, "x_reader", groups="sales_team.group_sale_salesman"
        )
        reader.group_ids -= self.env.ref("base.group_partner_manager")
        lead.sudo().user_id = reader
        lead.with_user(reader).twitter_handle = False
        self.assertFalse(jack.image_1920)

    def merge(self, source, kept):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (source + kept).ids, kept, extra_checks=False
        )
        self.env.invalidate_all()

    def test_merged_contacts_keep_the_image_and_its_undo(self):
        self.use(self.jane)
        kept = self.env["res.partner"].create({"name": "Jane Doe"})
        self.merge(self.jane, kept)
        self.assertEqual(self.size(kept), (400, 400))
        self.assertTrue(self.told(kept)["can_undo"])
        kept.twitter_handle = False
        self.assertFalse(kept.image_1920)

    def test_merged_into_who_is_somebody_else_on_x_it_leaves(self):
        self.use(self.jane)
        kept = self.env["res.partner"].create(
            {"name": "Jill", "twitter_handle": "jill_doe"}
        )
        self.merge(self.jane, kept)
        self.assertEqual(kept.twitter_handle, "jill_doe")
        self.assertFalse(kept.image_1920)

    def test_merged_contacts_keep_their_own_image(self):
        self.use(self.jane)
        kept = self.env["res.partner"].create({"name": "Jane", "image_1920": OWN})
        self.merge(self.jane, kept)
        self.assertEqual(kept.image_1920, OWN)
        self.assertFalse(self.told(kept)["can_undo"])

    def test_what_slipped_through_is_swept(self):
        self.use(self.jane)
        self.env["twitter.photo"]._gc_untied()
        self.assertEqual(self.size(self.jane), (400, 400))
        self.env.cr.execute(
            "UPDATE res_partner SET twitter_profile_id = NULL WHERE id = %s",
            [self.jane.id],
        )
        self.env.invalidate_all()
        self.env["twitter.photo"]._gc_untied()
        self.assertFalse(self.jane.image_1920)
