from odoo import api, fields, models, tools

from ..x_api import PER_REQUEST, PRICES


class TwitterPrice(models.Model):
    """What X asks for one thing: the one table that everything here reckons with.

    X changes its prices, and contracts differ: administrators edit it. X's published
    prices are the client's (https://docs.x.com/x-api/getting-started/pricing).
    """

    _name = "twitter.price"
    _description = "Price of X"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, readonly=True)
    kind = fields.Char(required=True, readonly=True)
    unit = fields.Selection(
        [("resource", "Each, Once a Day"), ("request", "Each Time")],
        string="Billed",
        compute="_compute_published",
    )
    price = fields.Float(string="Price (USD)", digits=(16, 4), required=True)
    published_price = fields.Float(
        string="Published by X (USD)",
        digits=(16, 4),
        compute="_compute_published",
        help="X's price list for pay-per-use, as of August 2026",
    )
    sequence = fields.Integer(default=10)

    _kind_unique = models.Constraint("UNIQUE(kind)", "This kind has a price already.")
    _price_positive = models.Constraint(
        "CHECK(price >= 0)", "A price is zero or more US dollars."
    )

    @api.depends("kind")
    def _compute_published(self):
        for row in self:
            row.unit = "request" if row.kind in PER_REQUEST else "resource"
            row.published_price = float(PRICES.get(row.kind, 0))

    @api.model
    def _of(self, kind):
        """What one of a kind costs, in USD; nothing on an Enterprise contract.

        :raise KeyError: there is no such kind
        """
        if not self._is_billed():
            return 0.0
        return self._price_list()[kind]

    @api.model
    def _is_billed(self):
        """Whether X bills this database's app by what it uses."""
        plan = self.env["twitter.account"]._parameter("plan", "payg")
        return plan != "enterprise"

    @api.model
    @tools.ormcache()
    def _price_list(self):
        """``{kind: USD}``; X's published price where a kind has no row yet."""
        # sudo: twitter.price - the price of a click is on its button
        rows = self.sudo().search([("kind", "!=", False)])
        published = {kind: float(price) for kind, price in PRICES.items()}
        return {**published, **{row.kind: row.price for row in rows}}

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
