"""Whose a call of X is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Payer:
    """Whose call it is: plain values, ids 0 where there is none.

    ``user_id`` is whoever clicked; in the background nobody has.
    """

    company_id: int
    user_id: int = 0
    account_id: int = 0
    handle: str = ""

    @property
    def is_background(self):
        return not self.user_id
