from uuid import uuid4

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_twitter_engagement import EVERYTHING, EngagementCase

KINDS_OF_PAYG = ("post", "mention", "repost", "unrepost")
ENTERPRISE_ONLY = ("follow", "unfollow", "quote", "like", "unlike")


class RoutesCase(EngagementCase):
    def actions(self, **values):
        """All routes: those to Jane, and those to her post."""
        panel = self.lead.twitter_panel(**values)
        actions = dict(panel["actions"])
        if panel["posts"]:
            actions |= panel["posts"]["items"][0]["actions"]
        return actions

    def routes(self, **values):
        return {
            kind: route["route"]
            for kind, route in self.actions(**values).items()
            if route
        }

    def open_intent(self, kind, post=None, text=""):
        uid = str(uuid4())
        return self.lead.twitter_open_intent(uid, kind, post.id if post else "", text)


@tagged("post_install", "-at_install")
class TestTwitterActionPayg(RoutesCase):
    """On the pay-per-use plan: what X lets apps do by API, the rest on X's pages."""

    def test_the_route_is_known_before_the_click(self):
        routes = self.routes()
        for kind in KINDS_OF_PAYG:
            self.assertEqual(routes[kind], "api", kind)
        for kind in ENTERPRISE_ONLY:
            self.assertEqual(routes[kind], "intent", kind)
        self.assertEqual(routes["reply"], "intent")
        self.assertEqual(routes["followers"], "api")

    def test_intents_are_xs_own_pages(self):
        site, jane = self.simulator.url, self.x.people.named("jane_doe")
        actions, post = self.actions(), self.post.id
        self.assertEqual(
            {
                kind: actions[kind]["url"].removeprefix(site)
                for kind in (*ENTERPRISE_ONLY, "reply")
            },
            {
                "follow": f"/intent/follow?user_id={jane.id}",
                "unfollow": "/jane_doe",
                "quote": "/intent/tweet?url="
                + f"{site}/jane_doe/status/{post}".replace(":", "%3A").replace(
                    "/", "%2F"
                ),
                "like": f"/intent/like?tweet_id={post}",
                "unlike": f"/jane_doe/status/{post}",
                "reply": f"/intent/tweet?in_reply_to={post}",
            },
        )
        self.assertTrue(actions["reply"]["takes_text"])
        self.assertIn("whoever is logged in", actions["follow"]["note"])

    def test_how_the_two_stand_is_known_from_the_first_reading(self):
        self.x.people.follow(self.me(), self.x.people.add("bob_doe", "Bob Doe"))
        lead = self.make_lead("Bob Doe")
        lead.twitter_associate("bob_doe", "given")
        self.env.flush_all()
        self.assertTrue(lead.twitter_read()["relation"]["following"])

    def test_prices_are_said_where_x_bills(self):
        actions = self.actions()
        self.assertEqual(actions["repost"]["price"], 0.015)
        self.assertEqual(actions["unrepost"]["price"], 0.01)
        self.assertEqual(actions["follow"]["price"], 0)

    def test_who_was_summoned_replies_by_api(self):
        summons = self.x.posts.add("jane_doe", "What do you think, @marcdemo?")
        self.lead.twitter_read(refresh=True)
        posts = self.lead.twitter_panel()["posts"]["items"]
        [post] = [post for post in posts if post["id"] == summons.id]
        self.assertEqual(post["actions"]["reply"]["route"], "api")
        self.assertEqual(post["actions"]["reply"]["price"], 0.01)
        answer = self.act("reply", summons, "A lot")
        self.assertEqual(answer["engagement"]["state"], "done")
        self.assertEqual(self.rows().cost, 0.01)

    def test_who_was_answered_replies_by_api(self):
        mine = self.x.posts.add("marcdemo", "Who likes roses?")
        answered = self.x.posts.add("jane_doe", "I do", reply_to=mine.id)
        self.lead.twitter_read(refresh=True)
        posts = self.lead.twitter_panel()["posts"]["items"]
        [post] = [post for post in posts if post["id"] == answered.id]
        self.assertEqual(post["actions"]["reply"]["route"], "api")
        answer = self.act("reply", answered, "Thanks")
        self.assertEqual(answer["engagement"]["state"], "done")

    def test_nothing_is_sent_where_the_route_is_an_intent(self):
        answer = self.act("follow")
        self.assertFalse(answer["engagement"])
        self.assertEqual(answer["actions"]["follow"]["route"], "intent")
        self.assertEqual(self.writes(), [])

    def test_a_refusal_for_the_reply_rule_opens_the_next_route(self):
        unknown = self.x.posts.add("jane_doe", "Not shown yet")
        answer = self.act("reply", unknown, "Indeed")
        self.assertEqual(answer["engagement"]["state"], "refused")
        self.assertIn("you have not been mentioned", answer["problem"]["message"])
        self.assertEqual(answer["post"]["actions"]["reply"]["route"], "intent")
        self.assertEqual(self.rows().text, "Indeed")
        uid = answer["engagement"]["request_uid"]
        replayed = self.act("reply", unknown, "Indeed", uid=uid)
        self.assertEqual(replayed["engagement"], answer["engagement"])
        again = self.act("reply", unknown, "Indeed")
        self.assertFalse(again["engagement"])
        self.assertEqual(self.writes(), ["POST /2/tweets"])

    def test_an_intent_counts_once_it_is_said_to_be_done(self):
        opened = self.open_intent("follow")["engagement"]
        self.assertEqual((opened["state"], opened["as_handle"]), ("opened", ""))
        self.assertIn("@jane_doe", opened["question"])
        self.assertFalse(self.lead.twitter_panel()["reached_out"])
        self.assertEqual(self.lead.twitter_panel()["pending"][0]["id"], opened["id"])
        answer = self.lead.twitter_answer(opened["id"], True)
        self.assertFalse(answer["pending"])
        self.assertEqual(
            answer["reached_out"][0]["label"],
            f"{self.salesperson.name} followed on x.com",
        )
        self.assertEqual(
            len([note for note in self.notes() if "Followed @jane_doe" in note]), 1
        )

    def test_an_intent_that_was_not_done_is_no_touch(self):
        opened = self.open_intent("like", self.post)["engagement"]
        answer = self.lead.twitter_answer(opened["id"], False)
        self.assertEqual(answer["engagement"]["state"], "not_done")
        self.assertFalse(answer["reached_out"])
        self.assertFalse([note for note in self.notes() if "Liked" in note])
        self.lead.twitter_answer(opened["id"], True)
        self.assertEqual(self.rows().state, "not_done")

    def test_x_says_whether_an_intent_to_follow_was_done(self):
        opened = self.open_intent("follow")["engagement"]
        answer = self.lead.twitter_check(opened["id"])
        self.assertEqual(answer["engagement"]["state"], "opened")
        self.assertEqual(answer["problem"]["code"], "not_shown")
        self.assertIn("@marcdemo follows @jane_doe", answer["problem"]["message"])
        self.assertFalse(answer["relation"]["following"])
        self.x.people.follow(self.me(), self.x.people.named("jane_doe"))
        answer = self.lead.twitter_check(opened["id"])
        self.assertEqual(answer["engagement"]["state"], "done")
        self.assertTrue(answer["relation"]["following"])

    def test_a_colleague_does_not_answer_for_me(self):
        opened = self.open_intent("follow")["engagement"]
        with self.assertRaises(UserError):
            self.lead.with_user(self.colleague).twitter_answer(opened["id"], True)

    def test_protected_posts_are_not_passed_on(self):
        self.x.people.follow(self.me(), self.x.people.named("jane_doe"))
        self.x.people.protect("jane_doe")
        self.lead.twitter_read(refresh=True)
        routes = self.routes()
        self.assertEqual(routes["repost"], "unavailable")
        self.assertEqual(routes["quote"], "unavailable")
        self.assertIn("protected", self.actions()["repost"]["reason"])

    def test_nobody_follows_who_is_gone(self):
        self.x.people.suspend("jane_doe")
        self.lead.twitter_read(refresh=True)
        actions = self.lead.twitter_panel()["actions"]
        for kind in ("follow", "mention", "followers"):
            self.assertEqual(actions[kind]["route"], "unavailable", kind)
        self.assertIn("suspended", actions["follow"]["reason"])
        self.assertEqual(actions["post"]["route"], "api")

    def test_a_missing_permission_leads_to_a_new_login(self):
        self.connect(scopes=("tweet.read", "users.read", "offline.access"))
        actions = self.actions()
        self.assertEqual(actions["repost"]["route"], "intent")
        self.assertEqual(actions["repost"]["remedy"], "login")
        self.assertIn("Enterprise", actions["follow"]["reason"])
        self.assertEqual(actions["follow"]["remedy"], "")
        self.assertEqual(actions["followers"]["route"], "unavailable")
        self.assertEqual(actions["followers"]["remedy"], "login")

    def test_the_company_does_nothing_on_pages_of_somebody_elses_login(self):
        self.account.company_id = self.env.company
        self.account.member_ids = False
        group = self.env.ref("crm_twitter.group_post_as_company")
        self.salesperson.group_ids += group
        self.env.flush_all()
        self.env.invalidate_all()
        panel = self.lead.twitter_panel()
        self.assertTrue(panel["accounts"][0]["is_brand"])
        self.assertEqual(panel["actions"]["post"]["route"], "api")
        follow = panel["actions"]["follow"]
        self.assertEqual((follow["route"], follow["remedy"]), ("unavailable", "site"))
        self.assertIn("log in on x.com as @marcdemo", follow["reason"])
        answer = self.act("post", text="Hello @jane_doe")
        self.assertEqual(answer["engagement"]["state"], "done")
        self.assertTrue(self.rows().is_brand)
        self.account.scope = "tweet.read users.read"
        post = self.lead.twitter_panel()["actions"]["post"]
        self.assertEqual((post["route"], post["remedy"]), ("unavailable", "settings"))


