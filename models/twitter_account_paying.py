from odoo import models

from .own_transaction import own_transaction
from .payer import Payer

# In the context: who has clicked, where the server asks X in superuser mode. It is the
# server's own word, and counts in that mode alone.
CLICKED_BY = "twitter_clicked_by"


class TwitterAccount(models.Model):
    """To whom calls are charged, and what they may cost."""

    _inherit = "twitter.account"

    def _payer(self):
        """To whom the calls of this request are charged.

        To the company whose account it is; else to that in which the user, or in the
        background the member who shares it, works. Who clicks is charged, too.
        """
        user = self.env.user
        if user._is_superuser():
            user = user.browse(self.env.context.get(CLICKED_BY)) or user
        is_background = user._is_superuser()
        if is_background:
            members = self._eligible_members()
            sharing = members.filtered("twitter_share_connection")
            user = (sharing or members)[:1] or user
        # In superuser mode nobody has checked what the context says.
        company = self.env.company
        if is_background or company not in user.company_ids:
            company = user.company_id
        return Payer(
            company_id=(self.company_id or company).id,
            user_id=0 if is_background else user.id,
            account_id=self.id,
            handle=self.username or "",
        )

    def _affordable(self, most, *kinds):
        """How many of `most` things the budget has money for now, at least one.

        The gate decides when it comes to it; read in an own transaction.

        :param kinds: what X bills for each of them
        """
        price = sum(map(self.env["twitter.price"]._of, kinds))
        with own_transaction(self.env) as env:
            left = env["twitter.budget"]._least_left(self._payer())
        if left is None or not price:
            return most
        return max(1, min(most, int(round(left / price, 6))))
