"""The calls a browser makes for a kanban view, read from the view itself."""

from lxml import etree

#: What relational_model.js asks for at most to tell how many there are.
COUNT_LIMIT = 10_001
WITH_ACTIVITIES = (
    "activity_exception_decoration",
    "activity_exception_icon",
    "activity_state",
    "activity_summary",
    "activity_type_icon",
    "activity_type_id",
)
#: What the fields' widgets have read besides: their `fieldDependencies`.
DEPENDENCIES = {
    "kanban_activity": WITH_ACTIVITIES,
    "list_activity": WITH_ACTIVITIES,
    "rotting_statusbar_duration": ("duration_tracking",),
    "statusbar_duration": ("duration_tracking",),
    "twitter_avatar": ("twitter_handle",),
}


class Kanban:
    """One model's kanban view, grouped as it is by default.

    :param limit: cards per column, the view's own without it
    """

    def __init__(self, env, model, view="", limit=0):
        self.model = model
        view_id = env.ref(view).id if view else False
        told = env[model].get_views([(view_id, "kanban")])
        root = etree.fromstring(told["views"]["kanban"]["arch"])
        self._fields = {
            name: env[model]._fields[name] for name in _names(root, env[model]._fields)
        }
        self.specification = {name: _read(f) for name, f in self._fields.items()}
        self.group_by = root.get("default_group_by")
        self.limit = limit or int(root.get("limit", 40))
        self._progress = root.find("progressbar")

    def opening(self, domain):
        """The calls for opening it: columns with counts and first cards, and bars."""
        calls = [lambda env: self._columns(env, domain)]
        if self._progress is not None:
            calls.append(lambda env: self._bars(env, domain))
        return calls

    def _columns(self, env, domain):
        return (
            env[self.model]
            .with_context(read_group_expand=True)
            .web_read_group(
                domain,
                [self.group_by],
                self._aggregates(env),
                order="",
                auto_unfold=True,
                opening_info=[],
                unfold_read_specification=self.specification,
                unfold_read_default_limit=self.limit,
                groupby_read_specification={},
            )
        )

    def _aggregates(self, env):
        aggregates = []
        names = () if self._progress is None else self._progress.attrib.items()
        for name in (value for key, value in names if key.endswith("sum_field")):
            field = env[self.model]._fields[name]
            currency = field.get_currency_field(env[self.model])
            aggregates.append(f"{name}:{field.aggregator}")
            aggregates.append(f"{currency}:array_agg_distinct")
            aggregates.append(f"{name}:sum_currency")
        return list(dict.fromkeys(aggregates))

    def _bars(self, env, domain):
        colors = dict.fromkeys(("planned", "today", "overdue"), "x")
        return env[self.model].read_progress_bar(
            domain, self.group_by, {"field": "activity_state", "colors": colors}
        )

    def more(self, domain, column, shown):
        """The call for more cards in a column that shows so many: it reads all."""
        domain = [*domain, (self.group_by, "=", column)]

        def call(env):
            return env[self.model].web_search_read(
                domain,
                self.specification,
                offset=0,
                limit=shown + self.limit,
                order="",
                count_limit=max(COUNT_LIMIT, shown + self.limit + 1),
            )

        return call


def _names(root, fields):
    """The view's own fields, not those of views inside it."""
    names = []
    for node in root.iter("field"):
        names += [node.get("name"), *DEPENDENCIES.get(node.get("widget"), ())]
    return dict.fromkeys(name for name in names if name in fields)


def _read(field):
    if field.type == "many2one":
        return {"fields": {"display_name": {}}}
    if field.type in ("many2many", "one2many") and field.name == "tag_ids":
        return {"fields": {"display_name": {}, "color": {}}}
    return {}
