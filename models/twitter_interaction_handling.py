from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .row_lock import lock_rows
from .twitter_account import PERMISSION
from .x_values import iso


class TwitterInteraction(models.Model):
    """What users do with what was said: who looks after it, and that it is done."""

    _inherit = "twitter.interaction"

    # ------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------

    def write(self, vals):
        """Users write who handles it, and its state; the server writes what X told.

        :raise AccessError: the user may not, or it is what X told
        """
        if not self.env.su and any(
            name in self._fields and self._fields[name].readonly for name in vals
        ):
            raise AccessError(self.env._("What X told is not changed here."))
        self.check_access("write")
        # The feed writes the same rows.
        lock_rows(self)
        if "state" in vals:
            self.filtered(lambda row: row.state != vals["state"])._sign(vals["state"])
        result = super().write(vals)
        if vals.keys() & {"state", "user_id"}:
            self._announce(self.company_id)
        return result

    def _sign(self, state):
        """Write who brings these into another state; who was first stays."""
        is_open = state == "new"
        # sudo: twitter.interaction - the server says who it was
        self.sudo().write(
            {
                "handled_by_id": not is_open and self.env.uid,
                "handled_at": not is_open and fields.Datetime.now(),
            }
        )

    @api.model
    def _handler_domain(self):
        permission = self.env.ref(PERMISSION)
        return [("share", "=", False), ("all_group_ids", "in", permission.ids)]

    @api.constrains("user_id", "company_id")
    def _check_handler(self):
        # sudo: res.users - what a colleague may do, whom one asks to look after it
        for row in self.sudo().filtered("user_id"):
            handler = row.user_id
            if handler.share or not handler.has_group(PERMISSION):
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot look after this: the permission “Social"
                        " Integration” is needed for it.",
                        user=handler.name,
                    )
                )
            if row.company_id not in handler.company_ids:
                raise ValidationError(
                    self.env._(
                        "This was said to %(company)s, where %(user)s does not work.",
                        user=handler.name,
                        company=row.company_id.name,
                    )
                )

    # ------------------------------------------------------------
    # PUBLIC
    # ------------------------------------------------------------

    def action_handle(self):
        """Mark these handled."""
        return self._become("handled")

    def action_ignore(self):
        """Mark these as nothing to handle."""
        return self._become("ignored")

    def action_reopen(self):
        """Have these open again."""
        return self._become("new")

    def change_state(self, state, seen):
        """Have it in another state, unless somebody else was there meanwhile.

        :param str state: ``new``, ``handled`` or ``ignored``
        :param dict seen: ``{state, handled_at}`` as the user's card has them
        :return: ``{changed, message, card}``; ``message`` says who was first, or is ''
        :raise AccessError: the user lacks the permission, or does not see it
        """
        self.env["twitter.account"]._check_permission()
        self.ensure_one()
        self.check_access("write")
        lock_rows(self)
        is_as_seen = self.state == seen.get("state") and iso(
            self.handled_at
        ) == seen.get("handled_at", "")
        if is_as_seen:
            self._become(state)
        return {
            "changed": is_as_seen,
            "message": "" if is_as_seen else self._said_meanwhile(),
            "card": self.card,
        }

    # ------------------------------------------------------------
    # PARTS
    # ------------------------------------------------------------

    def _become(self, state):
        """
        :raise AccessError: the user lacks the permission, or sees not all of them
        """
        self.env["twitter.account"]._check_permission()
        self.write({"state": state})
        return True

    def _said_meanwhile(self):
        # sudo: res.users - the name of a colleague
        words = {"user": self.sudo().handled_by_id.name or ""}
        if self.state == "handled":
            return self.env._("%(user)s has handled this meanwhile.", **words)
        if self.state == "ignored":
            return self.env._("%(user)s has ignored this meanwhile.", **words)
        return self.env._("A colleague has opened this again meanwhile.")
