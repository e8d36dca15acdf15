import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import BaseCase, new_test_user, tagged
from odoo.tools import SQL

from ..models.twitter_person_words import names_alone, redactor
from ..x_api import Post, Segment
from .board import Board
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


class ErasureCase(Board, EngagementsCase):
    """Jane, of whom something is in each place that can hold it."""

    def setUp(self):
        super().setUp()
        [[self.begun]] = self.env.execute_query(
            SQL("SELECT txid_current() %% 4294967296")
        )
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

    # ------------------------------------------------------------
    # THE SEARCH BY VALUE
    # ------------------------------------------------------------

    def found(self, sentinels=SENTINELS):
        """Where any of these values is in the database: ``{table: [whose]}``.

        Rows are looked at that were written since the test began: the values are not
        older.
        """
        self.env.flush_all()
        found = {}
        for table, columns in self.columns().items():
            text = SQL(" || ' ' || ").join(
                SQL("coalesce(%s::text, '')", SQL.identifier(column))
                for column in columns
            )
            [hits] = self.env.execute_query(
                SQL(
                    "SELECT %s FROM %s WHERE xmin::text::int8 >= %s",
                    SQL(", ").join(
                        SQL("bool_or(%s ILIKE %s)", text, f"%{_literal(value)}%")
                        for value in sentinels.values()
                    ),
                    SQL.identifier(table),
                    self.begun,
                )
            )
            whose = [name for name, hit in zip(sentinels, hits, strict=True) if hit]
            if whose:
                found[table] = whose
        return found

    def columns(self):
        """``{table: [column]}`` of all that can hold a value, of each table."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
                  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_type t ON t.oid = a.atttypid
                 WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0
                   AND NOT a.attisdropped
                   AND t.typname IN ('varchar', 'text', 'json', 'jsonb', 'bytea',
                                     'bpchar', '_text', '_varchar')
              GROUP BY c.relname
                """
            )
        )
        return dict(rows)

    def erase(self, record, user=None):
        """Erase as in the browser; return the report."""
        self.env.flush_all()
        self.env.invalidate_all()
        action = record.with_user(user or self.manager).action_twitter_erase()
        wizard = self.env["twitter.erase"].with_user(user or self.manager)
        action = wizard.browse(action["res_id"]).action_erase()
        self.flush_tracking()
        self.env.invalidate_all()
        return self.env["twitter.erasure"].browse(action["res_id"])


