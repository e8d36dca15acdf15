"""What was measured, in Markdown."""


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
