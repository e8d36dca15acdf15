from unittest.mock import MagicMock, patch

from odoo.tests import tagged

from odoo.addons.bus.models import ir_websocket
from odoo.addons.bus.models.bus import channel_with_db, json_dump

from .board import Board
from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestIrWebsocket(Board, CrmTwitterCase):
    """Who is told that a board has changed."""

    def channels(self, user):
        """What the bus listens to for a browser of that user's."""
        request = MagicMock()
        request.session.uid = user.id
        model = self.env["ir.websocket"].with_user(user)
        with patch.object(ir_websocket, "wsrequest", request):
            channels = model._build_bus_channel_list(["of the browser"])
        self.assertIn("of the browser", channels)
        return {self.name(channel) for channel in channels}

    def name(self, channel):
        return json_dump(channel_with_db(self.cr.dbname, channel))

    def board_of(self, company):
        return self.name((company, "crm_twitter_board"))

    def test_who_has_the_permission_hears_of_their_companies(self):
        self.assertIn(self.board_of(self.company), self.channels(self.salesperson))
        self.assertNotIn(self.board_of(self.other), self.channels(self.salesperson))
        self.assertLessEqual(
            {self.board_of(self.company), self.board_of(self.other)},
            self.channels(self.poster),
        )

    def test_others_do_not(self):
        for user in (self.employee, self.env.ref("base.public_user")):
            with self.subTest(user.login):
                self.assertNotIn(self.board_of(self.company), self.channels(user))

    def test_the_browsers_list_stays_as_it_is(self):
        asked = ["of the browser"]
        request = MagicMock()
        request.session.uid = self.salesperson.id
        model = self.env["ir.websocket"].with_user(self.salesperson)
        with patch.object(ir_websocket, "wsrequest", request):
            model._build_bus_channel_list(asked[:])
        self.assertEqual(asked, ["of the browser"])

    def test_a_change_is_told_there_and_says_nothing_of_x(self):
        row = self.say("@ourcompany What a chair")
        self.env["bus.bus"].search([]).unlink()
        self.seen_by(self.salesperson, row).action_handle()
        self.flush_tracking()
        told = self.env["bus.bus"].search(
            [("channel", "=", self.board_of(self.company))]
        )
        self.assertTrue(told)
        self.assertEqual(
            {message.message for message in told},
            {
                '{"type":"crm_twitter/interactions",'
                f'"payload":{{"company_id":{self.company.id}}}}}'
            },
        )
