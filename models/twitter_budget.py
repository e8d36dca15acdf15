from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# What a company may spend in a day until an administrator says otherwise, in USD.
FIRST_DAY_LIMIT = "5.00"


class TwitterBudget(models.Model):
    """What a company, or a user, may spend at X, and has spent.

    One row each, made when it is first needed. Days and months are UTC's, as X's are.
    The gate locks the rows of a call in one order (see `_lock_for`), so that however
    many workers ask at once, what was spent and is reserved never passes a limit.
    """

    _name = "twitter.budget"
    _description = "X Budget"
    _rec_name = "company_id"
    _order = "user_id nulls first, company_id, id"

    company_id = fields.Many2one(
        "res.company", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    # Text, as Odoo keeps no empty number: an empty limit is none, 0 is nothing.
    day_limit = fields.Char(
        string="Per Day (USD)", help="Empty: no limit. 0: nothing may be spent."
    )
    month_limit = fields.Char(
        string="Per Month (USD)", help="Empty: no limit. 0: nothing may be spent."
    )
    day = fields.Date(readonly=True, help="The UTC day that was spent on last")
    day_spent = fields.Float(digits=(16, 4), readonly=True)
    month = fields.Date(readonly=True, help="The first day of that month")
    month_spent = fields.Float(digits=(16, 4), readonly=True)

    _company_unique = models.UniqueIndex("(company_id) WHERE company_id IS NOT NULL")
    _user_unique = models.UniqueIndex(
        "(user_id) WHERE user_id IS NOT NULL", "This user has a budget already."
    )
    _one_owner = models.Constraint(
        "CHECK((company_id IS NULL) != (user_id IS NULL))",
        "A budget is a company's or a user's.",
    )

    # ------------------------------------------------------------
    # PARTS OF THE GATE'S OWN TRANSACTIONS
    # ------------------------------------------------------------

    @api.model
    def _lock_for(self, company_id, user_id):
        """The rows a call of theirs is charged to, locked in one order for all.

        :param user_id: whoever clicked; 0 in the background
        """
        owners = (("company_id", company_id), ("user_id", user_id))
        for column, owner_id in owners:
            if owner_id:
                self._make_row(column, owner_id)
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM twitter_budget
                 WHERE company_id = %s OR user_id = %s
              ORDER BY id
                   FOR NO KEY UPDATE
                """,
                company_id,
                user_id or None,
            )
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    @api.model
    def _make_row(self, column, owner_id):
        """Make the row of a company or a user where there is none."""
        limit = FIRST_DAY_LIMIT if column == "company_id" else None
        owner = SQL.identifier(column)
        # Looked for first: a conflict uses up an id, and each call comes by here.
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO twitter_budget (%(owner)s, day_limit, day_spent,
                                            month_spent, create_date, write_date)
                     SELECT %(id)s, %(limit)s, 0, 0,
                            now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                      WHERE NOT EXISTS (SELECT FROM twitter_budget
                                         WHERE %(owner)s = %(id)s)
                        AND EXISTS (SELECT FROM %(owners)s WHERE id = %(id)s)
                ON CONFLICT DO NOTHING
                """,
                owner=owner,
                owners=SQL.identifier(
                    self.env[self._fields[column].comodel_name]._table
                ),
                id=owner_id,
                limit=limit,
            )
        )

    def _left(self, today):
        """What may still be spent, in USD, by each of the rows; None is no limit.

        A row that is of a later day already, by another server's clock, counts.

        :return: ``{row: (today, this month)}``; what is reserved counts as spent
        """
        if not self:
            return {}
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT budget.id,
                       NULLIF(budget.day_limit, '')::numeric
                       - CASE WHEN budget.day >= %(today)s
                              THEN budget.day_spent ELSE 0 END
                       - COALESCE(held.of_day, 0),
                       NULLIF(budget.month_limit, '')::numeric
                       - CASE WHEN budget.month >= %(month)s
                              THEN budget.month_spent ELSE 0 END
                       - COALESCE(held.of_month, 0)
                  FROM twitter_budget budget,
                       LATERAL (SELECT SUM(amount) FILTER
                                       (WHERE expires_at > %(now)s
                                           OR reserved_at >= %(today)s) AS of_day,
                                       SUM(amount) FILTER
                                       (WHERE expires_at > %(now)s
                                           OR reserved_at >= %(month)s) AS of_month
                                  FROM twitter_reservation reservation
                                 WHERE reservation.company_id = budget.company_id
                                    OR reservation.user_id = budget.user_id) held
                 WHERE budget.id = ANY(%(ids)s)
                """,
                now=fields.Datetime.now(),
                today=today,
                month=today.replace(day=1),
                ids=self.ids,
            )
        )
        return {
            self.browse(id_): tuple(map(exact, left))
            for id_, *left in self.env.cr.fetchall()
        }

    @api.model
    def _of(self, payer):
        """The rows a call of theirs is charged to, as far as they were made."""
        # sudo: twitter.budget - what is left decides which buttons are offered
        return self.sudo().search(
            Domain("company_id", "=", payer.company_id)
            | Domain("user_id", "in", [payer.user_id] if payer.user_id else [])
        )

    @api.model
    def _least_left(self, payer):
        """What a payer may still spend now, in USD; None without a limit.

        As this transaction sees it: the gate alone decides.
        """
        today = fields.Datetime.now().date()
        rows = self._of(payer)
        left = [amount for pair in rows._left(today).values() for amount in pair]
        if not rows.company_id:
            left.append(FIRST_DAY_LIMIT)
        return min(
            (float(amount) for amount in left if amount is not None), default=None
        )

    def _spend(self, amount, day):
        """Count what a call of that UTC day has cost.

        What comes late, after the day has ended, is of the day that has begun: it must
        not be free.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE twitter_budget
                   SET day_spent = CASE WHEN day >= %(day)s THEN day_spent
                                        ELSE 0 END + %(amount)s,
                       day = GREATEST(day, %(day)s),
                       month_spent = CASE WHEN month >= %(month)s THEN month_spent
                                          ELSE 0 END + %(amount)s,
                       month = GREATEST(month, %(month)s)
                 WHERE id = ANY(%(ids)s)
                """,
                day=day,
                month=day.replace(day=1),
                amount=amount,
                ids=self.ids,
            )
        )


def exact(amount):
    """A sum of money as PostgreSQL has it, which Odoo's cursors give as a float."""
    return None if amount is None else Decimal(str(amount))


def day_ends(day):
    """When a UTC day is over (naive, UTC)."""
    return fields.Datetime.to_datetime(day) + timedelta(days=1)


def month_ends(day):
    """When the month of a UTC day is over (naive, UTC)."""
    return fields.Datetime.to_datetime(
        (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    )
