"""What a suite reports that ran in a process of its own."""

import pytest
from testing.beside import results_in


def test_its_numbers_and_complaints_are_taken_over():
    printed = "=== odoo ===\nRED: odoo: skipped a (b)\n7 passed, 2 failed, 1 skipped\n"
    results = results_in("odoo", printed, 1)
    assert (results.passed, results.failed, results.skipped) == (7, 2, 1)
    assert results.complaints == ["odoo: skipped a (b)"]
    assert not results.is_green


def test_what_it_counted_is_taken_over():
    counted = "Counted: 1,200 attacks tried, 3 faults injected"
    results = results_in("odoo", f"{counted}\n7 passed, 0 failed\n", 0)
    assert results.counted == {"attacks tried": 1200, "faults injected": 3}


def test_a_green_one_stays_green():
    assert results_in("odoo", "7 passed, 0 failed\n", 0).is_green


@pytest.mark.parametrize("printed", ["", "Traceback\n", "7 passed, 0 failed\nKilled\n"])
def test_one_that_ended_early_is_red(printed):
    assert results_in("odoo", printed, 0).complaints


def test_one_that_failed_without_a_reason_is_red():
    assert results_in("odoo", "7 passed, 0 failed\n", 1).complaints
