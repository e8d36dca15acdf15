import base64
import binascii
import re
import time

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..x_api import XRefused, check_image, weigh
from .twitter_action import ACTIONS
from .twitter_engagement_sending import SENT_WITHIN, Errand
from .x_problem import XProblem

_lt = LazyTranslate(__name__)

UID = re.compile(r"[A-Za-z0-9-]{16,64}")
POST_ID = re.compile(r"[0-9]{1,19}")
MOST_PICTURES = 4
MANY_PICTURES = _lt("X takes up to four pictures in a post, or one GIF.")
LONGEST_ALT = 1000  # characters; X's limit


class TwitterActingMixin(models.AbstractModel):
    """What the panel is asked to do on X: checked, and made ready to be sent."""

    _inherit = "twitter.acting.mixin"

    # ------------------------------------------------------------
    # THE REQUEST
    # ------------------------------------------------------------

    def _twitter_checked_request(self, request_uid, kind, post_id):
        """X's id of the post it is about, or ''.

        :raise UserError: the browser sent what is no request of ours
        """
        post_id = str(post_id or "")
        is_request = UID.fullmatch(str(request_uid or "")) and kind in ACTIONS
        if not is_request or not (
            POST_ID.fullmatch(post_id) if ACTIONS[kind].on_post else not post_id
        ):
            raise UserError(self.env._("This cannot be done on X."))
        if kind != "post" and not self._twitter_profile():
            raise UserError(self.env._("Associate the person's profile on X first."))
        return post_id

    def _twitter_check_possible(self, kind, post_id, account):
        """
        :raise UserError: X's own page is no way to do it
        """
        profile = self._twitter_profile()
        person = self._twitter_person_facts(profile, account)
        post = self._twitter_facts_of(post_id, account) if post_id else None
        why_not = self._twitter_routes(account).why_never(kind, person, post)
        if why_not or kind == "delete" or account.company_id:
            raise UserError(why_not or self.env._("This is not done on X's own page."))

    def _twitter_images(self, pictures, kind):
        """``[(bytes, mimetype, alternative text)]``.

        :raise UserError: too many, or none that X takes
        """
        if pictures and (kind == "quote" or not ACTIONS[kind].has_text):
            raise UserError(self.env._("X takes pictures in posts and replies only."))
        if len(pictures) > MOST_PICTURES:
            raise UserError(self.env._(MANY_PICTURES))
        images = []
        for picture in pictures:
            try:
                data = base64.b64decode(picture.get("data") or "", validate=True)
                mimetype = check_image(data)
            except (binascii.Error, ValueError, XRefused) as error:
                raise UserError(
                    self.env._(
                        "“%(name)s” is no picture that X takes: JPG, PNG, GIF or WEBP"
                        " of at most 5 MB (a GIF: 15 MB).",
                        name=picture.get("name") or "",
                    )
                ) from error
            alt = str(picture.get("alt") or "").strip()[:LONGEST_ALT]
            images.append((data, mimetype, alt))
        animated = [kind for _data, kind, _alt in images if kind == "image/gif"]
        if animated and len(images) > 1:
            raise UserError(self.env._(MANY_PICTURES))
        return images

    def _twitter_check_publishable(self, kind, text, images, account):
        """
        :raise UserError: X would not publish this text
        """
        if not ACTIONS[kind].has_text:
            return
        weight = weigh(text)
        blocking = [
            warning["message"]
            for warning in self._twitter_text_warnings(
                weight, text, account, bool(images)
            )
            if warning["blocks"]
        ]
        if blocking:
            raise UserError(" ".join(blocking))

    def _twitter_hindrance(self, kind, post_id, images, account):
        """Why it is not sent from here, as an XProblem, or None."""
        profile = self._twitter_profile()
        person = self._twitter_person_facts(profile, account)
        post = self._twitter_facts_of(post_id, account) if post_id else None
        route = self._twitter_routes(account).of(kind, person, post)
        if route["route"] != "api":
            return XProblem(self.env, "not_allowed", route["reason"])
        if images and not account._has_scopes("media.write"):
            return XProblem(self.env, "no_pictures")
        return None

    # ------------------------------------------------------------
    # WHAT IS WRITTEN DOWN
    # ------------------------------------------------------------

    def _twitter_outgoing(self, request_uid, kind, post_id, text, images, account):
        """The engagement's columns, and the errand: all that sending needs, as no
        record is read while X is asked."""
        action = ACTIONS[kind]
        if kind in ("post", "mention"):
            kind = "mention" if self._twitter_is_mention(text) else "post"
        profile = self._twitter_profile()
        values = self._twitter_row(request_uid, kind, post_id, account)
        target = post_id
        if action.family == "follow":
            target = profile.twitter_id
        values.update(
            route="api",
            state="sending",
            text=text if action.has_text else False,
            media=[
                {"mimetype": mimetype, "alt": alt} for _data, mimetype, alt in images
            ],
            intention=self.env["twitter.engagement"]._intention_of(
                kind, account, target, text, [data for data, _type, _alt in images]
            ),
        )
        errand = Errand(
            kind=kind,
            me_id=account.twitter_id,
            until=time.time() + SENT_WITHIN,
            profile_id=profile.twitter_id or "",
            post_id=post_id,
            text=text if action.has_text else "",
            pictures=tuple(images),
            is_summoned_reply=self._twitter_is_summoned(kind, post_id, account),
        )
        values["expected_cost"] = self.env["twitter.engagement"]._cost_of(errand)
        return values, errand

    def _twitter_is_summoned(self, kind, post_id, account):
        """Whether X bills a reply as one to somebody else's post."""
        if kind != "reply":
            return False
        facts = self._twitter_facts_of(str(post_id), account)
        return facts.author_id != account.twitter_id

    def _twitter_row(self, request_uid, kind, post_id, account):
        """The columns of an engagement that do not depend on the route."""
        profile, handle = self._twitter_whom(post_id, account)
        company = self.company_id if "company_id" in self._fields else False
        return {
            "request_uid": request_uid,
            "kind": kind,
            "user_id": self.env.uid,
            "company_id": (account.company_id or company or self.env.company).id,
            "account_id": account.id,
            "account_handle": account.username,
            "is_brand": bool(account.company_id),
            "profile_id": profile.id,
            "handle": handle,
            "post_id": post_id or False,
            **self._twitter_record_columns(),
        }

    def _twitter_whom(self, post_id, account):
        """(profile, handle) of whom it is done to.

        The panel shows posts of others, too, that the person quoted or reposted: what
        is done to these does not reach out to the person.
        """
        profile = self._twitter_profile()
        shown = post_id and self._twitter_shown_post(post_id, account)
        if shown and shown[1].id != profile.twitter_id:
            return profile.browse(), shown[1].handle
        return profile, profile.handle

    def _twitter_is_mention(self, text):
        handle = self._twitter_profile().handle
        return bool(
            handle and re.search(rf"(?<!\w)@{re.escape(handle)}\b", text, re.IGNORECASE)
        )
