from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.tests import mute_logger, tagged

from .test_twitter_engagement import EVERYTHING, EngagementCase

SILENT = {
    "errors": [
        {
            "title": "Authorization Error",
            "detail": "Sorry, you are not authorized to see this.",
            "type": "https://api.twitter.com/2/problems/not-authorized-for-resource",
        }
    ]
}


@tagged("post_install", "-at_install")
class TestTwitterEngagementTruth(EngagementCase):
    """What a row says is true on X, and of whom it speaks."""

    plan = "enterprise"

    def unanswered(self, kind, endpoint, done, post=None, text=""):
        self.x.faults.add(endpoint, status=500, after=done)
        row_id = self.act(kind, post, text)["engagement"]["id"]
        row = self.rows(id=row_id)
        self.assertEqual(row.state, "unknown")
        self.age(row, 6)
        return row

    def check(self, row):
        self.env.flush_all()
        answer = self.lead.twitter_check(row.id)
        self.env.invalidate_all()
        return answer["engagement"]["state"]

    def test_what_x_does_not_tell_is_not_taken_for_what_it_has_not(self):
        for kind, endpoint, asked, post, text in (
            ("post", "POST /2/tweets", "GET /2/users/:id/tweets", None, "Hello"),
            ("like", "POST /2/users/:id/likes", "GET /2/users/:id/liked_tweets")
            + (self.post, ""),
            ("follow", "POST /2/users/:id/following", "GET /2/users", None, ""),
        ):
            with self.subTest(kind=kind):
                row = self.unanswered(kind, endpoint, True, post, text)
                self.x.faults.add(asked, status=200, body=SILENT)
                self.assertEqual(self.check(row), "unknown")
                self.age(row, 1)
                self.assertEqual(self.check(row), "done")

    def test_a_deletion_is_done_only_where_x_says_that_it_is_gone(self):
        made = self.act("post", text="Hello")["engagement"]
        post = self.x.posts.get(made["result_id"])
        row = self.unanswered("delete", "DELETE /2/tweets/:id", False, post)
        self.x.faults.add("GET /2/tweets", status=200, body=SILENT)
        self.assertEqual(self.check(row), "unknown")
        self.assertEqual(self.check(row), "not_done")
        self.assertFalse(self.rows(kind="post").deleted_at)

    def test_a_deletion_that_deleted_nothing_is_not_done(self):
        made = self.act("post", text="Hello")["engagement"]
        post = self.x.posts.get(made["result_id"])
        body = {"data": {"deleted": False}}
        self.x.faults.add("DELETE /2/tweets/:id", status=200, body=body)
        answer = self.act("delete", post)
        self.assertEqual(answer["engagement"]["state"], "unknown")
        row = self.rows(kind="delete")
        self.age(row, 6)
        self.assertEqual(self.check(row), "not_done")

    def test_a_post_that_is_gone_already_is_deleted(self):
        made = self.act("post", text="Hello")["engagement"]
        post = self.x.posts.get(made["result_id"])
        self.x.faults.add("DELETE /2/tweets/:id", status=404, body={"title": "Gone"})
        self.assertEqual(self.act("delete", post)["engagement"]["state"], "done")
        self.assertTrue(self.rows(kind="post").deleted_at)

    def test_many_later_likes_and_posts_do_not_hide_it(self):
        like = self.unanswered("like", "POST /2/users/:id/likes", True, self.post)
        sent = self.unanswered("post", "POST /2/tweets", True, text="Hello")
        for number in range(30):
            self.x.clock.advance(1)
            post = self.x.posts.add("jane_doe", f"Rose {number}")
            post.liked_by.append(self.me().id)
            self.x.posts.add("marcdemo", f"Thought {number}")
        self.assertEqual(self.check(sent), "done")
        self.assertIn(self.check(like), ("done", "unknown"))

    def test_the_same_words_to_two_people_are_told_apart(self):
        self.x.people.add("bob_doe", "Bob Doe")
        bob = self.make_lead("Bob Doe")
        bob.twitter_associate("bob_doe", "given")
        lost = self.unanswered("post", "POST /2/tweets", False, text="@jane_doe thanks")
        self.x.faults.add("POST /2/tweets", status=500, after=True)
        self.env.flush_all()
        uid = str(uuid4())
        bob.twitter_act(uid, "mention", text="@bob_doe thanks")
        arrived = self.rows(request_uid=uid)
        self.age(arrived, 6)
        self.assertEqual(self.check(lost), "not_done")
        self.env.flush_all()
        bob.twitter_check(arrived.id)
        self.env.invalidate_all()
        self.assertEqual(arrived.state, "done")

    def test_what_is_found_out_later_cost_the_same(self):
        self.env["ir.config_parameter"].set_param("crm_twitter.plan", "payg")
        row = self.unanswered("post", "POST /2/tweets", True, text="See odoo.com")
        self.assertEqual(row.cost, 0)
        self.check(row)
        self.assertEqual(row.cost, 0.2)

    def test_what_was_so_already_is_neither_a_touch_nor_a_note(self):
        self.x.posts.add("marcdemo", self.post.text, repost_of=self.post.id)
        answer = self.act("repost", self.post)
        self.assertEqual(answer["engagement"]["state"], "done")
        self.assertFalse(answer["reached_out"])
        self.assertFalse([note for note in self.notes() if "Reposted" in note])
        self.assertEqual(self.rows().cost, 0)

    def test_a_post_of_somebody_else_names_its_author(self):
        self.x.people.add("rosa", "Rosa")
        quoted = self.x.posts.add("rosa", "Original")
        self.env.flush_all()
        self.lead.twitter_post(quoted.id)
        answer = self.act("like", quoted)
        self.assertFalse(answer["reached_out"])
        self.assertEqual(self.rows().handle, "rosa")
        self.assertFalse(self.rows().profile_id)
        self.assertIn("Liked a post of @rosa", self.notes()[0])
        self.assertEqual(self.lead.twitter_touch_count, 0)

    def test_what_was_undone_is_no_touch_any_more(self):
        for do, undo, post in (
            ("repost", "unrepost", self.post),
            ("like", "unlike", self.post),
            ("follow", "unfollow", None),
        ):
            with self.subTest(do=do):
                self.assertEqual(len(self.act(do, post)["reached_out"]), 1)
                self.assertFalse(self.act(undo, post)["reached_out"])
                self.assertEqual(self.lead.twitter_touch_count, 0)
        self.assertFalse(self.lead.twitter_panel()["posts"]["items"][0]["touches"])

    def test_a_protected_person_was_asked_not_followed(self):
        self.x.people.protect("jane_doe")
        self.lead.twitter_read(refresh=True)
        answer = self.act("follow")
        self.assertIn("asked to follow", answer["reached_out"][0]["label"])
        self.assertIn("Asked to follow @jane_doe", self.notes()[0])

    def test_a_request_to_follow_that_is_found_out_is_still_a_request(self):
        self.x.people.protect("jane_doe")
        self.lead.twitter_read(refresh=True)
        row = self.unanswered("follow", "POST /2/users/:id/following", True)
        self.assertEqual(self.check(row), "done")
        self.assertTrue(row.is_request)
        self.assertIn("Asked to follow @jane_doe", self.notes()[0])

    def test_a_failing_note_does_not_undo_what_was_done(self):
        method = type(self.env["twitter.engagement"])._note_body
        self.patch(
            type(self.env["twitter.engagement"]), "_note_body", lambda row: 1 / 0
        )
        with mute_logger("odoo.addons.crm_twitter.models.twitter_engagement_ending"):
            answer = self.act("post", text="Hello @jane_doe")
        self.assertEqual(answer["engagement"]["state"], "done")
        self.assertEqual(self.rows().state, "done")
        self.patch(type(self.env["twitter.engagement"]), "_note_body", method)
        for _time in range(2):
            cron = self.env.ref("crm_twitter.ir_cron_settle_engagements")
            self.assertTrue(cron.method_direct_trigger())
        notes = [note for note in self.notes() if "Mentioned @jane_doe" in note]
        self.assertEqual(len(notes), 1)


