from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SCOPES, CrmTwitterPanelCase

EVERYTHING = (
    *("tweet.read", "users.read", "offline.access", "tweet.write", "media.write"),
    *("follows.read", "follows.write", "like.read", "like.write"),
)


class EngagementCase(CrmTwitterPanelCase):
    """A lead that is associated with Jane Doe, read today, and what is done to her."""

    plan = "payg"
    scopes = EVERYTHING

    def setUp(self):
        super().setUp()
        self.x.plan = self.plan
        self.env["ir.config_parameter"].set_param("crm_twitter.plan", self.plan)
        self.account.limit = 280
        self.before = {post.id for post in self.x.posts.of(self.me())}
        self.post = self.x.posts.add("jane_doe", "Roses are out")
        self.associate()
        self.lead.twitter_read()
        self.x.calls.clear()
        self.x.billing.reset()

    def act(self, kind, post=None, text="", uid=None, **values):
        """What a click in the panel sends; the answer."""
        self.env.flush_all()
        return self.lead.twitter_act(
            uid or str(uuid4()), kind, post.id if post else "", text, **values
        )

    def rows(self, **values):
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["twitter.engagement"].search(domain)

    def me(self):
        return self.x.people.named("marcdemo")

    def made(self):
        """What Marc has made on X since the test began, newest first."""
        posts = self.x.posts.of(self.me())
        return [post for post in posts if post.id not in self.before]

    def posted(self):
        return [post.text for post in self.made()]

    def writes(self):
        """What X was asked to change, in order."""
        return [each for each in self.endpoints() if not each.startswith("GET")]

    def notes(self):
        """Bodies of the lead's chatter, as text, newest first."""
        self.env.invalidate_all()
        return [str(message.body) for message in self.lead.message_ids]

    def age(self, row, minutes):
        """Have a row be that old."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE twitter_engagement SET date = date - %s * interval '1 minute',"
            " check_at = now() - interval '1 minute' WHERE id = %s",
            [minutes, row.id],
        )
        row.invalidate_recordset()


@tagged("post_install", "-at_install")
class TestTwitterEngagement(EngagementCase):
    """What is done on X arrives once, and stays with the record."""

    def test_a_mention_is_on_x_once_and_on_the_record(self):
        answer = self.act("post", text="Hello @jane_doe, nice roses!")
        self.assertEqual(answer["engagement"]["state"], "done")
        self.assertEqual(answer["engagement"]["kind"], "mention")
        self.assertFalse(answer["problem"])
        self.assertEqual(self.posted()[0], "Hello @jane_doe, nice roses!")
        row = self.rows()
        self.assertEqual(len(row), 1)
        self.assertEqual(row.result_id, self.x.posts.of(self.me())[0].id)
        self.assertEqual((row.cost, row.account_handle), (0.015, "marcdemo"))
        self.assertEqual((row.lead_id, row.user_id), (self.lead, self.salesperson))
        [note] = [note for note in self.notes() if "Mentioned @jane_doe" in note]
        self.assertIn("nice roses!", note)
        self.assertNotIn("blockquote", note)
        self.assertIn(f"/marcdemo/status/{row.result_id}", note)

    def test_the_note_notifies_nobody(self):
        self.lead.message_subscribe(self.colleague.partner_id.ids)
        self.act("post", text="Hello @jane_doe")
        message = self.lead.message_ids[0]
        self.assertFalse(message.notified_partner_ids)
        self.assertTrue(message.is_internal or message.subtype_id.internal)
        self.assertEqual(message.author_id, self.salesperson.partner_id)

    def test_the_same_request_again_is_answered_and_not_sent(self):
        uid = str(uuid4())
        first = self.act("post", text="Hello", uid=uid)
        again = self.act("post", text="Hello", uid=uid)
        self.assertEqual(first["engagement"]["id"], again["engagement"]["id"])
        self.assertEqual(self.writes(), ["POST /2/tweets"])

    def test_another_users_request_is_not_answered(self):
        uid = str(uuid4())
        self.act("post", text="Hello", uid=uid)
        self.connect(self.colleague, "ourcompany", EVERYTHING)
        with self.assertRaises(AccessError):
            self.lead.with_user(self.colleague).twitter_act(uid, "post", text="Hello")

    def test_two_tabs_with_the_same_intention_send_it_once(self):
        first = self.act("repost", self.post)
        second = self.act("repost", self.post)
        self.assertEqual(first["engagement"]["id"], second["engagement"]["id"])
        self.assertEqual(self.writes(), ["POST /2/users/:id/retweets"])

    def test_a_repost_is_shown_and_undone(self):
        done = self.act("repost", self.post)["post"]
        self.assertTrue(done["mine"]["reposted"])
        self.assertEqual(done["touches"][0]["user"], self.salesperson.name)
        undone = self.act("unrepost", self.post)["post"]
        self.assertFalse(undone["mine"]["reposted"])
        self.assertFalse(self.x.posts.repost_by(self.me(), self.post.id))
        again = self.act("repost", self.post)["engagement"]
        self.assertEqual(again["state"], "done")
        self.assertEqual(len(self.writes()), 3)

    def test_what_x_has_already_counts_as_done(self):
        self.x.posts.add("marcdemo", self.post.text, repost_of=self.post.id)
        answer = self.act("repost", self.post)
        self.assertEqual(answer["engagement"]["state"], "done")

    def test_x_says_why_it_refuses_and_nothing_is_lost(self):
        self.x.posts.add("marcdemo", "Good morning")
        answer = self.act("post", text="Good morning")
        self.assertEqual(answer["engagement"]["state"], "refused")
        self.assertEqual(answer["problem"]["code"], "duplicate")
        self.assertEqual(self.rows().text, "Good morning")
        self.assertIn("duplicate content", self.rows().reason)
        self.assertFalse(self.rows().cost)

    def test_what_x_would_refuse_is_not_sent(self):
        for text in ("", " \n", "a" * 281, "$ACME and $OTHER"):
            with self.subTest(text=text[:20]), self.assertRaises(UserError):
                self.act("post", text=text)
        self.assertEqual(self.writes(), [])

    def test_a_premium_account_may_write_more(self):
        self.account.limit = 25_000
        self.x.people.change("marcdemo", verified_type="blue")
        answer = self.act("post", text="a" * 281)
        self.assertEqual(answer["engagement"]["state"], "done")

    def test_a_post_of_ones_own_is_deleted(self):
        made = self.act("post", text="Hello @jane_doe")["engagement"]
        post = self.x.posts.get(made["result_id"])
        answer = self.act("delete", post)
        self.assertEqual(answer["engagement"]["state"], "done")
        self.assertIsNone(self.x.posts.get(made["result_id"]))
        self.assertTrue(self.rows(kind="mention").deleted_at)
        self.assertFalse(answer["reached_out"])

    def test_a_foreign_post_is_not_deleted(self):
        answer = self.act("delete", self.post)
        self.assertFalse(answer["engagement"])
        self.assertEqual(answer["problem"]["code"], "not_allowed")
        self.assertEqual(self.writes(), [])

    def test_who_of_us_reached_out_is_told_to_colleagues(self):
        self.act("post", text="Hello @jane_doe")
        self.act("repost", self.post)
        partner = self.env["res.partner"].create({"name": "Jane"})
        partner.with_user(self.colleague).twitter_associate("jane_doe", "given")
        told = partner.with_user(self.colleague).twitter_panel()["reached_out"]
        name = self.salesperson.name
        self.assertEqual(
            [each["label"] for each in told],
            [f"{name} reposted as @marcdemo", f"{name} mentioned them as @marcdemo"],
        )
        self.assertFalse(told[0]["is_mine"])

    def test_a_login_that_ended_sends_nothing(self):
        self.x.revoke("marcdemo")
        answer = self.act("post", text="Hello")
        self.assertEqual(answer["engagement"]["state"], "not_done")
        self.assertEqual(answer["problem"]["code"], "reconnect")
        self.assertEqual(answer["actions"]["post"]["route"], "intent")
        self.assertEqual(self.posted(), [])

    def test_odd_requests_are_refused(self):
        for arguments in (
            ("short", "post", "", "Hello"),
            (str(uuid4()), "shout", "", "Hello"),
            (str(uuid4()), "reply", "", "Hello"),
            (str(uuid4()), "like", "1 OR 1=1", ""),
        ):
            with self.subTest(arguments=arguments), self.assertRaises(UserError):
                self.lead.twitter_act(*arguments)

    def test_who_may_not_read_the_record_does_nothing(self):
        self.lead.sudo().user_id = self.colleague
        self.env.flush_all()
        with self.assertRaises(AccessError):
            self.act("post", text="Hello")
        self.assertEqual(self.writes(), [])


@tagged("post_install", "-at_install")
class TestTwitterEngagementPictures(EngagementCase):
    """Pictures go along with a post."""

    def picture(self, alt="", colour=b"\x00"):
        png = (
            b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
            b"DwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        return {"name": "rose.png", "data": png.decode(), "alt": alt}

    def test_pictures_and_their_description_are_published(self):
        pictures = [self.picture("A rose"), self.picture()]
        answer = self.act("post", text="Look", pictures=pictures)
        self.assertEqual(answer["engagement"]["state"], "done")
        [post] = self.made()
        self.assertEqual([media.alt for media in post.media], ["A rose", ""])
        self.assertEqual(round(self.rows().cost, 4), 0.02)
        self.assertEqual(
            self.rows().media,
            [
                {"mimetype": "image/png", "alt": "A rose"},
                {"mimetype": "image/png", "alt": ""},
            ],
        )

    def test_a_picture_alone_is_a_post(self):
        answer = self.act("post", pictures=[self.picture()])
        self.assertEqual(answer["engagement"]["state"], "done")

    def test_no_more_than_four(self):
        with self.assertRaises(UserError):
            self.act("post", text="Look", pictures=[self.picture()] * 5)
        self.assertEqual(self.writes(), [])

    def test_what_is_no_picture_is_refused_by_name(self):
        picture = {"name": "sheet.pdf", "data": "JVBERi0xLjQ=", "alt": ""}
        with self.assertRaisesRegex(UserError, "sheet.pdf"):
            self.act("post", text="Look", pictures=[picture])

    def test_a_login_without_the_permission_leads_to_a_new_one(self):
        self.connect(scopes=SCOPES)
        answer = self.act("post", text="Look", pictures=[self.picture()])
        self.assertFalse(answer["engagement"])
        self.assertEqual(answer["problem"]["action"], "login")
        self.assertEqual(self.writes(), [])
        self.assertEqual(answer["actions"]["post"]["route"], "api")

    def test_a_picture_that_does_not_arrive_posts_nothing(self):
        self.x.faults.add("POST /2/media/upload", status=503, count=9)
        answer = self.act("post", text="Look", pictures=[self.picture()])
        self.assertEqual(answer["engagement"]["state"], "not_done")
        self.assertEqual(answer["problem"]["code"], "not_sent")
        self.assertEqual(self.posted(), [])


@tagged("post_install", "-at_install")
class TestTwitterEngagementUnanswered(EngagementCase):
    """What X does not answer is not sent again, and found out."""

    plan = "enterprise"

    def unanswered(self, kind, endpoint, done, post=None, text=""):
        self.x.faults.add(endpoint, status=500, after=done)
        answer = self.act(kind, post, text)
        self.assertEqual(answer["engagement"]["state"], "unknown")
        self.assertEqual(answer["problem"]["code"], "unknown")
        self.assertTrue(answer["pending"][0]["can_check"])
        self.x.calls.clear()
        return self.rows(state="unknown")[:1]

    def check(self, row):
        self.env.flush_all()
        state = self.lead.twitter_check(row.id)["engagement"]["state"]
        self.env.invalidate_all()
        return state

    def test_it_is_not_sent_again_while_it_is_not_known(self):
        row = self.unanswered("post", "POST /2/tweets", True, text="Hello @jane_doe")
        again = self.act("post", text="Hello  @jane_doe ")
        self.assertEqual(again["engagement"]["id"], row.id)
        self.assertEqual(self.writes(), [])
        self.assertEqual(len(self.posted()), 1)

    def test_the_opposite_waits_as_well(self):
        row = self.unanswered("like", "POST /2/users/:id/likes", True, self.post)
        again = self.act("unlike", self.post)
        self.assertEqual(again["engagement"]["id"], row.id)
        self.assertEqual(self.writes(), [])

    def test_a_post_that_arrived_is_found(self):
        text = "Hello @jane_doe, see https://www.odoo.com & more"
        row = self.unanswered("post", "POST /2/tweets", True, text=text)
        self.assertEqual(self.check(row), "done")
        self.assertEqual(row.result_id, self.x.posts.of(self.me())[0].id)
        self.assertEqual(len([note for note in self.notes() if "Mentioned" in note]), 1)

    def test_an_earlier_post_of_the_same_text_is_not_taken_for_it(self):
        self.x.posts.add("marcdemo", "Hello")
        self.x.clock.advance(3600)
        row = self.unanswered("post", "POST /2/tweets", False, text="Hello")
        self.env.cr.execute(
            "UPDATE twitter_engagement SET date = date + interval '1 hour'"
        )
        row.invalidate_recordset()
        self.assertEqual(self.check(row), "unknown")

    def test_a_reply_that_arrived_is_found(self):
        row = self.unanswered("reply", "POST /2/tweets", True, self.post, "Indeed")
        self.assertEqual(self.check(row), "done")

    def test_toggles_are_found_as_they_stand(self):
        jane = self.x.people.named("jane_doe")
        self.x.people.follow(self.me(), self.x.people.named("ourcompany"))
        for kind, endpoint, post in (
            ("follow", "POST /2/users/:id/following", None),
            ("like", "POST /2/users/:id/likes", self.post),
            ("repost", "POST /2/users/:id/retweets", self.post),
        ):
            with self.subTest(kind=kind):
                row = self.unanswered(kind, endpoint, True, post)
                self.assertEqual(self.check(row), "done")
        for kind, endpoint, post in (
            (
                "unfollow",
                "DELETE /2/users/:source_user_id/following/:target_user_id",
                None,
            ),
            ("unlike", "DELETE /2/users/:id/likes/:tweet_id", self.post),
            ("unrepost", "DELETE /2/users/:id/retweets/:source_tweet_id", self.post),
        ):
            with self.subTest(kind=kind):
                row = self.unanswered(kind, endpoint, True, post)
                self.assertEqual(self.check(row), "done")
        self.assertNotIn(jane.id, self.me().follows)

    def test_what_did_not_arrive_is_known_after_a_while(self):
        for kind, endpoint, post, text in (
            ("follow", "POST /2/users/:id/following", None, ""),
            ("like", "POST /2/users/:id/likes", self.post, ""),
            ("repost", "POST /2/users/:id/retweets", self.post, ""),
            ("reply", "POST /2/tweets", self.post, "Indeed"),
        ):
            with self.subTest(kind=kind):
                row = self.unanswered(kind, endpoint, False, post, text)
                self.assertEqual(self.check(row), "unknown")
                self.age(row, 6)
                self.assertEqual(self.check(row), "not_done")
                self.assertTrue(row.reason)

    def test_a_deletion_is_found(self):
        made = self.act("post", text="Hello @jane_doe")["engagement"]
        post = self.x.posts.get(made["result_id"])
        row = self.unanswered("delete", "DELETE /2/tweets/:id", True, post)
        self.assertEqual(self.check(row), "done")
        self.assertTrue(self.rows(kind="mention").deleted_at)

    def test_the_cron_finds_out_by_itself(self):
        row = self.unanswered("post", "POST /2/tweets", True, text="Hello")
        other = self.unanswered("like", "POST /2/users/:id/likes", False, self.post)
        self.age(row, 6)
        self.age(other, 6)
        cron = self.env.ref("crm_twitter.ir_cron_settle_engagements")
        self.assertTrue(cron.method_direct_trigger())
        self.env.invalidate_all()
        self.assertEqual((row.state, other.state), ("done", "not_done"))

    def test_one_connection_that_ended_does_not_hold_up_the_others(self):
        rows = self.rows()
        for text in ("One", "Two"):
            rows |= self.unanswered("post", "POST /2/tweets", True, text=text)
        self.x.revoke("marcdemo")
        theirs = self.connect(self.colleague, "ourcompany", EVERYTHING)
        self.x.faults.add("POST /2/tweets", status=500, after=True)
        self.env.flush_all()
        uid = str(uuid4())
        answer = self.lead.with_user(self.colleague).twitter_act(
            uid, "post", text="Three"
        )
        last = self.rows(request_uid=uid)
        self.assertEqual((last.account_id, last.state), (theirs, "unknown"))
        for row in rows | last:
            self.age(row, 6)
        self.x.calls.clear()
        cron = self.env.ref("crm_twitter.ir_cron_settle_engagements")
        self.assertTrue(cron.method_direct_trigger())
        self.env.invalidate_all()
        self.assertEqual(last.state, "done")
        self.assertEqual(set(rows.mapped("state")), {"unknown"})
        now = last.done_at
        self.assertTrue(all(row.check_at > now for row in rows))
        self.assertTrue(answer["pending"])

    def test_a_request_whose_worker_died_is_found_out(self):
        row = self.unanswered("post", "POST /2/tweets", True, text="Hello")
        row.write({"state": "sending"})
        self.assertEqual(self.check(row), "sending")
        [pending] = self.lead.twitter_panel()["pending"]
        self.assertFalse(pending["can_answer"])
        self.age(row, 6)
        [pending] = self.lead.twitter_panel()["pending"]
        self.assertTrue(pending["can_answer"])
        self.assertEqual(self.check(row), "done")

    def test_what_cannot_be_found_out_is_put_to_the_user(self):
        row = self.unanswered("post", "POST /2/tweets", True, text="Hello @jane_doe")
        self.x.revoke("marcdemo")
        answer = self.lead.twitter_check(row.id)
        self.assertEqual(answer["problem"]["code"], "reconnect")
        self.assertTrue(answer["pending"][0]["can_answer"])
        said = self.lead.twitter_answer(row.id, True)
        self.assertEqual(said["engagement"]["state"], "done")
        self.assertFalse(said["pending"])
        self.assertIn("Mentioned @jane_doe", self.notes()[0])

    def test_a_lost_answer_is_asked_for(self):
        uid = str(uuid4())
        self.assertFalse(self.lead.twitter_engagement_state(uid)["engagement"])
        self.act("post", text="Hello", uid=uid)
        state = self.lead.twitter_engagement_state(uid)["engagement"]["state"]
        self.assertEqual(state, "done")
