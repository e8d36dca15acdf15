import operator as comparison

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .twitter_account import PERMISSION
from .twitter_engagement import TOUCH_DOMAIN

COMPARISONS = {
    "<": comparison.lt,
    "<=": comparison.le,
    ">": comparison.gt,
    ">=": comparison.ge,
}
# What no touch may be, where the last one is before a moment, or not after it.
NOT_BEFORE = {"<": ">=", "<=": ">"}


class TwitterProfileMixin(models.AbstractModel):
    """When, and how often, the team reached out to the record's person on X.

    Counted from the engagements, whoever made them, and stored nowhere: who may read
    the record may know that a colleague was there before.
    """

    _inherit = "twitter.profile.mixin"

    twitter_last_touch = fields.Datetime(
        string="Last Touch on X",
        compute="_compute_twitter_touches",
        search="_search_twitter_last_touch",
        groups=PERMISSION,
    )
    twitter_touch_count = fields.Integer(
        string="Number of Touches on X",
        compute="_compute_twitter_touches",
        search="_search_twitter_touch_count",
        groups=PERMISSION,
    )
    twitter_touched_by_me = fields.Boolean(
        string="I Reached Out on X",
        compute="_compute_twitter_touched_by_me",
        search="_search_twitter_touched_by_me",
        groups=PERMISSION,
    )
    twitter_engagement_count = fields.Integer(
        string="Done on X",
        compute="_compute_twitter_engagement_count",
        help="What was done, as far as this user may read it; not what was refused, or"
        " only opened",
        groups=PERMISSION,
    )

    # ------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------

    @api.depends("twitter_engagement_ids.state", "twitter_engagement_ids.deleted_at")
    def _compute_twitter_touches(self):
        touches = {
            record.id: (last, count)
            for record, last, count in self._twitter_touches()._read_group(
                self._twitter_touch_domain(),
                [self._twitter_column()],
                ["date:max", "__count"],
            )
        }
        for record in self:
            last, count = touches.get(record._origin.id, (False, 0))
            record.twitter_last_touch = last
            record.twitter_touch_count = count

    @api.depends("twitter_engagement_ids.state", "twitter_engagement_ids.deleted_at")
    @api.depends_context("uid")
    def _compute_twitter_touched_by_me(self):
        mine = self._twitter_touch_domain() & Domain("user_id", "=", self.env.uid)
        touches = self._twitter_touches().search_fetch(mine)
        touched = set(touches[self._twitter_column()].ids)
        for record in self:
            record.twitter_touched_by_me = record._origin.id in touched

    @api.depends("twitter_engagement_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_twitter_engagement_count(self):
        field = self._twitter_column()
        done = self._twitter_with_engagements()
        counts = dict(
            self.env["twitter.engagement"]._read_group(
                Domain(field, "in", done.ids) & Domain("state", "=", "done"),
                [field],
                ["__count"],
            )
            # The rules cost more than the rest of a form where there is nothing.
            if done
            else ()
        )
        for record in self:
            record.twitter_engagement_count = counts.get(record._origin, 0)

    def _twitter_with_engagements(self):
        """Those of these records, as they are stored, from which something was done."""
        field = self._twitter_column()
        self.env["twitter.engagement"].flush_model([field])
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT %(field)s FROM twitter_engagement"
                " WHERE %(field)s = ANY(%(ids)s)",
                field=SQL.identifier(field),
                ids=self._origin.ids,
            )
        )
        return self.browse(row[0] for row in rows)

    def _twitter_touches(self):
        # sudo: twitter.engagement - a colleague's touch counts as well
        return self.env["twitter.engagement"].sudo()

    def _twitter_touch_domain(self):
        """The touches of these records."""
        return TOUCH_DOMAIN & Domain(self._twitter_column(), "in", self._origin.ids)

    # ------------------------------------------------------------
    # SEARCHES
    # ------------------------------------------------------------

    @api.model
    def _search_twitter_last_touch(self, operator, value):
        touched, untouched = self._twitter_touched, self._twitter_untouched
        if operator == "in":
            return Domain.OR(
                touched(("date", "=", moment)) & untouched(("date", ">", moment))
                if moment
                else untouched()
                for moment in value
            )
        if operator not in COMPARISONS or not value:
            return NotImplemented
        if operator in (">", ">="):
            return touched(("date", operator, value))
        return touched() & untouched(("date", NOT_BEFORE[operator], value))

    @api.model
    def _search_twitter_touch_count(self, operator, value):
        if operator == "in":
            counts = [int(count or 0) for count in value]
            holds = SQL("COUNT(*) = ANY(%s)", counts)
            without = 0 in counts
        elif operator in COMPARISONS:
            holds = SQL("COUNT(*) %s %s", SQL(operator), value)
            without = COMPARISONS[operator](0, value)
        else:
            return NotImplemented
        if without:
            # Those without any touch have no row to be counted.
            return self._twitter_untouched(having=SQL("NOT (%s)", holds))
        return self._twitter_touched(having=holds)

    @api.model
    def _search_twitter_touched_by_me(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        wanted = set(value) if operator == "in" else {True, False} - set(value)
        by_me = {True: self._twitter_touched, False: self._twitter_untouched}
        mine = ("user_id", "=", self.env.uid)
        return Domain.OR(by_me[touched](mine) for touched in wanted)

    @api.model
    def _twitter_touched(self, condition=None, having=None):
        """The records with touches.

        :param condition: of the touches that count
        :param SQL having: what must hold for those of one record together
        :raise AccessError: the user lacks the permission, and so the fields
        """
        touches = self._twitter_touches_of_each(condition, having)
        return self._twitter_where(SQL("EXISTS"), touches)

    @api.model
    def _twitter_untouched(self, condition=None, having=None):
        """The records without such touches, see `_twitter_touched`.

        Not ``NOT IN``: PostgreSQL would look each record up in the list of all touches.
        """
        touches = self._twitter_touches_of_each(condition, having)
        return self._twitter_where(SQL("NOT EXISTS"), touches)

    @api.model
    def _twitter_touches_of_each(self, condition, having):
        if not self.env.su:
            self.env["twitter.account"]._check_permission()
        field = self._twitter_column()
        domain = TOUCH_DOMAIN & Domain(field, "!=", False)
        if condition:
            domain &= Domain(*condition)
        query = self._twitter_touches()._search(domain)
        column = SQL.identifier(query.table, field)
        if having:
            query.groupby, query.having = column, having
        return query.select(SQL("%s AS record_id", column))

    @api.model
    def _twitter_where(self, exists, touches):
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s (SELECT FROM (%s) AS touch WHERE touch.record_id = %s)",
                exists,
                touches,
                SQL.identifier(alias, "id"),
            )
        )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_open_twitter_engagements(self):
        """List what was done on X from this record, as far as the user may read it.

        What was not done is behind the filter the list opens with.

        :raise AccessError: no permission, or the record may not be read
        """
        self._twitter_check("read")
        field = self._twitter_column()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_twitter.twitter_engagement_action"
        )
        return {
            **action,
            "domain": [(field, "=", self.id)],
            "context": {"search_default_done": 1},
        }
