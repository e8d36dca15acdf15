from odoo import api, models


class IrFieldsConverter(models.AbstractModel):
    """An unknown basis is refused, whatever an import was told to do with it."""

    _inherit = "ir.fields.converter"

    @api.model
    def _str_to_selection(self, model, field, value, savepoint):
        """As Odoo's; but of a basis that is none, such as a bought list, nobody can
        choose that the row is imported without it: it would get the default one."""
        if field.name == "twitter_basis":
            emptied = self.env.context.get("import_set_empty_fields") or []
            emptied = [name for name in emptied if name != field.name]
            self = self.with_context(import_set_empty_fields=emptied)
        return super()._str_to_selection(model, field, value, savepoint)
