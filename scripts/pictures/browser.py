"""A person at the demo, with a desk or a phone."""

import json
from contextlib import contextmanager

from environment import chromium
from playwright.sync_api import sync_playwright

DESK = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}

CALL = """
async ([model, method, args, kwargs]) => {
    const response = await fetch(`/web/dataset/call_kw/${model}/${method}`, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({
            jsonrpc: "2.0", method: "call", params: {model, method, args, kwargs},
        }),
    });
    return await response.text();
}
"""


#: What is out of sight may wait until somebody scrolls there.
SEEN_ARE_THERE = """
() => [...document.images].every((image) => {
    const {top, left} = image.getBoundingClientRect();
    return image.complete || top > innerHeight || left > innerWidth;
})
"""


class Person:
    """Somebody logged in to the demo in a browser window of their own."""

    def __init__(self, context, url):
        self.context = context
        self.page = context.new_page()
        self.url = url

    def log_in(self, login):
        """Log in; the demo's passwords are the logins."""
        self.page.goto(f"{self.url}/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", login)
        self.page.click("button[type=submit]")
        self.page.wait_for_url("**/odoo**")

    def call(self, model, method, *args, **kwargs):
        """Call a method as the web client does; RuntimeError where Odoo refuses."""
        arguments = [model, method, list(args), kwargs]
        answer = json.loads(self.page.evaluate(CALL, arguments))
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
        return answer.get("result")

    def open_panel(self, model, record_id):
        """Open a record's form, and the panel from its icon."""
        self.page.goto(f"{self.url}/odoo/{model}/{record_id}")
        self.page.wait_for_selector(".o_form_view")
        self.page.click("button[name=action_open_twitter_panel] >> visible=true")
        self.page.wait_for_selector(".modal .o_crm_twitter_panel")

    def shoot(self, path):
        """Save what is to be seen, once its pictures are there and nothing moves."""
        self.page.wait_for_function(SEEN_ARE_THERE)
        self.page.wait_for_timeout(800)
        self.page.screenshot(path=path)


@contextmanager
def people(url):
    """Give a function that opens a window: ``person(size=DESK)``."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium.chromium()),
            args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
        )

        def person(size=DESK):
            return Person(browser.new_context(viewport=size), url)

        try:
            yield person
        finally:
            browser.close()
