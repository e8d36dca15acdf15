"""A lead's form, a kanban and a list of leads, as a salesperson's browser asks."""

import functools
import statistics

from lxml import etree

from odoo import fields

from odoo.addons.mail.tools.discuss import Store

from . import kanban
from .twin import Twin, interleaved

FORM = "crm.crm_lead_view_form"
#: The pipeline's, and that of leads, which few companies have: it shows the least.
LISTS = {
    "list": "crm.crm_case_tree_view_oppor",
    "leads": "crm.crm_case_tree_view_leads",
}
KANBAN, SEARCH = "crm.crm_case_kanban_view_leads", "crm.view_crm_case_leads_filter"
LEADS = 400  # more take long to make, and no view shows them
SHOWN, FEW = 80, 8
#: Something was done on X from each of so many leads.
TOUCHED_EVERY = 4
DONE_ON = 5  # the lead whose form is opened: one of those
#: Something is planned for one of so many.
ACTIVITY_EVERY = 3
#: Openings whose median is one run's.
OPENINGS = 20
#: As Odoo's chatter asks (chatter_patch.js).
BESIDE = (
    "activities",
    "attachments",
    "contact_fields",
    "followers",
    "scheduledMessages",
    "suggestedRecipients",
)
OPTIONS = {"toolbar": True, "load_filters": True}


def run(env, other, runs, login):
    """Open each, `runs` times so many, in turn with the other database.

    :return: ``{name: {"times": [[with, without]], "first": …, "queries": [[80, 8],
        [80, 8]]}}``; the times are medians in seconds, those of ``first`` with the
        views, which a browser asks for once, and keeps on its disk (view_service.js)
    """
    twins = Twin(env.cr.dbname, login), Twin(other, login)
    for twin in twins:
        _fill(twin, login)
    return {
        name: {
            "times": _times(twins, make, runs),
            "first": _times(twins, make, runs, with_views=True),
            "queries": [
                [_queries(twin, make, count) for count in (SHOWN, FEW)]
                for twin in twins
            ],
        }
        for name, make in MADE.items()
    }


def _times(twins, make, runs, with_views=False):
    calls = [_made(twin, make, SHOWN, with_views) for twin in twins]

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


def _made(twin, make, count, with_views=False):
    with twin.request() as env:
        views, call = make(env, count)

    def first(env):
        env["crm.lead"].get_views(views, OPTIONS)
        return call(env)

    return first if with_views else call


# ------------------------------------------------------------
# WHAT A BROWSER ASKS FOR
# ------------------------------------------------------------


def _form(env, _count):
    specification, views = _views(env, FORM, "form")
    lead = env["crm.lead"].search([], limit=1, offset=DONE_ON, order="id").id

    def call(env):
        env["crm.lead"].browse(lead).web_read(specification)
        _chatter(env["crm.lead"].browse(lead))

    return views, call


def _chatter(lead):
    """What the chatter beside a form asks for: who follows, what is planned, and what
    was said (mail/controllers: /mail/data and /mail/thread/messages)."""
    Store().add(lead, request_list=BESIDE, as_thread=True).get_result()
    found = lead.env["mail.message"]._message_fetch(domain=None, thread=lead)
    Store().add(found["messages"]).get_result()


def _list(view, env, count):
    specification, views = _views(env, view, "list")

    def call(env):
        return env["crm.lead"].web_search_read(
            [], specification, limit=count, count_limit=10_001
        )

    return views, call


def _kanban(env, count):
    view = kanban.Kanban(env, "crm.lead", KANBAN, limit=count)
    _specification, views = _views(env, KANBAN, "kanban")

    def call(env):
        return [each(env) for each in view.opening([])]

    return views, call


MADE = {
    "form": _form,
    **{name: functools.partial(_list, view) for name, view in LISTS.items()},
    "kanban": _kanban,
}


def _views(env, view, kind):
    """What to read for a view, and the views that are asked for together with it."""
    views = [(env.ref(view).id, kind), (env.ref(SEARCH).id, "search")]
    told = env["crm.lead"].get_views(views, OPTIONS)
    root = etree.fromstring(told["views"][kind]["arch"])
    return _specification(env, "crm.lead", root), views


def _specification(env, model, node):
    """As relational_model/utils.js `getFieldsSpec` makes it from a view, hidden columns
    and what widgets need besides included."""
    specification = {}
    for each in _own_fields(node):
        widget = each.get("widget") or ""
        names = each.get("name"), *kanban.DEPENDENCIES.get(widget, ())
        for name in names:
            field = env[model]._fields.get(name)
            if field is not None:
                read = specification.setdefault(name, {})
                read.update(_read_of(env, field, each if name == names[0] else None))
    return specification


def _read_of(env, field, node):
    """What is asked for of one field, by a node or (None) for another's widget."""
    if not field.relational:
        return {}
    if node is not None and _is_hidden(node):
        return {} if field.type != "many2one" else {"fields": {}}
    if field.type == "many2one":
        return {"fields": {"display_name": {}}}
    return {"fields": {} if node is None else _inner(env, field, node)}


def _is_hidden(node):
    modifiers = node.get("invisible"), node.get("column_invisible")
    return any(modifier in ("True", "1") for modifier in modifiers)


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
        leads = env["crm.lead"].create(
            [
                {**values, "user_id": user.id, handle: f"crowd{number}"}
                for number, values in enumerate(_leads(env))
            ]
        )
        for lead in leads[::ACTIVITY_EVERY]:
            lead.activity_schedule(
                "mail.mail_activity_data_todo", fields.Date.today(), user_id=user.id
            )
        if is_ours:
            _read(env)
            _touch(env, leads[1::TOUCHED_EVERY], user)
    with twin.request(su=True) as env:
        env.cr.execute("ANALYZE")
        env.cr.commit()


def _leads(env):
    """Values of leads as salespeople have them: customers, places, tags."""
    countries = env["res.country"].search([], limit=20).ids
    tags = env["crm.tag"].create([{"name": f"Tag {number}"} for number in range(5)])
    customers = env["res.partner"].create(
        [
            {"name": f"Customer {number}", "email": f"customer{number}@example.com"}
            for number in range(LEADS // 4)
        ]
    )
    for number in range(LEADS):
        yield {
            "name": f"Lead {number}",
            "contact_name": f"Person {number}",
            "partner_name": f"Company {number}",
            "email_from": f"person{number}@example.com",
            "phone": f"+32 470 {number:06}",
            "city": "Brussels",
            "country_id": countries[number % len(countries)],
            "partner_id": customers[number // 4].id if number % 2 else False,
            "tag_ids": [(6, 0, tags[: number % 3].ids)],
            "type": "opportunity",
            "expected_revenue": number,
        }


def _read(env):
    env.cr.execute(
        """
        UPDATE twitter_profile
           SET twitter_id = id::text, state = 'active', name = handle,
               fetched_at = now() AT TIME ZONE 'UTC',
               image_url = 'https://pbs.twimg.com/profile_images/' || id
                           || '/a_normal.jpg'
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
