"""A board that stays open in a browser hears of what is said, by Odoo's real bus."""

from contextlib import contextmanager

import pytest
from environment import chromium
from playwright.sync_api import sync_playwright
from test_feed import feed

__all__ = ["feed"]

PATIENCE = 60 * 1000
WORDS = "Do you make lamps for giants?"
CARD = f".o_kanban_record:has-text('{WORDS}')"


@pytest.fixture
def page(stage):
    """Anna's window, on a server that serves pages and the bus at one port."""
    server = stage.another_server("bus", "--workers=0")
    try:
        server.wait_until_it_answers()
        with _window() as window:
            window.set_default_timeout(PATIENCE)
            _log_in(window, server.url, "anna")
            yield window
    finally:
        server.stop()


@contextmanager
def _window():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium.chromium()),
            args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
        )
        try:
            yield browser.new_page()
        finally:
            browser.close()


def _log_in(page, url, login):
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("button[type=submit]")
    page.wait_for_url("**/odoo**")


def test_what_is_said_comes_by_itself(stage, feed, page):
    """Nobody touches the page; what is done elsewhere leaves it as well."""
    stage.crowd.one("read_feed", feed=feed, page=100)
    page.goto(page.url.split("/odoo")[0] + "/odoo/social")
    page.wait_for_selector(".o_kanban_record .o_crm_twitter_post")
    assert page.locator(CARD).count() == 0
    page.evaluate("window.isTheSamePage = true")
    stage.x.posts.add("jane_doe", f"@ourcompany {WORDS}")
    assert stage.crowd.one("read_feed", feed=feed, page=100) == [1, None]
    page.wait_for_selector(CARD)
    # What the bus has told of that is read now; what comes next, it tells anew.
    [[row]] = stage.sql("SELECT max(id) FROM twitter_interaction")
    stage.crowd.one(
        "call",
        login="bruno",
        model="twitter.interaction",
        ids=[row],
        method="action_handle",
    )
    page.wait_for_selector(CARD, state="detached")
    assert page.evaluate("window.isTheSamePage")
