import logging
import time
from dataclasses import dataclass

from odoo import api, models

from ..x_api import (
    XAlready,
    XDuplicate,
    XError,
    XGone,
    XLinkExpired,
    XNotAllowed,
    XNotSent,
    XOutOfCredits,
    XPlanForbids,
    XRefused,
    XReplyForbidden,
    XStopped,
    XTooMany,
    price_of_post,
)
from .twitter_action import ACTIONS
from .twitter_engagement_outbox import Outcome
from .x_problem import XProblem, words_of

_logger = logging.getLogger(__name__)

# From when it was written down. Pictures go up before; what follows takes X and us less
# than what is left of `SENDING_AT_MOST`.
SENT_WITHIN = 120  # seconds

# The first class that fits is taken, so a subclass stands before its parent.
REFUSALS = (
    (XPlanForbids, "plan"),
    (XReplyForbidden, "reply_rule"),
    (XNotAllowed, "not_allowed"),
    (XDuplicate, "duplicate"),
    (XTooMany, "too_many"),
    (XOutOfCredits, "credits"),
    (XGone, "gone"),
    (XRefused, "other"),
)


@dataclass(frozen=True)
class Errand:
    """What is to be done on X: plain values, as no record is read while X is asked.

    ``pictures`` are (bytes, mimetype, alternative text); ``until`` is on the clock of
    the day, as the row's date is.
    """

    kind: str
    me_id: str
    until: float
    profile_id: str = ""
    post_id: str = ""
    text: str = ""
    pictures: tuple = ()
    is_summoned_reply: bool = False


class TooLate(Exception):
    """Preparing took so long that others take it for lost: it is not sent any more."""


