"""What scripts/bench makes of its options, of its SQL, and of what it measured."""

import importlib
import json
import re
from types import SimpleNamespace

import pytest
from benchmarking import board, choice, database, live_clicks, report, rows

OF_BOARD = {**report.figure("opening", 0.85, "times", "<= 1.00"), "spread": "few"}


@pytest.fixture
def measured(monkeypatch):
    """Benchmarks of which the first one breaks; the options each was run with."""
    asked = []

    def breaking(options):
        raise RuntimeError("it broke")

    def board_run(options):
        asked.append(vars(options))
        return [OF_BOARD]

    modules = {"broken": breaking, "board": board_run}
    monkeypatch.setattr(choice, "BENCHMARKS", dict.fromkeys(modules, "about it"))
    monkeypatch.setattr(
        choice.importlib,
        "import_module",
        lambda name: SimpleNamespace(run=modules[name.rpartition(".")[2]]),
    )
    return asked


def test_what_is_asked_for_is_measured(measured, tmp_path, capsys):
    path = tmp_path / "figures.json"
    options = ["--scale", "0.01", "--runs", "3", "--fresh", "--json", str(path)]
    assert choice.run(["board", *options]) == 0
    asked = {"names": ["board"], "scale": 0.01, "runs": 3, "fresh": True, "json": path}
    assert measured == [asked]
    told = {key: OF_BOARD[key] for key in ("name", "value", "unit", "aim", "met")}
    assert json.loads(path.read_text()) == {"results": [told]}
    line = "| opening | 0.85 times | few | <= 1.00 | yes |"
    assert line in capsys.readouterr().out


def test_one_that_breaks_does_not_keep_the_others(measured, tmp_path, capsys):
    path = tmp_path / "figures.json"
    assert choice.run(["--json", str(path)]) == 1
    assert len(measured) == 1
    assert len(json.loads(path.read_text())["results"]) == 1
    assert "it broke" in capsys.readouterr().err


def test_an_aim_that_is_missed_is_no_failure(measured, monkeypatch):
    missed = report.figure("opening", 1.2, "times", "<= 1.00")
    assert missed["met"] is False
    monkeypatch.setitem(globals(), "OF_BOARD", missed)
    assert choice.run(["board"]) == 0


def test_each_benchmark_is_there():
    for name in choice.BENCHMARKS:
        module = importlib.import_module(f"benchmarking.{name}")
        assert callable(module.run), name


@pytest.mark.parametrize(
    "arguments",
    [["lead"], ["board", "--scale", "0"], ["board", "--runs", "0"]],
)
def test_what_cannot_be_measured_is_refused(arguments):
    with pytest.raises(SystemExit):
        choice.run(arguments)


@pytest.mark.parametrize(
    ("value", "aim", "met"),
    [
        (1.0, "", None),
        (1.1, "<= 1.10", True),
        (1.101, "<= 1.10", False),
        (10, "== 10", True),
        (10.2, ">= 10.0", True),
        (9.9, ">= 10.0", False),
    ],
)
def test_whether_an_aim_is_met(value, aim, met):
    assert report.figure("it", value, "", aim)["met"] is met


def test_the_figure_of_several_runs():
    found = report.of_runs("it", [3, 1, 2], "ms", "<= 2")
    assert (found["value"], found["met"]) == (2, True)
    assert found["spread"] == "1 to 3 in 3"


def test_the_figures_of_the_board():
    quick = {"median": 0.02, "worst": 0.03, "runs": 5}
    slow = {"median": 0.04, "worst": 0.05, "runs": 5}
    rows = [
        _row("Open the board, all (manager)", quick, "kanban", slow),
        _row("Associate an author with 3 cards", quick, "move one lead", quick),
        _row("Associate an author with 1,760 cards, which moves", slow, "x", slow),
        _row("Keep 10,000 interactions", quick, "X", {**slow, "median": 0.1}),
    ]
    found = [(each["value"], each["met"]) for each in board.figures(rows)]
    assert found == [(0.5, True), (1, None), (1, None), (0.2, False), (2, True)]


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


def test_the_clicks_of_a_run():
    def click(form, asked_at, answered_at, code):
        return live_clicks.Click(form, asked_at, answered_at, code)

    run = live_clicks.Run(opened_at=100.0)
    run.clicks = [click(number / 100, 90, 91, "") for number in range(1, 19)]
    run.clicks += [
        click(3.0, 95.0, 101.5, "down"),  # was under way then
        click(0.5, 110.0, 110.25, "down"),
    ]
    assert run.p95() == 0.5
    assert run.told_after() == [1.5, 0.25]
    assert (run.count(""), run.count("down")) == (18, 2)
