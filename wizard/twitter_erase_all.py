from odoo import api, fields, models
from odoo.exceptions import UserError


class TwitterEraseAll(models.TransientModel):
    """Has an administrator type what is going to happen before all X data is erased."""

    _name = "twitter.erase.all"
    _description = "Erase All X Data"

    word = fields.Char(compute="_compute_word")
    confirmation = fields.Char(string="Type It to Confirm")

    @api.depends_context("lang")
    def _compute_word(self):
        self.word = self.env._("ERASE ALL")

    @api.model
    def _open(self):
        """
        :raise AccessError: see `_check_may_erase_all`
        """
        self.env["twitter.erasure"]._check_may_erase_all()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Erase All X Data"),
            "res_model": self._name,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }

    def action_erase_all(self):
        """Begin to erase all X data, in the background.

        :return: the way to the report, which tells how far it is
        :raise AccessError: see `_check_may_erase_all`
        :raise UserError: the words were not typed
        """
        self.ensure_one()
        erasures = self.env["twitter.erasure"]
        erasures._check_may_erase_all()
        if (self.confirmation or "").strip().upper() != self.word.upper():
            raise UserError(
                self.env._("Type “%s” to confirm that all of it goes.", self.word)
            )
        return erasures._begin_all()._open()
