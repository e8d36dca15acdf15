from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.x_problem import XProblem
from .common import CrmTwitterCase

METHODS = (
    ("twitter_panel", ()),
    ("twitter_search", ()),
    ("twitter_look_up", ("jack",)),
    ("twitter_associate", ("jack", "given")),
    ("twitter_reject", ("1", "jack")),
    ("twitter_disassociate", ()),
    ("twitter_read", ()),
    ("twitter_posts", ()),
    ("twitter_post", ("1",)),
    ("action_open_twitter_panel", ()),
)


@tagged("post_install", "-at_install")
class TestTwitterPanel(CrmTwitterCase):
    """What the panel's methods answer a salesperson, and what they ask of X."""

    def setUp(self):
        super().setUp()
        people = self.x.people
        people.add(
            "jane_doe",
            "Jane Doe",
            description="Buys at Acme Tools. More: https://acme-tools.example",
            location="Lima, Peru",
        )
        people.add("janedoe2", "Jane Doe", description="Gardener")
        for number in range(12):
            self.x.posts.add(author="jane_doe", text=f"Post {number} of Jane's")
        self.lead_id = self.make_lead("Jane Doe", partner_name="Acme Tools Ltd").id
        self.connect()

    @property
    def lead(self):
        """The lead as a new request of the salesperson's finds it."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["crm.lead"].with_user(self.salesperson).browse(self.lead_id)

    def associate(self, handle="jane_doe"):
        self.lead.twitter_associate(handle, "given")
        return self.lead.sudo().twitter_profile_id

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    def test_a_record_that_may_not_be_read_is_refused(self):
        self.lead.sudo().user_id = self.colleague
        for method, arguments in METHODS:
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(self.lead, method)(*arguments)

    # ------------------------------------------------------------
    # WHAT IS SHOWN AT ONCE
    # ------------------------------------------------------------

    def test_the_panel_is_shown_from_what_is_stored(self):
        panel = self.lead.twitter_panel()
        self.assertEqual(panel["record"]["person"], "Jane Doe")
        self.assertEqual(panel["record"]["kind"], "lead")
        self.assertEqual(panel["connection"]["state"], "connected")
        self.assertEqual(panel["connection"]["handle"], "marcdemo")
        self.assertTrue(panel["search_on_open"])
        self.assertEqual(panel["prices"]["search"], 0.10)
        self.assertEqual(panel["prices"]["open"], 0.06)
        self.assertFalse(panel["profile"] or panel["search"] or panel["posts"])
        self.assertEqual(self.endpoints(), [])

    def test_a_handle_that_is_none_is_explained(self):
        self.lead.twitter_handle = "not a handle"
        panel = self.lead.twitter_panel()
        self.assertIn("looks like @name", panel["record"]["handle_problem"])
        self.assertFalse(panel["profile"])

    def test_without_keys_administrators_alone_are_shown_the_settings(self):
        self.env["ir.config_parameter"].set_param("crm_twitter.client_id", False)
        keys = self.lead.twitter_panel()["keys"]
        self.assertFalse(keys["configured"] or keys["can_configure"])
        self.assertTrue(
            self.lead.with_user(self.admin).twitter_panel()["keys"]["can_configure"]
        )

    # ------------------------------------------------------------
    # FINDING
    # ------------------------------------------------------------

    def test_a_search_finds_people_by_the_records_name_with_evidence(self):
        search = self.lead.twitter_search()["search"]
        self.assertEqual(
            {candidate["handle"] for candidate in search["candidates"]},
            {"jane_doe", "janedoe2"},
        )
        jane = next(c for c in search["candidates"] if c["handle"] == "jane_doe")
        self.assertIn(
            {"favours": True, "text": "Acme Tools Ltd is in the bio"}, jane["evidence"]
        )
        [call] = self.x.calls
        self.assertEqual(call.query["query"], "Jane Doe")
        self.assertEqual(call.query["max_results"], "10")
        self.assertLessEqual(self.x.spent(), Decimal("0.10"))

    def test_a_name_is_searched_once_a_day(self):
        first = self.lead.twitter_search()["search"]
        second = self.lead.twitter_search()["search"]
        self.assertEqual(first, second)
        self.assertEqual(self.lead.twitter_panel()["search"], second)
        self.assertEqual(self.endpoints(), ["GET /2/users/search"])

    def test_another_name_can_be_searched_in_any_script(self):
        self.lead.twitter_search("Жане  Дое-Müller")
        self.assertEqual(self.x.calls[0].query["query"], "Zhane Doe Muller")

    def test_what_x_was_asked_is_told(self):
        answer = self.lead.twitter_search("胡博静")
        self.assertEqual(answer["search"]["asked"], "Hu Bojing")

    def test_a_name_that_cannot_be_searched_is_said_without_asking_x(self):
        answer = self.lead.twitter_search("… !")
        self.assertEqual(answer["problem"]["code"], "name_not_searchable")
        self.assertEqual(answer["problem"]["action"], "handle")
        self.assertEqual(self.endpoints(), [])

    def test_without_a_name_the_handle_is_asked_for(self):
        self.lead.contact_name = False
        self.assertEqual(self.lead.twitter_search()["problem"]["code"], "no_name")

    def test_the_customers_name_stands_in_for_the_contacts(self):
        customer = self.env["res.partner"].create({"name": "Jane Doe"})
        self.lead.contact_name = False
        self.lead.sudo().partner_id = customer
        self.lead.contact_name = False
        self.assertEqual(self.lead.twitter_panel()["record"]["person"], "Jane Doe")

    def test_nobody_found_is_said_with_a_next_step(self):
        answer = self.lead.twitter_search("Nobody Whatsoever")
        self.assertEqual(answer["problem"]["code"], "nobody")
        self.assertEqual(answer["search"]["candidates"], [])

    def test_each_refusal_of_x_is_a_sentence_and_not_an_error(self):
        for fault, code in (
            ({"status": 503, "count": 9}, "unavailable"),
            ({"kind": "reset", "count": 9}, "unreachable"),
            ({"kind": "html", "count": 9}, "unavailable"),
            ({"status": 429}, "too_many"),
            ({"status": 402}, "out_of_credits"),
            ({"status": 403}, "not_allowed"),
        ):
            with self.subTest(code=code, **fault):
                self.x.faults.clear()
                self.x.faults.add(endpoint="GET /2/users/search", **fault)
                problem = self.lead.twitter_search()["problem"]
                self.assertEqual(problem["code"], code)
                self.assertRegex(problem["message"], r"\w.*[.”]$")

    def test_not_connected_is_said(self):
        answer = self.lead.with_user(self.admin).twitter_search()
        self.assertEqual(answer["problem"]["code"], "not_connected")
        self.assertEqual(answer["problem"]["action"], "login")

    # ------------------------------------------------------------
    # A HANDLE THAT IS KNOWN
    # ------------------------------------------------------------

    def test_a_typed_handle_shows_the_profile_first(self):
        candidate = self.lead.twitter_look_up("https://x.com/Jane_Doe")["candidate"]
        self.assertEqual(candidate["name"], "Jane Doe")
        self.assertFalse(self.lead.twitter_handle, "nothing is associated yet")

    def test_a_handle_nobody_has_is_said(self):
        problem = self.lead.twitter_look_up("nobody_at_all")["problem"]
        self.assertEqual(problem["code"], "not_found")

    def test_a_suspended_handle_is_said(self):
        self.x.people.suspend("jane_doe")
        problem = self.lead.twitter_look_up("jane_doe")["problem"]
        self.assertEqual(problem["code"], "suspended")

    def test_what_is_no_handle_is_said_without_asking_x(self):
        problem = self.lead.twitter_look_up("x.com/settings")["problem"]
        self.assertEqual(problem["code"], "no_handle")
        self.assertEqual(self.endpoints(), [])

    # ------------------------------------------------------------
    # ASSOCIATING
    # ------------------------------------------------------------

    def test_a_found_candidate_is_associated_with_the_chosen_basis(self):
        candidate = self.lead.twitter_search()["search"]["candidates"][0]
        self.x.calls.clear()
        panel = self.lead.twitter_associate(
            candidate["handle"], "public", candidate["twitter_id"], "search"
        )
        self.assertEqual(panel["profile"]["handle"], candidate["handle"])
        self.assertEqual(panel["profile"]["name"], "Jane Doe")
        self.assertEqual(panel["record"]["basis"], "public")
        self.assertEqual(panel["last_basis"], "public")
        self.assertEqual(self.lead.twitter_handle, candidate["handle"])
        self.assertEqual(
            self.ledger(self.lead),
            [("associated", candidate["handle"], "search", "public")],
        )
        self.assertEqual(self.endpoints(), [], "associating asks nothing of X")

    def test_what_the_browser_says_of_a_profile_is_not_taken_for_xs_word(self):
        self.lead.twitter_associate("jane_doe", "given", "999999")
        profile = self.lead.sudo().twitter_profile_id
        self.assertFalse(profile.twitter_id)
        self.assertEqual(profile.state, "unresolved")

    def test_a_basis_is_demanded(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self.lead.twitter_associate("jane_doe", "bought")

    def test_what_is_no_handle_is_not_associated(self):
        with self.assertRaisesRegex(XProblem, "looks like @name"):
            self.lead.twitter_associate("not a handle", "given")

    def test_not_this_person_is_remembered_until_associated_after_all(self):
        candidates = self.lead.twitter_search()["search"]["candidates"]
        other = next(c for c in candidates if c["handle"] == "janedoe2")
        panel = self.lead.twitter_reject(other["twitter_id"], "janedoe2")
        self.x.calls.clear()
        for search in (panel["search"], self.lead.twitter_search()["search"]):
            left = [candidate["handle"] for candidate in search["candidates"]]
            self.assertEqual(left, ["jane_doe"])
        self.assertEqual(self.endpoints(), [])
        self.assertTrue(self.lead.twitter_look_up("janedoe2")["candidate"]["rejected"])
        self.lead.twitter_associate("janedoe2", "given")
        self.assertFalse(self.lead.twitter_look_up("janedoe2")["candidate"]["rejected"])

    def test_disassociating_can_be_undone(self):
        self.associate()
        self.lead.twitter_read()
        answer = self.lead.twitter_disassociate()
        self.assertFalse(self.lead.twitter_handle)
        self.assertFalse(answer["panel"]["profile"])
        self.lead.twitter_associate(**answer["undo"])
        self.assertEqual(self.lead.twitter_handle, "jane_doe")
        self.assertEqual(
            [row[0] for row in self.ledger(self.lead)],
            ["associated", "disassociated", "associated"],
        )

    def test_who_may_not_write_the_record_cannot_associate(self):
        self.env["ir.model.access"].search(
            [("model_id.model", "=", "crm.lead")]
        ).perm_write = False
        self.assertFalse(self.lead.twitter_panel()["record"]["can_write"])
        with self.assertRaises(AccessError):
            self.lead.twitter_associate("jane_doe", "given")

    # ------------------------------------------------------------
    # WHO IT IS
    # ------------------------------------------------------------

    def test_opening_shows_profile_and_ten_posts_for_six_cents(self):
        profile = self.associate()
        answer = self.lead.twitter_read()
        self.assertFalse(answer["problem"])
        self.assertEqual(answer["profile"]["name"], "Jane Doe")
        self.assertEqual(answer["profile"]["state"], "active")
        self.assertEqual(len(answer["posts"]["items"]), 10)
        self.assertTrue(answer["posts"]["next_token"])
        self.assertEqual(self.x.spent(), Decimal("0.06"))
        profile.invalidate_recordset()
        self.assertEqual(profile.twitter_id, self.x.people.named("jane_doe").id)

    def test_the_second_opening_of_the_day_asks_nothing_of_x(self):
        self.associate()
        self.lead.twitter_read()
        self.x.calls.clear()
        panel = self.lead.twitter_panel()
        self.assertFalse(panel["profile"]["stale"])
        self.assertEqual(len(panel["posts"]["items"]), 10)
        self.assertEqual(len(self.lead.twitter_read()["posts"]["items"]), 10)
        colleague = self.lead.with_user(self.colleague)
        self.assertEqual(len(colleague.twitter_panel()["posts"]["items"]), 10)
        self.assertEqual(self.endpoints(), [])

    def test_refreshing_asks_x_by_id(self):
        self.associate()
        self.lead.twitter_read()
        self.x.calls.clear()
        self.x.people.change("jane_doe", description="Another bio")
        answer = self.lead.twitter_read(refresh=True)
        self.assertEqual(answer["profile"]["description"], "Another bio")
        self.assertEqual(
            set(self.endpoints()), {"GET /2/users", "GET /2/users/:id/tweets"}
        )

    def test_more_posts_and_reposts_come_on_demand(self):
        self.associate()
        first = self.lead.twitter_read()["posts"]
        more = self.lead.twitter_posts(next_token=first["next_token"])["posts"]
        self.assertEqual(len(more["items"]), 2)
        self.assertFalse(
            {post["id"] for post in more["items"]}
            & {post["id"] for post in first["items"]}
        )
        self.assertIn("retweets", self.x.calls[-1].query["exclude"])
        self.lead.twitter_posts(reposts=True)
        self.assertNotIn("exclude", self.x.calls[-1].query)

    def test_a_quoted_post_comes_on_demand_with_its_author(self):
        quoted = self.x.posts.add(author="jane_doe", text="The quoted one")
        self.associate()
        self.x.calls.clear()
        post = self.lead.twitter_post(quoted.id)["post"]
        self.assertEqual(post["author"]["handle"], "jane_doe")
        self.assertEqual("".join(s["text"] for s in post["segments"]), "The quoted one")
        self.lead.twitter_post(quoted.id)
        self.assertEqual(self.endpoints(), ["GET /2/tweets"])

    def test_x_unreachable_shows_what_is_stored(self):
        self.associate()
        self.lead.twitter_read()
        self.x.faults.add(endpoint="*", kind="reset", count=99)
        answer = self.lead.twitter_read(refresh=True)
        self.assertEqual(answer["problem"]["code"], "unreachable")
        self.assertEqual(answer["profile"]["name"], "Jane Doe")
        self.assertEqual(len(answer["posts"]["items"]), 10)

    def test_posts_that_fail_leave_the_profile(self):
        self.associate()
        self.x.faults.add(endpoint="GET /2/users/:id/tweets", status=503, count=9)
        answer = self.lead.twitter_read()
        self.assertEqual(answer["profile"]["name"], "Jane Doe")
        self.assertFalse(answer["posts"])
        self.assertEqual(answer["problem"]["code"], "unavailable")

    def test_a_protected_persons_posts_are_not_shown_nor_kept(self):
        self.associate()
        self.x.people.protect("jane_doe")
        answer = self.lead.twitter_read()
        self.assertEqual(answer["profile"]["state"], "protected")
        self.assertEqual(answer["problem"]["code"], "protected")
        self.assertFalse(self.lead.twitter_panel()["posts"])

    def test_suspended_since_the_profile_is_gone_from_here(self):
        self.associate()
        self.lead.twitter_read()
        self.x.people.suspend("jane_doe")
        answer = self.lead.twitter_read(refresh=True)
        self.assertEqual(answer["profile"]["state"], "suspended")
        self.assertEqual(answer["problem"]["code"], "suspended")
        panel = self.lead.twitter_panel()
        self.assertFalse(panel["profile"]["description"])
        self.assertFalse(panel["posts"])
        self.assertEqual(self.lead.twitter_handle, "jane_doe")

    def test_deleted_on_x_is_said(self):
        self.associate()
        self.lead.twitter_read()
        self.x.people.delete("jane_doe")
        self.assertEqual(
            self.lead.twitter_read(refresh=True)["profile"]["state"], "gone"
        )

    def test_a_handle_nobody_has_is_said_on_the_record(self):
        self.associate("nobody_at_all")
        answer = self.lead.twitter_read()
        self.assertEqual(answer["problem"]["code"], "not_found")
        self.assertIn("nobody on X", answer["profile"]["note"])

    def test_renamed_on_x_the_id_holds_and_it_is_said(self):
        profile = self.associate()
        self.lead.twitter_read()
        self.x.people.rename("jane_doe", "jane_new")
        shown = self.lead.twitter_read(refresh=True)["profile"]
        self.assertEqual(shown["id"], profile.id)
        self.assertEqual(shown["handle"], "jane_new")
        self.assertIn("on X it is @jane_new now", shown["note"])
        profile.invalidate_recordset()
        self.assertEqual(profile.former_handles, ["jane_doe"])

    def test_a_handle_taken_over_by_somebody_else_is_never_followed(self):
        profile = self.associate()
        self.lead.twitter_read()
        profile.invalidate_recordset()
        jane = profile.twitter_id
        self.x.people.rename("jane_doe", "jane_new")
        self.x.people.add("jane_doe", "An Impostor")
        shown = self.lead.twitter_read(refresh=True)["profile"]
        self.assertEqual(shown["twitter_id"], jane)
        self.assertEqual(shown["name"], "Jane Doe")

    def test_also_linked_names_only_records_the_user_may_read(self):
        profile = self.associate()
        self.make_lead(
            "Hidden", twitter_handle="jane_doe"
        ).sudo().user_id = self.colleague
        mine = self.make_lead("Mine", twitter_handle="jane_doe")
        partner = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "jane_doe"}
        )
        self.assertEqual(partner.twitter_profile_id, profile)
        self.assertEqual(
            self.lead.twitter_panel()["also_linked"],
            [
                {"model": "crm.lead", "id": mine.id, "name": mine.name},
                {"model": "res.partner", "id": partner.id, "name": "Jane Doe"},
            ],
        )

    def test_what_was_read_goes_when_no_record_links_it(self):
        profile = self.associate()
        partner = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "jane_doe"}
        )
        self.lead.twitter_read()
        self.lead.twitter_disassociate()
        profile.invalidate_recordset()
        self.assertEqual(profile.name, "Jane Doe", "the contact still links it")
        partner.twitter_handle = False
        self.env.flush_all()
        profile.invalidate_recordset()
        self.assertFalse(profile.name or profile.description or profile.image_url)
        self.assertFalse(
            self.env["twitter.cache"].search([("profile_id", "=", profile.id)])
        )

    def test_deleting_the_record_forgets_as_well(self):
        profile = self.associate()
        self.lead.twitter_read()
        self.lead.sudo().unlink()
        profile.invalidate_recordset()
        self.assertFalse(profile.name)