@tagged("post_install", "-at_install")
class TestTwitterActionEnterprise(RoutesCase):
    """On the enterprise plan everything goes by API."""

    plan = "enterprise"

    def test_everything_goes_by_api_and_is_billed_by_contract(self):
        for kind, route in self.actions().items():
            if route:
                self.assertEqual((route["route"], route["price"]), ("api", 0), kind)
        self.act("follow")
        self.assertEqual(self.rows().cost, 0)

    def test_each_kind_arrives(self):
        jane, post = self.x.people.named("jane_doe"), self.post
        answer = self.act("follow")
        self.assertTrue(answer["relation"]["following"])
        self.assertIn(jane.id, self.me().follows)
        self.assertFalse(self.act("unfollow")["relation"]["following"])
        self.assertNotIn(jane.id, self.me().follows)
        self.assertTrue(self.act("like", post)["post"]["mine"]["liked"])
        self.assertIn(self.me().id, post.liked_by)
        self.assertFalse(self.act("unlike", post)["post"]["mine"]["liked"])
        self.assertNotIn(self.me().id, post.liked_by)
        self.act("quote", post, "So they are")
        self.assertEqual(self.x.posts.of(self.me())[0].quote_of, post.id)
        self.act("reply", post, "Indeed")
        self.assertEqual(self.x.posts.of(self.me())[0].reply_to, post.id)
        self.assertEqual(set(self.rows().mapped("state")), {"done"})

    def test_a_protected_person_is_asked(self):
        self.x.people.protect("jane_doe")
        self.lead.twitter_read(refresh=True)
        answer = self.act("follow")
        self.assertTrue(answer["relation"]["pending"])
        self.assertFalse(answer["relation"]["following"])

    def test_a_plan_that_x_does_not_confirm_teaches_the_next_route(self):
        self.x.plan = "payg"
        answer = self.act("follow")
        self.assertEqual(answer["engagement"]["state"], "refused")
        self.assertEqual(self.rows().refusal, "plan")
        self.assertEqual(answer["actions"]["follow"]["route"], "intent")
        colleague = self.connect(self.colleague, "ourcompany", EVERYTHING)
        self.env.invalidate_all()
        panel = self.lead.with_user(self.colleague).twitter_panel()
        self.assertEqual(panel["acting"], colleague.id)
        self.assertEqual(panel["actions"]["follow"]["route"], "intent")
        self.assertEqual(panel["actions"]["unfollow"]["route"], "api")


