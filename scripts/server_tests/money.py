"""Budgets as an administrator sets them, the meter, and what X has billed."""

from decimal import Decimal

#: What the gate keeps, the referring tables first.
TABLES = (
    "twitter_reservation",
    "twitter_usage",
    "twitter_billed_resource",
    "twitter_limit",
    "twitter_budget",
)
#: Where a test is not about money, nobody has a limit.
LIFT = "INSERT INTO twitter_budget (company_id) SELECT id FROM res_company"
LIMIT = """
    INSERT INTO twitter_budget ({0}, day_limit, day_spent, month_spent)
         VALUES (%s, %s, 0, 0)
    ON CONFLICT ({0}) WHERE {0} IS NOT NULL
      DO UPDATE SET day_limit = EXCLUDED.day_limit
"""
SPENT = """
    SELECT COALESCE(SUM(cost), 0) FROM twitter_usage
     WHERE %s IS NULL OR user_id = %s
"""
HELD = "SELECT COALESCE(SUM(amount), 0) FROM twitter_reservation"


class Money:
    """What may be spent and what was, in US dollars, on a stage."""

    def __init__(self, stage):
        self._stage = stage

    def limit(self, company=None, users=()):
        """Set what the company, and users by their ids, may spend in a day.

        :param users: ``{id: amount}``; None and whoever is not named have no limit
        """
        stage = self._stage
        [[company_id]] = stage.sql("SELECT min(id) FROM res_company")
        stage.sql(LIMIT.format("company_id"), company_id, company)
        for user, amount in dict(users).items():
            stage.sql(LIMIT.format("user_id"), user, amount)

    def metered(self, user=None):
        """What the meter says was spent, by a user or by all."""
        return _exact(self._stage.sql(SPENT, user, user))

    def held(self):
        """What is reserved for calls under way."""
        return _exact(self._stage.sql(HELD))

    def counted(self):
        """What the company's budget says was spent today."""
        return _exact(
            self._stage.sql(
                "SELECT day_spent FROM twitter_budget WHERE company_id IS NOT NULL"
            )
        )

    def billed(self, *usernames):
        """What X has billed for what these accounts read or wrote; for all without."""
        x = self._stage.x
        ids = {x.people.named(username).id for username in usernames}
        charges = [c for c in list(x.ledger) if not ids or c.user_id in ids]
        return sum((charge.usd for charge in charges), Decimal(0))


def _exact(rows):
    [[amount]] = rows
    return Decimal(str(round(amount, 4)))
