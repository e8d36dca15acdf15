import {beforeEach, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {BoardSystray} from "@crm_twitter/board_systray/board_systray";
import {defineBoardModels, gather, mockBus, tell} from "./board_test_helpers";

defineBoardModels();
beforeEach(mockBus);

let count = 0;

async function mountSystray() {
    onRpc("twitter.interaction", "new_count", () => {
        expect.step("count");
        return count;
    });
    await mountWithCleanup(BoardSystray);
    await animationFrame();
    expect.verifySteps(["count"]);
}

test("how many are new, and nothing where nothing is", async () => {
    count = 0;
    await mountSystray();
    expect(".o_crm_twitter_new_count").toHaveCount(0);
    expect(".o_crm_twitter_systray").toHaveAttribute(
        "aria-label",
        "Social: nothing new on X"
    );
    count = 3;
    tell();
    await gather(3000);
    expect.verifySteps(["count"]);
    expect(".o_crm_twitter_new_count").toHaveText("3");
    expect(".o_crm_twitter_systray").toHaveAttribute(
        "aria-label",
        "Social: 3 new interactions on X"
    );
});

test("the server is asked once for many messages", async () => {
    count = 120;
    await mountSystray();
    expect(".o_crm_twitter_new_count").toHaveText("99+");
    for (let i = 0; i < 5; i++) {
        tell();
        await gather(100);
    }
    expect.verifySteps([]);
    await gather(3000);
    expect.verifySteps(["count"]);
});

test("a click leads to those that are new", async () => {
    count = 1;
    mockService("action", {
        doAction: (action, options) => expect.step([action, options]),
    });
    await mountSystray();
    await contains(".o_crm_twitter_systray").click();
    expect.verifySteps([
        [
            "crm_twitter.twitter_interaction_action",
            {clearBreadcrumbs: true, additionalContext: {search_default_new: 1}},
        ],
    ]);
});

test("is for whom the server lets work with X", async () => {
    const {isDisplayed} = registry.category("systray").get("crm_twitter.board");
    patchWithCleanup(session, {twitter_site_url: undefined});
    expect(isDisplayed()).toBe(false);
    patchWithCleanup(session, {twitter_site_url: "https://x.com"});
    expect(isDisplayed()).toBe(true);
});
