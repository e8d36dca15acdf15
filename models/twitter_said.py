from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .twitter_account import PERMISSION
from .twitter_avatar import array


class TwitterProfileMixin(models.AbstractModel):
    """What the record's person said to the companies the user works in."""

    _inherit = "twitter.profile.mixin"

    twitter_interaction_count = fields.Integer(
        string="Said on X",
        compute="_compute_twitter_interaction_count",
        help="What this person said on X to the companies the user works in",
        groups=PERMISSION,
    )
    twitter_said_something = fields.Boolean(
        string="Said Something on X",
        compute="_compute_twitter_interaction_count",
        search="_search_twitter_said_something",
        groups=PERMISSION,
    )

    @api.depends("twitter_profile_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_twitter_interaction_count(self):
        # sudo: twitter.profile - which one, of a record that may be read
        linked = {record: record.sudo().twitter_profile_id.id for record in self}
        current, ids = self._twitter_known_authors(linked.values())
        profiles = {record: current.get(linked[record], False) for record in self}
        counts = Counter()
        if ids:
            # The rules cost more than the rest of a form where there is nothing.
            for author, count in self.env["twitter.interaction"]._read_group(
                [("author_id.profile_id", "in", ids)], ["author_id"], ["__count"]
            ):
                counts[author.profile_id.id] += count
        elsewhere = self._twitter_said_elsewhere(profiles)
        for record, profile in profiles.items():
            count = counts[profile] + (record in elsewhere)
            record.twitter_interaction_count = count
            record.twitter_said_something = bool(count)

    @api.model
    def _twitter_known_authors(self, profile_ids):
        """
        :return: ``{profile's id: that of the row that stands for it today}``, and which
            of the latter have said something to some company
        """
        ids = [each for each in set(profile_ids) if each]
        if not ids:
            return {}, []
        self.env["twitter.profile"].flush_model(["superseded_by_id"])
        self.env["twitter.author"].flush_model(["profile_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, current_id, EXISTS (
                           SELECT FROM twitter_author WHERE profile_id = current_id
                       )
                  FROM (
                           SELECT id, COALESCE(superseded_by_id, id) AS current_id
                             FROM twitter_profile
                            WHERE id = ANY(%s::int[])
                       ) AS profile
                """,
                array(ids),
            )
        )
        current = {profile_id: current_id for profile_id, current_id, _known in rows}
        return current, [current_id for _id, current_id, known in rows if known]

    def _twitter_said_elsewhere(self, profiles):
        """The records made from what somebody said who is not their profile now.

        :param profiles: ``{record: its profile's id}``
        """
        return self.browse()

    @api.model
    def _search_twitter_said_something(self, operator, value):
        if operator != "in":
            return NotImplemented
        if not self.env.su:
            self.env["twitter.account"]._check_permission()
        said = self.env["twitter.interaction"]._search([])
        authors = self.env["twitter.author"]._search(
            [("id", "in", said.subselect("author_id"))]
        )
        domain = self._twitter_said_domain(authors.subselect("profile_id"), said)
        return domain if True in value else ~domain

    @api.model
    def _twitter_said_domain(self, profiles, said):
        """
        :param SQL profiles: ids of those who said something
        :param Query said: the interactions
        """
        return Domain("twitter_profile_id", "in", profiles)

    def action_open_twitter_interactions(self):
        """Show what this person said on X to the companies the user works in.

        :raise AccessError: no permission, or the record may not be read
        """
        self._twitter_check("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Said on X by %(name)s",
                name=self._twitter_person() or self.display_name,
            ),
            "res_model": "twitter.interaction",
            "view_mode": "list,kanban,form",
            "domain": list(self._twitter_interaction_domain()),
            "context": {},
        }

    def _twitter_interaction_domain(self):
        return Domain("author_id.profile_id", "in", self._twitter_profile().ids)
