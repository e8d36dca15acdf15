from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.twitter_person_finding import Person

# Where one is after the profile that was erased, in the web client's addresses.
PROFILES = "action-crm_twitter.twitter_profile_action"


class TwitterErase(models.TransientModel):
    """Says what will go before a person's X data is erased."""

    _name = "twitter.erase"
    _description = "Erase X Data"

    lead_id = fields.Many2one("crm.lead", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    profile_id = fields.Many2one("twitter.profile", readonly=True)
    handles = fields.Char(compute="_compute_extent")
    extent = fields.Text(string="What Is Held", compute="_compute_extent")

    @api.depends("lead_id", "partner_id", "profile_id")
    def _compute_extent(self):
        for wizard in self:
            person = Person(wizard._record())
            wizard.handles = ", ".join(f"@{handle}" for handle in person.handles)
            wizard.extent = "\n".join(
                f"{words}: {number}"
                for words, number in (
                    (self.env._("Leads"), len(person.leads)),
                    (self.env._("Contacts"), len(person.partners)),
                    (
                        self.env._("Posts on the Social board"),
                        len(person.interactions),
                    ),
                    (
                        self.env._("Posts of others that name them"),
                        len(person.mentions),
                    ),
                    (self.env._("Done on X"), len(person.engagements)),
                    (
                        self.env._("Rows of the match ledger"),
                        len(person.associations),
                    ),
                    (self.env._("Stored answers of X"), len(person.answers)),
                )
                if number
            )

    @api.model
    def _open_for(self, record):
        """Open the dialog for a lead, a contact or a profile.

        :raise AccessError: the user may not erase it
        """
        record.ensure_one()
        self._check(record)
        column = {
            "crm.lead": "lead_id",
            "res.partner": "partner_id",
            "twitter.profile": "profile_id",
        }[record._name]
        # sudo: twitter.erase - the user has just been checked
        wizard = self.sudo().create({column: record.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Erase X Data"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_erase(self):
        """Erase what is held of the person.

        :return: the way to the report of it
        :raise AccessError: the user may not erase it
        :raise UserError: it is gone
        """
        self.ensure_one()
        record = self._record().with_env(self.env).exists()
        if not record:
            raise UserError(self.env._("This was erased or deleted meanwhile."))
        # A profile's own page is gone with its row.
        is_profile = record._name == "twitter.profile"
        behind = PROFILES if is_profile else f"{record._name}/{record.id}"
        report = self.env["twitter.erasure"]._erase_person(self._check(record))
        return report._open(behind)

    @api.model
    def _check(self, record):
        """The person of a record that this user may erase.

        :raise AccessError: the user may not
        """
        erasures = self.env["twitter.erasure"]
        if record._name != "twitter.profile":
            record.check_access("write")
        return erasures._check_may_see(record)

    def _record(self):
        # sudo: own model - which record, of which the user is checked
        own = self.sudo()
        return own.lead_id or own.partner_id or own.profile_id
