from datetime import datetime

from odoo import api, fields, models
from odoo.fields import Command

from ..models.twitter_profile_reading import MOST_AT_ONCE
from ..models.x_values import format_usd

# After as many seconds a click asks X no more: a proxy would give up on the request.
CLICK_SECONDS = 30


class TwitterProfileLookUp(models.TransientModel):
    """Asks before it spends: the X profiles of chosen leads or contacts are read.

    Made by the list action, on the server, so the dialog shows what the click reads.
    """

    _name = "twitter.profile.look.up"
    _description = "Look Up X Profiles"

    profile_ids = fields.Many2many("twitter.profile", readonly=True)
    profile_count = fields.Integer(compute="_compute_summary")
    left_count = fields.Integer(
        string="Left for Another Time",
        readonly=True,
        help="Profiles to read beyond what one click reads",
    )
    summary = fields.Char(compute="_compute_summary")

    @api.depends("profile_ids")
    def _compute_summary(self):
        price = self.env["twitter.profile"]._prices()["profile"]
        for wizard in self:
            count = len(wizard.profile_ids)
            wizard.profile_count = count
            if count == 1:
                summary = self.env._("Look up 1 profile: at most %s", format_usd(price))
            else:
                summary = self.env._(
                    "Look up %(count)s profiles: at most %(price)s",
                    count=count,
                    price=format_usd(count * price),
                )
            wizard.summary = summary

    @api.model
    def _open_for(self, records):
        """Open the dialog on the profiles of leads or contacts not read today.

        :param records: leads or contacts the user may read
        :raise AccessError: the user lacks the permission
        """
        self.env["twitter.account"]._check_permission()
        profiles = self._to_read(records.twitter_profile_id)
        wizard = self.create(
            {
                "profile_ids": [Command.set(profiles[:MOST_AT_ONCE].ids)],
                "left_count": max(0, len(profiles) - MOST_AT_ONCE),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Look Up X Profiles"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _to_read(self, profiles):
        """Those of `profiles` not read today (UTC), the longest unread first."""
        return profiles.filtered(lambda profile: profile._is_stale()).sorted(
            lambda profile: profile.fetched_at or datetime.min
        )

    def action_look_up(self):
        """Read the profiles from X, in batches of 100; writes nothing in the request.

        :return: a notification that says the outcome in words
        :raise AccessError: the user lacks the permission
        """
        self.ensure_one()
        self.env["twitter.account"]._check_permission()
        profiles = self._to_read(self.profile_ids)
        outcome = profiles._look_up(seconds=CLICK_SECONDS)
        is_done = not outcome["problem"] and not outcome["left"]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Look Up X Profiles"),
                "message": " ".join(self._outcome_sentences(outcome)),
                "type": "success" if is_done else "warning",
                "sticky": not is_done,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _outcome_sentences(self, outcome):
        sentences = [self.env._("Profiles read: %s.", outcome["read"])]
        if outcome["missing"]:
            sentences.append(self.env._("Not found on X: %s.", outcome["missing"]))
        if outcome["left"]:
            sentences.append(self.env._("Left for another click: %s.", outcome["left"]))
        if outcome["problem"]:
            sentences.append(outcome["problem"]["message"])
        return sentences
