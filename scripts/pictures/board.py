"""The board: what people say to the company, and an answer."""

from .browser import PHONE


def shoot_all(administrator, shoot):
    """Take the board's pictures.

    :param administrator: logged in; may post as the company
    :param shoot: called with a person and a picture's name
    """
    _connect_the_company(administrator)
    _read(administrator)
    shoot(administrator, "board")
    _answer(administrator)
    shoot(administrator, "board-reply")
    administrator.page.keyboard.press("Escape")
    desk = administrator.page.viewport_size
    administrator.page.set_viewport_size(PHONE)
    _open(administrator)
    shoot(administrator, "board-phone")
    administrator.page.set_viewport_size(desk)


def _connect_the_company(administrator):
    """By the settings, as an administrator does; once."""
    board = administrator.call("twitter.interaction", "board")
    if board["feeds"][0]["state"] in ("unstarted", "reading"):
        return
    page = administrator.page
    page.goto(f"{administrator.url}/odoo/settings#crm")
    page.click("[data-key=crm]")
    page.click("button[name=action_twitter_connect_brand] >> visible=true")
    page.check("input[value=ourcompany]")
    page.click("#allow")
    page.wait_for_url("**/odoo/**")


def _open(administrator):
    administrator.page.goto(f"{administrator.url}/odoo/social")
    administrator.page.wait_for_selector(".o_crm_twitter_banner")


def _read(administrator):
    _open(administrator)
    page = administrator.page
    page.wait_for_selector(".o_crm_twitter_start, .o_crm_twitter_read_now")
    page.click(".o_crm_twitter_start, .o_crm_twitter_read_now")
    page.wait_for_selector(".o_kanban_record .o_crm_twitter_post")


def _answer(administrator):
    """A stranger's question is about to be answered, as the company."""
    page = administrator.page
    strangers = page.locator(".o_kanban_group").last
    strangers.locator("[data-kind=reply] >> visible=true").first.click()
    page.wait_for_selector(".o_crm_twitter_composer")
    page.keyboard.type("We do! Our drivers take them along.")
    # The server's word on the text, and its price.
    page.wait_for_timeout(1500)
