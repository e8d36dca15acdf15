from odoo import models


class IrUiMenu(models.Model):
    """The board has a menu in CRM, and one of its own for those who have no CRM."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        blacklist = super()._load_menus_blacklist()
        own, in_crm, crm = (
            self.env.ref(xmlid, raise_if_not_found=False)
            for xmlid in (
                "crm_twitter.menu_social_root",
                "crm_twitter.menu_social",
                "crm.crm_menu_root",
            )
        )
        # An administrator may have moved the menu in CRM, archived or deleted it.
        if own and in_crm and crm and in_crm.parent_id == crm:
            if {in_crm.id, crm.id} <= self._visible_menu_ids():
                blacklist.append(own.id)
        return blacklist
