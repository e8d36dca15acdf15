"""What was measured, in Markdown."""

import operator
import statistics

#: How a figure is compared with its aim.
COMPARISONS = {"<=": operator.le, ">=": operator.ge, "==": operator.eq}


def figure(name, value, unit, aim="", spread=""):
    """A figure as `choice` takes it; whether its aim is met is reckoned here.

    :param aim: such as "<= 1.10", or none
    """
    value = round(float(value), 4)
    met = None
    if aim:
        comparison, limit = aim.split()
        met = COMPARISONS[comparison](value, float(limit))
    found = {"name": name, "value": value, "unit": unit, "aim": aim, "met": met}
    return {**found, "spread": spread}


def of_runs(name, values, unit, aim=""):
    """The figure of several runs: their median, and from which to which they were."""
    spread = f"{min(values):.4g} to {max(values):.4g} in {len(values)}"
    return figure(name, statistics.median(values), unit, aim, spread)


def figures(found):
    """A table of all figures."""
    lines = [
        "| Figure | Value | Spread | Aim | Met |",
        "| --- | ---: | --- | ---: | --- |",
    ]
    for each in found:
        value = f"{each['value']:,.4g} {each['unit']}".strip()
        met = {True: "yes", False: "**no**", None: ""}[each["met"]]
        cells = (each["name"], value, each["spread"], each["aim"], met)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def milliseconds(ours, host):
    """Two medians side by side, with the worst of each."""
    told = (
        "{:.4g} ms (worst {:.4g})".format(1000 * each["median"], 1000 * each["worst"])
        for each in (ours, host)
    )
    return " / ".join(told)


def table(rows):
    """A row for each operation, beside what it is compared with."""
    lines = [
        "| On the board | Median (worst) | Odoo itself | Median (worst) |",
        "| --- | ---: | --- | ---: |",
    ]
    for row in rows:
        name = row["name"]
        if row.get("written"):
            name += f"; {_written(row['written'])}"
        cells = (name, _time(row["ours"]), row["host_name"], _time(row["host"]))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _written(counts):
    ours = counts.get("twitter_author", 0), counts.get("twitter_interaction", 0)
    return "writes {:,} authors, {:,} interactions".format(*ours)


def _time(times):
    median, worst = (_seconds(times[key]) for key in ("median", "worst"))
    return f"{median} ({worst})" if times["runs"] else median


def _seconds(seconds):
    if seconds < 1:
        return f"{1000 * seconds:.0f} ms"
    return f"{seconds:.1f} s"


def plans(found):
    """The queries that take longest, each with the plan PostgreSQL followed."""
    parts = []
    for each in found:
        parts.append(
            f"## {each['name']}\n\n"
            f"{_seconds(each['seconds'])} of {_seconds(each['of'])} in "
            f"{each['queries']} queries.\n\n```sql\n{each['query']}\n```\n\n"
            "```\n" + "\n".join(each["plan"]) + "\n```\n"
        )
    return "\n".join(parts)