@tagged("post_install", "-at_install")
class TestTwitterActionWithoutKeys(RoutesCase):
    """Without any key, X's own pages do it."""

    def setUp(self):
        super().setUp()
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("crm_twitter.client_id", False)
        self.account.member_ids = False
        self.env.flush_all()

    def test_everything_is_an_intent(self):
        actions = self.lead.twitter_panel()["actions"]
        self.assertEqual(
            {kind: route["route"] for kind, route in actions.items()},
            {
                "follow": "intent",
                "unfollow": "intent",
                "post": "intent",
                "mention": "intent",
                "followers": "unavailable",
                "following": "unavailable",
            },
        )

    def test_ones_own_word_tells_how_the_two_stand(self):
        opened = self.open_intent("follow")["engagement"]
        answer = self.lead.twitter_answer(opened["id"], True)
        self.assertTrue(answer["relation"]["following"])
        opened = self.open_intent("unfollow")["engagement"]
        answer = self.lead.twitter_answer(opened["id"], True)
        self.assertFalse(answer["relation"]["following"])
        self.assertFalse(answer["reached_out"])

    def test_it_is_written_down_like_any_other(self):
        opened = self.open_intent("mention", text="Hello @jane_doe")["engagement"]
        self.lead.twitter_answer(opened["id"], True)
        self.assertIn("Hello @jane_doe", self.notes()[0])
        self.assertEqual(self.endpoints(), [])


