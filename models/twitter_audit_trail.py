from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

PERSONAL = (
    "text",
    "media",
    "handle",
    "profile_id",
    "post_id",
    "result_id",
    "reason",
)
UNSETTLED = ("sending", "unknown")
# What X has not answered for as long is not found out any more.
SETTLED_WITHIN = timedelta(days=3)
SWEPT_AT_ONCE = 1000


class TwitterEngagement(models.Model):
    """What becomes of engagements when their lead or contact goes.

    Who of us did what, when, as whom and at what cost is kept; what was about a person
    is not. While it is being found out whether something arrived on X, what that takes
    is kept as well, and swept afterwards.
    """

    _inherit = "twitter.engagement"

    result_url = fields.Char(string="On X", compute="_compute_result_url")

    @api.depends("kind", "result_id", "post_id", "account_handle")
    def _compute_result_url(self):
        for row in self:
            row.result_url = row._url()

    @api.model
    def _without_person(self):
        """Rows of records that are gone, which still say something of a person."""
        return (
            Domain("lead_id", "=", False)
            & Domain("partner_id", "=", False)
            # What was done about a post to the company stays with that.
            & Domain("interaction_id", "=", False)
            & Domain.OR(Domain(name, "!=", False) for name in PERSONAL)
            & (
                Domain("state", "not in", UNSETTLED)
                | Domain("date", "<", fields.Datetime.now() - SETTLED_WITHIN)
            )
        )

    def _forget_person(self):
        """Wipe what is about a person, but for what is still being found out."""
        rows = self.filtered_domain(self._without_person())
        # What is not known to anybody any more is not asked about either.
        rows.write({**dict.fromkeys(PERSONAL, False), "check_at": False})
        rows.flush_recordset()
        rows._forget_intention()

    def _forget_intention(self):
        """It was made of the text and of whom it was for, and holds up the same once
        more."""
        self.env.execute_query(
            SQL(
                "UPDATE twitter_engagement SET intention = 'forgotten:' || id"
                " WHERE id = ANY(%s) RETURNING id",
                self.ids,
            )
        )
        self.invalidate_recordset(["intention"], flush=False)

    @api.autovacuum
    def _gc_person(self):
        rows = self.search(self._without_person(), limit=SWEPT_AT_ONCE)
        rows._forget_person()
        return len(rows), len(rows) == SWEPT_AT_ONCE

    def _share_with_customers(self):
        """Have the customers of leads show what was done on X from the leads.

        A person who became the customer does, and so does whoever bears the very
        profile; not a company that was made beside the person.
        """
        for row in self.filtered(lambda row: not row.partner_id):
            customer = row.lead_id.partner_id
            profile = customer.twitter_profile_id._current()
            theirs = row.profile_id._current()
            if profile:
                is_the_person = not theirs or profile == theirs
            else:
                is_the_person = customer and not customer.is_company
            if is_the_person:
                row.partner_id = customer
