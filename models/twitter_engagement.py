from odoo import api, fields, models
from odoo.fields import Domain

KINDS = [
    ("post", "Post"),
    ("mention", "Mention"),
    ("reply", "Reply"),
    ("quote", "Quote"),
    ("repost", "Repost"),
    ("unrepost", "Undo Repost"),
    ("like", "Like"),
    ("unlike", "Unlike"),
    ("follow", "Follow"),
    ("unfollow", "Unfollow"),
    ("delete", "Delete"),
]
# What reaches the person; a post that does not name them, or what undoes, does not.
TOUCHES = ("mention", "reply", "quote", "repost", "like", "follow")
TOUCH_DOMAIN = (
    Domain("state", "=", "done")
    & Domain("deleted_at", "=", False)
    & Domain("kind", "in", TOUCHES)
    # Not what was done to a post of somebody else, nor what was so before.
    & Domain("profile_id", "!=", False)
    & Domain("refusal", "=", False)
)


class TwitterEngagement(models.Model):
    """Something done on X from here: outbox and audit trail in one.

    A row is written, and committed, before X is asked, and says afterwards how it
    stands on X. A second arrival of the same `request_uid` finds the row. Rows are
    written by the server alone.
    """

    _name = "twitter.engagement"
    _inherit = ["twitter.record.row.mixin"]
    _description = "X Engagement"
    _order = "date desc, id desc"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    route = fields.Selection(
        [("api", "From Here"), ("intent", "On x.com")], required=True, readonly=True
    )
    state = fields.Selection(
        [
            ("opened", "Opened on x.com"),
            ("sending", "Sending"),
            ("done", "Done"),
            ("not_done", "Not Done"),
            ("refused", "Refused by X"),
            ("unknown", "Unknown"),
        ],
        required=True,
        readonly=True,
    )
    request_uid = fields.Char(required=True, readonly=True, copy=False)
    intention = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        help="What is the same for two attempts at the same thing",
    )

    # Written always; a user who is deleted is missing then.
    user_id = fields.Many2one(
        "res.users", string="By", readonly=True, ondelete="set null"
    )
    company_id = fields.Many2one("res.company", readonly=True)
    account_id = fields.Many2one(
        "twitter.account", string="X Account", readonly=True, ondelete="set null"
    )
    account_handle = fields.Char(string="As", readonly=True)
    is_brand = fields.Boolean(string="As the Company", readonly=True)

    lead_id = fields.Many2one(
        "crm.lead", readonly=True, ondelete="set null", index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    interaction_id = fields.Many2one(
        "twitter.interaction",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="What was said to the company, and was answered by this",
    )
    profile_id = fields.Many2one(
        "twitter.profile",
        string="X Profile",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    handle = fields.Char(readonly=True, help="The person's, as it was at the time")

    post_id = fields.Char(
        string="Post", readonly=True, help="X's id of the post it was about"
    )
    text = fields.Text(readonly=True)
    media = fields.Json(string="Pictures", readonly=True)
    result_id = fields.Char(
        string="Result", readonly=True, help="X's id of the post that was made"
    )
    cost = fields.Float(string="Cost (USD)", digits=(16, 4), readonly=True)
    reason = fields.Char(readonly=True, help="Why not, mostly in X's words")
    refusal = fields.Selection(
        [
            ("plan", "Plan"),
            ("reply_rule", "Reply Rule"),
            ("not_allowed", "Not Allowed"),
            ("duplicate", "Same Text"),
            ("too_many", "Limit Reached"),
            ("credits", "No Credit"),
            ("gone", "Gone"),
            ("already", "Was So Already"),
            ("other", "Other"),
        ],
        readonly=True,
    )
    date = fields.Datetime(
        string="Begun",
        required=True,
        readonly=True,
        default=lambda self: fields.Datetime.now(),
    )
    done_at = fields.Datetime(string="Done", readonly=True)
    deleted_at = fields.Datetime(
        string="Taken Back", readonly=True, help="When it was deleted or undone on X"
    )
    is_request = fields.Boolean(
        string="Requested", readonly=True, help="The person decides who may follow"
    )

    _request_uid_unique = models.UniqueIndex("(request_uid)")
    # What may have arrived, or is just arriving, is not sent beside.
    _intention_unique = models.UniqueIndex(
        "(intention) WHERE state IN ('sending', 'unknown') AND route = 'api'"
    )
    _post_index = models.Index("(post_id) WHERE post_id IS NOT NULL")
    _result_index = models.Index("(result_id) WHERE result_id IS NOT NULL")
    # Whom it was done to, where that was not read yet.
    _handle_index = models.Index("(lower(handle)) WHERE profile_id IS NULL")
    _refusal_index = models.Index("(date) WHERE refusal IS NOT NULL")
    _account_index = models.Index("(account_id, date DESC)")
    _user_index = models.Index("(user_id, date DESC)")
    _date_index = models.Index("(date DESC, id DESC)")

    @api.depends("kind", "account_handle")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for row in self:
            kind = kinds.get(row.kind, "")
            row.display_name = (
                self.env._(
                    "%(kind)s as @%(handle)s", kind=kind, handle=row.account_handle
                )
                if row.account_handle
                else kind
            )
