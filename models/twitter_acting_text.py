import re
from datetime import timedelta

from odoo import fields, models

from ..x_api import price_of_post, weigh
from .twitter_engagement_outbox import comparable
from .x_values import format_usd

SHORT_LIMIT = 280
SAME_TEXT_WITHIN = timedelta(days=30)
NAMES = re.compile(r"@\w+")
WITH_TEXT = ("post", "mention", "reply", "quote")


class TwitterActingMixin(models.AbstractModel):
    """The panel's method that says, before a text is sent, what X makes of it."""

    _inherit = "twitter.acting.mixin"

    # ------------------------------------------------------------
    # PUBLIC
    # ------------------------------------------------------------

    def twitter_check_text(
        self, kind, text, post_id="", account_id=0, pictures=0, described=0
    ):
        """Count and price a text as X does, and warn of what one would regret.

        :param int pictures: how many go along
        :param int described: how many of them have an alternative text, which costs
        :return: ``{length, limit, valid, has_link, price, warnings}``; ``price`` in
            USD, ``warnings`` are ``{code, message, blocks}``
        """
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        weight = weigh(text)
        warnings = self._twitter_text_warnings(weight, text, account, bool(pictures))
        if weight.length:
            warnings += self._twitter_repetitions(text, account)
        price_of = self.env["twitter.price"]._of
        price, base = self._twitter_text_prices(kind, text, post_id, account)
        if price > base:
            warnings.append(self._twitter_link_warning(price, base))
        return {
            "length": weight.length,
            "limit": self._twitter_text_limit(account),
            "valid": not any(warning["blocks"] for warning in warnings),
            "has_link": weight.has_link,
            "price": round(price + described * price_of("media_metadata"), 4),
            "warnings": warnings,
        }

    # ------------------------------------------------------------
    # PRICES
    # ------------------------------------------------------------

    def _twitter_text_prices(self, kind, text, post_id, account):
        """(what it costs, what it would cost without a link), in USD."""
        is_summoned = self._twitter_is_summoned(kind, post_id, account)
        price_of = self.env["twitter.price"]._of
        price = price_of(price_of_post(text, is_summoned_reply=is_summoned))
        base = price_of(price_of_post("", is_summoned_reply=is_summoned))
        return price, base

    def _twitter_link_warning(self, price, base):
        message = self.env._(
            "A link makes this post dearer: %(price)s in place of %(base)s.",
            price=format_usd(price),
            base=format_usd(base),
        )
        return {"code": "link_price", "message": message, "blocks": False}

    # ------------------------------------------------------------
    # WARNINGS
    # ------------------------------------------------------------

    def _twitter_text_limit(self, account):
        return account.limit or SHORT_LIMIT

    def _twitter_text_warnings(self, weight, text, account, has_pictures):
        """What X would refuse."""
        limit = self._twitter_text_limit(account)
        checks = [
            (
                "empty",
                not text.strip() and not has_pictures,
                self.env._("There is nothing to post yet."),
            ),
            (
                "too_long",
                weight.length > limit,
                self.env._(
                    "X takes up to %(limit)s characters here; these are %(length)s.",
                    limit=limit,
                    length=weight.length,
                ),
            ),
            (
                "cashtags",
                weight.cashtags > 1,
                self.env._("X takes one cashtag, such as $ACME, in a post."),
            ),
            (
                "invalid",
                bool(weight.length) and weight.length <= limit and not weight.valid,
                self.env._("There is a character in the text that X does not take."),
            ),
        ]
        return [
            {"code": code, "message": message, "blocks": True}
            for code, applies, message in checks
            if applies
        ]

    def _twitter_repetitions(self, text, account):
        """The same text before: X may refuse it, and people take it for spam."""
        # sudo: twitter.engagement - what was sent as this account, or by this user
        rows = self.env["twitter.engagement"].sudo()
        mine = (
            [("account_id", "=", account.id)]
            if account
            else [("user_id", "=", self.env.uid)]
        )
        sent = rows.search(
            [
                *mine,
                ("kind", "in", WITH_TEXT),
                ("state", "=", "done"),
                ("date", ">", fields.Datetime.now() - SAME_TEXT_WITHIN),
            ],
            limit=500,
        )
        warnings = []
        if sent and comparable(sent[0].text) == comparable(text):
            message = self.env._("This is the same text as in your last post.")
            warnings.append(
                {"code": "same_as_last", "message": message, "blocks": False}
            )
        bare = without_names(text)
        others = sent.filtered(
            lambda row: row.profile_id
            and row.profile_id._current() != self._twitter_profile()
            and without_names(row.text) == bare
        )
        if bare and others:
            message = self.env._(
                "The same text went to @%(handle)s within the last 30 days.",
                handle=others[0].handle,
            )
            warnings.append(
                {"code": "sent_to_others", "message": message, "blocks": False}
            )
        return warnings


def without_names(text):
    """A text as far as it is the same for everybody it goes to."""
    return comparable(NAMES.sub("", text or ""))