class TwitterEngagement(models.Model):
    """Carrying out at X what was written down, once."""

    _inherit = "twitter.engagement"

    @api.model
    def _carry_out(self, account, errand):
        """Ask X to do it; never raises what X has to say.

        :param account: as which
        :param Errand errand: what
        :rtype: Outcome
        """
        sent = []
        try:
            return self._carry_out_at_x(account, errand, sent)
        except XProblem as problem:
            # Met at the door, or X refused the token: nothing was carried out.
            return Outcome("not_done", reason=problem.args[0], problem=problem)
        except TooLate:
            return self._not_sent()
        except Exception:
            # Nobody else would write down how it ended.
            _logger.exception("An engagement with X ended unexpectedly")
            return self._unanswered() if sent else self._not_sent()

    @api.model
    def _carry_out_at_x(self, account, errand, sent):
        with account._x_session() as x:
            try:
                return self._send(x, errand, sent)
            except XLinkExpired:
                raise  # the door marks the connection
            except XError as error:
                return self._outcome_of(error, errand, bool(sent))

    @api.model
    def _send(self, x, errand, sent):
        """
        :param sent: gets an item right before X is asked for what cannot be repeated
        """
        media_ids = self._upload_pictures(x, errand)
        if time.time() > errand.until:
            raise TooLate
        sent.append(errand.kind)
        answer = _SENDERS[errand.kind](x, errand, media_ids)
        if errand.kind == "follow":
            return Outcome("done", following=answer)
        if answer is False:
            return self._unanswered()  # X says that it deleted nothing
        return Outcome("done", result_id=answer or "")

    @api.model
    def _upload_pictures(self, x, errand):
        """X's ids of the pictures; not seen by anybody before the post is."""
        results = x.together(
            *(
                lambda data=data, mimetype=mimetype: x.upload_image(data, mimetype)
                for data, mimetype, _alt in errand.pictures
            )
        )
        self._raise_first(results)
        described = [
            (media_id, alt)
            for media_id, (_data, _mimetype, alt) in zip(
                results, errand.pictures, strict=True
            )
            if alt
        ]
        self._raise_first(
            x.together(
                *(
                    lambda media_id=media_id, alt=alt: x.describe_image(media_id, alt)
                    for media_id, alt in described
                )
            )
        )
        return results

    @api.model
    def _raise_first(self, results):
        for result in results:
            if isinstance(result, XError):
                raise result

    @api.model
    def _outcome_of(self, error, errand, was_sent):
        """How it stands after X's refusal, or its silence.

        :param was_sent: whether it can have been carried out at all
        """
        problem = XProblem.of(self.env, error)
        # How much of a limit or of the money is left, X says in words of its own.
        is_told = (
            isinstance(error, (XTooMany, XOutOfCredits)) or type(error) is XRefused
        )
        reason = (not is_told and words_of(error)) or problem.args[0]
        cost = self._cost_of_pictures(errand) if was_sent else None
        if isinstance(error, XStopped):
            return Outcome("not_done", reason=reason, cost=cost, problem=problem)
        if isinstance(error, XAlready):
            following = "pending" if "request" in reason.lower() else "following"
            return Outcome(
                "done", reason=reason, refusal="already", cost=0, following=following
            )
        if isinstance(error, XGone) and errand.kind == "delete":
            return Outcome("done", reason=reason, cost=0)
        for kind, refusal in REFUSALS:
            if isinstance(error, kind):
                return Outcome(
                    "refused",
                    reason=reason,
                    refusal=refusal,
                    cost=cost,
                    problem=problem,
                )
        if not was_sent or isinstance(error, XNotSent):
            return self._not_sent(cost)
        return self._unanswered()

    @api.model
    def _not_sent(self, cost=None):
        problem = XProblem(self.env, "not_sent")
        return Outcome("not_done", reason=problem.args[0], cost=cost, problem=problem)

    @api.model
    def _unanswered(self):
        problem = XProblem(self.env, "unknown")
        return Outcome("unknown", reason=problem.args[0], problem=problem)

    @api.model
    def _cost_of(self, errand):
        """What X bills for it once it is done, in USD."""
        name = ACTIONS[errand.kind].price
        if ACTIONS[errand.kind].has_text:
            name = price_of_post(
                errand.text, is_summoned_reply=errand.is_summoned_reply
            )
        price = self.env["twitter.price"]._of(name)
        return price + self._cost_of_pictures(errand)

    @api.model
    def _cost_of_pictures(self, errand):
        """What X bills for alternative texts, also of a post it then refuses."""
        described = sum(bool(alt) for _data, _mimetype, alt in errand.pictures)
        return described * self.env["twitter.price"]._of("media_metadata")


def _create(x, errand, media_ids):
    answers = {"reply": "reply_to", "quote": "quote_of"}
    about = {answers[errand.kind]: errand.post_id} if errand.kind in answers else {}
    return x.create_post(
        errand.text,
        media_ids=tuple(media_ids),
        is_summoned_reply=errand.is_summoned_reply,
        **about,
    ).id


def _repost(x, errand, _media_ids):
    made = x.repost(errand.me_id, errand.post_id)
    # X does not say which of the two posts its "rest_id" names.
    return "" if made == errand.post_id else made


def _unrepost(x, errand, _media_ids):
    x.unrepost(errand.me_id, errand.post_id)


def _like(x, errand, _media_ids):
    x.like(errand.me_id, errand.post_id)


def _unlike(x, errand, _media_ids):
    x.unlike(errand.me_id, errand.post_id)


def _follow(x, errand, _media_ids):
    return x.follow(errand.me_id, errand.profile_id)


def _unfollow(x, errand, _media_ids):
    x.unfollow(errand.me_id, errand.profile_id)


def _delete(x, errand, _media_ids):
    return x.delete_post(errand.post_id) and ""


# How each kind is asked of X. What is made there has an id, which is returned; a follow
# returns how it stands, and a deletion that deleted nothing False.
_SENDERS = {
    **dict.fromkeys(("post", "mention", "reply", "quote"), _create),
    "repost": _repost,
    "unrepost": _unrepost,
    "like": _like,
    "unlike": _unlike,
    "follow": _follow,
    "unfollow": _unfollow,
    "delete": _delete,
}
