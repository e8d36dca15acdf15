"""A lead's form, a kanban and a list of leads, as a salesperson's browser asks."""

import statistics

from lxml import etree

from . import kanban
from .twin import Twin, interleaved

FORM, LIST = "crm.crm_lead_view_form", "crm.crm_case_tree_view_leads"
KANBAN, SEARCH = "crm.crm_case_kanban_view_leads", "crm.view_crm_case_leads_filter"
LEADS = 2000
SHOWN, FEW = 80, 8
#: Something was done on X from each of so many leads.
TOUCHED_EVERY = 4
#: Openings whose median is one run's.
OPENINGS = 20
OPTIONS = {"toolbar": True, "load_filters": True}


def run(env, other, runs, login):
    """Open each, `runs` times so many, in turn with the other database.

    :return: ``{name: {"times": [[with, without]], "queries": [[80, 8], [80, 8]]}}``,
        the times being medians in seconds
    """
    twins = Twin(env.cr.dbname, login), Twin(other, login)
    for twin in twins:
        _fill(twin, login)
    return {
        name: {
            "times": _times(twins, make, runs),
            "queries": [
                [_queries(twin, make, count) for count in (SHOWN, FEW)]
                for twin in twins
            ],
        }
        for name, make in {"form": _form, "list": _list, "kanban": _kanban}.items()
    }


def _times(twins, make, runs):
    calls = [_made(twin, make, SHOWN) for twin in twins]

    def opening(twin, call):
        return lambda: twin.timed(call)[0]

    pair = [opening(*each) for each in zip(twins, calls, strict=True)]
    times = []
    for _run in range(runs):
        columns = zip(*interleaved(OPENINGS, *pair), strict=True)
        times.append([statistics.median(column) for column in columns])
    return times


def _queries(twin, make, count):
    call = _made(twin, make, count)
    twin.timed(call)
    with twin.request() as env:
        before = env.cr.sql_log_count
        call(env)
        env.cr.flush()
        return env.cr.sql_log_count - before


def _made(twin, make, count):
    with twin.request() as env:
        return make(env, count)


# ------------------------------------------------------------
# WHAT A BROWSER ASKS FOR
# ------------------------------------------------------------


def _form(env, _count):
    specification, views = _views(env, FORM, "form")
    lead = env["crm.lead"].search([], limit=1, order="id").id

    def call(env):
        env["crm.lead"].get_views(views, OPTIONS)
        return env["crm.lead"].browse(lead).web_read(specification)

    return call


def _list(env, count):
    specification, views = _views(env, LIST, "list")

    def call(env):
        env["crm.lead"].get_views(views, OPTIONS)
        return env["crm.lead"].web_search_read(
            [], specification, limit=count, count_limit=10_001
        )

    return call


def _kanban(env, count):
    view = kanban.Kanban(env, "crm.lead", KANBAN, limit=count)
    _specification, views = _views(env, KANBAN, "kanban")

    def call(env):
        env["crm.lead"].get_views(views, OPTIONS)
        return [each(env) for each in view.opening([])]

    return call


def _views(env, view, kind):
    """What to read for a view, and the views that are asked for together with it."""
    views = [(env.ref(view).id, kind), (env.ref(SEARCH).id, "search")]
    told = env["crm.lead"].get_views(views, OPTIONS)
    root = etree.fromstring(told["views"][kind]["arch"])
    return _specification(env, "crm.lead", root), views


def _specification(env, model, node):
    """As relational_model/utils.js `getFieldsSpec` makes it from a view."""
    specification = {}
    for each in _own_fields(node):
        field = env[model]._fields.get(each.get("name"))
        if field is None:
            continue
        read = specification.setdefault(field.name, {})
        if field.type == "many2one":
            read["fields"] = {"display_name": {}}
        elif field.type in ("one2many", "many2many"):
            inner = _inner(env, field, each)
            if inner:
                read["fields"] = inner
    return specification


def _inner(env, field, node):
    if (node.get("widget") or "").startswith("many2many_tags"):
        return {"display_name": {}, "color": {}}
    views = [child for child in node if child.tag in ("list", "kanban")]
    return _specification(env, field.comodel_name, views[0]) if views else {}


def _own_fields(node):
    for child in node.iterchildren("*"):
        if child.tag == "field":
            yield child
        else:
            yield from _own_fields(child)


# ------------------------------------------------------------
# ROWS
# ------------------------------------------------------------


def _fill(twin, login):
    with twin.request(commit=True, su=True) as env:
        user = env["res.users"].search([("login", "=", login)])
        is_ours = "twitter.profile" in env
        handle = "twitter_handle" if is_ours else "referred"
        leads = env["crm.lead"].with_context(tracking_disable=True)
        leads = leads.create(
            [
                {
                    "name": f"Lead {number}",
                    "contact_name": f"Person {number}",
                    "email_from": f"person{number}@example.com",
                    "type": "opportunity",
                    "user_id": user.id,
                    "expected_revenue": number,
                    handle: f"crowd{number}",
                }
                for number in range(LEADS)
            ]
        )
        if is_ours:
            _read(env)
            _touch(env, leads[::TOUCHED_EVERY], user)
    with twin.request(su=True) as env:
        env.cr.execute("ANALYZE")
        env.cr.commit()


def _read(env):
    env.cr.execute(
        """
        UPDATE twitter_profile
           SET twitter_id = id::text, state = 'active', name = handle,
               fetched_at = now() AT TIME ZONE 'UTC',
               image_url = 'https://pbs.twimg.com/profile_images/1/a_normal.jpg'
        """
    )
    env.invalidate_all()


def _touch(env, leads, user):
    env["twitter.engagement"].create(
        [
            {
                "request_uid": f"00000000-0000-0000-0000-{lead.id:012}",
                "intention": "a benchmark",
                "kind": "like",
                "route": "intent",
                "state": "done",
                "user_id": user.id,
                "lead_id": lead.id,
                "profile_id": lead.twitter_profile_id.id,
                "post_id": str(lead.id),
            }
            for lead in leads
        ]
    )
