"""What calls cost, and the ledger they are written in.

Prices of 2026-08: https://docs.x.com/x-api/getting-started/pricing. A resource is
charged once per UTC day, whoever of the app's users reads it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .clock import Clock

__all__ = ["PRICES", "Billing", "Charge"]

PRICES: dict[str, Decimal] = {
    # Reads, per resource.
    "post": Decimal("0.005"),
    "user": Decimal("0.010"),
    "following": Decimal("0.010"),
    "like": Decimal("0.001"),
    "owned": Decimal("0.001"),
    # Writes, per request.
    "post_create": Decimal("0.015"),
    "post_create_with_url": Decimal("0.200"),
    "reply_create": Decimal("0.010"),
    "interaction_create": Decimal("0.015"),
    "interaction_delete": Decimal("0.010"),
    "content_manage": Decimal("0.005"),
    "media_metadata": Decimal("0.005"),
}
FIRST_CREDITS = Decimal(100)


@dataclass(frozen=True)
class Charge:
    """One line: what was charged, for whom it was asked, on which UTC day."""

    kind: str
    resource_id: str
    usd: Decimal
    user_id: str | None
    day: date


class Billing:
    """The developer account's credits and the ledger of its charges."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.ledger: list[Charge] = []
        self.credits = FIRST_CREDITS
        # What was given out on the day it was last asked for, as (kind, id).
        self._day, self._given = date.min, set[tuple[str, str]]()

    def reset(self) -> None:
        """An empty ledger and the first credits again."""
        self.ledger.clear()
        self._given.clear()
        self.credits = FIRST_CREDITS

    def read(
        self, kind: str, resource_id: str, user_id: str | None, owned: bool = False
    ) -> None:
        """Charge a resource that was given out, unless it was paid for today."""
        day = self._clock.now().date()
        if day != self._day:
            self._day, self._given = day, set()
        if (kind, resource_id) in self._given:
            return
        self._given.add((kind, resource_id))
        price = PRICES["owned"] if owned else PRICES[kind]
        self._charge(Charge(kind, resource_id, price, user_id, day))

    def write(self, kind: str, resource_id: str, user_id: str | None) -> None:
        """Charge a request that changed something; each one costs."""
        day = self._clock.now().date()
        self._charge(Charge(kind, resource_id, PRICES[kind], user_id, day))

    def forgive(self, since: int) -> None:
        """Take back what was charged since the ledger had as many lines."""
        for charge in self.ledger[since:]:
            self._given.discard((charge.kind, charge.resource_id))
            self.credits += charge.usd
        del self.ledger[since:]

    def spent(self) -> Decimal:
        """The sum of the ledger in US dollars."""
        return sum((charge.usd for charge in self.ledger), Decimal(0))

    def _charge(self, charge: Charge) -> None:
        self.ledger.append(charge)
        self.credits -= charge.usd
