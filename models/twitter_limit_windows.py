from odoo import api, fields, models

from ..x_api import XStopped, XTooMany
from .twitter_limit import aware, naive

# What is read for nobody in particular leaves so much of a window to people.
LEFT_TO_PEOPLE = 0.1


class TwitterLimit(models.Model):
    """X's rate limits: a call X would refuse is not made.

    Most are parts of the gate's own transactions.
    """

    _inherit = "twitter.limit"

    window = fields.Char(compute="_compute_window", help="Of what X counts the calls")

    @api.depends("key", "endpoint")
    @api.depends_context("lang")
    def _compute_window(self):
        for limit in self:
            endpoint = limit.endpoint or ""
            is_day = limit.key.endswith(":day")
            if not endpoint:
                limit.window = False
            elif limit.key == f"{endpoint}:day":
                limit.window = self.env._("a day, all accounts")
            elif is_day:
                limit.window = self.env._("a day")
            else:
                limit.window = self.env._("15 minutes")

    def _window_name(self):
        """Like ``GET /2/users/search, @ourcompany, 15 minutes``."""
        parts = (self.endpoint, self.account_id.display_name, self.window)
        return ", ".join(filter(None, parts))

    @api.model
    def _take_place(self, keys, is_background, now):
        """Count a call in its windows before X does: others are on their way.

        :raise XStopped: ``too_many``: X would refuse it
        """
        self.env.cr.execute(
            """
            UPDATE twitter_limit SET remaining = remaining - 1
             WHERE id IN (SELECT id FROM twitter_limit
                           WHERE key = ANY(%s) AND until > %s
                        ORDER BY key FOR NO KEY UPDATE)
         RETURNING remaining, most, until
            """,
            [keys, now],
        )
        over = [
            until
            for remaining, most, until in self.env.cr.fetchall()
            if remaining < (LEFT_TO_PEOPLE * most if is_background else 0)
        ]
        if over:
            raise XStopped("too_many", until=aware(max(over)))

    @api.model
    def _note_windows(self, endpoint, who, settlement):
        """Keep what X's headers say; where X refuses and they do not say which window
        is used up, it is that of 15 minutes."""
        keys, error = self._window_keys(endpoint, who), settlement.error
        told = {
            keys[limit.span]: limit
            for limit in settlement.rate_limits
            if limit.span in keys
        }
        is_said = any(not limit.remaining for limit in told.values())
        closed = ""
        if isinstance(error, XTooMany) and not is_said:
            closed = keys.get("quarter", "")
        for key in sorted({*told, *filter(None, [closed])}):
            if key == closed:
                self._close_window(key, endpoint, who, error)
            else:
                self._keep_window(key, endpoint, who, told[key])

    @api.model
    def _keep_window(self, key, endpoint, who, limit):
        """What X says of a window; calls on their way are counted here already."""
        until = naive(limit.resets_at)
        self.env.cr.execute(
            """
            INSERT INTO twitter_limit AS kept
                        (key, endpoint, account_id, most, remaining, until)
                 VALUES (%(key)s, %(endpoint)s, %(account)s, %(most)s, %(left)s,
                         %(until)s)
            ON CONFLICT (key) DO UPDATE
                    SET most = EXCLUDED.most,
                        remaining = CASE WHEN kept.until = EXCLUDED.until
                                         THEN LEAST(kept.remaining, EXCLUDED.remaining)
                                         ELSE EXCLUDED.remaining END,
                        until = EXCLUDED.until
                  WHERE kept.until IS NULL OR kept.until <= EXCLUDED.until
            """,
            {
                "key": key,
                "endpoint": endpoint,
                "account": account_id_of(who),
                "most": limit.limit,
                "left": limit.remaining,
                "until": until,
            },
        )

    @api.model
    def _close_window(self, key, endpoint, who, error):
        self.env.cr.execute(
            """
            INSERT INTO twitter_limit
                        (key, endpoint, account_id, most, remaining, until)
                 VALUES (%s, %s, %s, 0, 0, %s)
            ON CONFLICT (key) DO UPDATE
                    SET remaining = 0, until = EXCLUDED.until
            """,
            [key, endpoint, account_id_of(who), naive(error.resets_at)],
        )

    @api.model
    def _window_keys(self, endpoint, who):
        """``{span: key}``; see `RateLimit`.

        :param who: id of the account, "app" where the app's own token asks, or "" for
            somebody who is just logging in: nobody else's window is his
        """
        keys = {"app-day": f"{endpoint}:day"}
        if who:
            keys["quarter"] = f"{endpoint}:{who}"
            keys["user-day"] = f"{endpoint}:{who}:day"
        return keys


def account_id_of(who):
    return int(who) if who.isdigit() else None
