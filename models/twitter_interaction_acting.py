from dataclasses import replace

from odoo import api, models

from ..x_api import Post
from .x_values import iso


class TwitterInteraction(models.Model):
    """Acting on X from a card: as the company it was said to, or as oneself.

    By the same methods, the same outbox and the same composer as from a lead.
    """

    _name = "twitter.interaction"
    _inherit = ["twitter.interaction", "twitter.acting.mixin"]

    # ------------------------------------------------------------
    # PUBLIC: STORED ONLY
    # ------------------------------------------------------------

    def twitter_panel(self, account_id=0):
        """What a card's composer and buttons need, as the panel of a lead gives it.

        :param int account_id: as which X account the user acts; by default the
            company's, or else his own connection
        :raise AccessError: no permission, or the row may not be read
        """
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        author = self._twitter_profile()
        return {
            "record": self._twitter_record_dict(),
            **self._twitter_connection_dict(),
            "profile": author._to_dict() if author else False,
            "posts": self._twitter_posts_of_card(account),
            "search": False,
            "prices": self._twitter_prices(),
            **self._twitter_acting_dict(author, account),
        }

    @api.model
    def _twitter_connection_dict(self):
        accounts = self.env["twitter.account"]
        return {
            "site_url": accounts._site_url(),
            "keys": accounts._keys_state(),
            "connection": accounts._connection_of_user(),
            "permissions": self.env["twitter.login"]._permission_choices(),
            "privacy_url": accounts._parameter("privacy_url"),
        }

    @api.model
    def _twitter_prices(self):
        price_of = self.env["twitter.price"]._of
        return {
            **self.env["twitter.profile"]._prices(),
            "load": price_of("post"),
            "delete": price_of("post_delete"),
            "check": self.env["twitter.engagement"]._price_of_finding(),
        }

    def _twitter_record_dict(self):
        author = self._twitter_profile()
        return {
            "model": self._name,
            "id": self.id,
            "name": self.display_name,
            "kind": "interaction",
            "person": "",
            "handle": author.handle,
            "handle_problem": "",
            "basis": "",
            "can_write": self.has_access("write"),
        }

    def _twitter_posts_of_card(self, account):
        pairs = list(filter(None, [self._twitter_own_post()]))
        return {
            "items": self._twitter_post_dicts(pairs, account),
            "next_token": "",
            "reposts": False,
            "read_at": iso(self.verified_at),
        }

    # ------------------------------------------------------------
    # HOOKS
    # ------------------------------------------------------------

    @api.model
    def _twitter_column(self):
        return "interaction_id"

    def _twitter_profile(self):
        # sudo: twitter.profile - who said it, which whoever sees the row may know
        return self.sudo().author_id.profile_id

    def _twitter_record_columns(self):
        """The card, and the record its author is known by to this user.

        So what is done from the board is in the record's history as well.
        """
        [record] = self._records_of_authors(limit=1)[self.author_id] or [None]
        columns = record._twitter_record_columns() if record else {}
        return {**columns, **super()._twitter_record_columns()}

    def _twitter_accounts(self):
        """The company's account it was said to, then the user's own."""
        accounts = self.env["twitter.account"]
        # sudo: twitter.account - whose card it is, which whoever sees it knows
        brand = accounts._brands_of_user() & self.sudo().account_id
        return brand | accounts._of_user()

    # ------------------------------------------------------------
    # THE POST
    # ------------------------------------------------------------

    def _twitter_own_post(self):
        """(Post, its author's Profile) as X told them, or None where they may not be
        shown."""
        if not self.is_shown:
            return None
        # sudo: twitter.interaction, twitter.profile - words that may be shown
        mine = self.sudo()
        return Post.from_dict(mine.content), mine.author_id.profile_id._to_value()

    def _twitter_shown_post(self, post_id, account):
        own = post_id == self.post_id and self._twitter_own_post()
        return own or super()._twitter_shown_post(post_id, account)

    def _twitter_post_facts(self, post, author, account, ours):
        facts = super()._twitter_post_facts(post, author, account, ours)
        return self._summoning(facts, account)

    def _twitter_facts_of(self, post_id, account):
        facts = super()._twitter_facts_of(post_id, account)
        return self._summoning(facts, account)

    def _summoning(self, facts, account):
        """What was said to the company asks it for an answer: X lets it reply.

        https://docs.x.com/changelog (2026-02-23)
        """
        if facts.id != self.post_id:
            return facts
        # sudo: twitter.interaction - whose card it is, and who said it
        mine = self.sudo()
        return replace(
            facts,
            author_id=facts.author_id or mine.author_id.profile_id.twitter_id or "",
            is_summons=facts.is_summons or account == mine.account_id,
        )
