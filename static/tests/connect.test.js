import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {browser} from "@web/core/browser/browser";
import {
    contains,
    makeServerError,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {
    associatedData,
    defineTwitterModels,
    mountPanel,
    NOT_CONNECTED,
    ownKwargs,
    panelData,
    PERMISSIONS,
} from "./crm_twitter_test_helpers";

defineTwitterModels();

const URL_ON_X = "https://x.com/i/oauth2/authorize?state=s";
let popup = null;
let polled = null;

beforeEach(() => {
    popup = {closed: false, location: "", close: () => expect.step("close popup")};
    polled = {state: "pending", message: "", handle: ""};
    patchWithCleanup(browser, {
        open: (url, name) => {
            expect.step(`open ${name}`);
            return popup;
        },
    });
    onRpc("twitter.login", "start", (call) => {
        expect.step(ownKwargs(call));
        return {login: 12, url: URL_ON_X};
    });
    onRpc("twitter.login", "poll", ({args}) => {
        expect.step(`poll ${args[0]}`);
        return polled;
    });
    onRpc("twitter.login", "cancel", ({args}) => {
        expect.step(`cancel ${args[0]}`);
        return polled;
    });
});

const STARTED = {
    permissions: ["read", "post"],
    popup: true,
    res_model: "crm.lead",
    res_id: 1,
};

async function logIn(panel = panelData({connection: NOT_CONNECTED})) {
    await mountPanel(panel);
    await contains(".o_crm_twitter_login").click();
}

async function waitFor(answer) {
    polled = answer;
    await advanceTime(1500);
    await animationFrame();
    expect.verifySteps(["poll 12"]);
}

describe("before the login", () => {
    test("needed permissions are fixed, others can be chosen where the plan has them", async () => {
        await mountPanel(panelData({connection: NOT_CONNECTED}));
        const states = queryAll(".o_crm_twitter_connect input").map((input) => [
            input.name,
            input.checked,
            input.disabled,
        ]);
        expect(states).toEqual([
            ["read", true, true],
            ["post", true, false],
            ["like", false, true],
        ]);
        await contains(".o_crm_twitter_connect input[name=post]").click();
        await contains(".o_crm_twitter_login").click();
        expect.verifySteps([
            "open crm_twitter_login",
            {...STARTED, permissions: ["read"]},
        ]);
    });

    test("the privacy policy is linked where there is one", async () => {
        const privacy_url = "https://example.com/privacy";
        await mountPanel(panelData({connection: NOT_CONNECTED, privacy_url}));
        expect("a.o_crm_twitter_privacy").toHaveAttribute("href", privacy_url);
        expect(".o_crm_twitter_privacy").toHaveText("Your company's privacy policy");
    });

    test("the privacy policy is named where its address makes no link", async () => {
        const privacy_url = "ftp://example.com/privacy";
        await mountPanel(panelData({connection: NOT_CONNECTED, privacy_url}));
        expect("a.o_crm_twitter_privacy").toHaveCount(0);
        expect(".o_crm_twitter_privacy").toHaveText(
            `Your company's privacy policy: ${privacy_url}`
        );
    });

    test("what is fixed says why", async () => {
        const permissions = [
            PERMISSIONS[0],
            {...PERMISSIONS[1], needed: true, help: "A colleague allowed it."},
        ];
        await mountPanel(panelData({connection: NOT_CONNECTED, permissions}));
        expect(queryAllTexts(".o_crm_twitter_connect label")).toEqual([
            "Read profiles and posts (needed)",
            "Post and repost (already allowed)\nA colleague allowed it.",
        ]);
    });
});

test("a page under another address than X sends back to links there", async () => {
    const keys = {
        configured: true,
        can_configure: false,
        other_origin: "https://crm.example.com",
    };
    await mountPanel(panelData({connection: NOT_CONNECTED, keys}));
    expect(".o_crm_twitter_login").toHaveCount(0);
    expect(".o_crm_twitter_elsewhere a").toHaveAttribute(
        "href",
        /^https:\/\/crm\.example\.com\//
    );
});

describe("in a popup", () => {
    test("the panel asks the server, and goes on when it is connected", async () => {
        await logIn();
        expect.verifySteps(["open crm_twitter_login", STARTED]);
        expect(popup.location).toBe(URL_ON_X);
        expect(".o_crm_twitter_waiting").toHaveText(/check the callback address/);
        await waitFor({state: "exchanging", message: "", handle: ""});
        expect(".o_crm_twitter_waiting").toHaveCount(1);
        onRpc("crm.lead", "twitter_panel", () => associatedData());
        await waitFor({state: "connected", message: "", handle: "ourcompany"});
        await animationFrame();
        expect(".o_crm_twitter_connect").toHaveCount(0);
        expect(".o_crm_twitter_refresh").toHaveCount(1);
        await advanceTime(5000);
        expect.verifySteps([]);
    });

    test("a word on the channel makes it ask at once", async () => {
        await logIn();
        expect.verifySteps(["open crm_twitter_login", STARTED]);
        polled = {state: "refused", message: "You refused.", handle: ""};
        const channel = new BroadcastChannel("crm_twitter.login");
        channel.postMessage({login: 12, state: "connected"});
        await expect.waitForSteps(["poll 12"]);
        channel.close();
        await animationFrame();
        // What counts is what the server says, not the word.
        expect(".o_crm_twitter_outcome").toHaveText("You refused.");
    });

    for (const [state, sentence] of [
        ["refused", /You did not allow it/],
        ["failed", /did not complete/],
        ["expired", /has expired/],
    ]) {
        test(`a login that is ${state} ends in a sentence and a way on`, async () => {
            await logIn();
            expect.verifySteps(["open crm_twitter_login", STARTED]);
            await waitFor({state, message: "", handle: ""});
            expect(".o_crm_twitter_outcome").toHaveText(sentence);
            await contains(".o_crm_twitter_login").click();
            expect.verifySteps(["open crm_twitter_login", STARTED]);
        });
    }

    test("can be cancelled", async () => {
        await logIn();
        expect.verifySteps(["open crm_twitter_login", STARTED]);
        await contains(".o_crm_twitter_cancel").click();
        expect.verifySteps(["cancel 12"]);
        expect(".o_crm_twitter_login").toHaveCount(1);
        await advanceTime(5000);
        expect.verifySteps([]);
    });

    test("can be tried again while waiting", async () => {
        await logIn();
        expect.verifySteps(["open crm_twitter_login", STARTED]);
        expect(".o_crm_twitter_earlier").toHaveCount(0);
        await contains(".o_crm_twitter_again").click();
        expect(".o_crm_twitter_earlier").toHaveText("Close the earlier window.");
        expect.verifySteps(["open crm_twitter_login", STARTED]);
        await waitFor({state: "pending", message: "", handle: ""});
    });

    test("a login that cannot begin closes the window and says why", async () => {
        onRpc("twitter.login", "start", () => {
            throw makeServerError({message: "The keys cannot be read."});
        });
        await logIn();
        expect.verifySteps(["open crm_twitter_login", "close popup"]);
        expect(".o_crm_twitter_outcome").toHaveText("The keys cannot be read.");
        expect(".o_crm_twitter_login").toHaveCount(1);
    });

    test("a server that does not answer for a while is asked again", async () => {
        await logIn();
        expect.verifySteps(["open crm_twitter_login", STARTED]);
        let isDown = true;
        onRpc("twitter.login", "poll", () => {
            if (isDown) {
                throw makeServerError({message: "Not now."});
            }
        });
        await advanceTime(1500);
        await animationFrame();
        expect(".o_crm_twitter_outcome").toHaveText("Not now.");
        isDown = false;
        await waitFor({state: "pending", message: "", handle: ""});
        expect(".o_crm_twitter_outcome").toHaveCount(0);
        expect(".o_crm_twitter_waiting").toHaveCount(1);
    });
});

describe("in the same tab", () => {
    test("when the popup is blocked, and the panel to come back to is remembered", async () => {
        popup = null;
        patchWithCleanup(browser.location, {assign: (url) => expect.step(url)});
        await logIn();
        expect.verifySteps([
            "open crm_twitter_login",
            {...STARTED, popup: false},
            URL_ON_X,
        ]);
        const entry = JSON.parse(browser.sessionStorage.getItem("crm_twitter.reopen"));
        expect(entry).toMatchObject({resModel: "crm.lead", resId: 1, login: 12});
        browser.sessionStorage.removeItem("crm_twitter.reopen");
    });

    test("how it ended is said on coming back", async () => {
        polled = {state: "refused", message: "You refused.", handle: ""};
        await mountPanel(panelData({connection: NOT_CONNECTED}), {login: 12});
        await animationFrame();
        expect.verifySteps(["poll 12"]);
        expect(".o_crm_twitter_outcome").toHaveText("You refused.");
        expect(".o_crm_twitter_login").toHaveCount(1);
    });

    test("coming back without an answer of X is said as well", async () => {
        await mountPanel(panelData({connection: NOT_CONNECTED}), {login: 12});
        await animationFrame();
        expect.verifySteps(["poll 12"]);
        expect(".o_crm_twitter_outcome").toHaveText(/was not completed/);
    });
});

describe("in the preferences", () => {
    const connection = {
        state: "connected",
        handle: "ourcompany",
        name: "Us",
        scopes: [],
        permissions_text: ["Read profiles", "Post"],
        connected_since: "2019-03-01T10:00:00+00:00",
        members: 3,
    };
    const answer = (values) => ({
        keys: {configured: true, can_configure: false},
        connection,
        permissions: PERMISSIONS,
        privacy_url: "",
        connected_apps_url: "https://x.com/settings/connected_apps",
        ...values,
    });
    const mountWidget = () =>
        mountView({
            type: "form",
            resModel: "crm.lead",
            resId: 1,
            arch: `<form><widget name="twitter_connection"/></form>`,
        });

    test("the connection is shown and ended", async () => {
        let data = answer({});
        onRpc("twitter.account", "connection", () => data);
        onRpc("twitter.account", "disconnect", () => {
            expect.step("disconnect");
            data = answer({connection: {...connection, state: "none"}});
            return {message: "You are disconnected."};
        });
        await mountWidget();
        expect(".o_crm_twitter_connection").toHaveText(
            /Connected as @ourcompany \(Us\) since March 1, 2019\./
        );
        expect(".o_crm_twitter_connection li").toHaveCount(2);
        expect(".o_crm_twitter_connection a").toHaveAttribute(
            "href",
            "https://x.com/settings/connected_apps"
        );
        await contains(".o_crm_twitter_disconnect").click();
        await contains(".modal .btn-primary").click();
        await animationFrame();
        expect.verifySteps(["disconnect"]);
        expect(".o_crm_twitter_connection").toHaveText(/You are disconnected\./);
        expect(".o_crm_twitter_login").toHaveCount(1);
    });

    test("one logs in there without a record", async () => {
        let data = answer({connection: {...connection, state: "none"}});
        onRpc("twitter.account", "connection", () => data);
        await mountWidget();
        await contains(".o_crm_twitter_login").click();
        expect.verifySteps([
            "open crm_twitter_login",
            {...STARTED, res_model: "", res_id: 0},
        ]);
        data = answer({});
        await waitFor({state: "connected", message: "", handle: "ourcompany"});
        await animationFrame();
        expect(".o_crm_twitter_connection").toHaveText(/Connected as @ourcompany/);
    });
});
