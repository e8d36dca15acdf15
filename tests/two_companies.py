from odoo.tests import new_test_user

ADMINISTRATOR, POSTER = "x_administrator", "x_poster"
POST_AS_COMPANY = "crm_twitter.group_post_as_company"


class TwoCompanies:
    """The company of the tests, and another; an administrator of each.

    ``poster`` works in both and may post as either; the salesperson may not.
    """

    @classmethod
    def _make_people(cls):
        result = super()._make_people()
        cls.company = cls.env.company
        cls.other = cls.env["res.company"].create({"name": "The Other Company"})
        cls.poster = new_test_user(
            cls.env, POSTER, groups=f"sales_team.group_sale_salesman,{POST_AS_COMPANY}"
        )
        cls.poster.company_ids += cls.other
        cls.administrator = new_test_user(
            cls.env, ADMINISTRATOR, groups="base.group_system"
        )
        cls.other_administrator = new_test_user(
            cls.env,
            "x_other_administrator",
            groups="base.group_system",
            company_id=cls.other.id,
            company_ids=[cls.other.id],
        )
        return result

    def accounts(self, user, *companies):
        """The model as `user` has it, who has ticked `companies`."""
        self.env.flush_all()
        self.env.invalidate_all()
        accounts = self.env["twitter.account"].with_user(user)
        if companies:
            ids = [company.id for company in companies]
            accounts = accounts.with_context(allowed_company_ids=ids)
        return accounts

    def granted_to(self, username):
        return self.x.authorizations.grants_of(self.x.people.named(username).id)

    def has_tokens(self, account):
        self.env.invalidate_all()
        row = account._stored_tokens()
        return bool(row["access_token"] or row["refresh_token"])
