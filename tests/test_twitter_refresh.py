from collections import Counter
from datetime import datetime, time, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import twitter_profile_refreshing
from .test_twitter_profile import ProfilesCase

USERS = "GET /2/users"


class RefreshCase(ProfilesCase):
    """Contacts whose profiles were read yesterday, and looked at today."""

    def setUp(self):
        super().setUp()
        self.cron = self.env.ref("crm_twitter.ir_cron_refresh_profiles")
        self.want()

    def want(self, wanted="True"):
        self.env["ir.config_parameter"].set_param(
            "crm_twitter.refresh_in_background", wanted
        )

    def share(self, user=None, username="marcdemo"):
        """A member's connection that he shares."""
        account = self.connect(user, username)
        (user or self.salesperson).twitter_share_connection = True
        self.env.flush_all()
        return account

    def make_looked_at(self, count, **values):
        """Their profiles, in the order in which they were read."""
        crowd = self.x.people.crowd(count)
        yesterday = fields.Datetime.now() - timedelta(days=1)
        profiles = self.env["twitter.profile"].create(
            [
                {
                    "handle": crowd.username(number),
                    "twitter_id": crowd.id(number),
                    "state": "active",
                    "fetched_at": yesterday + timedelta(seconds=number),
                    "looked_at": yesterday,
                    **values,
                }
                for number in range(count)
            ]
        )
        self.env["res.partner"].create(
            [
                {"name": profile.handle, "twitter_profile_id": profile.id}
                for profile in profiles
            ]
        )
        self.env.flush_all()
        self.triggers().unlink()
        return profiles

    def refresh(self, size=100):
        self.env.flush_all()
        with (
            patch.object(twitter_profile_refreshing, "BATCH", size),
            mute_logger("odoo.addons.base.models.ir_cron"),
        ):
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def triggers(self):
        return self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])

    def asked(self):
        """X's ids that were asked for, a list for each call."""
        return [call.query["ids"].split(",") for call in self.x.calls]

    def assertRead(self, profiles):
        today = fields.Datetime.now().date()
        read = profiles.filtered(lambda profile: profile.fetched_at.date() == today)
        self.assertEqual(read, profiles)

    def assertSleepsUntil(self, moment, about=timedelta(seconds=60)):
        [trigger] = self.triggers()
        self.assertAlmostEqual(trigger.call_at, moment, delta=about)


