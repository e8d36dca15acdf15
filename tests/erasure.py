import base64
from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from ..x_api import Post, Segment
from .board import Board
from .erasure_search import SearchByValue
from .test_twitter_touch import EngagementsCase

ID, POST, REPLY = "987650000000000001", "987650000000000002", "987650000000000003"
# What is hers and nobody else's, to be searched for by value.
SENTINELS = {
    "her X id": ID,
    "her post": POST,
    "our reply to her": REPLY,
    "her handle": "zsentinel_jane",
    "her former handle": "zsentinel_old",
    "her name on X": "Zsentinelname",
    "her bio": "zsentinelbio",
    "her place": "Zsentinelplace",
    "her website": "zsentinelsite",
    "what she said": "zsentinelsaid",
    "what was said to her": "zsentinelours",
    "her picture's address": "zsentinelpicture",
}
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class ErasureCase(SearchByValue, Board, EngagementsCase):
    """Jane, of whom something is in each place that can hold it."""

    def setUp(self):
        super().setUp()
        self.begin_search()
        self.manager = new_test_user(
            self.env, "x_manager", groups="sales_team.group_sale_manager"
        )
        self.manager.company_ids |= self.company | self.other
        self.profile = self.env["twitter.profile"].create(
            {
                "twitter_id": ID,
                "handle": "zsentinel_jane",
                "former_handles": ["zsentinel_old"],
                "name": "Zsentinelname",
                "description": "zsentinelbio",
                "description_segments": [{"kind": "text", "text": "zsentinelbio"}],
                "location": "Zsentinelplace",
                "url": "https://zsentinelsite.example/",
                "display_url": "zsentinelsite.example",
                "image_url": "https://pbs.twimg.com/zsentinelpicture_normal.png",
                "state": "active",
                "fetched_at": fields.Datetime.now(),
            }
        )
        self.env["twitter.profile"].create(
            {"handle": "zsentinel_old", "superseded_by_id": self.profile.id}
        )
        self.contact = self.env["res.partner"].create(
            {
                "name": "Jane Doe",
                "email": "jane@doe.example",
                "image_1920": PNG,
            }
        )
        self.lead = self.make_lead(
            "Jane Doe",
            name="Mention by @zsentinel_jane on X",
            description=f'<p><a href="https://x.com/i/web/status/{POST}">X</a></p>',
            partner_id=self.contact.id,
            email_from="jane@doe.example",
        ).sudo()
        # Each change is committed in a browser, and so tracked.
        self.flush_tracking()
        for handle in ("zsentinel_old", "zsentinel_jane"):
            self.contact.twitter_handle = handle
            self.flush_tracking()
        self.contact.with_user(self.manager).twitter_fill_website()
        self.lead.website = self.contact.website
        self.fill()

    def fill(self):
        self.picture()
        self.said = self.say(
            "@ourcompany zsentinelsaid", "zsentinel_jane", post_id=POST
        )
        self.said.message_post(body="zsentinelsaid to us")
        self.said.activity_schedule("mail.mail_activity_data_todo", note="@her")
        self.lead.twitter_interaction_id = self.said
        self.beside()
        self.row = self.done(
            self.lead,
            text="@zsentinel_jane zsentinelours",
            post_id=POST,
            result_id=REPLY,
            reason="zsentinelours",
            partner_id=self.contact.id,
            interaction_id=self.said.id,
            intention=f"reply:1:{ID}",
            cost=0.01,
        )
        self.row._note()
        self.contact.message_post(body="I met @Zsentinel_Jane, x.com/zsentinel_jane")
        self.contact.activity_schedule(
            "mail.mail_activity_data_todo", summary="Ask @zsentinel_jane"
        )
        self.beside_messages()
        self.cached()
        bill = self.env["twitter.billed.resource"]
        bill._mark(fields.Datetime.now().date(), [("user", ID), ("post", POST)])
        self.flush_tracking()

    def beside_messages(self):
        """A draft, a translation, and what Odoo has fetched of an address."""
        message = self.contact.message_post(body="Look at @zsentinel_jane")
        self.env["mail.message.translation"].create(
            {
                "message_id": message.id,
                "source_lang": "en",
                "target_lang": "de",
                "body": "<p>Siehe @zsentinel_jane</p>",
            }
        )
        self.env["mail.scheduled.message"].create(
            {
                "model": "res.partner",
                "res_id": self.contact.id,
                "author_id": self.env.user.partner_id.id,
                "body": "<p>Dear @zsentinel_jane</p>",
                "scheduled_date": fields.Datetime.now() + timedelta(days=1),
            }
        )
        previews = self.env["mail.link.preview"]
        for url in ("https://x.com/zsentinel_jane", f"https://x.com/i/status/{POST}"):
            preview = previews.create(
                {
                    "source_url": url,
                    "og_title": "Zsentinelname (@zsentinel_jane) on X",
                    "og_description": "zsentinelsaid",
                }
            )
            self.env["mail.message.link.preview"].create(
                {"message_id": message.id, "link_preview_id": preview.id}
            )
        previews.create(
            {"source_url": "https://x.com/zsentinel_jane/about", "og_title": "Hers"}
        )

    def picture(self):
        self.env["twitter.photo"]._set_on(
            self.contact, self.profile, base64.b64decode(PNG)
        )

    def beside(self):
        """Somebody else, who names her, answers her, and has her old handle."""
        self.jack_said = self.say(
            "@ourcompany ask @zsentinel_jane",
            "jack",
            reply_to_id=POST,
            conversation_id=POST,
        )
        self.jack = self.env["res.partner"].create(
            {"name": "Jack", "twitter_handle": "jack"}
        )
        self.jack.twitter_profile_id.told_handles = ["zsentinel_old", "another"]
        self.jack._message_log(body="@zsentinel_old is somebody else on X now.")
        self.to_jack = self.done(
            self.jack, text="Hello @jack and @zsentinel_jane, good day"
        )

    def cached(self):
        cache = self.env["twitter.cache"]
        post = Post(
            id=POST, author_id=ID, text="zsentinelsaid", segments=(Segment("text", ""),)
        ).to_dict()
        own = {"items": [post], "authors": [self.profile._to_value().to_dict()]}
        cache._put(f"posts:{ID}", own, self.profile.id, {ID})
        cache._put(f"followers:{ID}:", {"items": []}, self.profile.id)
        cache._put("search:Jane Doe", {"ids": [ID]})
        cache._put("handle:zsentinel_jane", {"id": ID}, people=[ID])
        cache._put(f"post:{POST}", {"post": post}, people=[ID])
        other = {"items": [{"id": "5", "author_id": "6", "text": "@zsentinel_jane hi"}]}
        cache._put("posts:6", other, None, {"6"})
        cache._put("posts:7", {"items": [{"id": "8", "text": "hi"}]}, None, {"7"})

    def found(self, sentinels=None):
        return super().found(sentinels or SENTINELS)

    def erase(self, record, user=None):
        """Erase as in the browser; return the report."""
        self.env.flush_all()
        self.env.invalidate_all()
        action = record.with_user(user or self.manager).action_twitter_erase()
        wizard = self.env["twitter.erase"].with_user(user or self.manager)
        action = wizard.browse(action["res_id"]).action_erase()
        self.flush_tracking()
        self.env.invalidate_all()
        return self.env["twitter.erasure"].browse(int(action["url"].rsplit("/", 1)[-1]))
