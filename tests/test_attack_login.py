import secrets
from urllib.parse import quote, urlsplit

from odoo.tests import tagged

from ..models.twitter_login import CALLBACK_ROUTE
from .attacks import TOKEN, AttackCase, changed, given
from .common import COLLEAGUE, SALESPERSON


@tagged("post_install", "-at_install")
class TestAttackCodes(AttackCase):
    """What belongs to one login is good for no other."""

    def test_a_code_of_the_attackers_own_login_is_refused(self):
        """Code injection: X binds it to the challenge of the login it was given for."""
        self.authenticate(COLLEAGUE, COLLEAGUE)
        theirs = given(self.decide(self.start()["url"], "ourcompany"), "code")
        self.authenticate(SALESPERSON, SALESPERSON)
        started = self.start()
        address = self.decide(started["url"])
        self.attack(changed(address, code=theirs))
        self.assertEqual(self.poll(started["login"])["state"], "failed")
        self.assertEqual(self.asked_of_x(), [TOKEN])

    def test_codes_of_two_logins_of_one_user_are_not_interchangeable(self):
        first = self.decide(self.start()["url"], "marcdemo")
        second = self.decide(self.start()["url"], "ourcompany")
        # The first was given up when the second began.
        self.attack(changed(first, code=given(second, "code")))
        self.assertEqual(self.endpoints(), [])
        self.attack(changed(second, code=given(first, "code")))
        self.assertEqual(self.asked_of_x(), [TOKEN])

    def test_a_code_made_up_is_refused_by_x_and_the_login_is_over(self):
        started = self.start()
        address = self.decide(started["url"])
        self.attack(changed(address, code=secrets.token_urlsafe(48)))
        self.assertEqual(self.poll(started["login"])["state"], "failed")
        # Nor is the real one taken afterwards: a state is good once.
        self.attack(address)
        self.assertEqual(self.asked_of_x(), [TOKEN])

    def test_a_used_code_is_not_taken_in_another_login(self):
        used = given(self.decide(self.start()["url"]), "code")
        self.come_back(changed(self.decide(self.start()["url"]), code=None))
        self.attack(changed(self.decide(self.start()["url"]), code=used))

    def test_an_error_and_a_code_together_are_an_error(self):
        address = self.decide(self.start()["url"])
        self.attack(changed(address, error="access_denied"))
        self.assertEqual(self.endpoints(), [])

    def test_a_login_for_the_user_does_not_end_as_one_for_the_company(self):
        """For whom a login is stands in its row, and nowhere in the address."""
        address = self.decide(self.start()["url"], "ourcompany")
        self.counted["attacks tried"] += 1
        self.come_back(changed(address, company_id=str(self.env.company.id)))
        self.assertEqual(self.account.username, "ourcompany")
        self.assertFalse(self.account.company_id)

    def test_a_copy_of_the_database_completes_no_login_of_the_original(self):
        """Not even with its users, its sessions and its row of the login."""
        address = self.decide(self.start()["url"])
        self.env["ir.config_parameter"].set_param("database.uuid", "that of a copy")
        self.env.flush_all()
        self.attack(address, "This database is a copy")
        self.assertEqual(self.endpoints(), [])


@tagged("post_install", "-at_install")
class TestAttackPeople(AttackCase):
    """Nobody is made to have another's connection, nor another to have his."""

    def test_who_is_led_to_anothers_answer_is_not_connected_as_them(self):
        """Login CSRF: the attacker's own answer of X, opened in the victim's browser.

        The victim's own login is not disturbed by it.
        """
        self.authenticate(COLLEAGUE, COLLEAGUE)
        theirs = self.decide(self.start()["url"], "ourcompany")
        self.authenticate(SALESPERSON, SALESPERSON)
        started = self.start()
        address = self.decide(started["url"])
        self.attack(theirs, "belongs to no login")
        self.assertEqual(self.poll(started["login"])["state"], "pending")
        self.come_back(address)
        self.assertEqual(self.account.username, "marcdemo")

    def test_who_is_not_logged_in_is_sent_to_log_in_without_code_and_state(self):
        address = self.decide(self.start()["url"])
        self.authenticate(None, None)
        self.counted["attacks tried"] += 1
        response = self.come_back(address)
        self.assertEqual(response.status_code, 303)
        target = urlsplit(response.headers["Location"])
        self.assertEqual((target.netloc, target.path), ("", "/web/login"))
        self.assertEqual(target.query, f"redirect={quote(CALLBACK_ROUTE, safe='')}")
        self.assertEqual(self.endpoints(), [])
        # Nor does a later session of the same user have the login.
        self.authenticate(SALESPERSON, SALESPERSON)
        self.attack(address, "belongs to no login")

    def test_nobody_begins_a_login_for_another_by_a_form(self):
        """A page elsewhere can send forms; Odoo takes JSON, which it cannot send."""
        route = "/web/dataset/call_kw/twitter.login/start"
        for options in ({"data": {"popup": "1"}}, {}):
            self.counted["attacks tried"] += 1
            response = self.url_open(route, **options)
            self.assertGreaterEqual(response.status_code, 400)
        self.assertFalse(self.env["twitter.login"].search([]))

    def test_nobody_cancels_anothers_login(self):
        started = self.start()
        self.authenticate(COLLEAGUE, COLLEAGUE)
        self.counted["attacks tried"] += 1
        status = self.call("twitter.login", "cancel", started["login"])
        self.assertEqual(status["state"], "expired")
        row = self.env["twitter.login"].browse(started["login"])
        self.assertEqual(row.state, "pending")

    def test_who_loses_the_permission_meanwhile_is_not_connected(self):
        address = self.decide(self.start()["url"])
        group = self.env.ref("crm_twitter.group_social_integration")
        self.env.ref("sales_team.group_sale_salesman").implied_ids -= group
        self.salesperson.group_ids -= group
        self.env.flush_all()
        self.counted["attacks tried"] += 1
        self.assertEqual(self.come_back(address).status_code, 403)
        self.assertFalse(self.account)
        self.assertEqual(self.endpoints(), [])
