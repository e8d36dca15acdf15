import logging
import threading
import time
from collections import deque

from odoo import api, models

from ..x_api import XError
from . import encryption
from .twitter_account_members import CONNECTED_APPS_PATH
from .x_problem import XProblem

_logger = logging.getLogger(__name__)

# As long as removing the addon waits for X in all, however many connections there are.
REMOVAL_TIME = 5  # seconds
AT_ONCE = 8  # connections X is told of side by side


class TwitterAccount(models.Model):
    """The end of all connections: the addon is removed, and its tables with it."""

    _inherit = "twitter.account"

    # ------------------------------------------------------------
    # TALKS TO X
    # ------------------------------------------------------------

    @api.model
    def _revoke_all(self):
        """Tell X to take none of this database's tokens any more, in REMOVAL_TIME.

        Nobody waits longer for X, and nothing is tried twice: what X is not told of by
        then ends with the tokens that are deleted here, and stands in X's list of
        connected apps until its owner removes it there. A neutralized or duplicated
        database tells X nothing: its tokens are the original's.
        """
        try:
            self._oauth2_client()
        except XProblem:
            return
        accounts = self.search([("id", "!=", False)])
        tokens = [each._token_to_revoke() for each in accounts if each._has_token()]
        number = sum(1 for token in tokens if token)
        told = self._revoke_in(tokens, REMOVAL_TIME)
        if told == number:
            _logger.info("X has revoked %s connections.", number)
        else:
            _logger.warning(
                "X could not be told of the end of %s of %s connections within %s"
                " seconds. Whoever owns the accounts removes the app on %s.",
                number - told,
                number,
                REMOVAL_TIME,
                self._site_url() + CONNECTED_APPS_PATH,
            )

    @api.model
    def _revoke_in(self, tokens, seconds):
        """Tell X to take `tokens` no more; never raises what X has to say.

        :param tokens: as `_erase_tokens` gives them
        :param seconds: as long as X's answers are waited for in all
        :return: of how many X was told
        """
        readable = deque(encryption.decrypt(self.env, each) for each in tokens if each)
        if not readable:
            return 0
        try:
            oauth = self._oauth2_client()
        except XProblem:
            return 0
        return revoke_side_by_side(oauth, readable, seconds)


def revoke_side_by_side(oauth, tokens, seconds):
    """Revoke as many tokens as X takes in that time; a refusal keeps no other.

    In threads that nobody waits for any longer, nor Python at its end: X may hang, or
    send its answer byte by byte.

    :param OAuth2Client oauth: which has no transaction, nor anything else of Odoo's
    :param deque tokens: in clear; emptied
    :param seconds: as long as it takes in all
    :return: of how many X was told
    """
    end = time.monotonic() + seconds
    told = []

    def revoke():
        while tokens and time.monotonic() < end:
            try:
                token = tokens.popleft()
            except IndexError:
                return  # another thread has taken the last one
            try:
                oauth.revoke(token)
            except XError:
                continue
            told.append(True)

    threads = [
        threading.Thread(target=revoke, name="crm_twitter.removal", daemon=True)
        for _number in range(min(AT_ONCE, len(tokens)))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0, end - time.monotonic()))
    return len(told)
