"""The bounds Odoo sets to its own mass changes: as many queries, and no more."""

from testing import host

CHANGES = (
    "TestLeadAssignPerf.test_assign_perf_duplicates",
    "TestLeadAssignPerf.test_assign_perf_no_duplicates",
    "TestLeadAssignPerf.test_assign_perf_populated",
    "TestLeadConvertMass.test_mass_convert_performances",
)


def test_assigning_and_converting_leads_takes_no_more_queries_than_odoo_allows():
    found = host.outcomes_with_addon(",".join(f"/crm:{name}" for name in CHANGES))
    outcomes = {".".join(name.split(".")[-2:]): found[name] for name in found}
    assert outcomes == dict.fromkeys(CHANGES, host.PASSED)
