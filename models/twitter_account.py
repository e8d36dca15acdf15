from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from odoo import api, fields, models

from ..x_api import (
    ComplianceClient,
    OAuth2Client,
    XClient,
    XError,
    XLinkExpired,
    images,
)
from . import encryption
from .bulkhead import waiting_for_x
from .gate import Gate
from .own_transaction import own_transaction
from .payer import Payer
from .x_problem import XProblem

PERMISSION = "crm_twitter.group_social_integration"
API_URL = "https://api.x.com"
SITE_URL = "https://x.com"
# Characters of a post, as X counts them: for everybody, and for X's subscribers.
SHORT_POST, LONG_POST = 280, 25_000
# How exactly the last use is kept.
USE_INTERVAL = timedelta(hours=1)
# How long a click that cannot be asked again by itself waits for its turn, in seconds.
PATIENCE = 2
IMAGE_HOSTS = ("pbs.twimg.com", "abs.twimg.com")


class TwitterAccount(models.Model):
    """A connection to one X account, and the only door to X.

    The official account of a company is often shared: each user who logged in as it is
    a member. What talks to X does so within `_x_session`.
    """

    _name = "twitter.account"
    _description = "X Account"
    # Activities are all it has, but mail.activity makes their users followers.
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "username, id"
    _rec_name = "username"

    twitter_id = fields.Char(string="X ID", required=True, readonly=True, copy=False)
    username = fields.Char(string="Handle", required=True, readonly=True)
    name = fields.Char(string="Name on X", readonly=True)
    image_url = fields.Char(string="Picture on X", readonly=True)
    limit = fields.Integer(
        string="Longest Post",
        required=True,
        default=SHORT_POST,
        readonly=True,
        help="Characters, as X counts them",
    )
    member_ids = fields.Many2many(
        "res.users", string="Members", readonly=True, help="Users who logged in as it"
    )
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        help="The company whose official account this is",
    )

    state = fields.Selection(
        [("connected", "Connected"), ("reconnect", "To Reconnect")],
        required=True,
        default="connected",
        readonly=True,
    )
    scope = fields.Char(string="Granted Permissions", readonly=True)
    permissions = fields.Char(compute="_compute_permissions", help="Granted by X")
    connected_at = fields.Datetime(string="Connected Since", readonly=True)
    last_used_at = fields.Datetime(
        string="Last Use",
        readonly=True,
        help="Exact to one hour only: a use is kept once an hour, so the account may"
        " have been used up to an hour later than shown.",
    )
    expires_at = fields.Datetime(string="Access Token Expires", readonly=True)
    access_token = fields.Char(groups=fields.NO_ACCESS, copy=False, prefetch=False)
    refresh_token = fields.Char(groups=fields.NO_ACCESS, copy=False, prefetch=False)

    _twitter_id_unique = models.Constraint(
        "UNIQUE(twitter_id)", "This X account is connected already."
    )
    _company_unique = models.UniqueIndex(
        "(company_id) WHERE company_id IS NOT NULL",
        "This company has an official X account already.",
    )

    @api.depends("username")
    def _compute_display_name(self):
        for account in self:
            account.display_name = f"@{account.username}"

    @api.depends("scope")
    @api.depends_context("lang")
    def _compute_permissions(self):
        logins = self.env["twitter.login"]
        for account in self:
            labels = logins._permission_labels(account.scope or "")
            account.permissions = ", ".join(labels)

    # ------------------------------------------------------------
    # THE DOOR
    # ------------------------------------------------------------

    @contextmanager
    def _x_session(self, patience=PATIENCE):
        """Give a client of X's API that acts as this account.

        Nothing of the CRM may be written in the request before or after; what X
        answers is kept in own transactions.

        :param patience: seconds to wait while others wait for X, as long as X is well;
            0 where the browser asks again by itself
        :rtype: XClient
        :raise AccessError: see `_check_may_act`
        :raise XProblem: for whatever X or the gate refuses, or when X cannot be reached
        """
        if not self._keys_configured():
            raise XProblem(self.env, "no_keys")
        if not self:
            raise XProblem(self.env, "not_connected")
        self.ensure_one()
        self._check_may_act()
        gate = Gate(self.env, self._payer())
        try:
            # Before there is a place: who looks whether X answers again has one.
            is_failing = self.env["twitter.limit"]._check_reachable()
            with waiting_for_x(self.env, 0 if is_failing else patience):
                token = self._valid_token(self._stored_tokens())
                token = token or gate.watch(self._fresh_token)
                self._note_use()
                yield XClient(
                    encryption.decrypt(self.env, token),
                    api_url=self._api_url(),
                    gate=gate,
                    renew=lambda rejected: encryption.decrypt(
                        self.env, self._fresh_token(rejected)
                    ),
                )
        except XLinkExpired as error:
            # Refused once more right after a renewal, if it was not marked before.
            with own_transaction(self.env) as env:
                self.with_env(env)._mark_reconnect()
            raise self._link_problem(error) from error
        except XError as error:
            raise XProblem.of(self.env, error) from error

    @api.model
    @contextmanager
    def _compliance_session(self):
        """Give a client of X's compliance jobs, which has the app's own token.

        :rtype: ComplianceClient
        :raise XProblem: there is no token, or it cannot be read; X refuses, or cannot
            be reached
        """
        if not self._may_check_compliance():
            raise XProblem(self.env, "no_keys")
        try:
            token = encryption.decrypt(self.env, self._parameter("bearer_token"))
            gate = Gate(self.env, Payer(self.env.company.id, is_app=True))
            yield ComplianceClient(token, api_url=self._api_url(), gate=gate)
        except encryption.SecretUnreadable as error:
            raise XProblem(self.env, "no_keys", error.args[0]) from error
        except XError as error:
            raise XProblem.of(self.env, error) from error

    def _note_use(self):
        """Keep that it is used now; X is not being waited for yet."""
        now = fields.Datetime.now()
        if self.last_used_at and self.last_used_at > now - USE_INTERVAL:
            return
        with own_transaction(self.env) as env:
            # Whoever holds the row is renewing the tokens: this is not worth waiting.
            env.cr.execute(
                """
                UPDATE twitter_account SET last_used_at = %(now)s
                 WHERE id IN (SELECT id FROM twitter_account
                               WHERE id = %(id)s
                                 AND (last_used_at <= %(before)s
                                      OR last_used_at IS NULL)
                                 FOR NO KEY UPDATE SKIP LOCKED)
                """,
                {"id": self.id, "now": now, "before": now - USE_INTERVAL},
            )

    def _link_problem(self, error):
        """What a user is told when X takes this connection no more."""
        problem = XProblem.of(self.env, error)
        if self.env.uid in self.member_ids.ids:
            return problem
        sentence = self.env._(
            "X no longer accepts the connection as @%s, the company's account. An"
            " administrator has to connect it again in the settings.",
            self.username,
        )
        problem.args = (sentence,)
        problem.action = "settings"
        return problem

    @api.model
    def _identify(self, code, verifier, redirect_uri):
        """Exchange a login's code, and ask X who has logged in.

        :return: (Tokens, Profile)
        :raise XProblem: X refused, or could not be reached
        """
        oauth = self._oauth2_client()
        gate = Gate(self.env, self.browse()._payer())
        tokens = None
        try:
            # Without a place in the bulkhead: the code is good once.
            tokens = gate.watch(lambda: oauth.exchange(code, verifier, redirect_uri))
            x = XClient(tokens.access_token, api_url=self._api_url(), gate=gate)
            me = x.me()
        except XError as error:
            if tokens:
                # Nobody is going to keep what X has granted.
                self._revoke_granted(tokens)
            raise self._login_problem(error) from error
        return tokens, me

    @api.model
    def _login_problem(self, error):
        if isinstance(error, XLinkExpired):
            # A code lives 30 seconds; to "log in again" is right, "revoked" is not.
            sentence = self.env._(
                "X did not accept this login any more. Please start again."
            )
            return XProblem(self.env, "refused", sentence)
        return XProblem.of(self.env, error)

    # ------------------------------------------------------------
    # ADDRESSES AND KEYS
    # ------------------------------------------------------------

    @api.model
    def _parameter(self, name, default=""):
        # sudo: ir.config_parameter - settings every user of the addon works with
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(f"crm_twitter.{name}") or default

    @api.model
    def _api_url(self):
        return self._parameter("api_url", API_URL).rstrip("/")

    @api.model
    def _site_url(self):
        return self._parameter("site_url", SITE_URL).rstrip("/")

    @api.model
    def _oauth2_client(self):
        """
        :rtype: OAuth2Client
        :raise XProblem: no keys, or keys this server cannot read
        """
        if not self._keys_configured():
            raise XProblem(self.env, "no_keys")
        try:
            secret = encryption.decrypt(self.env, self._parameter("client_secret"))
        except encryption.SecretUnreadable as error:
            raise XProblem(self.env, "no_keys", error.args[0]) from error
        return OAuth2Client(
            self._parameter("client_id"),
            secret,
            api_url=self._api_url(),
            site_url=self._site_url(),
        )

    @api.model
    def _fetch_image(self, url):
        """Return ``(bytes, mimetype)`` of a picture on X's image hosts.

        :raise XProblem: another host, not a picture, too large, or not to be had; this
            database is not to talk to X
        """
        if not self._keys_configured():
            raise XProblem(self.env, "no_keys")
        try:
            with waiting_for_x(self.env, PATIENCE):
                hosts = self._image_hosts()
                own = hosts - set(IMAGE_HOSTS)
                return images.fetch_image(url, allowed_hosts=hosts, trusted_hosts=own)
        except XError as error:
            raise XProblem.of(self.env, error) from error

    @api.model
    def _image_hosts(self):
        """Where X's pictures come from, as host or host:port."""
        hosts = set(IMAGE_HOSTS)
        if self._api_url() != API_URL:
            parts = urlsplit(self._api_url())
            usual = ":80" if parts.scheme == "http" else ":443"
            hosts.add(parts.netloc.lower().removesuffix(usual))
        return hosts
