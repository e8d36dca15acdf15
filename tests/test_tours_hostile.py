from urllib.parse import urlsplit

from odoo.tests import HOST, tagged

from ..simulator.hostile import NAMES, invade
from .board_tours import BoardTours
from .test_tours_acting import EVERYTHING

# What a page of Odoo itself may ask for.
ODOOS_OWN = {"fonts.googleapis.com", "fonts.gstatic.com"}
IMAGE_HOSTS = {"pbs.twimg.com", "abs.twimg.com"}


@tagged("post_install", "-at_install")
class TestToursHostile(BoardTours):
    """A browser past what people who mean harm have put on X: no script of theirs runs,
    nothing of theirs can be clicked that does, and nobody else is asked for anything.
    """

    def setUp(self):
        super().setUp()
        self.asked = set()
        self.connect(user=self.poster, scopes=EVERYTHING)
        self.said = invade(self.x)

    def fetch_proxy(self, url):
        """Whatever the browser asks of anybody but this machine."""
        self.asked.add(urlsplit(url).hostname or url)
        return super().fetch_proxy(url)

    def assert_nobody_was_asked(self):
        self.assertLessEqual(self.asked, ODOOS_OWN | IMAGE_HOSTS | {HOST})
        self.counted["attacks tried"] += len(NAMES)

    def lead_of(self, handle, name="Mallory"):
        lead = self.make_lead(
            name, name=f"Deal with {handle}", user_id=self.poster.id, type="opportunity"
        ).with_user(self.poster)
        lead.twitter_handle = handle
        self.env.flush_all()
        self.env.invalidate_all()
        return lead

    def read_leads(self, *handles):
        """Leads of theirs that were read."""
        leads = [self.lead_of(handle) for handle in handles]
        for lead in leads:
            self.assertFalse(lead.twitter_read()["problem"])
            self.env.invalidate_all()
        return leads

    def tour_on(self, lead, name):
        self.tour(f"crm_twitter_hostile_{name}", f"/odoo/crm.lead/{lead.id}")
        self.assert_nobody_was_asked()

    def test_in_the_panel(self):
        self.tour_on(self.lead_of("mallory_script"), "panel")

    def test_in_the_panel_with_addresses(self):
        """A picture from elsewhere and links that run, beside plain words."""
        lead = self.lead_of("mallory_picture")
        self.x.told_instead[self.x.people.named("mallory_picture").id].update(
            self.x.told_instead[self.x.people.named("mallory_link").id],
            profile_image_url="https://seen.evil.example/a_normal.png",
        )
        self.tour_on(lead, "panel")

    def test_among_candidates(self):
        lead = self.make_lead("Mallory", user_id=self.poster.id)
        self.tour_on(lead, "found")

    def test_among_followers(self):
        self.x.plan = "enterprise"
        self.env["ir.config_parameter"].set_param("crm_twitter.plan", "enterprise")
        self.tour_on(self.lead_of("ourcompany"), "people")

    def test_on_the_board(self):
        for post in self.x.posts.mentioning(self.x.people.named("ourcompany")):
            if post not in self.said:
                self.x.posts.delete(post.id)
        self.start()
        self.tour("crm_twitter_hostile_board")
        self.assert_nobody_was_asked()

    def test_in_lists_boards_forms_and_the_chatter(self):
        leads = self.read_leads("mallory_script", "mallory_picture", "mallory_turns")
        profile = leads[0].sudo().twitter_profile_id
        leads[0].message_post(body=f"{profile.name}: {profile.description}")
        leads[0].activity_schedule(
            "mail.mail_activity_data_todo",
            summary=profile.display_name,
            user_id=self.poster.id,
        )
        self.tour_on(leads[0], "records")
