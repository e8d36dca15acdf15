"""Tokens: rotation, expiry, revocation."""

from concurrent.futures import ThreadPoolExecutor

from oauth_client import INVALID_TOKEN, KEYS, answer_of, asked, exchange, refresh, works


def test_refresh_tokens_rotate(browse, x):
    browser = browse()
    first = x.login("marcdemo")
    second = refresh(browser, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert works(browser, second["access_token"])
    reused = refresh(browser, first["refresh_token"])
    assert reused.status_code == 400
    assert reused.json() == INVALID_TOKEN
    assert refresh(browser, second["refresh_token"]).status_code == 200


def test_access_tokens_expire(browse, x):
    browser = browse()
    tokens = x.login("marcdemo")
    x.clock.advance(7199)
    assert works(browser, tokens["access_token"])
    x.clock.advance(2)
    assert not works(browser, tokens["access_token"])
    assert refresh(browser, tokens["refresh_token"]).status_code == 200


def test_app_revokes(browse, x):
    browser = browse()
    tokens = x.login("marcdemo")
    data = {"token": tokens["refresh_token"]}
    response = browser.send("POST", "/2/oauth2/revoke", data=data, auth=KEYS)
    assert response.json() == {"revoked": True}
    assert not works(browser, tokens["access_token"])
    assert refresh(browser, tokens["refresh_token"]).json() == INVALID_TOKEN


def test_person_revokes_on_the_page(browse, x):
    browser, other = browse(), x.login("mitchelladmin")
    tokens = exchange(browser, answer_of(browser, username="marcdemo")["code"]).json()
    shown = browser.get("/settings/connected_apps").text
    assert "YourCompany CRM" in shown and 'id="revoke"' in shown
    assert browser.send("POST", "/settings/connected_apps").status_code == 303
    assert "No app has access." in browser.get("/settings/connected_apps").text
    assert not works(browser, tokens["access_token"])
    assert refresh(browser, tokens["refresh_token"]).json() == INVALID_TOKEN
    assert works(browser, other["access_token"])


def test_suspended_person_is_out(browse, x):
    browser = browse()
    tokens = x.login("marcdemo")
    x.people.suspend("marcdemo")
    assert not works(browser, tokens["access_token"])


def test_other_app(browse, x):
    x.set_app(client_id="new", client_secret="s", callbacks=["https://crm.example/cb"])
    assert browse().get("/i/oauth2/authorize", **asked()).status_code == 400
    assert refresh(browse(), "x", ("new", "s")).status_code == 400
    x.reset()
    assert refresh(browse(), "x").status_code == 400


def test_of_many_refreshes_at_once_one_wins(browse, x):
    token = x.login("marcdemo")["refresh_token"]
    browsers = [browse() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda browser: refresh(browser, token), browsers))
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 7
