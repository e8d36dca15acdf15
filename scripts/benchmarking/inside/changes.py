"""Changes of the CRM that move cards, and the records they are tried on."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.crm_twitter.models.twitter_author_deals import CONTACTS, LEADS


def _one(env, query, *parameters):
    env.cr.execute(query, parameters)
    return env.cr.fetchone()


def busiest_stranger(env):
    """Of authors nobody is associated with, who says most, and how much."""
    author_id, cards = _one(
        env,
        """
        SELECT author_id, count(*)
          FROM twitter_interaction
          JOIN twitter_author ON twitter_author.id = author_id
         WHERE relation = 'other'
      GROUP BY author_id
      ORDER BY count(*) DESC
         LIMIT 1
        """,
    )
    return env["twitter.author"].browse(author_id), cards


def stranger_with(env, cards):
    """An author with so many interactions that nobody is associated with."""
    (author_id,) = _one(
        env,
        """
        SELECT author_id
          FROM twitter_interaction
          JOIN twitter_author ON twitter_author.id = author_id
         WHERE relation = 'other'
      GROUP BY author_id
        HAVING count(*) = %s
         LIMIT 1
        """,
        cards,
    )
    return env["twitter.author"].browse(author_id)


def _lead(env, condition, order="id DESC"):
    # Of bulk rows: the newest lead, opportunity or deal that meets a condition.
    (lead_id,) = _one(
        env,
        f"""
        SELECT id FROM crm_lead
         WHERE active AND type = 'opportunity' AND won_status = 'pending'
           AND company_id = {env.company.id} AND {condition}
      ORDER BY {order} LIMIT 1
        """,
    )
    return env["crm.lead"].browse(lead_id)


def lead_without_contact(env):
    """An open opportunity that nobody is associated with."""
    return _lead(env, "partner_id IS NULL AND twitter_profile_id IS NULL")


def deal_of_nobody(env):
    """The same, another one."""
    return _lead(env, "partner_id IS NULL AND twitter_profile_id IS NULL", "id")


def deal_of_an_author(env):
    """An open opportunity of a contact who is associated, and has no company."""
    return _lead(
        env,
        "twitter_profile_id IS NOT NULL AND partner_id IN"
        " (SELECT id FROM res_partner WHERE parent_id IS NULL)",
    )


def deal_of_the_biggest_company(env):
    """An open opportunity of the company with most contacts, and how many those are."""
    company_id, contacts = _one(
        env,
        """
        SELECT parent_id, count(*) FROM res_partner
         WHERE twitter_profile_id IS NOT NULL AND parent_id IS NOT NULL
      GROUP BY parent_id ORDER BY count(*) DESC LIMIT 1
        """,
    )
    return _lead(env, f"partner_id = {company_id}"), contacts


def open_deals(env, count):
    """So many open opportunities of contacts."""
    return env["crm.lead"].search(
        [
            ("type", "=", "opportunity"),
            ("won_status", "=", "pending"),
            ("partner_id", "!=", False),
            ("stage_id", "=", env["crm.stage"].search([], limit=1).id),
        ],
        limit=count,
        order="id desc",
    )


def contacts(env, count):
    """So many associated people."""
    return env["res.partner"].search(
        [("twitter_profile_id", "!=", False)], limit=count, order="id desc"
    )


# ------------------------------------------------------------
# DEEDS: FUNCTIONS OF AN ENVIRONMENT
# ------------------------------------------------------------


def associate(lead, author):
    """The panel's click."""
    profile = author.profile_id
    handle, twitter_id = profile.handle, profile.twitter_id

    def call(env):
        lead.with_env(env).twitter_associate(
            handle, "public", twitter_id=twitter_id, origin="typed"
        )

    return call


def move(leads, stage):
    """Drag leads to another column."""
    stage_id = stage.id
    return lambda env: leads.with_env(env).write({"stage_id": stage_id})


def win(lead):
    """The button *Won*."""
    return lambda env: lead.with_env(env).action_set_won()


def make_leads(partners):
    """An import of opportunities, one for each contact."""
    values = [
        {"name": f"Deal {id_}", "type": "opportunity", "partner_id": id_}
        for id_ in partners.ids
    ]
    return lambda env: env["crm.lead"].create(values)


def reassign(leads):
    """Give leads to another salesperson."""
    return lambda env: leads.with_env(env).write({"user_id": env.uid})


def archive(leads):
    """Archive leads, which decide columns then no more."""
    return lambda env: leads.with_env(env).action_archive()


# ------------------------------------------------------------
# WITHOUT THE ADDON'S COLUMNS
# ------------------------------------------------------------


@contextmanager
def no_relations(env):
    """Have the authors' relation not follow the CRM, meanwhile."""
    registry = env.registry
    relation = env["twitter.author"]._fields["relation"]
    triggers = registry._field_triggers
    registry.__dict__["_field_triggers"] = {
        field: {
            path: [target for target in targets if target is not relation]
            for path, targets in paths.items()
        }
        for field, paths in triggers.items()
    }
    registry._field_trigger_trees.clear()
    around = patch.object(registry["twitter.author"], "_relate_around_noted", _forget)
    try:
        with around:
            yield
    finally:
        registry.__dict__["_field_triggers"] = triggers
        registry._field_trigger_trees.clear()


def _forget(authors):
    """What `twitter.author` has noted of deals, and does not look at."""
    for noted in (LEADS, CONTACTS):
        authors.env.cr.precommit.data.pop(noted)
