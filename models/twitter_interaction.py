from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .x_values import post_url

KINDS = [("mention", "Mention"), ("reply", "Reply"), ("quote", "Quote")]
STATES = [("new", "New"), ("handled", "Handled"), ("ignored", "Ignored")]
# What X has not told again for as long is not shown:
# https://docs.x.com/developer-terms/policy (content that was deleted or changed).
SHOWN_FOR = timedelta(hours=24)


class TwitterInteraction(models.Model):
    """Something somebody said to a company on X.

    What X told is written by the server alone; users say who handles it, and whether it
    is handled. Its words are kept, and shown, only as long as X confirms them.
    """

    _name = "twitter.interaction"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "X Interaction"
    _order = "posted_at desc, id desc"

    # ------------------------------------------------------------
    # WHAT X TOLD
    # ------------------------------------------------------------

    account_id = fields.Many2one(
        "twitter.account",
        string="X Account",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="The company's, to which it was said",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    post_id = fields.Char(string="X ID", required=True, readonly=True)
    author_id = fields.Many2one(
        "twitter.author", required=True, readonly=True, ondelete="restrict"
    )
    relation = fields.Selection(
        related="author_id.relation", group_expand="_expand_relations"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    posted_at = fields.Datetime(string="Posted", required=True, readonly=True)
    conversation_id = fields.Char(readonly=True)
    reply_to_id = fields.Char(
        string="Answers", readonly=True, help="X's id of the post it answers"
    )
    quoted_id = fields.Char(
        string="Quotes", readonly=True, help="X's id of the post it quotes"
    )
    url = fields.Char(string="On X", compute="_compute_url")

    kept_text = fields.Text(
        groups=fields.NO_ACCESS, copy=False, readonly=True, index="trigram"
    )
    content = fields.Json(
        groups=fields.NO_ACCESS, copy=False, readonly=True, prefetch=False
    )
    verified_at = fields.Datetime(
        string="Told by X", readonly=True, help="When X last told that it is there"
    )
    text = fields.Text(compute="_compute_text", search="_search_text")
    is_shown = fields.Boolean(
        compute="_compute_is_shown",
        help="Whether its words may be shown: X has told them within a day",
    )

    # ------------------------------------------------------------
    # WHAT BECOMES OF IT
    # ------------------------------------------------------------

    state = fields.Selection(
        STATES, required=True, default="new", tracking=True, group_expand=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handler",
        tracking=True,
        domain=lambda self: self._handler_domain(),
        help="Who looks after it",
    )
    handled_by_id = fields.Many2one("res.users", string="Handled By", readonly=True)
    handled_at = fields.Datetime(string="Handled On", readonly=True)

    _post_unique = models.UniqueIndex("(account_id, post_id)")
    # A column's first cards, for who works in one company and for who works in more,
    # whose cards no index by company has in one order; and how many there are.
    _board_index = models.Index("(company_id, posted_at DESC, id DESC)")
    _order_index = models.Index("(posted_at DESC, id DESC)")
    _new_index = models.Index("(posted_at DESC, id DESC) WHERE state = 'new'")
    _count_index = models.Index("(company_id, state, author_id)")
    _author_index = models.Index("(author_id, posted_at DESC, id DESC)")
    _user_index = models.Index("(user_id) WHERE user_id IS NOT NULL")
    _content_index = models.Index("(verified_at) WHERE content IS NOT NULL")

    @api.depends("kind", "author_id.profile_id.handle")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # Activities and notifications keep it for good: no name that X may take back.
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for row in self:
            # sudo: twitter.profile - its handle is no secret to whoever sees the row
            handle = row.sudo().author_id.profile_id.handle
            row.display_name = self.env._(
                "%(kind)s by @%(handle)s", kind=kinds.get(row.kind, ""), handle=handle
            )

    @api.depends("post_id", "author_id")
    def _compute_url(self):
        site_url = self.env["twitter.account"]._site_url()
        for row in self:
            row.url = post_url(site_url, row.post_id)

    # ------------------------------------------------------------
    # ITS WORDS
    # ------------------------------------------------------------

    @api.model
    def _shown_since(self):
        return fields.Datetime.now() - SHOWN_FOR

    @api.depends("verified_at")
    def _compute_is_shown(self):
        # sudo: twitter.interaction - whether there are words, not which: each reading
        # of them copies them.
        shown = self.sudo().search(
            [
                ("id", "in", self.ids),
                ("verified_at", ">", self._shown_since()),
                ("content", "!=", False),
            ],
            order="id",
        )
        ids = set(shown.ids)
        for row in self:
            row.is_shown = row._origin.id in ids

    @api.depends("kept_text", "verified_at")
    def _compute_text(self):
        # sudo: twitter.interaction - its words, as long as they may be shown
        for row in self.sudo():
            row.text = row.kept_text if row.is_shown else False

    @api.model
    def _search_text(self, operator, value):
        """Among the words that are shown; one must not find what one may not see."""
        if operator not in ("ilike", "like", "=ilike", "=like", "in"):
            return NotImplemented
        shown = Domain("verified_at", ">", self._shown_since())
        shown &= Domain("kept_text", operator, value)
        # sudo: twitter.interaction - only of those whose words are shown
        shown = shown.optimize_full(self.sudo())
        # As a condition of the query itself: of a frequent word PostgreSQL then takes
        # the newest, instead of looking for all of them first.
        # sudo: twitter.interaction - the words, which the condition alone reads
        return Domain.custom(
            to_sql=lambda rows, alias, query: shown._to_sql(rows.sudo(), alias, query)
        )

    # ------------------------------------------------------------
    # THE BOARD'S COLUMNS
    # ------------------------------------------------------------

    @api.model
    def _expand_relations(self, _relations, _domain):
        return self.env["twitter.author"]._fields["relation"].get_values(self.env)

    # ------------------------------------------------------------
    # TELLING OPEN BOARDS
    # ------------------------------------------------------------

    @api.model
    def _announce(self, companies):
        """Tell who looks at these companies' boards that something has changed there;
        nothing of X goes along."""
        for company in companies:
            self.env["bus.bus"]._sendone(
                (company, "crm_twitter_board"),
                "crm_twitter/interactions",
                {"company_id": company.id},
            )
