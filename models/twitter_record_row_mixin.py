from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

RECORDS = ("lead_id", "partner_id")


class TwitterRecordRowMixin(models.AbstractModel):
    """Rows about a lead or a contact: besides their rules, those of the record.

    A row shows the name of its record, which Odoo reads without asking whether the user
    may; so a row is for those alone who may read every record it has today. One whose
    records are gone has no name to hide, and stays with those its own rules let see it.
    """

    _name = "twitter.record.row.mixin"
    _description = "X Row of a Lead or Contact"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & Domain.AND(
                Domain(field, "=", False) | self._readable(field) for field in RECORDS
            )
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _readable(self, field):
        """The rows whose record in `field` this user may read.

        Asked for each row, so that PostgreSQL looks the few records up which the rows
        name, and not all there are in the table.
        """
        records = self.env[self._fields[field].comodel_name]
        if not records.has_access("read"):
            return Domain.FALSE

        def to_sql(model, alias, query):
            readable = records._search([], active_test=False)
            readable.add_where(
                SQL(
                    "%s = %s",
                    SQL.identifier(readable.table, "id"),
                    model._field_to_sql(alias, field, query),
                )
            )
            return SQL("EXISTS (%s)", readable.select(SQL("1")))

        return Domain.custom(to_sql=to_sql)

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if self.env.su:
            return refused
        forbidden = refused[0] if refused else self.browse()
        hidden = (self - forbidden)._with_hidden_records()
        if not hidden:
            return refused
        forbidden += hidden
        rules = self.env["ir.rule"]
        return forbidden, lambda: rules._make_access_error(operation, forbidden)

    def _with_hidden_records(self):
        """The rows whose lead or contact this user may not read."""
        # sudo: own model - whether its records may be read is being decided here
        rows = self.sudo()
        hidden = rows.browse()
        for field in RECORDS:
            records = rows[field].with_env(self.env)
            secret = set((records - records._filtered_access("read")).ids)
            hidden |= rows.browse(row.id for row in rows if row[field].id in secret)
        return hidden.with_env(self.env)
