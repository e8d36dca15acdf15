"""Whose a call of X is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Payer:
    """Whose call it is: plain values, ids 0 where there is none.

    ``user_id`` is whoever clicked; in the background nobody has. ``is_app`` says that
    the app's own token asks, not an account's.
    """

    company_id: int
    user_id: int = 0
    account_id: int = 0
    handle: str = ""
    is_app: bool = False

    @property
    def who(self):
        """Whose windows of X's limits it is in; see `twitter.limit`."""
        return "app" if self.is_app else str(self.account_id or "")

    @property
    def is_background(self):
        return not self.user_id
