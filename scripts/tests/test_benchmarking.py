"""What scripts/bench makes of its options, of its SQL, and of what it measured."""

import re

import pytest
from benchmarking import choice, database, report, rows


def test_what_is_asked_for_is_measured(monkeypatch):
    asked = []
    monkeypatch.setattr(choice.BENCHMARKS["board"], "run", lambda o: asked.append(o))
    choice.run(["board", "--scale", "0.01", "--runs", "3", "--fresh"])
    assert [vars(options) for options in asked] == [
        {"benchmark": "board", "scale": 0.01, "runs": 3, "fresh": True}
    ]


@pytest.mark.parametrize(
    "arguments",
    [[], ["lead"], ["board", "--scale", "0"], ["board", "--runs", "0"]],
)
def test_what_cannot_be_measured_is_refused(arguments):
    with pytest.raises(SystemExit):
        choice.run(arguments)


def test_the_sizes_are_those_of_the_issue():
    sizes = rows.Sizes.of(1)
    assert (sizes.interactions, sizes.authors, sizes.leads) == (
        1_000_000,
        200_000,
        500_000,
    )
    assert sizes.big == 5000


@pytest.mark.parametrize("scale", [0.001, 0.01, 0.037, 1])
def test_every_author_is_met_and_half_of_them_associated(scale):
    sizes = rows.Sizes.of(scale)
    authors = sizes.authors
    # The arithmetic of rows.sql: an author's row, and its profile's, have one number.
    assert len({n * 7919 % authors for n in range(1, authors + 1)}) == authors
    assert len({n * 104729 % authors for n in range(1, authors + 1)}) == authors
    by_contact = {4 * n for n in range(1, sizes.persons + 1) if 4 * n <= authors}
    by_lead = {4 * n - 2 for n in range(1, authors // 4 + 1)}
    assert len(by_contact | by_lead) == authors / 2
    lots = {1 + n * 611953 % sizes.interactions for n in range(sizes.interactions)}
    assert lots >= set(range(1, authors + 1))
    assert sizes.leads * 0.6 + authors / 4 <= sizes.leads
    assert sizes.big <= sizes.persons


def test_each_step_of_the_rows_has_a_name_and_all_it_needs():
    steps = rows.steps()
    assert len(steps) > 5
    known = {*vars(rows.Sizes.of(1)), *rows.GIVEN, *rows.TABLES}
    known |= {"users", "frequent", "rare", "told"}
    for _name, statements in steps:
        assert set(re.findall(r"%\((\w+)\)s", statements)) <= known
        # What is no parameter is doubled.
        assert not re.search(r"%(?![%(])", statements.replace("%%", ""))


def test_a_database_is_kept_while_it_is_as_it_would_be_made(monkeypatch, tmp_path):
    done = []

    class Databases:
        def names(self):
            return {database._name(0.01)}

        def odoo(self, name, *arguments):
            done.append(arguments[0])

    monkeypatch.setattr(database, "_make", lambda *_: done.append("made"))
    database.prepare(Databases(), 0.01)
    database.prepare(Databases(), 0.01)
    database.prepare(Databases(), 0.01, is_fresh=True)
    monkeypatch.setattr(database, "_recipe", lambda: "another one")
    database.prepare(Databases(), 0.01)
    assert done == ["made", "-u", "made", "made"]


def test_sizes_have_databases_of_their_own():
    assert database._name(1) != database._name(0.01)


def test_the_table():
    times = {"median": 0.0421, "worst": 0.05, "runs": 7}
    slow = {"median": 1.26, "worst": 61.04, "runs": 3}
    given = {"median": 300, "worst": 300, "runs": 0}
    written = {"twitter_author": 2, "mail_message": 1}
    found = report.table(
        [
            _row("Open", times, "Odoo", slow),
            _row("Associate", times, "X", given, written),
        ]
    )
    assert found.splitlines()[2:] == [
        "| Open | 42 ms (50 ms) | Odoo | 1.3 s (61.0 s) |",
        "| Associate; writes 2 authors, 0 interactions | 42 ms (50 ms) | X | 300.0 s |",
    ]


def _row(name, ours, host_name, host, written=None):
    row = {"name": name, "ours": ours, "host_name": host_name, "host": host}
    return {**row, "written": written}


def test_the_plans():
    plan = {"name": "Open", "seconds": 0.02, "of": 0.05, "queries": 40}
    found = report.plans([{**plan, "query": "SELECT 1", "plan": ["Result", "  x"]}])
    assert found == (
        "## Open\n\n20 ms of 50 ms in 40 queries.\n\n"
        "```sql\nSELECT 1\n```\n\n```\nResult\n  x\n```\n"
    )
