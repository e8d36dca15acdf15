"""A database of an earlier version, filled by it, becomes one of this version."""

import pytest
from contents import OWN, SCHEMA

#: What an administrator had decided otherwise; see earlier_use.py.
DECIDED = {
    "ir_cron_read_new_handles": {"active": False, "interval_number": 3},
    "twitter_association_rule_manager": {
        "domain_force": "[('date', '>', '2020-01-01')]"
    },
}
#: Told by the clock, or made of what other versions had.
MOVING = {"nextcall", "lastcall", "arch_prev", "first_failure_date", "failure_count"}
#: Emptied by an upgrade: answers of X are kept for the day, and can be asked for again.
EMPTIED = {"twitter_cache"}
REFRESHING = OWN - {"id"}


@pytest.mark.parametrize("step", ["install", "use", "upgrade", "tell"])
def test_each_step_ends_well(upgraded, step):
    assert upgraded[step].complaints() == []
    assert upgraded[step].status == 0, upgraded[step].log[-5000:]


def test_it_was_used_before(upgraded):
    # Odoo's shell ends well whatever its script does.
    log = upgraded["use"].log
    assert "used earlier to the end" in log, log[-5000:]
    assert "used to the end" in log, log[-5000:]
    tables = {name: len(rows) for name, rows in upgraded["before"].items()}
    empty = {name for name in tables if "twitter" in name and not tables[name]}
    assert empty == set()


@pytest.mark.parametrize("kind", list(SCHEMA))
def test_the_schema_is_that_of_a_new_installation(
    fresh, upgraded, kind, record_property
):
    record_property("records compared", len(fresh["schema"][kind]))
    assert upgraded["schema"][kind] - fresh["schema"][kind] == set()
    assert fresh["schema"][kind] - upgraded["schema"][kind] == set()


def test_what_the_addon_delivers_is_as_new(fresh, upgraded, record_property):
    """Also where it is not updatable, but for what an administrator decided.

    What differs is for migrations/ to change.
    """
    expected, found = fresh["delivered"], upgraded["delivered"]
    assert found.keys() == expected.keys()
    record_property("records compared", len(found))
    differing = {
        name: changes
        for name in found.keys() - {"links"}
        if (changes := _changes(expected[name], found[name], MOVING))
    }
    assert differing == {
        name: {column: (expected[name][column], value) for column, value in has.items()}
        for name, has in DECIDED.items()
    }


def test_who_has_the_permission_is_as_administrators_decided(
    fresh, upgraded, record_property
):
    new, links = fresh["delivered"]["links"], upgraded["delivered"]["links"]
    record_property("records compared", len(links))
    # Switched off for salespeople and administrators, and given to Sam and Pat.
    permission = "group_social_integration"
    assert (
        sorted((table, implied) for table, _group, implied in new - links)
        == [("res_groups_implied_rel", permission)] * 2
    )
    assert (
        sorted(link[:2] for link in links - new)
        == [("res_groups_users_rel", permission)] * 2
    )
    # The first administrator has it by *Post as the company*.
    assert upgraded["told"]["permitted"] == ["sam", "pat", "admin"]


def test_no_row_is_lost(upgraded, record_property):
    before, after = upgraded["before"], upgraded["after"]
    record_property("records compared", sum(map(len, before.values())))
    lost = {
        table: sorted(map(str, rows.keys() - after[table].keys()))
        for table, rows in before.items()
        if rows.keys() - after[table].keys()
    }
    assert lost.keys() == EMPTIED, lost
    assert {table: len(after[table]) for table in EMPTIED} == {"twitter_cache": 0}


def test_no_value_changes(upgraded, record_property):
    before, after = upgraded["before"], upgraded["after"]
    changed = {}
    for table in before.keys() - EMPTIED:
        for key in before[table].keys() & after[table].keys():
            was, now = before[table][key], after[table][key]
            # Columns that are gone, or new, are those of the schema.
            was = {column: was[column] for column in was.keys() & now.keys()}
            now = {column: now[column] for column in was}
            if changes := _changes(was, now, REFRESHING):
                changed[table, key] = changes
        record_property("records compared", len(before[table]))
    # But for the match without a basis, which none may be without any more.
    assert list(changed.values()) == [{"basis": (None, "public")}], changed
    assert [table for table, _key in changed] == ["twitter_association"]


def _changes(expected, found, without):
    """``{column: (expected, found)}`` where the two rows differ."""
    return {
        column: (expected.get(column), found.get(column))
        for column in (expected.keys() | found.keys()) - without
        if expected.get(column) != found.get(column)
    }


def test_secrets_are_read_with_the_same_key(upgraded):
    told = upgraded["told"]
    assert told["secret"] == "a secret"
    # A login replaces the tokens of those who share the account.
    assert told["tokens"] == {
        "acme": ["access of pat", "refresh of pat"],
        "max_at_acme": [None, None],
    }
    assert told["connections"] == {
        "sam": "connected",
        "pat": "connected",
        "max": "reconnect",
    }


def test_users_find_their_people(upgraded):
    assert upgraded["told"]["opened"] == {
        "Ada": "Ada_L",
        "Shy": "shy",
        "Away": "far_away",
        "Typed": False,
        "Archived": "archived",
        "Imported 29": "imported_29",
        "Of Ada": "Ada_L",
        "Own": "bobby",
        "Doubtful": False,
    }
    assert upgraded["told"]["imported"] == 30
    assert upgraded["told"]["last basis"] == "consent"


def test_each_company_has_a_budget(upgraded):
    assert upgraded["told"]["budgets"] == upgraded["told"]["companies"] == 2
