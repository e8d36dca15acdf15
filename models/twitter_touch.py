import operator as comparison
from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .twitter_account import PERMISSION
from .twitter_avatar import array
from .twitter_engagement import TOUCH_DOMAIN, TOUCHES
from .twitter_record_row_mixin import RECORDS

# `TOUCH_DOMAIN` in SQL, and what it is about.
IS_TOUCH = SQL(
    "state = 'done' AND deleted_at IS NULL AND kind IN %s"
    " AND profile_id IS NOT NULL AND refusal IS NULL",
    TOUCHES,
)
REACHED = ("twitter_last_touch", "twitter_touch_count", "twitter_has_done")
TOUCH_FIELDS = ("date", "state", "deleted_at", "kind", "profile_id", "refusal")

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
    # Whether something was, readable or not: for the count below alone.
    twitter_has_done = fields.Boolean(
        compute="_compute_twitter_touches", groups=fields.NO_ACCESS
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
        found = self._twitter_reached()
        ids = [each or each.origin for each in self._ids]
        rows = [found.get(record_id, (None, 0, False)) for record_id in ids]
        for name, values in zip(REACHED, zip(*rows, strict=True), strict=True):
            # Not one by one: a list has 80 records.
            self._fields[name]._insert_cache(self, values)

    def _twitter_reached(self):
        """``{record's id: (last touch, number of touches, whether something is done)}``
        of those from which anything was tried.

        Whoever did it, see the class; and not by the ORM: lists show many.
        """
        field = self._twitter_column()
        self.env["twitter.engagement"].flush_model([field, *TOUCH_FIELDS])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(field)s,
                       MAX(date) FILTER (WHERE %(is_touch)s),
                       COUNT(*) FILTER (WHERE %(is_touch)s),
                       BOOL_OR(state = 'done')
                  FROM twitter_engagement
                 WHERE %(field)s = ANY(%(ids)s::int[])
                 GROUP BY %(field)s
                """,
                field=SQL.identifier(field),
                ids=array(self._origin._ids),
                is_touch=IS_TOUCH,
            )
        )
        return {record_id: values for record_id, *values in rows}

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
        # The rules cost more than the rest of a form where there is nothing.
        # sudo: own model - only where there is anything to be counted
        done = self.sudo().filtered("twitter_has_done").with_env(self.env)._origin
        counts = done._twitter_readable_count() if done else {}
        for record in self:
            record.twitter_engagement_count = counts.get(record._origin.id, 0)

    def _twitter_readable_count(self):
        """``{record's id: number}`` of what was done and the user may read.

        As `twitter.record.row.mixin` has it: the lead and the contact of a row may be
        read as well. They are asked for it once each, and not in the query: these few
        are known already, and there it costs more than all the rest.
        """
        rows = self.env["twitter.engagement"]
        rows.check_access("read")
        rules = self.env["ir.rule"]._compute_domain(rows._name, "read")
        field = self._twitter_column()
        domain = Domain(field, "in", self.ids) & Domain("state", "=", "done")
        # sudo: twitter.engagement - with the model's rules, the records' are below
        groups = rows.sudo()._read_group(
            domain if self.env.su else domain & rules, [*RECORDS], ["__count"]
        )
        counts = Counter()
        for lead, contact, count in self._twitter_readable(groups):
            counts[(lead if field == "lead_id" else contact).id] += count
        return counts

    def _twitter_readable(self, groups):
        """Those of ``[(lead, contact, number)]`` whose two may be read, if there."""
        hidden = set()
        for name, index in (("crm.lead", 0), ("res.partner", 1)):
            records = self.env[name].union(*(group[index] for group in groups))
            hidden.update(records - records._filtered_access("read"))
        return [group for group in groups if hidden.isdisjoint(group[:2])]

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
