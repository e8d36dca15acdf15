from odoo import api, fields, models
from odoo.tools import SQL


class TwitterUsage(models.Model):
    """What was used at X: by UTC day, company, user, account and kind.

    A row is a counter that the gate raises; nobody writes it by hand.
    """

    _name = "twitter.usage"
    _description = "Usage of X"
    _rec_name = "kind"
    _order = "day desc, id desc"

    day = fields.Date(required=True, readonly=True, help="In UTC, as X reckons")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        "res.users",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="Who clicked; empty is what is read in the background",
    )
    account_id = fields.Many2one(
        "twitter.account",
        string="X Account",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    account_handle = fields.Char(readonly=True)
    kind = fields.Selection(
        selection="_kinds",
        required=True,
        readonly=True,
        help="As the price list calls it",
    )
    calls = fields.Integer(readonly=True, help="Requests made for it")
    resources = fields.Integer(readonly=True, help="What X gave out, or did, in all")
    billed = fields.Integer(
        readonly=True,
        help="What of it X bills: once per UTC day what can be told apart",
    )
    cost = fields.Float(string="Cost (USD)", digits=(16, 4), readonly=True)

    payer = fields.Char(
        required=True,
        readonly=True,
        help="Whose row it is: a user who is deleted must not make two rows one",
    )

    _day_unique = models.UniqueIndex("(day, payer, kind)")

    @api.model
    def _kinds(self):
        # sudo: twitter.price - the names of what is in a report
        return [
            (row.kind, row.name) for row in self.env["twitter.price"].sudo().search([])
        ]

    @api.model
    def _count(self, day, payer, counted):
        """Raise the counters; part of the gate's own transaction.

        The user may have been deleted since the call, or the company, which takes its
        counters along.

        :param payer: the `Payer` whose they are
        :param counted: ``{kind: (calls, resources, billed, USD)}``
        """
        for kind, (calls, resources, billed, cost) in sorted(counted.items()):
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO twitter_usage AS usage
                                (day, payer, company_id, user_id, account_id,
                                 account_handle, kind, calls, resources, billed, cost)
                         SELECT %(day)s, %(payer)s, company.id,
                                (SELECT id FROM res_users WHERE id = %(user)s),
                                (SELECT id FROM twitter_account
                                  WHERE id = %(account)s),
                                %(handle)s, %(kind)s, %(calls)s, %(resources)s,
                                %(billed)s, %(cost)s
                           FROM res_company company
                          WHERE company.id = %(company)s
                    ON CONFLICT (day, payer, kind) DO UPDATE
                            SET calls = usage.calls + EXCLUDED.calls,
                                resources = usage.resources + EXCLUDED.resources,
                                billed = usage.billed + EXCLUDED.billed,
                                cost = usage.cost + EXCLUDED.cost
                    """,
                    day=day,
                    payer=f"{payer.company_id}:{payer.user_id}:{payer.handle}",
                    company=payer.company_id,
                    user=payer.user_id or None,
                    account=payer.account_id or None,
                    handle=payer.handle,
                    kind=kind,
                    calls=calls,
                    resources=resources,
                    billed=billed,
                    cost=cost,
                )
            )