@tagged("post_install", "-at_install")
class TestErasure(ErasureCase):
    """All that is held of a person goes; the lead and the contact stay."""

    def test_every_place_holds_something_before(self):
        """What is not found before proves nothing when it is not found after."""
        expected = {
            "crm_lead",
            "mail_activity",
            "mail_link_preview",
            "mail_message",
            "mail_message_translation",
            "mail_scheduled_message",
            "mail_tracking_value",
            "res_partner",
            "twitter_association",
            "twitter_billed_resource",
            "twitter_cache",
            "twitter_engagement",
            "twitter_interaction",
            "twitter_profile",
        }
        found = self.found()
        self.assertGreaterEqual(found.keys(), expected)
        self.assertEqual({w for each in found.values() for w in each}, {*SENTINELS})

    def test_from_a_contact_a_lead_and_a_profile_nothing_of_hers_is_left(self):
        for name in ("contact", "lead", "profile"):
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                report = self.erase(getattr(self, name))
                self.assertEqual(self.found(), {})
                self.assertEqual(report.counts["interactions"], 1)
                self.counted["records compared"] += len(self.columns())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_the_records_stay_as_they_are_without_x(self):
        self.erase(self.lead)
        self.assertEqual(self.contact.name, "Jane Doe")
        self.assertEqual(self.contact.email, "jane@doe.example")
        self.assertFalse(self.contact.website)
        self.assertEqual(self.lead.contact_name, "Jane Doe")
        self.assertEqual(self.lead.name, "Mention by @[erased] on X")
        self.assertEqual(self.lead.email_from, "jane@doe.example")
        for record in (self.lead, self.contact):
            self.assertFalse(record.twitter_handle)
            self.assertFalse(record.twitter_profile_id)
            self.assertFalse(record.twitter_basis)
            self.assertFalse(self.ledger(record))
            self.assertEqual(record.twitter_touch_count, 0)
        words = self.contact.message_ids.filtered(lambda one: "I met" in one.body)
        self.assertIn("I met @[erased], x.com/[erased]", words.body)

    def test_other_addresses_of_a_record_stay(self):
        values = {
            "website": "https://www.tiktok.com/@acme",
            "email": "john@acme.com",
            "comment": "<p>https://netflix.com/acme, x.com/acme</p>",
        }
        acme, other = self.env["res.partner"].create(
            [
                {"name": "Acme", "twitter_handle": "acme", **values},
                {"name": "Acme", "twitter_handle": "acme", "website": "x.com/acme"},
            ]
        )
        acme.message_post(body="https://medium.com/@acme/post and dropbox.com/acme")
        self.erase(acme)
        self.assertEqual(acme.website, values["website"])
        self.assertEqual(acme.email, values["email"])
        self.assertIn("https://netflix.com/acme, x.com/[erased]", acme.comment)
        said = "".join(acme.message_ids.mapped("body"))
        self.assertIn("https://medium.com/@acme/post and dropbox.com/acme", said)
        self.assertFalse(other.website)

    def test_the_image_before_comes_back(self):
        before = self.env["twitter.photo"]._of(self.contact)
        previous = before.with_context(bin_size=False).previous
        self.assertNotEqual(self.contact.image_1920, previous)
        self.erase(self.contact)
        self.assertEqual(self.contact.image_1920, previous)
        self.assertFalse(before.exists())

    def test_who_of_us_did_what_stays_without_the_person(self):
        self.erase(self.contact)
        self.assertTrue(self.row.exists())
        self.assertEqual(self.row.user_id, self.salesperson)
        self.assertEqual(self.row.kind, "reply")
        self.assertAlmostEqual(self.row.cost, 0.01)
        for name in ("lead_id", "partner_id", "profile_id", "interaction_id", "text"):
            self.assertFalse(self.row[name], name)
        self.assertEqual(self.row.intention, f"forgotten:{self.row.id}")

    def test_nothing_of_others_goes(self):
        jack, said = self.jack.twitter_profile_id, self.jack_said
        self.erase(self.contact)
        self.assertEqual(self.jack.twitter_handle, "jack")
        self.assertTrue(jack.exists() and jack.twitter_id)
        self.assertEqual(jack.told_handles, ["another"])
        self.assertTrue(said.exists(), "he said it")
        self.assertEqual(said.text, "@ourcompany ask @[erased]")
        self.assertNotIn("zsentinel_jane", str(said.content))
        self.assertEqual(self.to_jack.text, "Hello @jack and @[erased], good day")
        self.assertEqual(self.to_jack.partner_id, self.jack)
        self.assertEqual(len(self.ledger(self.jack)), 1)
        keys = self.env["twitter.cache"].search([]).mapped("key")
        self.assertIn("posts:7", keys)
        self.assertNotIn("posts:6", keys)

    def test_what_is_not_known_to_have_arrived_goes_too(self):
        self.row.write({"state": "unknown", "check_at": fields.Datetime.now()})
        self.erase(self.contact)
        self.assertFalse(self.row.text or self.row.check_at)
        self.env.ref("crm_twitter.ir_cron_settle_engagements").method_direct_trigger()
        self.assertEqual(self.endpoints(), [])

    def test_a_record_that_was_let_go_of_has_its_traces_erased(self):
        self.contact.twitter_handle = False
        self.lead.twitter_handle = False
        self.flush_tracking()
        self.erase(self.contact)
        self.assertFalse(self.ledger(self.contact))
        messages = self.contact.message_ids
        self.assertFalse(messages.tracking_value_ids)
        for words in ("@zsentinel_jane", "zsentinelours"):
            self.assertNotIn(words, "".join(messages.mapped("body")).lower())

    def test_the_report_names_nobody(self):
        report = self.erase(self.contact)
        self.assertEqual(report.user_id, self.manager)
        self.assertEqual(report.display_name, f"Erasure {report.id}")
        self.assertEqual(report.counts["associations"], 6)
        self.assertEqual(report.counts["images"], 1)
        self.assertIn("Posts to a company on the Social board: 1", report.summary)
        self.assertIn("Posts of others that named the account: 1", report.summary)

    def test_what_speaks_to_the_company_again_is_told_anew(self):
        self.erase(self.contact)
        self.say("@ourcompany Me again", "zsentinel_jane", post_id="77")
        self.assertEqual(
            self.env["twitter.interaction"].search([("post_id", "=", "77")]).text,
            "@ourcompany Me again",
        )

    def test_the_dialog_says_what_goes(self):
        action = self.contact.with_user(self.manager).action_twitter_erase()
        wizard = self.env["twitter.erase"].browse(action["res_id"])
        self.assertEqual(wizard.handles, "@zsentinel_jane, @zsentinel_old")
        self.assertIn("Posts on the Social board: 1", wizard.extent)
        self.assertIn("Posts of others that name them: 1", wizard.extent)

    def test_a_profile_is_not_deleted_by_halves(self):
        self.profile.unlink()
        self.flush_tracking()
        self.assertEqual(self.found(), {})

    def test_what_is_shown_afterwards_is_there(self):
        """The lead's form is read anew; the profile's has nothing to read."""
        wizards = self.env["twitter.erase"].with_user(self.manager)
        for record, target in ((self.profile, "main"), (self.lead, "new")):
            with self.env.cr.savepoint() as savepoint:
                opened = record.with_user(self.manager).action_twitter_erase()
                action = wizards.browse(opened["res_id"]).action_erase()
                self.assertEqual(action["target"], target)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_twice_is_as_once(self):
        action = self.contact.with_user(self.manager).action_twitter_erase()
        self.erase(self.contact)
        wizard = self.env["twitter.erase"].with_user(self.manager)
        wizard.browse(action["res_id"]).action_erase()
        report = self.env["twitter.erasure"].search([], limit=1)
        self.assertEqual(report.summary, "Nothing was held.")


