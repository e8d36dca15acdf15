"""Odoo's own privacy lookup, with the addon that has it installed."""

import pytest

PERSON = {"name": "Zoe Lookup", "email": "zoe@lookup.example"}
NOBODY = "nobody@lookup.example"
GONE = """
    DELETE FROM crm_lead;
    DELETE FROM res_partner WHERE name = 'Zoe Lookup';
    DELETE FROM twitter_profile WHERE handle = 'on_board_only'
"""


@pytest.fixture
def made(stage):
    """What is held of a person, and as much of another one of the same name."""
    made = stage.crowd.one("make_person", handle="zoelookup", email=PERSON["email"])
    stage.crowd.one("make_person", handle="zoe_other", email="another@lookup.example")
    yield made
    stage.sql(GONE)


def test_what_is_held_on_x_is_found_by_name_and_address(stage, made, record_property):
    found = stage.crowd.one("look_up_person", **PERSON)
    assert made.keys() <= found.keys()
    for model, ids in made.items():
        assert set(ids) <= set(found[model]), model
    record_property("records compared", sum(map(len, made.values())))


@pytest.mark.parametrize("name", ["zoelookup", "@ZoeLookup"])
def test_what_is_held_on_x_is_found_by_handle(stage, made, name):
    found = stage.crowd.one("look_up_person", name=name, email=NOBODY)
    assert {model: found[model] for model in made} == made


@pytest.mark.parametrize("name", ["Ann Onboard", "@on_board_only"])
def test_an_author_whom_no_record_has_is_found(stage, made, name):
    [[profile]] = stage.sql(
        "INSERT INTO twitter_profile (handle, name, state)"
        " VALUES ('on_board_only', 'Ann Onboard', 'active') RETURNING id"
    )
    found = stage.crowd.one("look_up_person", name=name, email=NOBODY)
    assert found == {"twitter.profile": [profile]}


def test_nobody_else_is_found(stage, made):
    other = {"name": "Somebody Else", "email": NOBODY}
    found = stage.crowd.one("look_up_person", **other)
    assert not found.keys() & made.keys()


def test_its_delete_button_erases_the_person(stage, made):
    stage.crowd.one("delete_found", **PERSON)
    assert stage.count("twitter_profile") == 0
    assert stage.count("twitter_association") == 0
    [partner] = made["res.partner"]
    kept = "SELECT name, twitter_handle FROM res_partner WHERE id = %s"
    assert stage.sql(kept, partner) == [("Zoe Lookup", None)]
