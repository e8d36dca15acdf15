"""The panel's states, from first click to what was done on X; then the board."""

import argparse
from pathlib import Path

from environment import cache
from environment.progress import say

from . import board
from .browser import PHONE, people

LEAD = "Jacques Dunagan"


def run(arguments):
    """Take the pictures; return the exit status."""
    options = _options(arguments)
    options.into.mkdir(parents=True, exist_ok=True)
    with people(options.url) as person:
        administrator, salesperson = person(), person()
        administrator.log_in("admin")
        salesperson.log_in("demo")
        lead = _prepared_lead(salesperson)
        _without_keys(administrator, salesperson, lead, options.into)
        _log_in_with_x(salesperson, lead, options.into)
        _find(salesperson, lead, options.into)
        _look(salesperson, lead, options.into)
        _act(salesperson, options.into)
        _followers(salesperson, options.into)
        _settings(administrator, options.into)
        _shoot_on_a_phone(salesperson, options.into)
        _history(salesperson, lead, options.into)
        board.shoot_all(
            administrator, lambda person, name: _shoot(person, options.into, name)
        )
    return 0


def _options(arguments):
    parser = argparse.ArgumentParser(prog="scripts/screenshots", description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8069")
    parser.add_argument("--into", type=Path, default=cache.CLONE / "docs" / "pictures")
    return parser.parse_args(arguments)


def _shoot(person, folder, name):
    say(f"Taking {name}.png")
    person.shoot(folder / f"{name}.png")


def _prepared_lead(salesperson):
    """The lead of the tour, as if nobody had been here."""
    domain = [["contact_name", "=", LEAD]]
    [lead] = salesperson.call("crm.lead", "search", domain, limit=1)
    salesperson.call("twitter.account", "disconnect")
    salesperson.call("crm.lead", "write", [lead], {"twitter_handle": False})
    return lead


def _without_keys(administrator, salesperson, lead, folder):
    key = "crm_twitter.client_id"
    client_id = administrator.call("ir.config_parameter", "get_param", key)
    administrator.call("ir.config_parameter", "set_param", key, False)
    try:
        salesperson.open_panel("crm.lead", lead)
        _shoot(salesperson, folder, "panel-no-keys")
    finally:
        administrator.call("ir.config_parameter", "set_param", key, client_id)


def _log_in_with_x(salesperson, lead, folder):
    salesperson.open_panel("crm.lead", lead)
    _shoot(salesperson, folder, "panel-log-in")
    with salesperson.context.expect_page() as opened:
        salesperson.page.click(".modal button:has-text('Log in with X')")
    popup = opened.value
    popup.check("input[value=marcdemo]")
    popup.click("#allow")
    salesperson.page.wait_for_selector(".o_crm_twitter_candidate")


def _find(salesperson, lead, folder):
    _shoot(salesperson, folder, "panel-find")


def _look(salesperson, lead, folder):
    salesperson.page.click(".modal button:has-text('Associate') >> nth=0")
    salesperson.page.wait_for_selector(".o_crm_twitter_post")
    _shoot(salesperson, folder, "panel-profile")


def _act(salesperson, folder):
    """A mention is written and sent."""
    page = salesperson.page
    page.click(".modal button:has-text('Mention')")
    page.wait_for_selector(".o_crm_twitter_composer")
    page.keyboard.type("Merci pour la visite! À jeudi au salon du meuble.")
    page.wait_for_function(
        "() => document.querySelector('.o_crm_twitter_preview')?.innerText"
        ".includes('jeudi')"
    )
    # The server's word on the text, and its price.
    page.wait_for_timeout(1500)
    _shoot(salesperson, folder, "composer")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".o_crm_twitter_composer", state="detached")
    page.wait_for_selector("text=Who of us reached out")
    _shoot(salesperson, folder, "panel-done")


def _followers(salesperson, folder):
    salesperson.page.click(".modal button:has-text('Followers')")
    salesperson.page.wait_for_selector("text=Back to the profile")
    _shoot(salesperson, folder, "panel-followers")
    salesperson.page.click("text=Back to the profile")


def _shoot_on_a_phone(salesperson, folder):
    desk = salesperson.page.viewport_size
    salesperson.page.set_viewport_size(PHONE)
    _shoot(salesperson, folder, "phone")
    salesperson.page.set_viewport_size(desk)


def _history(salesperson, lead, folder):
    """The note in the chatter, and the report."""
    page = salesperson.page
    page.goto(f"{salesperson.url}/odoo/crm.lead/{lead}")
    page.wait_for_selector(".o-mail-Message")
    page.locator(".o-mail-Message").first.scroll_into_view_if_needed()
    _shoot(salesperson, folder, "history")


def _settings(administrator, folder):
    administrator.page.goto(f"{administrator.url}/odoo/settings#crm")
    administrator.page.wait_for_selector("[data-key=crm]")
    administrator.page.click("[data-key=crm]")
    block = administrator.page.locator("#crm_twitter_checklist")
    block.scroll_into_view_if_needed()
    _shoot(administrator, folder, "settings")
