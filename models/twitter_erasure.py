from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# The action's place in the web client's addresses.
REPORTS = "action-crm_twitter.twitter_erasure_action"
MANAGERS = ("sales_team.group_sale_manager", "base.group_system")
# kind → how the report calls what was erased
KINDS = {
    "profiles": _lt("X profiles"),
    "records": _lt("Handles taken off leads and contacts"),
    "images": _lt("Images of contacts that came from X"),
    "websites": _lt("Websites that came from X"),
    "interactions": _lt("Posts to a company on the Social board"),
    "mentions": _lt("Posts of others that named the account"),
    "engagements": _lt("Texts, posts and persons of what was done on X"),
    "associations": _lt("Rows of the match ledger"),
    "notes": _lt("Notes and messages"),
    "changes": _lt("Tracked changes of handle and basis"),
    "activities": _lt("Activities"),
    "fields": _lt("Texts of leads and contacts that named the account"),
    "answers": _lt("Stored answers of X"),
    "accounts": _lt("Connections to X"),
    "others": _lt("Other rows"),
}


class TwitterErasure(models.Model):
    """The report of an erasure: when, by whom, and how much of what.

    It holds nothing of the person, not even a hash of the handle, which anybody could
    make again from a list of handles; its number is what an answer to the person
    refers to.
    """

    _name = "twitter.erasure"
    _description = "Erasure of X Data"
    _order = "id desc"
    _log_access = False

    scope = fields.Selection(
        [("person", "Person"), ("all", "All X Data")],
        required=True,
        readonly=True,
        default="person",
    )
    user_id = fields.Many2one(
        "res.users",
        string="By",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    date = fields.Datetime(
        string="Begun",
        required=True,
        readonly=True,
        default=lambda self: fields.Datetime.now(),
    )
    ended_at = fields.Datetime(string="Ended", readonly=True)
    counts = fields.Json(readonly=True, help="What was erased, by kind")
    summary = fields.Text(string="What Was Erased", compute="_compute_summary")

    @api.depends("scope", "date")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._("Erasure %s", row.id)

    @api.depends("counts", "ended_at")
    @api.depends_context("lang")
    def _compute_summary(self):
        for row in self:
            counts = row.counts or {}
            lines = [
                f"{self.env._(words)}: {counts[kind]}"
                for kind, words in KINDS.items()
                if counts.get(kind)
            ]
            nothing = self.env._("Nothing was held.")
            if not row.ended_at:
                nothing = self.env._("Nothing yet.")
            row.summary = "\n".join(lines) or nothing

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    @api.model
    def _check_may_answer(self, person=None):
        """Who may erase a person's X data, or give it out.

        Sales managers and administrators who have the permission, and work in each
        company whose data it is: X's data is shared by the companies of a database, and
        one cannot be left half of somebody.

        :param Person person: whom it is about; none: anybody
        :raise AccessError: the user may not
        """
        self.env["twitter.account"]._check_permission()
        if not any(self.env.user.has_group(group) for group in MANAGERS):
            raise AccessError(
                self.env._(
                    "Only sales managers and administrators can erase or export what is"
                    " held of a person on X."
                )
            )
        if person and person.companies - self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "A company in which you do not work holds something of this person,"
                    " too. Ask somebody who works in all companies."
                )
            )

    # ------------------------------------------------------------
    # THE REPORT
    # ------------------------------------------------------------

    @api.model
    def _report(self, counts):
        """Write down that a person was erased.

        :param counts: ``{kind: number}``, see `KINDS`
        """
        now = fields.Datetime.now()
        # sudo: twitter.erasure - rows are written by the server alone
        return self.sudo().create(
            {
                "user_id": self.env.uid,
                "date": now,
                "ended_at": now,
                "counts": {kind: n for kind, n in counts.items() if n},
            }
        )

    def _open(self, *behind):
        """Go to the report by loading the page anew.

        What the browser still shows or keeps of the erased is gone with the page.

        :param behind: the path of the page one comes back to from there; maybe none
        """
        return {
            "type": "ir.actions.act_url",
            "url": "/".join(("/odoo", *behind, REPORTS, str(self.id))),
            "target": "self",
        }