@tagged("post_install", "-at_install")
class TestRedactor(BaseCase):
    """What is recognised as the account in a text, and what is not."""

    def test_mentions_and_links(self):
        redact = redactor(["jack"], ["12"], ["34"], "http://127.0.0.1:8090")
        for text, expected in (
            ("Hello @Jack!", "Hello @[erased]!"),
            ("@jackson and a@jack.example", "@jackson and a@jack.example"),
            ("Jack called", "Jack called"),
            ('"https://x.com/JACK"', '"https://x.com/[erased]"'),
            ("twitter.com/jack/status/34", "twitter.com/[erased]/status/[erased]"),
            ("x.com/jackson/status/345", "x.com/jackson/status/345"),
            ("http://127.0.0.1:8090/jack", "http://127.0.0.1:8090/[erased]"),
            ("/intent/user?user_id=12", "/intent/user?user_id=[erased]"),
            ("12 apples, 34 pears", "12 apples, 34 pears"),
            (".@jack said", ".@[erased] said"),
            (
                "www.x.com/jack mobile.twitter.com/jack",
                "www.x.com/[erased] mobile.twitter.com/[erased]",
            ),
        ):
            with self.subTest(text):
                self.assertEqual(redact(text), expected)

    def test_other_sites_addresses_stay(self):
        redact = redactor(["acme"], ["12"], ["34"], "http://127.0.0.1:8090")
        for text in (
            "https://www.tiktok.com/@acme",
            "https://medium.com/@acme/post",
            "https://netflix.com/acme",
            "https://www.fedex.com/acme",
            "dropbox.com/acme",
            "my-x.com/acme",
            "news.x.com/acme",
            "john@acme.com",
        ):
            with self.subTest(text):
                self.assertEqual(redact(text), text)

    def test_what_is_nothing_but_the_account(self):
        redact = redactor(["acme"], [], [], "")
        for text in ("https://x.com/acme", "x.com/Acme/", "@acme", "x.com/acme?s=20"):
            self.assertTrue(names_alone(redact(text)), text)
        for text in ("acme.com?via=x.com/acme", "https://acme.com", "@acme or so"):
            self.assertFalse(names_alone(redact(text)), text)

    def test_nobody(self):
        self.assertEqual(redactor([], [], [], "")("@jack"), "@jack")


