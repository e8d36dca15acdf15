from odoo.tests import TransactionCase, tagged

from ..models.match_evidence import Known, evidence
from ..x_api import Profile


@tagged("post_install", "-at_install")
class TestMatchEvidence(TransactionCase):
    """What speaks for and against a match is said in words."""

    def assertEvidence(self, known, profile, *expected):
        found = evidence(self.env, Known(**known), Profile("1", "someone", **profile))
        self.assertEqual([(e["favours"], e["text"]) for e in found], list(expected))

    def test_names_are_compared_across_scripts_and_spellings(self):
        self.assertEvidence(
            {"person": "Jürgen Müller"},
            {"name": "Juergen Mueller"},
            (True, "Same name"),
        )
        self.assertEvidence(
            {"person": "Анна Иванова"}, {"name": "Anna Ivanova"}, (True, "Same name")
        )
        self.assertEvidence(
            {"person": "Anna Smith"},
            {"name": "Anna Jones"},
            (True, "Part of the name is the same"),
        )
        self.assertEvidence(
            {"person": "Anna Smith"}, {"name": "Bob"}, (False, "Another name")
        )

    def test_the_company_in_the_bio_speaks_for_without_its_legal_form(self):
        self.assertEvidence(
            {"company": "Le Club SARL"},
            {"description": "Founder of Le Club in Paris"},
            (True, "Le Club SARL is in the bio"),
        )
        self.assertEvidence(
            {"company": "Le Club SARL"},
            {"description": "Gardener"},
            (False, "Le Club SARL is not in the bio"),
        )

    def test_the_website_or_the_mail_domain_speaks_for(self):
        self.assertEvidence(
            {"website": "https://www.leclub.example/about"},
            {"url": "http://leclub.example"},
            (True, "Links to leclub.example"),
        )
        self.assertEvidence(
            {"email": "j@leclub.example"},
            {"description": "All at leclub.example"},
            (True, "leclub.example is in the bio"),
        )
        self.assertEvidence(
            {"website": "leclub.example"},
            {"url": "https://other.example"},
            (False, "Links to another site, other.example"),
        )

    def test_a_mail_providers_domain_says_nothing(self):
        self.assertEvidence({"email": "j@gmail.com"}, {"url": "https://gmail.com"})

    def test_an_address_that_is_none_says_nothing(self):
        for odd in ("x@[foo", "x@[", "[::1", "http://[", "http://a]b", "x@\u2100.com"):
            with self.subTest(odd):
                self.assertEvidence({"email": odd, "website": odd}, {"url": odd})
        self.assertEvidence(
            {"email": "x@[foo", "website": "leclub.example"},
            {"url": "http://leclub.example"},
            (True, "Links to leclub.example"),
        )

    def test_a_handle_that_xs_api_does_not_take_speaks_against(self):
        profile = Profile("1", "an_account_of_2006", "Anna Smith")
        self.assertEqual(
            evidence(self.env, Known(person="Anna Smith"), profile),
            [
                {"favours": False, "text": "X's API does not take this handle"},
                {"favours": True, "text": "Same name"},
            ],
        )

    def test_the_place_speaks_for_or_against(self):
        self.assertEvidence(
            {"city": "Paris", "country": "France"},
            {"location": "Paris, FR"},
            (True, "In Paris as well"),
        )
        self.assertEvidence(
            {"city": "Paris"}, {"location": "Lima"}, (False, "Elsewhere: Lima")
        )

    def test_what_is_not_known_is_not_held_against_anybody(self):
        self.assertEvidence({}, {"name": "Anna", "location": "Lima"})