@tagged("post_install", "-at_install")
class TestTwitterPeople(RoutesCase):
    """Followers and following, and who of them is in the CRM."""

    def setUp(self):
        super().setUp()
        jane = self.x.people.named("jane_doe")
        for number in range(25):
            fan = self.x.people.add(f"fan{number}", f"Fan {number}")
            self.x.people.follow(fan, jane)
        self.x.people.follow(jane, self.x.people.named("ourcompany"))

    def test_twenty_at_a_time_once_a_day(self):
        first = self.lead.twitter_followers()["people"]
        self.assertEqual(len(first["items"]), 20)
        rest = self.lead.twitter_followers(next_token=first["next_token"])["people"]
        self.assertEqual((len(rest["items"]), rest["next_token"]), (5, ""))
        self.assertEqual(self.lead.twitter_panel()["prices"]["people"], 0.2)
        self.assertLessEqual(self.x.spent(), 25 * 0.01 + 0.0001)
        asked = len(self.endpoints())
        self.lead.twitter_followers()
        self.assertEqual(len(self.endpoints()), asked)
        [company] = self.lead.twitter_following()["people"]["items"]
        self.assertEqual(company["handle"], "ourcompany")

    def test_in_your_crm_goes_by_x_id_and_by_what_one_may_read(self):
        partner = self.env["res.partner"].create({"name": "Somebody"})
        fan = self.x.people.named("fan24")
        partner.twitter_handle = "fan24"
        self.env["twitter.profile"].search([("handle", "=", "fan24")]).write(
            {"twitter_id": fan.id}
        )
        hidden = self.make_lead("Fan 23", user_id=self.colleague.id).sudo()
        hidden.twitter_handle = "fan23"
        self.env["twitter.profile"].search([("handle", "=", "fan23")]).write(
            {"twitter_id": self.x.people.named("fan23").id}
        )
        self.env["res.partner"].create({"name": "Fan 22"})
        self.env.flush_all()
        people = {
            person["handle"]: person["linked"]
            for person in self.lead.twitter_followers()["people"]["items"]
        }
        self.assertEqual(
            people["fan24"],
            [{"model": "res.partner", "id": partner.id, "name": "Somebody"}],
        )
        self.assertFalse(people["fan23"])
        self.assertFalse(people["fan22"])

    def test_a_protected_persons_people_are_not_asked_for(self):
        self.x.people.protect("jane_doe")
        self.lead.twitter_read(refresh=True)
        self.x.calls.clear()
        answer = self.lead.twitter_followers()
        self.assertFalse(answer["people"])
        self.assertIn("protected", answer["problem"]["message"])
        self.assertEqual(self.endpoints(), [])


@tagged("post_install", "-at_install")
class TestTwitterCheckText(RoutesCase):
    """Before it is sent, the composer says what X makes of a text."""

    def check(self, text, kind="post", post=None, **values):
        return self.lead.twitter_check_text(
            kind, text, post.id if post else "", **values
        )

    def codes(self, text, **values):
        return [each["code"] for each in self.check(text, **values)["warnings"]]

    def test_a_link_is_thirteen_times_dearer(self):
        self.assertEqual(self.check("Hello")["price"], 0.015)
        answer = self.check("Hello, see odoo.com")
        self.assertEqual(answer["price"], 0.2)
        [warning] = answer["warnings"]
        self.assertEqual((warning["code"], warning["blocks"]), ("link_price", False))
        self.assertIn("$0.20 in place of $0.015", warning["message"])

    def test_alternative_texts_cost_as_well(self):
        answer = self.check("Hello", pictures=2, described=2)
        self.assertEqual(round(answer["price"], 4), 0.025)

    def test_what_x_would_refuse_blocks(self):
        for text, code in (
            ("", "empty"),
            ("ä" * 281, "too_long"),
            ("$ACME $OTHER", "cashtags"),
            ("a\ufffeb", "invalid"),
        ):
            with self.subTest(code=code):
                self.assertEqual(self.codes(text), [code])
                self.assertFalse(self.check(text)["valid"])
        self.assertEqual(self.codes("", pictures=1), [])

    def test_the_same_text_again_is_said(self):
        self.act("post", text="Hello there")
        self.assertEqual(self.codes("Hello  there"), ["same_as_last"])
        self.assertTrue(self.check("Hello there")["valid"])

    def test_what_went_to_somebody_else_is_said(self):
        self.act("post", text="@jane_doe Shall we talk?")
        self.x.people.add("bob_doe", "Bob Doe")
        other = self.make_lead("Bob Doe")
        other.twitter_associate("bob_doe", "given")
        self.env.flush_all()
        answer = other.twitter_check_text("post", "Shall we talk? @bob_doe")
        self.assertEqual(
            [warning["code"] for warning in answer["warnings"]], ["sent_to_others"]
        )
        self.assertIn("@jane_doe", answer["warnings"][0]["message"])
        row = self.rows()
        self.age(row, 31 * 24 * 60)
        answer = other.twitter_check_text("post", "Shall we talk? @bob_doe")
        self.assertFalse(answer["warnings"])
