"""How scripts/faults chooses its runs."""

import os

import pytest
from testing import fault_runs


@pytest.mark.parametrize(
    ("arguments", "number", "first"),
    [([], "100", "500"), (["7"], "7", "500"), (["1", "17"], "1", "17")],
)
def test_what_is_asked_for_is_run(monkeypatch, arguments, number, first):
    asked = []
    monkeypatch.setenv("CRM_TWITTER_FAULT_RUNS", "")
    monkeypatch.setenv("CRM_TWITTER_FAULT_SEED", "")
    monkeypatch.setattr(fault_runs.selection, "run", lambda a: asked.append(a) or 3)
    assert fault_runs.run(arguments) == 3
    assert asked == [["--long", "server", "-k", "test_a_run_of_faults"]]
    assert os.environ["CRM_TWITTER_FAULT_RUNS"] == number
    assert os.environ["CRM_TWITTER_FAULT_SEED"] == first
