from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command


class ResUsers(models.Model):
    _inherit = "res.users"

    twitter_share_connection = fields.Boolean(
        string="Share My Connection for Refreshing",
        copy=False,
        help="The CRM may refresh shared profiles with my connection. It reads with it"
        " what everybody on X can read, and does nothing in my name.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["twitter_share_connection"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["twitter_share_connection"]

    def write(self, vals):
        """An archived user is disconnected from X at once, and stays so."""
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            self.env["twitter.account"]._expel(self)
        return result

    def unlink(self):
        """So is a deleted one."""
        self.env["twitter.account"]._expel(self)
        return super().unlink()

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_twitter_grant(self):
        """Give the permission *Social Integration* to `self`, one by one.

        :return: a notification that says who has it now, and who cannot have it
        :raise AccessError: the caller does not manage access rights
        """
        self._twitter_check_may_grant()
        group = self.env.ref("crm_twitter.group_social_integration")
        external = self.filtered("share")
        (self - external).write({"group_ids": [Command.link(group.id)]})
        sentences = []
        if self - external:
            sentences.append(
                self.env._(
                    "These users have Social Integration: %s.",
                    self._twitter_names(self - external),
                )
            )
        if external:
            sentences.append(
                self.env._(
                    "Portal users cannot have it: %s.", self._twitter_names(external)
                )
            )
        return self._twitter_notification(sentences, warning=bool(external))

    def action_twitter_remove(self):
        """Take the permission *Social Integration* from `self`.

        It is taken where it was given to a user; what a user has through another group,
        such as Sales while the setting is on, stays and is named.

        :return: a notification that says who no longer has it, and who still has it
            through what
        :raise AccessError: the caller does not manage access rights
        """
        self._twitter_check_may_grant()
        group = self.env.ref("crm_twitter.group_social_integration")
        self.write({"group_ids": [Command.unlink(group.id)]})
        sources = {user: user._twitter_permission_sources() for user in self}
        keeping = self.filtered(sources.get)
        sentences = []
        if self - keeping:
            sentences.append(
                self.env._(
                    "These users do not have Social Integration any more: %s.",
                    self._twitter_names(self - keeping),
                )
            )
        sentences += [
            self.env._(
                "%(user)s still has it through %(groups)s.",
                user=user.name,
                groups=", ".join(sources[user].mapped("full_name")),
            )
            for user in keeping
        ]
        if keeping:
            sentences.append(
                self.env._(
                    "Whether salespeople and administrators have it is decided in the"
                    " settings of the CRM."
                )
            )
        return self._twitter_notification(sentences, warning=bool(keeping))

    def _twitter_permission_sources(self):
        """The groups of this user that bring the permission along."""
        self.ensure_one()
        group = self.env.ref("crm_twitter.group_social_integration")
        return self.group_ids.filtered(lambda other: group in other.all_implied_ids)

    def _twitter_check_may_grant(self):
        """
        :raise AccessError: the caller does not manage access rights
        """
        if not self.env.user.has_group("base.group_erp_manager"):
            raise AccessError(
                self.env._("Only those who manage access rights can do this.")
            )

    def _twitter_names(self, users):
        return ", ".join(users.mapped("name"))

    def _twitter_notification(self, sentences, warning):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Social Integration"),
                "message": " ".join(sentences),
                "type": "warning" if warning else "success",
                "sticky": warning,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