@tagged("post_install", "-at_install")
class TestRefresh(RefreshCase):
    """Whom people look at is read once a day, a hundred in a call, oldest first."""

    def test_nobody_is_read_unless_it_is_wanted(self):
        self.share()
        self.want("False")
        self.make_looked_at(2)
        self.refresh()
        self.assertEqual(self.endpoints(), [])

    def test_a_hundred_are_read_in_a_call_and_once_a_day(self):
        self.share()
        profiles = self.make_looked_at(250)
        self.refresh()
        self.assertEqual(self.endpoints(), [USERS] * 3)
        self.assertEqual([len(ids) for ids in self.asked()], [100, 100, 50])
        self.assertRead(profiles)
        self.assertIn("Alex", profiles[0].name)
        self.refresh()
        self.assertEqual(len(self.x.calls), 3)
        self.assertFalse(self.triggers())

    def test_the_longest_unread_are_first(self):
        self.share()
        profiles = self.make_looked_at(5)
        profiles[3].fetched_at -= timedelta(days=9)
        self.refresh(2)
        order = profiles[3] + profiles[:3] + profiles[4]
        asked = [id_ for ids in self.asked() for id_ in ids]
        self.assertEqual(asked, order.mapped("twitter_id"))

    def test_who_is_not_looked_at_any_more_is_left(self):
        self.share()
        profiles = self.make_looked_at(5)
        profiles[0].looked_at = fields.Datetime.now() - timedelta(days=31)
        profiles[1].looked_at = False
        profiles[2].fetched_at = fields.Datetime.now()
        profiles[3].partner_ids.unlink()
        self.refresh()
        self.assertEqual(self.asked(), [[profiles[4].twitter_id]])

    def test_opening_the_panel_is_looking_at_it(self):
        profile = self.make_looked_at(1, looked_at=False)
        lead = self.make_lead(twitter_profile_id=profile.id)
        lead.twitter_panel()
        self.env.invalidate_all()
        first = profile.looked_at
        self.assertTrue(first)
        # Kept once a day.
        profile.looked_at = first.replace(hour=0, minute=0, second=0)
        self.env.flush_all()
        lead.twitter_panel()
        self.env.invalidate_all()
        self.assertEqual(profile.looked_at, first.replace(hour=0, minute=0, second=0))
        profile.looked_at -= timedelta(seconds=1)
        self.env.flush_all()
        lead.twitter_panel()
        self.env.invalidate_all()
        self.assertGreaterEqual(profile.looked_at, first)

    def test_killed_in_the_middle_it_goes_on_with_the_rest(self):
        self.share()
        profiles = self.make_looked_at(6)
        keep = type(profiles)._keep_page

        def keep_and_die(batch, page, outcome):
            keep(batch, page, outcome)
            if len(self.x.calls) == 2:
                raise KeyboardInterrupt

        with patch.object(type(profiles), "_keep_page", keep_and_die):
            try:
                self.refresh(2)
            except KeyboardInterrupt:
                # Not `assertRaises`, which would roll back what is kept by then.
                self.assertEqual(len(self.x.calls), 2)
        self.refresh(2)
        asked = Counter(id_ for ids in self.asked() for id_ in ids)
        self.assertEqual(asked, Counter(profiles.mapped("twitter_id")))
        self.assertRead(profiles)

    def test_what_became_of_them_is_kept_together(self):
        self.share()
        self.x.people.add("old_name", "Jane Doe")
        jane = self.make_lead("Jane", twitter_handle="old_name").sudo()
        jane.with_user(self.salesperson).twitter_read()
        self.env.invalidate_all()
        profile = jane.twitter_profile_id
        profile.fetched_at -= timedelta(days=1)
        profile.looked_at = fields.Datetime.now()
        self.x.people.rename("old_name", "new_name")
        profiles = self.make_looked_at(4)
        self.x.people.suspend("crowd1")
        self.x.people.delete("crowd2")
        self.x.people.protect("crowd3")
        self.x.calls.clear()
        self.refresh()
        self.assertEqual(self.endpoints(), [USERS])
        states = ["active", "suspended", "gone", "protected"]
        self.assertEqual(profiles.mapped("state"), states)
        self.assertFalse(profiles[1].name)
        self.assertEqual(profile.handle, "new_name")
        self.assertEqual(profile.former_handles, ["old_name"])
        follow = self.env.ref("crm_twitter.ir_cron_follow_renamed")
        self.assertTrue(
            self.env["ir.cron.trigger"].search([("cron_id", "=", follow.id)])
        )

    def test_a_hundred_take_hardly_more_queries_than_ten(self):
        self.share()
        profiles = self.make_looked_at(111)
        self.refresh(1)  # warms the caches of the registry
        counts = []
        for part in (profiles[:10], profiles[:100]):
            part.fetched_at = fields.Datetime.now() - timedelta(days=1)
            (profiles - part).looked_at = False
            part.looked_at = fields.Datetime.now()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.refresh()
            counts.append(self.env.cr.sql_log_count - before)
        # One for each of them would be ninety more.
        self.assertLess(counts[1] - counts[0], 5)


