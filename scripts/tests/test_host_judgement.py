"""How scripts/test --host compares the host's tests without the addon and with it."""

import pytest
from testing import host, selection

REPORT = """
    <testsuites>
      <testcase classname="crm.tests.test_a.TestA" name="test_good"/>
      <testcase classname="crm.tests.test_a.TestA" name="test_bad"><failure/></testcase>
      <testcase classname="crm.tests.test_a.TestA" name="test_error"><error/></testcase>
      <testcase classname="crm.tests.test_a.TestA" name="test_no"><skipped/></testcase>
      <testcase classname="" name="setUpClass"><error/></testcase>
    </testsuites>
"""


def test_outcomes_are_read_by_name(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT.strip())
    assert host.outcomes_in(tmp_path / "report.xml") == {
        "crm.tests.test_a.TestA.test_good": "passed",
        "crm.tests.test_a.TestA.test_bad": "failed",
        "crm.tests.test_a.TestA.test_error": "failed",
        "crm.tests.test_a.TestA.test_no": "skipped",
        "setUpClass": "failed",
    }


@pytest.mark.parametrize(
    ("without", "with_addon", "told"),
    [
        ("passed", "passed", None),
        ("failed", "failed", None),
        ("failed", "passed", None),
        ("skipped", "passed", None),
        ("failed", None, None),
        ("passed", "failed", "failed with the addon only: a"),
        ("passed", "skipped", "skipped with the addon only: a"),
        ("passed", None, "did not run with the addon only: a"),
        (None, "failed", "did not run without the addon, fails with it: a"),
        ("skipped", "skipped", "skipped: a"),
    ],
)
def test_what_makes_it_red(capsys, without, with_addon, told):
    others = {"b": "passed", "c": "failed"}
    before = {**others, **({"a": without} if without else {})}
    after = {**others, **({"a": with_addon} if with_addon else {})}
    assert host.conclude(before, after, []) == (1 if told else 0)
    printed = capsys.readouterr().out
    assert [line for line in printed.splitlines() if line.startswith("RED")] == (
        [f"RED: {told}"] if told else []
    )


def test_both_counts_and_what_differs_are_printed(capsys):
    before = {"a": "passed", "b": "failed", "c": "failed"}
    after = {"a": "passed", "b": "failed", "c": "passed"}
    assert host.conclude(before, after, []) == 0
    assert capsys.readouterr().out.strip().splitlines() == [
        "without the addon: 3 tests, 1 passed, 2 failed",
        "with the addon: 3 tests, 2 passed, 1 failed",
        "fails either way: b",
        "fails only without the addon: c",
        "No test fails with the addon that passes without it.",
    ]


def test_a_missing_test_makes_it_red(capsys):
    assert host.conclude({"a": "passed"}, {"a": "passed"}, ["a test is missing"]) == 1
    assert "RED: a test is missing" in capsys.readouterr().out


@pytest.mark.parametrize("outcomes", [{}, {"a": "failed"}, {"a": "skipped"}])
def test_nothing_that_passes_is_red(outcomes):
    assert host.conclude(outcomes, outcomes, []) == 1


def test_what_is_tried_again():
    before = {"a": "passed", "b": "failed", "c": "passed"}
    after = {"a": "failed", "b": "failed", "c": "passed", "setUpClass (d)": "failed"}
    assert host.doubtful(before, after) == {"a"}
    names = {"odoo.addons.crm.tests.test_b.B.test_b", "odoo.addons.crm.tests.a.A.test"}
    assert host.tags_of(names) == "/crm:A.test,/crm:B.test_b"


def test_only_what_passes_at_the_second_try_counts_as_passed(capsys):
    found = host.passing_at_last({"a", "b", "c"}, {"a": "passed", "b": "failed"})
    assert found == {"a": "passed"}
    assert capsys.readouterr().out == "passed at the second try: a\n"


def test_it_runs_when_asked_for(monkeypatch):
    monkeypatch.setattr(selection.host, "run", lambda: 7)
    assert selection.run(["--host"]) == 7


@pytest.mark.parametrize("others", [["odoo"], ["--long"], ["odoo", "-k", "x"]])
def test_it_goes_alone(monkeypatch, capsys, others):
    monkeypatch.setattr(selection.host, "run", lambda: 7)
    with pytest.raises(SystemExit):
        selection.run(["--host", *others])
    assert "--host goes alone" in capsys.readouterr().err
