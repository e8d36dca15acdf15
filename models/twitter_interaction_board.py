from odoo import api, models


class TwitterInteraction(models.Model):
    """What is above the board's cards: as whom one acts, how reading stands.

    None calls X.
    """

    _inherit = "twitter.interaction"

    @api.model
    def board(self):
        """Everything the board shows beside its cards.

        :return: ``{accounts, acting, keys, connection, permissions, privacy_url,
            site_url, feeds, prices, count, can}``; ``accounts`` as in a lead's panel,
            the companies' before the user's own; for ``feeds`` see `twitter.feed`
        :raise AccessError: the user lacks the permission
        """
        accounts = self.env["twitter.account"]
        accounts._check_permission()
        may_act_as = accounts._brands_of_user() | accounts._of_user()
        user = self.env.user
        return {
            "accounts": [self._twitter_account_dict(each) for each in may_act_as],
            "acting": may_act_as[:1].id or 0,
            **self._twitter_connection_dict(),
            "feeds": self.env["twitter.feed"]._feeds(),
            "prices": self._twitter_prices(),
            "count": self.new_count(),
            "can": {
                "start": self.env["twitter.feed"]._may_start(),
                "settings": user.has_group("base.group_system"),
                **self._card_rights(),
            },
        }

    @api.model
    def new_count(self):
        """How many interactions of the user's companies nobody has looked after yet.

        :raise AccessError: the user lacks the permission
        """
        self.env["twitter.account"]._check_permission()
        return self.search_count([("state", "=", "new")])
