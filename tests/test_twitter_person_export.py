import json

from odoo.tests import new_test_user, tagged

from ..models.twitter_person_finding import Person
from ..models.twitter_person_page import SECTIONS, WORDS
from .common import CrmTwitterHttpCase
from .erasure import ID, SENTINELS, ErasureCase

KEYS = {"format", "version", "exported_at", *SECTIONS}


@tagged("post_install", "-at_install")
class TestPersonExport(ErasureCase):
    """All that is held of a person, as JSON of a stable shape."""

    def export(self, record, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        erasures = self.env["twitter.erasure"].with_user(user or self.manager)
        return erasures._export(Person(record))

    def test_everything_that_is_held_is_in_it(self):
        for record in (self.contact, self.lead, self.profile):
            text = json.dumps(self.export(record)).lower()
            missing = [
                name for name, value in SENTINELS.items() if value.lower() not in text
            ]
            self.assertEqual(missing, [])
            self.counted["records compared"] += len(SENTINELS)

    def test_nothing_of_others_and_no_colleague_is_in_it(self):
        text = json.dumps(self.export(self.contact))
        for value in ("another", "ask @", '"6"', self.salesperson.name):
            self.assertNotIn(value, text)

    def test_whom_else_a_record_was_tied_to_is_not_told(self):
        other = self.make_profile("other_person", "Other Person")
        self.env["twitter.association"]._log(
            [("rejected", self.contact, other, "search", None)]
        )
        self.done(
            self.contact, text="Hello other", profile_id=other.id, handle="other_person"
        )
        data = self.export(self.contact)
        for value in ("other_person", "Hello other"):
            self.assertNotIn(value, json.dumps(data))
        rejected = [row for row in data["associations"] if row["kind"] == "rejected"]
        self.assertEqual([row["handle"] for row in rejected], [""])

    def test_an_answer_with_a_word_like_the_handle_is_not_theirs(self):
        al = self.env["res.partner"].create({"name": "Al", "twitter_handle": "al"})
        cache = self.env["twitter.cache"]
        said = {"items": [{"id": "9", "author_id": "5", "text": "Al dente"}]}
        cache._put("posts:5", said, None, {"5"})
        named = {"items": [{"id": "9", "author_id": "5", "text": "Hi @al!"}]}
        cache._put("posts:6", named, None, {"6"})
        cache._put("search:Al", {"found": [{"handle": "Al"}]})
        person = Person(al)
        self.assertEqual(sorted(person.answers.mapped("key")), ["posts:6", "search:Al"])
        self.assertEqual(self.export(al)["stored_answers"], [])

    def test_its_shape_is_stable(self):
        data = self.export(self.contact)
        self.assertEqual(data.keys(), KEYS)
        self.assertEqual((data["format"], data["version"]), ("crm_twitter.person", 1))
        self.assertEqual(
            [sorted(data[section][0]) for section in SECTIONS],
            [
                "bio followers following former_handles handle joined_x_at looked_at"
                " name picture place posts protected read_at state verified website"
                " x_id".split(),
                "basis handle id image_from_x model name".split(),
                "at basis handle kind origin record".split(),
                "at company confirmed_at kind relation state text to x_id".split(),
                "as at company done_at kind post records result state text".split(),
                "kept_until parts read_at".split(),
            ],
        )

    def test_the_page_has_words_for_every_key(self):
        data = self.export(self.contact)
        self.assertLessEqual(
            {key for section in SECTIONS for row in data[section] for key in row},
            WORDS.keys(),
        )
        sections = self.env["twitter.erasure"]._export_page(data)
        self.assertEqual(len(sections), len(SECTIONS))
        told = dict(pair for _title, rows in sections for row in rows for pair in row)
        self.assertEqual(told["Basis"], "Public information")
        self.assertIn(f"Lead {self.lead.id}", told["Records"])
        self.assertNotRegex(told["When"], r"\dT\d")

    def test_records_one_may_not_read_are_not_named(self):
        names = {row["name"] for row in self.export(self.contact)["records"]}
        self.assertIn("Jane Doe", names)
        reader = new_test_user(self.env, "x_reader", groups="base.group_system")
        names = {row["name"] for row in self.export(self.contact, reader)["records"]}
        self.assertEqual(names, {"Jane Doe", ""})


@tagged("post_install", "-at_install")
class TestPersonPage(CrmTwitterHttpCase):
    """The page and the file, over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "x_manager", groups="sales_team.group_sale_manager"
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Jane", "twitter_handle": "jane_doe"}
        )
        cls.contact.twitter_profile_id.write(
            {
                "twitter_id": ID,
                "name": "<script>alert(1)</script>",
                "image_url": "https://pbs.twimg.com/jane_normal.png",
            }
        )
        cls.env.flush_all()

    def get(self, user, path):
        self.authenticate(user, user)
        return self.url_open(f"/crm_twitter/person/{path}")

    def test_the_page_fetches_nothing_and_runs_nothing(self):
        answer = self.get("x_manager", f"res.partner/{self.contact.id}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("&lt;script&gt;alert(1)", answer.text)
        for tag in ("<script", "<img", "<iframe", '<link rel="stylesheet'):
            self.assertNotIn(tag, answer.text)

    def test_times_and_numbers_are_readable(self):
        profile = self.contact.twitter_profile_id
        profile.write({"followers": 1234567, "joined_at": "2009-03-01 12:34:56"})
        self.env.flush_all()
        page = self.get("x_manager", f"res.partner/{self.contact.id}").text
        self.assertIn(">1,234,567<", page)
        self.assertIn(">2009-03-01 12:34 UTC<", page)
        self.assertRegex(page, r"As of \d{4}-\d\d-\d\d \d\d:\d\d UTC\.")
        self.assertNotRegex(page, r"\d{4}-\d\d-\d\dT")
        # What is written from right to left stays beside its label.
        self.assertRegex(page, r"dd \{[^}]*text-align: left")

    def test_the_file(self):
        answer = self.get("x_manager", f"res.partner/{self.contact.id}/json")
        self.assertEqual(answer.json()["profiles"][0]["x_id"], ID)
        disposition = answer.headers["Content-Disposition"]
        self.assertIn("attachment", disposition)
        self.assertIn(f"x-data-{answer.json()['exported_at'][:10]}.json", disposition)
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_who_may_not_is_refused(self):
        paths = [
            f"res.partner/{self.contact.id}",
            f"res.partner/{self.contact.id}/json",
        ]
        for path in paths:
            for user in ("x_salesperson", "x_colleague", "x_employee"):
                self.counted["attacks tried"] += 1
                answer = self.get(user, path)
                self.assertEqual(answer.status_code, 403, user)
                self.assertNotIn(ID, answer.text)
        self.logout()
        for path in paths:
            self.counted["attacks tried"] += 1
            answer = self.url_open(f"/crm_twitter/person/{path}")
            self.assertNotIn(ID, answer.text)
            self.assertIn("/web/login", answer.url)

    def test_other_records_are_not_found(self):
        for path in ("res.users/2", "res.partner/0", "nonsense/1", "crm.lead/99999999"):
            self.counted["attacks tried"] += 1
            self.assertEqual(self.get("x_manager", path).status_code, 404, path)
