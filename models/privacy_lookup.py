from odoo import models
from odoo.tools import SQL, email_normalize

WIZARD = "privacy.lookup.wizard"


class TwitterProfile(models.Model):
    """People's X accounts in Odoo's own privacy lookup, where that addon is installed.

    It finds contacts by name and e-mail address, and whatever points to them; what
    hangs on a lead, or on the profile, it would not find. Nothing here depends on it:
    its class in the registry is extended if it is there, as Odoo's automation rules do
    with the models they watch.
    """

    _inherit = "twitter.profile"

    def _register_hook(self):
        result = super()._register_hook()
        wizard = self.env.registry.get(WIZARD)
        if wizard is not None and not hasattr(wizard, "_get_query_without_x"):
            wizard._get_query_without_x = wizard._get_query
            wizard._get_query = _get_query
        return result

    def _unregister_hook(self):
        result = super()._unregister_hook()
        wizard = self.env.registry.get(WIZARD)
        if wizard is not None and hasattr(wizard, "_get_query_without_x"):
            wizard._get_query = wizard._get_query_without_x
            del wizard._get_query_without_x
        return result


def _get_query(self):
    """The wizard's own, and the rows of X of the people it is about."""
    query = self._get_query_without_x()
    models_ = self.env["ir.model"]
    return SQL(
        """
        %(query)s
        UNION ALL
        SELECT x.model_id, x.id, TRUE
          FROM (WITH person AS (
                    SELECT twitter_profile_id AS profile_id, NULL::int AS lead_id,
                           id AS partner_id
                      FROM res_partner
                     WHERE id IN (SELECT id FROM indirect_references)
                     UNION ALL
                    SELECT twitter_profile_id, id, NULL
                      FROM crm_lead
                     WHERE email_normalized = %(email)s
                        OR contact_name ILIKE %(name)s
                        OR partner_id IN (SELECT id FROM indirect_references)
                )
                SELECT %(profile)s AS model_id, id
                  FROM twitter_profile
                 WHERE id IN (SELECT profile_id FROM person)
                 UNION
                SELECT %(association)s, id
                  FROM twitter_association
                 WHERE profile_id IN (SELECT profile_id FROM person)
                    OR lead_id IN (SELECT lead_id FROM person)
                    OR partner_id IN (SELECT partner_id FROM person)
                 UNION
                SELECT %(engagement)s, id
                  FROM twitter_engagement
                 WHERE (profile_id IN (SELECT profile_id FROM person)
                        OR lead_id IN (SELECT lead_id FROM person))
                   -- Odoo's own query has found these.
                   AND (partner_id IS NULL
                        OR partner_id NOT IN (SELECT id FROM indirect_references))
                 UNION
                SELECT %(interaction)s, interaction.id
                  FROM twitter_interaction interaction
                  JOIN twitter_author author ON author.id = interaction.author_id
                 WHERE author.profile_id IN (SELECT profile_id FROM person)
               ) x
        """,
        query=query,
        email=email_normalize(self.email.strip()),
        name=self.name.strip(),
        profile=models_._get_id("twitter.profile"),
        association=models_._get_id("twitter.association"),
        engagement=models_._get_id("twitter.engagement"),
        interaction=models_._get_id("twitter.interaction"),
    )