@tagged("post_install", "-at_install")
class TestRefreshLimits(RefreshCase):
    """It stops cleanly where X or the budget says so, and sleeps until that ends."""

    def test_what_money_is_left_is_spent_and_no_more(self):
        self.share()
        profiles = self.make_looked_at(60)
        budgets = self.env["twitter.budget"]
        budgets._make_row("company_id", self.env.company.id)
        budget = budgets.search([("company_id", "=", self.env.company.id)])
        budget.write({"day_limit": "0.35", "day_spent": 0})
        self.triggers().unlink()  # A new limit has it run as well.
        self.refresh(30)
        self.assertEqual([len(ids) for ids in self.asked()], [30, 5])
        self.assertRead(profiles[:35])
        midnight = datetime.combine(
            fields.Datetime.now().date() + timedelta(days=1), time.min
        )
        self.assertSleepsUntil(midnight)
        self.refresh(30)
        self.assertEqual(len(self.x.calls), 2, "not asked again before")

    def test_at_xs_limit_it_sleeps_until_the_window_ends(self):
        self.share()
        self.make_looked_at(30)
        self.x.limits.set(USERS, 10)
        self.refresh(2)
        # A tenth of each window is left to people.
        self.assertEqual(len(self.x.calls), 9)
        self.assertSleepsUntil(fields.Datetime.now() + timedelta(minutes=15))

    def test_x_out_of_reach_is_tried_again_when_the_breaker_ends(self):
        self.share()
        self.make_looked_at(4)
        self.x.faults.add(endpoint=USERS, status=503, count=99)
        self.refresh(2)
        self.refresh(2)
        calls = len(self.x.calls)
        self.refresh(2)
        self.assertEqual(len(self.x.calls), calls, "X is not asked while it is down")
        breaker = self.env["twitter.limit"].search([("key", "=", "breaker")])
        moments = self.triggers().mapped("call_at")
        self.assertIn(breaker.until, moments)

    def test_out_of_credits_it_waits_for_somebody(self):
        self.share()
        self.make_looked_at(4)
        self.x.faults.add(endpoint=USERS, status=402, count=9)
        self.refresh(2)
        self.refresh(2)
        self.assertEqual(len(self.x.calls), 1)
        self.assertFalse(self.triggers())

    def test_nobody_shares_a_connection(self):
        self.connect()
        self.make_looked_at(1)
        self.refresh()
        self.assertEqual(self.endpoints(), [])
        self.assertFalse(self.triggers())


@tagged("post_install", "-at_install")
class TestRefreshTurns(RefreshCase):
    """Members take turns; brands come first."""

    def calls_of(self, *usernames):
        counts = Counter(call.user_id for call in self.x.calls)
        return [counts[self.x.people.named(name).id] for name in usernames]

    def share_two(self):
        mine = self.share()
        theirs = self.share(self.colleague, "mitchelladmin")
        return mine, theirs

    def test_two_members_get_as_many_calls(self):
        self.share_two()
        self.make_looked_at(14)
        self.refresh(2)
        mine, theirs = self.calls_of("marcdemo", "mitchelladmin")
        self.assertEqual(mine + theirs, 7)
        self.assertLessEqual(abs(mine - theirs), 1)

    def test_turns_go_on_from_run_to_run(self):
        self.share_two()
        profiles = self.make_looked_at(1)
        for _run in range(4):
            profiles.fetched_at = fields.Datetime.now() - timedelta(days=1)
            self.refresh()
        self.assertEqual(self.calls_of("marcdemo", "mitchelladmin"), [2, 2])

    def test_one_at_its_limit_leaves_the_rest_to_the_other(self):
        mine, _theirs = self.share_two()
        profiles = self.make_looked_at(8)
        self.env["twitter.limit"].create(
            {
                "key": f"{USERS}:{mine.id}",
                "account_id": mine.id,
                "endpoint": USERS,
                "most": 900,
                "remaining": 90,
                "until": fields.Datetime.now() + timedelta(minutes=5),
            }
        )
        self.refresh(2)
        self.assertEqual(self.calls_of("marcdemo", "mitchelladmin"), [0, 4])
        self.assertRead(profiles)
        self.assertFalse(self.triggers(), "nothing is left to be read")

    def test_with_nobody_left_it_sleeps_until_the_first_limit_ends(self):
        now = fields.Datetime.now()
        for account, minutes in zip(self.share_two(), (12, 7), strict=True):
            self.env["twitter.limit"].create(
                {
                    "key": f"{USERS}:{account.id}",
                    "account_id": account.id,
                    "endpoint": USERS,
                    "most": 900,
                    "remaining": 0,
                    "until": now + timedelta(minutes=minutes),
                }
            )
        self.make_looked_at(2)
        self.refresh()
        self.assertEqual(self.endpoints(), [])
        self.assertSleepsUntil(now + timedelta(minutes=7))

    def test_brands_take_turns_before_members(self):
        self.share()
        other = self.env["res.company"].create({"name": "Another"})
        self.env["twitter.budget"]._make_row("company_id", other.id)
        self.connect_brand()
        self.connect_brand(other, "mitchelladmin")
        self.make_looked_at(12)
        self.refresh(2)
        asked = self.calls_of("ourcompany", "mitchelladmin", "marcdemo")
        self.assertEqual(asked, [3, 3, 0])
