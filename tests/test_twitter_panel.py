from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.x_problem import XProblem
from .common import CrmTwitterPanelCase

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
class TestTwitterPanel(CrmTwitterPanelCase):
    """What the panel's methods answer a salesperson, and what they ask of X."""

    jane = {
        "description": "Buys at Acme Tools. More: https://acme-tools.example",
        "location": "Lima, Peru",
    }
    known = {"partner_name": "Acme Tools Ltd"}

    def setUp(self):
        super().setUp()
        self.x.people.add("janedoe2", "Jane Doe", description="Gardener")

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
                self.env["twitter.limit"].search([]).unlink()
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
