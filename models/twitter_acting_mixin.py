from odoo import api, models


class TwitterActingMixin(models.AbstractModel):
    """Records from which one acts on X: a lead, a contact, an interaction.

    What each of them says of itself; the other files of this model do the rest, and
    call X by the account one acts as.
    """

    _name = "twitter.acting.mixin"
    _description = "X Acting Mixin"

    # ------------------------------------------------------------
    # HOOKS
    # ------------------------------------------------------------

    @api.model
    def _twitter_column(self):
        """Name of the column that names this model's records in what was done."""
        raise NotImplementedError

    def _twitter_profile(self):
        """The profile of the person, in superuser mode; maybe empty."""
        raise NotImplementedError

    def _twitter_record_columns(self):
        """The columns of an engagement that say on which records it was done."""
        return {self._twitter_column(): self.id}

    def _twitter_accounts(self):
        """As whom the calling user may act here, in superuser mode; the first is the
        default."""
        return self.env["twitter.account"]._may_act_as()

    # ------------------------------------------------------------
    # WHO, AND AS WHOM
    # ------------------------------------------------------------

    def _twitter_check(self, operation):
        """
        :raise AccessError: no permission, or not this operation on this record
        """
        self.ensure_one()
        self.env["twitter.account"]._check_permission()
        self.check_access(operation)

    def _twitter_account(self, account_id=0):
        """The account of this id, or the default; maybe empty.

        :raise AccessError: the user may not act as the account of this id
        """
        return self._twitter_accounts()._chosen(account_id)
