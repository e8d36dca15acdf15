from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL


class TwitterBilledResource(models.Model):
    """A resource X has billed on a UTC day, and does not bill again that day.

    https://docs.x.com/x-api/getting-started/pricing: whichever of the app's accounts
    reads it. Rows are kept while their day may matter.
    """

    _name = "twitter.billed.resource"
    _description = "Resource Billed by X"
    _rec_name = "resource_id"
    _log_access = False

    day = fields.Date(required=True, readonly=True)
    kind = fields.Char(required=True, readonly=True)
    resource_id = fields.Char(required=True, readonly=True)

    _resource_unique = models.Constraint("UNIQUE(day, kind, resource_id)")

    @api.model
    def _mark(self, day, resources):
        """Note that X gave these out on a day; part of an own transaction.

        :param resources: (kind, X's id)
        :return: those of which X bills it the first time that day
        """
        if not resources:
            return []
        # Sorted, as everywhere more than one row is locked.
        kinds, ids = zip(*sorted(set(resources)), strict=True)
        return self.env.execute_query(
            SQL(
                """
                INSERT INTO twitter_billed_resource (day, kind, resource_id)
                     SELECT %s, kind, resource_id
                       FROM unnest(%s::text[], %s::text[]) AS given (kind, resource_id)
                ON CONFLICT DO NOTHING
                  RETURNING kind, resource_id
                """,
                day,
                list(kinds),
                list(ids),
            )
        )

    @api.model
    def _forget_all(self):
        """X may bill everything once more from now on."""
        self.env.cr.execute("DELETE FROM twitter_billed_resource")

    @api.autovacuum
    def _gc_past(self):
        # As many rows as profiles and posts were read: one statement, not one each.
        yesterday = fields.Datetime.now().date() - timedelta(days=1)
        self.env.cr.execute(
            "DELETE FROM twitter_billed_resource WHERE day < %s", [yesterday]
        )
