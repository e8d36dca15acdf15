import {beforeEach, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineBoardModels, gather, look, mockBus, say} from "./board_test_helpers";

defineBoardModels();
beforeEach(mockBus);

const WORDS = ".o_data_row";
const TEN_MINUTES = 10 * 60 * 1000;

const mountList = () =>
    mountView({
        type: "list",
        resModel: "twitter.interaction",
        arch: `
            <list js_class="crm_twitter_interactions">
                <field name="text"/>
            </list>`,
    });

test("a list left open is read again", async () => {
    await mountList();
    say("Lamps?");
    await gather(TEN_MINUTES - 1000);
    expect(WORDS).toHaveCount(3);
    await gather(1000);
    expect(WORDS).toHaveCount(4);
});

test("a list nobody looks at is read when somebody does", async () => {
    await mountList();
    look(false);
    say("Lamps?");
    await gather(3 * TEN_MINUTES);
    expect(WORDS).toHaveCount(3);
    look(true);
    await animationFrame();
    await animationFrame();
    expect(WORDS).toHaveCount(4);
});

test("what is chosen stays chosen", async () => {
    await mountList();
    await contains(`${WORDS}:first .o_list_record_selector input`).click();
    say("Lamps?");
    await gather(TEN_MINUTES);
    expect(WORDS).toHaveCount(3);
    expect(`${WORDS}:first input:checked`).toHaveCount(1);
});

test("a server that does not answer is no dialog", async () => {
    await mountList();
    onRpc("twitter.interaction", "web_search_read", () => {
        throw makeServerError({message: "Not now."});
    });
    await gather(TEN_MINUTES);
    expect(".o_notification").toHaveText(/Not now\./);
    expect(".o_dialog").toHaveCount(0);
});