@tagged("post_install", "-at_install")
class TestErasureAccess(ErasureCase):
    """Who may erase, or see, all that is held of a person."""

    def methods(self):
        return [
            (record, method)
            for record in (self.contact, self.lead, self.profile)
            for method in ("action_twitter_erase", "action_twitter_export")
        ]

    def test_only_managers_and_administrators_with_the_permission(self):
        unpermitted = new_test_user(
            self.env,
            "x_unpermitted",
            groups="sales_team.group_sale_manager",
            company_ids=(self.company | self.other).ids,
        )
        permission = self.env.ref("crm_twitter.group_social_integration")
        self.env.ref("sales_team.group_sale_salesman").implied_ids -= permission
        unpermitted.group_ids -= permission
        for user in (self.salesperson, self.colleague, self.employee, unpermitted):
            for record, method in self.methods():
                self.counted["attacks tried"] += 1
                with (
                    self.subTest(user=user.login, model=record._name, method=method),
                    self.assertRaises(AccessError),
                ):
                    getattr(record.with_user(user), method)()
        self.assertTrue(self.profile.exists())

    def test_a_manager_and_an_administrator_may(self):
        for user in (self.manager, self.admin):
            user.company_ids |= self.company | self.other
            for record, method in self.methods():
                with self.subTest(user=user.login, method=method):
                    self.assertTrue(getattr(record.with_user(user), method)())

    def test_who_does_not_work_in_a_company_that_holds_something(self):
        there = self.connect_brand(self.other, "marcdemo")
        self.say("@marcdemo Hello", "zsentinel_jane", brand=there)
        self.manager.company_ids = self.company
        self.env.flush_all()
        for record, method in self.methods():
            self.counted["attacks tried"] += 1
            with self.assertRaises(AccessError) as caught:
                getattr(record.with_user(self.manager), method)()
            self.assertNotIn(self.other.name, str(caught.exception))

    def test_the_right_taken_while_the_dialog_is_open(self):
        action = self.contact.with_user(self.manager).action_twitter_erase()
        self.manager.group_ids = self.env.ref("sales_team.group_sale_salesman")
        wizard = self.env["twitter.erase"].with_user(self.manager)
        with self.assertRaises(AccessError):
            wizard.browse(action["res_id"]).action_erase()
        with self.assertRaises(AccessError):
            wizard.browse(action["res_id"]).sudo().with_user(
                self.salesperson
            ).action_erase()
        self.assertTrue(self.profile.exists())

    def test_another_managers_dialog_is_not_ones_own(self):
        action = self.contact.with_user(self.manager).action_twitter_erase()
        wizard = self.env["twitter.erase"].with_user(self.admin)
        self.env.flush_all()
        with self.assertRaises(AccessError):
            wizard.browse(action["res_id"]).read(["handles"])
        with self.assertRaises(AccessError):
            wizard.create({"profile_id": self.profile.id})


def _literal(text):
    return text.replace("_", "\\_")
