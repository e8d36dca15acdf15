from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from .twitter_profile import ARCHIVED_TOO

SOURCE_XMLID, SOURCE_NAME = "utm.utm_source_twitter", "X"


class TwitterInteraction(models.Model):
    """A lead or a contact made from what somebody said: Odoo's own form, filled in.

    The user reviews it and saves; nothing is written before. The post's words stay on
    X: what the record keeps is a link to it, and its date.
    """

    _inherit = "twitter.interaction"

    # For who may read leads: of others, the board knows that there are some.
    lead_ids = fields.One2many(
        "crm.lead",
        "twitter_interaction_id",
        string="Leads Made From It",
        context=ARCHIVED_TOO,
        readonly=True,
        groups="sales_team.group_sale_salesman",
    )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_create_lead(self):
        """Open a new lead, or an opportunity where leads are not used, filled in.

        :raise AccessError: no permission, or the user may not create leads
        """
        self._twitter_check("read")
        leads = self.env["crm.lead"]
        if not leads.has_access("create"):
            raise AccessError(
                self.env._(
                    "You need a right in Sales to create leads. An administrator can"
                    " give it to you."
                )
            )
        uses_leads = self.env.user.has_group("crm.group_use_lead")
        return self._making_action(
            leads,
            self.env._("New Lead") if uses_leads else self.env._("New Opportunity"),
            {
                "type": "lead" if uses_leads else "opportunity",
                "name": self._making_title(),
                "contact_name": self._making_person(),
                "description": self._making_note(),
                "source_id": self._making_source().id,
                "company_id": self.company_id.id,
                "user_id": self.env.uid,
            },
        )

    def action_create_contact(self):
        """Open a new contact, filled in; shared by the companies, as Odoo's own are.

        :raise AccessError: no permission, or the user may not create contacts
        """
        self._twitter_check("read")
        partners = self.env["res.partner"]
        if not partners.has_access("create"):
            raise AccessError(
                self.env._(
                    "You need the right to create contacts. An administrator can give"
                    " it to you."
                )
            )
        return self._making_action(
            partners,
            self.env._("New Contact"),
            {
                "name": self._making_person(),
                "comment": self._making_note(),
                "user_id": self.env.uid,
            },
        )

    def _making_action(self, records, name, values):
        # sudo: twitter.profile - its handle is no secret to whoever sees the row
        profile = self.sudo().author_id.profile_id._current()
        values = {
            **values,
            "twitter_handle": profile.handle,
            "twitter_profile_id": profile.id,
            # They said it to the company, for everybody to read.
            "twitter_basis": "public",
            "twitter_interaction_id": self.id,
        }
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": records._name,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
            "context": {
                "dialog_size": "extra-large",
                **{f"default_{field}": value for field, value in values.items()},
            },
        }

    # ------------------------------------------------------------
    # WHAT IS FILLED IN
    # ------------------------------------------------------------

    def _making_title(self):
        """Such as "Mention by Jane Doe (@jane) on X"."""
        return self.env._("%(interaction)s on X", interaction=self.display_name)

    def _making_person(self):
        """The author's name, or the handle if X has not told of them within a day."""
        # sudo: twitter.author - who said it, which whoever sees the row may know
        author = self.sudo().author_id
        is_told = author.seen_at and author.seen_at > self._shown_since()
        name = author.profile_id.name if is_told else ""
        return name or f"@{author.profile_id.handle}"

    def _making_note(self):
        """A link to the post, and its date."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        link = Markup('<a href="%s" target="_blank" rel="noreferrer">%s</a>') % (
            self.url,
            self.url,
        )
        return Markup("<p>%s</p>") % self.env._(
            "%(kind)s on X, %(date)s: %(link)s",
            kind=kinds[self.kind],
            date=format_date(self.env, self.posted_at),
            link=link,
        )

    @api.model
    def _making_source(self):
        """Odoo's own source "X", or another of that name where it was deleted."""
        source = self.env.ref(SOURCE_XMLID, raise_if_not_found=False)
        if source and source._name == "utm.source":
            return source
        mixin = self.env["utm.mixin"]
        return mixin._find_or_create_record("utm.source", SOURCE_NAME)

    # ------------------------------------------------------------
    # THE RECORD THAT WAS MADE
    # ------------------------------------------------------------

    @api.model
    def _made_from(self):
        """The interaction whose dialog this request saves; empty where there is none,
        or the user may not read it."""
        row_id = self.env.context.get("default_twitter_interaction_id")
        if not isinstance(row_id, int) or not self.has_access("read"):
            return self.browse()
        return self.browse(row_id).exists()._filtered_access("read")