@tagged("post_install", "-at_install")
class TestTwitterEngagementRequests(EngagementCase):
    """What a browser may ask for, and whose word counts."""

    def open_intent(self, kind, post=None, text=""):
        uid = str(uuid4())
        return self.lead.twitter_open_intent(uid, kind, post.id if post else "", text)

    def test_nobody_says_of_a_foreign_post_that_it_was_deleted(self):
        made = self.act("post", text="Hello @jane_doe")["engagement"]
        self.connect(self.colleague, "ourcompany", EVERYTHING)
        with self.assertRaises(UserError):
            self.lead.with_user(self.colleague).twitter_open_intent(
                str(uuid4()), "delete", made["result_id"]
            )
        self.assertFalse(self.rows().deleted_at)

    def test_an_intent_that_cannot_be_is_not_written_down(self):
        self.x.people.suspend("jane_doe")
        self.lead.twitter_read(refresh=True)
        with self.assertRaises(UserError):
            self.open_intent("follow")
        self.assertFalse(self.rows())

    def test_xs_word_on_a_follow_says_nothing_of_a_like(self):
        opened = self.open_intent("like", self.post)["engagement"]
        answer = self.lead.twitter_check(opened["id"])
        self.assertEqual(answer["engagement"]["state"], "opened")
        self.assertEqual(self.endpoints(), [])

    def test_a_request_does_not_become_another_one(self):
        uid = str(uuid4())
        self.act("repost", self.post, uid=uid)
        with self.assertRaises(UserError):
            self.act("post", text="Hello", uid=uid)
        other = self.x.posts.add("jane_doe", "Violets are out")
        with self.assertRaises(UserError):
            self.act("repost", other, uid=uid)

    def test_a_quote_takes_no_pictures(self):
        with self.assertRaises(UserError):
            self.act("quote", self.post, "Look", pictures=[{"data": ""}])
        self.assertFalse(self.rows())

    def test_a_mention_that_names_nobody_is_a_post(self):
        self.act("mention", text="Hello everybody")
        self.assertEqual(self.rows().kind, "post")
        with self.assertRaises(UserError):
            self.lead.twitter_act(str(uuid4()), "post", "<b>", "Hello")

    def test_one_disliked_text_does_not_close_the_way(self):
        self.x.faults.add("POST /2/tweets", status=403)
        answer = self.act("post", text="Hello @jane_doe")
        self.assertEqual(answer["engagement"]["state"], "refused")
        self.assertEqual(answer["actions"]["post"]["route"], "api")

    def test_whoever_acts_as_the_account_says_what_became_of_it(self):
        self.x.faults.add("POST /2/tweets", status=500)
        row_id = self.act("post", text="Hello @jane_doe")["engagement"]["id"]
        colleague = self.lead.with_user(self.colleague)
        with self.assertRaises(UserError):
            colleague.twitter_answer(row_id, True)
        self.connect(self.colleague, "marcdemo", EVERYTHING)
        [pending] = colleague.twitter_panel()["pending"]
        self.assertTrue(pending["can_answer"])
        self.assertFalse(pending["is_mine"])
        answer = colleague.twitter_answer(row_id, False)
        self.assertEqual(answer["engagement"]["state"], "not_done")

    def test_managers_answer_from_the_list(self):
        self.x.faults.add("POST /2/tweets", status=500, count=2)
        self.act("post", text="Hello @jane_doe")
        row = self.rows()
        with self.assertRaises(AccessError):
            row.with_user(self.colleague).action_done()
        self.colleague.group_ids += self.env.ref("sales_team.group_sale_manager")
        row.with_user(self.colleague).action_done()
        self.assertEqual(self.rows().state, "done")
        self.act("post", text="Hello again @jane_doe")
        mine = self.rows(state="unknown").with_user(self.salesperson)
        mine.action_not_done()
        self.assertEqual(self.rows(id=mine.id).state, "not_done")
