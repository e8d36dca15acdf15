import base64

from odoo import fields, models
from odoo.exceptions import UserError

from .x_problem import XProblem

# The picture X shows for those who have none.
NO_PICTURE = "default_profile"


class TwitterProfileMixin(models.AbstractModel):
    """What the panel takes over from X to the CRM: a contact's image, a website."""

    _inherit = "twitter.profile.mixin"

    # For who erases the person: what a colleague typed is not X's, though it be alike.
    twitter_website = fields.Char(
        string="Website Taken from X",
        copy=False,
        groups=fields.NO_ACCESS,
        index="btree_not_null",
        help="As it was taken over",
    )

    # ------------------------------------------------------------
    # PUBLIC: TALKS TO X
    # ------------------------------------------------------------

    def twitter_fetch_photo(self):
        """Fetch the profile's picture, at most once a day, for `twitter_use_photo`.

        :return: ``{"problem"}``
        """
        self._twitter_check("read")
        profile = self._twitter_profile()
        try:
            url = self._twitter_picture_url(profile)
            if not url:
                raise XProblem(self.env, "gone")
            if not self._twitter_stored_picture(profile):
                data, _mimetype = self.env["twitter.account"]._fetch_image(url)
                stored = {"url": url, "data": base64.b64encode(data).decode()}
                cache = self.env["twitter.cache"]
                cache._put(self._twitter_picture_key(profile), stored, profile.id)
        except XProblem as problem:
            return {"problem": problem.to_dict()}
        return {"problem": False}

    # ------------------------------------------------------------
    # PUBLIC: STORED ONLY
    # ------------------------------------------------------------

    def twitter_use_photo(self, replace=False):
        """Make the fetched picture the contact's image; a lead's, its customer's.

        :param bool replace: also over an image the contact has
        :return: ``{"panel", "question"}``: what to ask before `replace`, or ''
        :raise UserError: there is nobody to set it on, or nothing fetched
        :raise AccessError: the user may not write the contact
        """
        self._twitter_check("read")
        partner = self._twitter_photo_partner()
        reason = self._twitter_photo_reason(partner)
        if reason:
            raise UserError(reason)
        partner.check_access("write")
        question = ""
        if self._twitter_has_image(partner) and not replace:
            question = self.env._(
                "%(name)s has an image already. Replace it by the picture on X?",
                name=partner.display_name,
            )
        else:
            profile = self._twitter_profile()
            picture = self._twitter_stored_picture(profile)
            if not picture:
                # X has another one since, or the day has ended.
                raise UserError(
                    self.env._(
                        "The picture is not at hand any more. Please try once more: it"
                        " is fetched from X again."
                    )
                )
            self.env["twitter.photo"]._set_on(partner, profile, picture)
        return {"panel": self.twitter_panel(), "question": question}

    def twitter_undo_photo(self):
        """Give the contact the image back that X's picture replaced.

        :return: see `twitter_panel`
        :raise AccessError: the user may not write the contact
        """
        self._twitter_check("read")
        partner = self._twitter_photo_partner()
        if partner:
            partner.check_access("write")
            self.env["twitter.photo"]._of(partner)._take_back()
        return self.twitter_panel()

    def twitter_fill_website(self):
        """Take over the website of the profile, where the record has none.

        :return: see `twitter_panel`
        :raise AccessError: the user may not write the record
        """
        self._twitter_check("write")
        website = self._twitter_website_dict()
        if website["can_fill"]:
            self.website = website["url"]
            # sudo: own model - as Odoo writes it; the user has just been checked
            self.sudo().twitter_website = self.website
        return self.twitter_panel()

    # ------------------------------------------------------------
    # PARTS OF THE PANEL
    # ------------------------------------------------------------

    def _twitter_photo_dict(self):
        """``{can_use, target, has_image, can_undo, reason}``."""
        partner = self._twitter_photo_partner()
        reason = self._twitter_photo_reason(partner)
        photos = self.env["twitter.photo"]._of(partner)
        return {
            "can_use": not reason,
            "target": partner.display_name or "",
            "has_image": self._twitter_has_image(partner),
            "can_undo": bool(photos._still_set()) and partner.has_access("write"),
            "reason": reason,
        }

    def _twitter_website_dict(self):
        """``{can_fill, url}``: of the profile, for a record that has no website."""
        url = self._twitter_profile().url or ""
        if not url.lower().startswith(("https://", "http://")):
            url = ""
        can_fill = bool(url) and not self.website and self.has_access("write")
        return {"can_fill": can_fill, "url": url}

    # ------------------------------------------------------------
    # HOOKS AND PARTS
    # ------------------------------------------------------------

    def _twitter_photo_partner(self):
        """The contact whose image the picture may become, if the user may read it."""
        raise NotImplementedError

    def _twitter_photo_reason(self, partner):
        """Why the profile's picture cannot be used as the contact's image, or ''."""
        profile = self._twitter_profile()
        if not self._twitter_picture_url(profile):
            if not profile.fetched_at:
                return self.env._("The profile was not read from X yet.")
            return self.env._("There is no picture of this person on X.")
        if not partner:
            return self.env._("There is no contact of this person yet to have it.")
        if not partner.has_access("write"):
            return self.env._("You may not change this contact.")
        return ""

    def _twitter_picture_url(self, profile):
        """Address of the profile's largest square picture, or ''."""
        url = profile.image_url or ""
        if not url or NO_PICTURE in url:
            return ""
        return profile._to_value().image_url_of("400x400")

    def _twitter_picture_key(self, profile):
        return f"photo:{profile.id}"

    def _twitter_stored_picture(self, profile):
        """The bytes of the picture the profile has now, where fetched today."""
        cache = self.env["twitter.cache"]
        stored, _read_at = cache._get(self._twitter_picture_key(profile))
        if not stored or stored["url"] != self._twitter_picture_url(profile):
            return b""
        return base64.b64decode(stored["data"])

    def _twitter_has_image(self, partner):
        return partner.id in self.env["twitter.photo"]._checksums(partner)
