from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.sql import column_exists, create_column

from .match_evidence import Known
from .twitter_account import PERMISSION
from .twitter_profile_mixin import KEYS


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "twitter.profile.mixin"]
    _twitter_computed_from = frozenset({"partner_id"})

    # The three follow the customer one way: what the customer has is taken over, also
    # when it changes (see res.partner); what is changed here stays here.
    twitter_handle = fields.Char(
        compute="_compute_twitter_handle", store=True, readonly=False, tracking=50
    )
    twitter_profile_id = fields.Many2one(
        compute="_compute_twitter_handle", store=True, readonly=False
    )
    twitter_basis = fields.Selection(
        compute="_compute_twitter_handle", store=True, readonly=False, tracking=51
    )
    twitter_engagement_ids = fields.One2many(
        "twitter.engagement", "lead_id", string="X Engagements", groups=PERMISSION
    )

    twitter_interaction_id = fields.Many2one(
        "twitter.interaction",
        string="Made From X Post",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=PERMISSION,
    )

    # What was typed and is no handle: few, and looked through for suggestions.
    _twitter_typed_index = models.Index(
        "(id) WHERE twitter_handle IS NOT NULL AND twitter_profile_id IS NULL"
    )

    def _auto_init(self):
        # Columns made here are not computed: no lead's customer has a handle yet.
        for name, column_type in (
            ("twitter_handle", "varchar"),
            ("twitter_profile_id", "int4"),
            ("twitter_basis", "varchar"),
        ):
            if not column_exists(self.env.cr, "crm_lead", name):
                create_column(self.env.cr, "crm_lead", name, column_type)
        return super()._auto_init()

    @api.depends("partner_id")
    def _compute_twitter_handle(self):
        for lead in self:
            partner = lead.partner_id
            source = partner if partner.twitter_handle else lead
            lead.twitter_handle = source.twitter_handle
            lead.twitter_profile_id = source.twitter_profile_id
            lead.twitter_basis = source.twitter_basis

    # ------------------------------------------------------------
    # MERGE AND CONVERT
    # ------------------------------------------------------------

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        """The handle goes to the person, not also to the company made with them."""
        values = super()._prepare_customer_values(
            partner_name, is_company=is_company, parent_id=parent_id
        )
        if not is_company or not self.contact_name:
            values.update(
                twitter_handle=self.twitter_handle,
                twitter_profile_id=self.twitter_profile_id.id,
                twitter_basis=self.twitter_basis,
            )
        return values

    def _merge_get_fields(self):
        return [*super()._merge_get_fields(), *sorted(KEYS)]

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        # sudo: crm.lead - who merges need not have the permission
        post = (self | opportunities).sudo().twitter_interaction_id[:1]
        if post:
            self.sudo().twitter_interaction_id = post
        # sudo: crm.lead - which website is X's, whoever merges
        self.sudo().twitter_website = next(
            filter(None, (self | opportunities).sudo().mapped("twitter_website")), False
        )
        # The merged leads are deleted next, and their events would go with them.
        # sudo: twitter.association - the ledger is written by the server alone
        events = self.env["twitter.association"].sudo()
        events.search([("lead_id", "in", opportunities.ids)]).lead_id = self
        done = opportunities._twitter_engagements()
        done.lead_id = self
        done._share_with_customers()
        return result

    def _twitter_log_changes(self, before):
        result = super()._twitter_log_changes(before)
        if before:
            # A lead that is just being made was not used to do anything yet.
            customers = self.filtered("partner_id")
            customers._twitter_engagements()._share_with_customers()
        return result

    # ------------------------------------------------------------
    # MADE FROM A POST
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._twitter_check_post()
        return leads

    def write(self, vals):
        result = super().write(vals)
        if vals.get("twitter_interaction_id"):
            self._twitter_check_post()
        return result

    def _twitter_check_post(self):
        """
        :raise AccessError: made from what the user may not read
        """
        # sudo: crm.lead - who makes a lead need not have the permission
        posts = self.sudo().twitter_interaction_id.with_env(self.env)
        if posts:
            posts.check_access("read")
            # sudo: res.company - which boards are told
            posts._announce(posts.sudo().company_id)

    @api.depends("twitter_interaction_id")
    def _compute_twitter_interaction_count(self):
        return super()._compute_twitter_interaction_count()

    def _twitter_said_elsewhere(self, profiles):
        posts = self.twitter_interaction_id._filtered_access("read")
        return self.filtered(
            lambda lead: lead.twitter_interaction_id in posts
            and lead.twitter_interaction_id.author_id.profile_id.id != profiles[lead]
        )

    @api.model
    def _twitter_said_domain(self, profiles, said):
        domain = super()._twitter_said_domain(profiles, said)
        return domain | Domain("twitter_interaction_id", "in", said)

    def _twitter_interaction_domain(self):
        made_from = Domain("id", "in", self.twitter_interaction_id.ids)
        return super()._twitter_interaction_domain() | made_from

    # ------------------------------------------------------------
    # X PROFILE
    # ------------------------------------------------------------

    @api.model
    def _twitter_source(self, vals):
        return self.env["res.partner"].browse(vals.get("partner_id"))

    @api.model
    def _twitter_column(self):
        return "lead_id"

    def _twitter_record_columns(self):
        """The lead, and the person as well."""
        # sudo: res.partner - only whether the customer is a person
        customer = self.sudo().partner_id
        partner_id = not customer.is_company and customer.id
        return {**super()._twitter_record_columns(), "partner_id": partner_id}

    def _twitter_person(self):
        self.ensure_one()
        customer = self._twitter_customer()
        return self.contact_name or (not customer.is_company and customer.name) or ""

    def _twitter_customer(self):
        """The customer, if the user may read it; a rule may hide who stands here."""
        customer = self.partner_id
        return customer if customer.has_access("read") else customer.browse()

    def _twitter_kind(self):
        return "opportunity" if self.type == "opportunity" else "lead"

    def _twitter_evidence_of(self):
        return Known(
            person=self._twitter_person(),
            company=self.partner_name
            or self._twitter_customer().commercial_company_name
            or "",
            website=self.website or "",
            email=self.email_from or "",
            city=self.city or "",
            country=self.country_id.name or "",
        )

    def _twitter_photo_partner(self):
        customer = self._twitter_customer()
        return customer.browse() if customer.is_company else customer
