from odoo import models
from odoo.exceptions import UserError

from .own_transaction import Busy
from .twitter_action import ACTIONS
from .twitter_engagement_outbox import Outcome
from .x_problem import XProblem


class TwitterActingMixin(models.AbstractModel):
    """The panel's methods that act on X, or write down what was done there."""

    _inherit = "twitter.acting.mixin"

    # ------------------------------------------------------------
    # PUBLIC: TALKS TO X
    # ------------------------------------------------------------

    def twitter_act(
        self, request_uid, kind, post_id="", text="", pictures=(), account_id=0
    ):
        """Do something on X by its API, once, whatever happens on the way.

        :param str request_uid: made by the browser, once per intention
        :param str kind: see `ACTIONS`
        :param str post_id: X's id of the post it is about
        :param str text: exactly what is to be published
        :param pictures: up to four ``{name, data (base64), alt}``
        :param int account_id: as whom; see `twitter_panel`
        :return: see `_twitter_update`
        :raise UserError: what is asked for cannot be done by anybody
        """
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        post_id = self._twitter_checked_request(request_uid, kind, post_id)
        refused = self._twitter_refused_before(request_uid)
        if refused:
            return self._twitter_update(account, post_id, row_id=refused.id)
        images = self._twitter_images(pictures, kind)
        problem = self._twitter_hindrance(kind, post_id, images, account)
        if problem:
            return self._twitter_update(account, post_id, problem=problem)
        self._twitter_check_publishable(kind, text, images, account)
        values, errand = self._twitter_outgoing(
            request_uid, kind, post_id, text, images, account
        )
        return self._twitter_carry_out(values, errand, account)

    def _twitter_refused_before(self, request_uid):
        """The row of a request that arrives again after X has refused it.

        What X's refusal has taught must not stand in place of X's reason.
        """
        # sudo: twitter.engagement - the domain holds to the user's own rows
        rows = self.env["twitter.engagement"].sudo()
        return rows.search(
            [
                ("request_uid", "=", request_uid),
                ("user_id", "=", self.env.uid),
                ("state", "=", "refused"),
            ]
        )

    def _twitter_carry_out(self, values, errand, account):
        """Write the intention down, have X do it, write down how it ended."""
        engagements = self.env["twitter.engagement"]
        try:
            row_id, is_new = engagements._begin(values)
        except Busy as problem:
            return self._twitter_update(account, errand.post_id, problem=problem)
        if not is_new:
            return self._twitter_update(account, errand.post_id, row_id=row_id)
        outcome = engagements._carry_out(account, errand)
        if not engagements._end(row_id, outcome):
            return self._twitter_unwritten(outcome)
        self._twitter_note_relation(errand.kind, outcome, account)
        return self._twitter_update(
            account, errand.post_id, row_id=row_id, problem=outcome.problem
        )

    def twitter_check(self, engagement_id, account_id=0):
        """Ask X what became of something that it did not answer, or of an intent.

        :param int account_id: as which the panel is shown
        :return: see `_twitter_update`
        """
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        row = self._twitter_engagement_of_user(engagement_id)
        problem = None
        try:
            if row.route == "intent":
                self._twitter_check_intent(row, account)
            elif row._can_check():
                row._find_out()
        except XProblem as met:
            problem = met
        return self._twitter_update(
            account, row.post_id or "", row_id=row.id, problem=problem
        )

    # ------------------------------------------------------------
    # PUBLIC: STORED ONLY
    # ------------------------------------------------------------

    def twitter_open_intent(self, request_uid, kind, post_id="", text="", account_id=0):
        """Write down that X's own page for something was opened.

        :return: see `_twitter_update`
        """
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        post_id = self._twitter_checked_request(request_uid, kind, post_id)
        self._twitter_check_possible(kind, post_id, account)
        values = self._twitter_row(
            request_uid, kind, post_id, self.env["twitter.account"]
        )
        values.update(
            route="intent",
            state="opened",
            intention=f"intent:{request_uid}",
            text=text if ACTIONS[kind].has_text else False,
        )
        row_id, _is_new = self.env["twitter.engagement"]._begin(values)
        return self._twitter_update(account, post_id, row_id=row_id)

    def twitter_answer(self, engagement_id, done, account_id=0):
        """What the user says of an intent, or of what X did not answer.

        :param bool done: whether it was done on X
        :param int account_id: as which the panel is shown
        :return: see `_twitter_update`
        """
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        row = self._twitter_engagement_of_user(engagement_id)
        row._answer("done" if done else "not_done")
        return self._twitter_update(account, row.post_id or "", row_id=row.id)

    def twitter_engagement_state(self, request_uid, account_id=0):
        """How a request stands whose answer was lost.

        :param int account_id: as which the panel is shown
        :return: see `_twitter_update`; ``engagement`` is False where it never arrived
        """
        self._twitter_check("read")
        # sudo: twitter.engagement - the domain holds to the user's own rows
        row = (
            self.env["twitter.engagement"]
            .sudo()
            .search([("request_uid", "=", request_uid), ("user_id", "=", self.env.uid)])
        )
        account = self._twitter_account(account_id)
        return self._twitter_update(account, row.post_id or "", row_id=row.id)

    # ------------------------------------------------------------
    # WHOSE
    # ------------------------------------------------------------

    def _twitter_engagement_of_user(self, engagement_id):
        """
        :raise UserError: no such engagement of this record and this user
        """
        accounts = self._twitter_accounts()
        # sudo: twitter.engagement - the domain, and what follows, say whose
        row = (
            self.env["twitter.engagement"]
            .sudo()
            .search(
                [
                    ("id", "=", engagement_id),
                    (self._twitter_column(), "=", self.id),
                ]
            )
        )
        if not (row and row._is_of_user(accounts)):
            raise UserError(self.env._("This is not on the record any more."))
        return row

    def _twitter_check_intent(self, row, account):
        """Whether X shows that the person is followed, or not any more."""
        profile = row.profile_id._current()
        is_follow = row.kind in ("follow", "unfollow")
        if not (profile.twitter_id and account and is_follow):
            return
        with account._x_session() as x:
            page = x.profiles_by_id([profile.twitter_id], connection=True)
        value = XProblem.only_item(self.env, page)
        self._twitter_keep_relation(account, value.id, profile.id, value.connection)
        if row.state != "opened":
            return
        said = {"following", "follow_request_sent"} & set(value.connection)
        if bool(said) != (row.kind == "follow"):
            raise XProblem(self.env, "not_shown", self._twitter_denial(row, account))
        is_pending = "following" not in said
        row._end(row.id, Outcome("done", following="pending" if is_pending else ""))

    def _twitter_denial(self, row, account):
        names = {"account": account.username, "person": row.handle}
        if row.kind == "follow":
            return self.env._(
                "X does not show that @%(account)s follows @%(person)s. Was somebody"
                " else logged in on x.com?",
                **names,
            )
        return self.env._(
            "X still shows that @%(account)s follows @%(person)s. Was somebody else"
            " logged in on x.com?",
            **names,
        )
