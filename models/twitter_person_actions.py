from odoo import models

from .twitter_person_finding import Person

#: Where a person's data is shown, and downloaded.
PERSON_ROUTE = "/crm_twitter/person"


class TwitterProfileMixin(models.AbstractModel):
    """What is held of the record's person on X, given out or erased."""

    _inherit = "twitter.profile.mixin"

    def action_twitter_erase(self):
        """Open the dialog that erases the person's X data.

        :raise AccessError: the user may not, see `_check_may_answer`
        """
        return self.env["twitter.erase"]._open_for(self)

    def action_twitter_export(self):
        """Open the page of all that is held of the person on X.

        :raise AccessError: the user may not, see `_check_may_answer`
        """
        return self.env["twitter.erasure"]._open_page(self)


class TwitterProfile(models.Model):
    """A profile's row stands for a person, who is not deleted by halves."""

    _inherit = "twitter.profile"

    def action_twitter_erase(self):
        """As of a lead or contact."""
        return self.env["twitter.erase"]._open_for(self)

    def action_twitter_export(self):
        """As of a lead or contact."""
        return self.env["twitter.erasure"]._open_page(self)

    def unlink(self):
        """Erase each person, whoever deletes the row: Odoo's privacy lookup does, in
        superuser mode.

        :raise AccessError: the user may not delete it, as nobody by himself may
        """
        self.check_access("unlink")
        if self.env.context.get("twitter_erasing"):
            return super().unlink()
        for profile in self:
            if profile.exists():
                self.env["twitter.erasure"]._erase_person(Person(profile))
        return True


class TwitterErasure(models.Model):
    _inherit = "twitter.erasure"

    def _open_page(self, record):
        record.ensure_one()
        self._check_may_see(record)
        return {
            "type": "ir.actions.act_url",
            "url": f"{PERSON_ROUTE}/{record._name}/{record.id}",
            "target": "new",
        }

    def _check_may_see(self, record):
        """The person of a record whose X data this user may be given.

        :raise AccessError: the user may not read the record, or see
            `_check_may_answer`
        """
        record.check_access("read")
        person = Person(record)
        self._check_may_answer(person)
        return person
