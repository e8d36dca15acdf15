import logging

import psycopg2

from odoo import models

from .own_transaction import Busy, own_transaction
from .twitter_action import ACTIONS
from .twitter_engagement_notes import NOTHING_DONE

_logger = logging.getLogger(__name__)


class TwitterActingMixin(models.AbstractModel):
    """What the panel is told after something was done on X, or was not."""

    _inherit = "twitter.acting.mixin"

    def _twitter_note_relation(self, kind, outcome, account):
        """Keep for the day how the two stand after a follow."""
        if outcome.state != "done" or ACTIONS[kind].family != "follow":
            return
        try:
            # The request's own connection may have ended while X was waited for.
            with own_transaction(self.env) as env:
                fresh = self.with_env(env)
                profile = fresh._twitter_profile()
                target = profile.twitter_id, profile.id
                before = fresh._twitter_relation(profile, account.with_env(env)) or {}
            said = [word for word in ("followed_by", "blocking") if before.get(word)]
            if kind == "follow":
                pending = outcome.following == "pending"
                said.append("follow_request_sent" if pending else "following")
            self._twitter_keep_relation(account, *target, said)
        except (Busy, psycopg2.Error) as error:
            # X has acted: what is not kept here is read from X the next time.
            _logger.warning("How two stand was not kept (%s)", type(error).__name__)

    def _twitter_unwritten(self, outcome):
        """What to say where X has answered and the database has not."""
        if outcome.state == "done":
            message = self.env._(
                "X has done it. The CRM could not write it down yet, and asks X again"
                " in a few minutes. Do not send it again."
            )
        else:
            message = outcome.reason
        return {
            "engagement": False,
            "problem": {"code": "unwritten", "message": message, "action": ""},
        }

    def _twitter_update(self, account, post_id="", row_id=False, problem=None):
        """What has changed for the panel.

        Read in a transaction of its own: the request's is older than what was written.

        :return: ``{engagement, problem, relation, actions, reached_out, pending,
            post}``; only the first two where the database does not answer
        """
        update = {
            "engagement": False,
            "problem": problem.to_dict() if problem else False,
        }
        try:
            with own_transaction(self.env) as env:
                fresh = self.with_env(env)
                update |= fresh._twitter_update_parts(
                    account.with_env(env), post_id, row_id
                )
        except (Busy, psycopg2.Error) as error:
            _logger.warning("The panel was not told all (%s)", type(error).__name__)
        return update

    def _twitter_update_parts(self, account, post_id, row_id):
        profile = self._twitter_profile()
        accounts = self._twitter_accounts()
        row = self.env["twitter.engagement"].browse(row_id or [])
        parts = self._twitter_acting_dict(profile, account)
        del parts["accounts"], parts["acting"]
        parts["engagement"] = row._to_dict(accounts) if row else False
        parts["post"] = bool(post_id) and self._twitter_post_update(
            post_id, self._twitter_person_facts(profile, account), account
        )
        return parts

    def _twitter_post_update(self, post_id, person, account):
        """``{id, actions, mine, touches}`` of the post that something was done to."""
        facts = self._twitter_facts_of(post_id, account)
        # sudo: twitter.engagement - what the team did to this post
        done = self.env["twitter.engagement"].sudo()._of_posts([post_id], account)
        return {
            "id": post_id,
            "actions": self._twitter_routes(account).on_post(person, facts),
            **done.get(post_id, NOTHING_DONE),
        }
