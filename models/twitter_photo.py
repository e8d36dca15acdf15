import base64
import io

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.image import ImageProcess

SIZE = 400  # pixels: X's largest square picture
QUALITY = 95
MOST_PIXELS = 4096 * 4096
SWEPT_AT_ONCE = 1000


class TwitterPhoto(models.Model):
    """A contact's image that was taken from X, and what it replaced.

    It says whether the image is still X's: then it leaves with the association, and the
    one before comes back. A contact has one at most, but for merged contacts, which may
    have several for a moment; no constraint stands in the merge's way.
    """

    _name = "twitter.photo"
    _description = "Image Taken from X"
    _order = "id desc"

    partner_id = fields.Many2one(
        "res.partner", required=True, ondelete="cascade", index=True
    )
    profile_id = fields.Many2one(
        "twitter.profile", required=True, ondelete="cascade", index=True
    )
    checksum = fields.Char(required=True, help="Of the image as it was set")
    previous = fields.Binary(attachment=True, help="The image that was replaced")

    # ------------------------------------------------------------
    # SETTING AND TAKING BACK
    # ------------------------------------------------------------

    @api.model
    def _set_on(self, partner, profile, picture):
        """Make a picture of X the contact's image, and remember the one before.

        :param bytes picture: as X's image host gave it
        :raise AccessError: the user may not write the contact
        :raise UserError: Odoo cannot decode the picture
        """
        partner.check_access("write")
        image = self._decoded(picture)
        photos = self._of(partner)
        present = photos._still_set()[:1]
        # What came from X before is not what an "Undo" is to bring back.
        before = present.previous if present else self._image(partner)
        partner.image_1920 = base64.b64encode(image)
        photos.unlink()
        photos.create(
            {
                "partner_id": partner.id,
                "profile_id": profile.id,
                "checksum": self._checksums(partner)[partner.id],
                "previous": before,
            }
        )

    def _take_back(self):
        """Give the contacts the image they had before, where X's is still theirs."""
        for photo in self._still_set():
            photo.partner_id.image_1920 = photo.with_context(bin_size=False).previous
        self.unlink()

    @api.model
    def _leave(self, profiles):
        """Take back the images of `profiles` nobody associates with their contact now.

        Whoever took the association away may not be allowed to write the contact.
        """
        if not profiles:
            return
        # sudo: twitter.photo, twitter.profile - X's picture goes, whoever lets go
        photos, rows = self.sudo(), profiles.sudo()
        rows |= rows._current()
        rows |= rows.search([("superseded_by_id", "in", rows.ids)])
        photos.search([("profile_id", "in", rows.ids)])._untied()._take_back()

    def _untied(self):
        """Those whose profile neither the contact nor a lead of the contact has, or
        which X has taken down."""
        query = SQL("%s AND photo.id = ANY(%s)", self._untied_query(), self.ids)
        return self.browse(row[0] for row in self.env.execute_query(query))

    @api.model
    def _untied_query(self):
        self.env["twitter.profile"].flush_model(["superseded_by_id", "state"])
        self.env["crm.lead"].flush_model(["partner_id", "twitter_profile_id"])
        self.env["res.partner"].flush_model(["twitter_profile_id"])
        self.flush_model()
        return SQL(
            """
            SELECT photo.id
              FROM twitter_photo photo
              JOIN twitter_profile profile ON profile.id = photo.profile_id
              JOIN twitter_profile person
                ON person.id = COALESCE(profile.superseded_by_id, profile.id)
             WHERE (person.state IN ('suspended', 'gone') OR NOT EXISTS (
                    SELECT
                      FROM (SELECT twitter_profile_id
                              FROM res_partner
                             WHERE id = photo.partner_id
                             UNION ALL
                            SELECT twitter_profile_id
                              FROM crm_lead
                             WHERE partner_id = photo.partner_id) record
                      JOIN twitter_profile row ON row.id = record.twitter_profile_id
                     WHERE COALESCE(row.superseded_by_id, row.id) = person.id))
            """
        )

    @api.autovacuum
    def _gc_untied(self):
        """Take back pictures of whom X has taken down, and those that were let go of
        by ways of their own, such as SQL."""
        query = SQL("%s LIMIT %s", self._untied_query(), SWEPT_AT_ONCE)
        photos = self.browse(row[0] for row in self.env.execute_query(query))
        photos._take_back()
        return len(photos), len(photos) == SWEPT_AT_ONCE

    # ------------------------------------------------------------
    # IMAGES
    # ------------------------------------------------------------

    @api.model
    def _of(self, partner):
        """What was taken from X for a contact."""
        # sudo: twitter.photo - rows are the server's; the contact's access is checked
        return self.sudo().search([("partner_id", "in", partner.ids)])

    def _still_set(self):
        """Those whose picture still is the contact's image."""
        checksums = self._checksums(self.partner_id)
        return self.filtered(
            lambda photo: photo.checksum == checksums.get(photo.partner_id.id)
        )

    @api.model
    def _checksums(self, partners):
        """``{contact id: checksum of its image}``; without those who have none."""
        partners.flush_recordset(["image_1920"])
        # sudo: ir.attachment - where Odoo keeps images; no content is given away
        images = self.env["ir.attachment"].sudo()
        found = images.search_fetch(
            [
                ("res_model", "=", "res.partner"),
                ("res_field", "=", "image_1920"),
                ("res_id", "in", partners.ids),
            ],
            ["res_id", "checksum"],
        )
        return {image.res_id: image.checksum for image in found}

    @api.model
    def _image(self, partner):
        return partner.with_context(bin_size=False).image_1920

    @api.model
    def _decoded(self, picture):
        """The picture as Odoo draws it anew: pixels, and nothing else of the file.

        :raise UserError: it cannot be decoded, or has more pixels than X's ever have
        """
        try:
            return self._drawn_anew(picture)
        # Decoders raise whatever a file that was made to break them makes them raise.
        except Exception as error:
            raise UserError(
                self.env._("X's picture cannot be read as an image.")
            ) from error

    @api.model
    def _drawn_anew(self, picture):
        """
        :raise Exception: Pillow's and its decoders', or ValueError
        """
        # Before a pixel is decoded: a few bytes can stand for gigabytes of them.
        with Image.open(io.BytesIO(picture)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("too many pixels")
        process = ImageProcess(picture)
        if not process.image:  # a kind Odoo takes as it is
            raise ValueError("not drawn anew")
        process.resize(SIZE, SIZE)
        return process.image_quality(quality=QUALITY, output_format="JPEG")
