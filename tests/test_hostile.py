import json
import re
from unittest.mock import patch

from lxml import etree
from lxml.html import fromstring

from odoo.tests import tagged

from ..simulator.hostile import EVIL, NAMES, flood, invade
from ..x_api import images
from .board_tours import BoardTours
from .common import EMPLOYEE, SALESPERSON
from .test_tours_acting import EVERYTHING

CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
LARGEST = 2**31 - 1


@tagged("post_install", "-at_install")
class TestHostile(BoardTours):
    """People who mean harm, and what becomes of them: in the database, in the answers
    the browser gets and in mails. What a browser makes of it is seen in
    test_tours_hostile, what a spreadsheet does in test_hostile_exports.
    """

    def setUp(self):
        super().setUp()
        self.connect(scopes=EVERYTHING)
        self.said = invade(self.x)

    # ------------------------------------------------------------
    # PARTS
    # ------------------------------------------------------------

    def lead_of(self, handle):
        lead = self.make_lead("Mallory", name=f"Deal with {handle}")
        lead.twitter_handle = handle
        self.env.flush_all()
        self.env.invalidate_all()
        return lead

    def assert_harmless(self, told):
        """What goes to the browser is JSON that it can take; names are names."""
        text = json.dumps(told, allow_nan=False)
        self.assertEqual(json.loads(text), told)
        for value in self.leaves(told):
            if isinstance(value, str):
                self.assertNotRegex(value, CONTROL)
                self.assertLessEqual(len(value), 125_000)
            elif isinstance(value, int):
                self.assertLessEqual(abs(value), LARGEST)
        self.counted["attacks tried"] += 1

    def leaves(self, told):
        if isinstance(told, dict):
            told = list(told.values())
        if isinstance(told, (list, tuple)):
            for each in told:
                yield from self.leaves(each)
        else:
            yield told

    def assert_no_script(self, markup):
        """Nothing in it runs, leads or loads where it should not."""
        document = fromstring(f"<div>{markup}</div>")
        for element in document.iter(etree.Element):
            self.assertNotIn(element.tag, ("script", "iframe", "svg", "object", "t"))
            for name, value in element.attrib.items():
                self.assertFalse(name.startswith("on"), name)
                self.assertNotRegex(value, r"(?i)^\s*(javascript|data|vbscript):")
                if name in ("src", "background", "srcset", "style"):
                    self.assertNotIn(EVIL, value)
        self.counted["attacks tried"] += 1

    # ------------------------------------------------------------
    # THE PANEL
    # ------------------------------------------------------------

    def test_each_of_them_is_read_kept_and_shown(self):
        for handle in NAMES:
            with self.subTest(handle):
                lead = self.lead_of(handle)
                self.assertFalse(lead.twitter_read()["problem"])
                self.env.invalidate_all()
                panel = lead.twitter_panel()
                self.assert_harmless(panel)
                self.assert_harmless(lead.twitter_posts(reposts=True))
                profile = lead.sudo().twitter_profile_id
                self.assertEqual(profile.state, "active")
                self.assertLessEqual(len(profile.name or ""), 1_000)
                self.assertNotIn("\n", profile.display_name)
                self.assertNotRegex(profile.url or "", "^(?!https?://).+")
                self.assertNotIn("javascript:", profile.image_url or "")

    def test_they_are_found_and_listed(self):
        lead = self.make_lead("Mallory")
        search = lead.twitter_search()["search"]
        self.assertGreater(len(search["candidates"]), 5)
        self.assert_harmless(search)
        lead = self.lead_of("ourcompany")
        lead.twitter_read()
        self.env.invalidate_all()
        for people in (lead.twitter_followers(), lead.twitter_following()):
            self.assertFalse(people["problem"])
            self.assert_harmless(people)

    def test_a_hundred_at_once(self):
        leads = [self.lead_of(handle) for handle in NAMES]
        profiles = self.env["twitter.profile"].browse(
            lead.sudo().twitter_profile_id.id for lead in leads
        )
        profiles.with_user(self.salesperson)._look_up()
        self.env.invalidate_all()
        self.assertEqual(set(profiles.sudo().mapped("state")), {"active"})
        self.counted["attacks tried"] += len(leads)

    def test_ten_megabytes_are_refused_in_words(self):
        flood(self.x)
        lead = self.lead_of("mallory_flood")
        problem = lead.twitter_read()["problem"]
        self.assertEqual(problem["code"], "unavailable")
        self.assertFalse(lead.sudo().twitter_profile_id.description)
        self.counted["attacks tried"] += 1

    # ------------------------------------------------------------
    # THE BOARD, MAILS
    # ------------------------------------------------------------

    def test_what_they_say_is_on_the_board(self):
        self.start()
        rows = self.env["twitter.interaction"].with_user(self.poster).search([])
        missing = {post.id for post in self.said} - set(rows.mapped("post_id"))
        self.assertFalse([self.x.posts.get(each) for each in missing])
        for row in rows:
            self.assert_harmless(row.read(["display_name", "text", "card", "url"]))

    def test_a_lead_is_made_of_what_they_say(self):
        self.start()
        rows = self.env["twitter.interaction"].with_user(self.poster)
        for row in rows.search([("post_id", "in", [post.id for post in self.said])]):
            context = row.action_create_lead()["context"]
            values = {
                key.removeprefix("default_"): value
                for key, value in context.items()
                if key.startswith("default_")
            }
            lead = self.env["crm.lead"].with_user(self.poster).create(values)
            self.assertNotIn("\n", lead.name)
            self.assert_no_script(lead.description)

    def test_no_mail_carries_anything_that_runs(self):
        """Who is assigned, and who follows, is written to: with names of X in it."""
        self.start()
        rows = self.env["twitter.interaction"].search([])
        rows = rows.filtered(lambda row: row.author_id.handle in NAMES)
        self.salesperson.notification_type = "email"
        sent = self.env["mail.mail"].search([]).ids
        for row in rows:
            row.message_subscribe(self.salesperson.partner_id.ids)
            row.with_user(self.poster).user_id = self.salesperson
            row.with_user(self.poster).message_post(
                body=f"About {row.display_name}: {row.text}",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
            row.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=row.display_name,
                user_id=self.salesperson.id,
            )
        self.env.flush_all()
        mails = self.env["mail.mail"].search([("id", "not in", sent)])
        self.assertGreaterEqual(len(mails), len(rows))
        for mail in mails:
            self.assert_no_script(mail.body_html)
            self.assertNotRegex(mail.subject or "", "[\r\n]")
            for message in row.message_ids:
                self.assert_no_script(message.body)

    # ------------------------------------------------------------
    # PICTURES
    # ------------------------------------------------------------

    def test_a_picture_is_handed_on_as_a_file_that_nothing_runs(self):
        profile = self.lead_of("mallory_script").sudo().twitter_profile_id
        profile.write({"image_url": "https://pbs.twimg.com/a.gif", "name": "a/../b"})
        self.env.flush_all()
        self.authenticate(SALESPERSON, SALESPERSON)
        accounts = type(self.env["twitter.account"])
        picture = b"GIF89a/*<script>alert(1)</script>", "image/gif"
        with patch.object(accounts, "_fetch_image", return_value=picture):
            answer = self.url_open(f"/crm_twitter/profile/{profile.id}/photo")
        self.assertEqual(answer.headers["Content-Type"], "image/gif")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(
            answer.headers["Content-Security-Policy"], "default-src 'none'"
        )
        self.assertRegex(
            answer.headers["Content-Disposition"], "^attachment; .*mallory_script.gif"
        )

    def test_a_picture_comes_from_nowhere_else(self):
        """Not even where X itself names the address, and not with a user's help."""
        self.authenticate(SALESPERSON, SALESPERSON)
        profile = self.lead_of("mallory_script").sudo().twitter_profile_id
        for url in (
            f"https://{EVIL}/a_normal.png",
            "http://169.254.169.254/latest/meta-data",
            f"{self.base_url()}/web/image/1",
            "http://localhost:5432/",
            "https://pbs.twimg.com@127.0.0.1/a.png",
            "file:///etc/passwd",
        ):
            with self.subTest(url):
                profile.image_url = url
                self.env.flush_all()
                answer = self.url_open(f"/crm_twitter/profile/{profile.id}/photo")
                self.assertEqual(answer.status_code, 404)
                self.counted["attacks tried"] += 1

    def test_the_host_that_was_set_is_trusted_and_no_other(self):
        accounts = self.env["twitter.account"]
        for url, trusted in (
            ("https://X-Standin.lan:443/base", {"x-standin.lan"}),
            ("http://localhost:80", {"localhost"}),
            ("https://api.x.com", set()),
        ):
            self.env["ir.config_parameter"].set_param("crm_twitter.api_url", url)
            with patch.object(images, "fetch_image") as fetched:
                accounts._fetch_image("https://pbs.twimg.com/a.png")
            self.assertEqual(fetched.call_args.kwargs["trusted_hosts"], trusted)

    def test_the_browser_is_told_which_hosts_have_pictures(self):
        for login, hosts in (
            (SALESPERSON, ["abs.twimg.com", "pbs.twimg.com"]),
            (EMPLOYEE, None),
        ):
            self.authenticate(login, login)
            info = self.make_jsonrpc_request("/web/session/get_session_info")
            told = info.get("twitter_image_hosts")
            if hosts:
                hosts = sorted([*hosts, self.simulator.url.partition("//")[2]])
            self.assertEqual(told, hosts)
