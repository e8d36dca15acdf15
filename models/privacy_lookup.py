from odoo import models
from odoo.tools import SQL, email_normalize

from ..x_api import parse_handle

WIZARD = "privacy.lookup.wizard"


class TwitterProfile(models.Model):
    """People's X accounts in Odoo's own privacy lookup, where that addon is installed.

    It finds contacts by name and e-mail address, and whatever points to them; what
    hangs on a lead, or on the profile, it would not find, nor anybody by their handle
    or by their name on X. Nothing here depends on it: its class in the registry is
    extended if it is there, as Odoo's automation rules do with the models they watch.
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
    """The wizard's own, and the rows of X of the people it is about.

    The name is the one here, the one on X, or a handle, with or without @.
    """
    query = self._get_query_without_x()
    models_ = self.env["ir.model"]
    return SQL(
        """
        %(query)s
        -- Not ALL: some of them Odoo's own has found.
        UNION
        SELECT x.model_id, x.id, x.active
          FROM (WITH person AS (
                    SELECT twitter_profile_id AS profile_id, NULL::int AS lead_id,
                           id AS partner_id
                      FROM res_partner
                     WHERE id IN (SELECT id FROM indirect_references)
                        OR lower(twitter_handle) = %(handle)s
                     UNION ALL
                    SELECT twitter_profile_id, id, NULL
                      FROM crm_lead
                     WHERE email_normalized = %(email)s
                        OR contact_name ILIKE %(name)s
                        OR partner_id IN (SELECT id FROM indirect_references)
                        OR lower(twitter_handle) = %(handle)s
                     UNION ALL
                    SELECT id, NULL, NULL
                      FROM twitter_profile
                     WHERE lower(handle) = %(handle)s OR name ILIKE %(name)s
                )
                SELECT %(partner)s AS model_id, id, active
                  FROM res_partner
                 WHERE lower(twitter_handle) = %(handle)s
                 UNION
                SELECT %(lead)s, id, active
                  FROM crm_lead
                 WHERE lower(twitter_handle) = %(handle)s
                 UNION
                SELECT %(profile)s, id, TRUE
                  FROM twitter_profile
                 WHERE id IN (SELECT profile_id FROM person)
                 UNION
                SELECT %(association)s, id, TRUE
                  FROM twitter_association
                 WHERE profile_id IN (SELECT profile_id FROM person)
                    OR lead_id IN (SELECT lead_id FROM person)
                    OR partner_id IN (SELECT partner_id FROM person)
                 UNION
                SELECT %(engagement)s, id, TRUE
                  FROM twitter_engagement
                 WHERE profile_id IN (SELECT profile_id FROM person)
                    OR lead_id IN (SELECT lead_id FROM person)
                 UNION
                SELECT %(interaction)s, interaction.id, TRUE
                  FROM twitter_interaction interaction
                  JOIN twitter_author author ON author.id = interaction.author_id
                 WHERE author.profile_id IN (SELECT profile_id FROM person)
               ) x
        """,
        query=query,
        email=email_normalize(self.email.strip()),
        name=self.name.strip(),
        handle=(parse_handle(self.name) or "").lower() or None,
        partner=models_._get_id("res.partner"),
        lead=models_._get_id("crm.lead"),
        profile=models_._get_id("twitter.profile"),
        association=models_._get_id("twitter.association"),
        engagement=models_._get_id("twitter.engagement"),
        interaction=models_._get_id("twitter.interaction"),
    )
