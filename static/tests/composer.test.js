import {describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, queryOne, resize, waitFor} from "@odoo/hoot-dom";
import {animationFrame, Deferred, runAllTimers} from "@odoo/hoot-mock";
import {contains, mockService} from "@web/../tests/web_test_helpers";
import {
    answeredPost,
    BRAND,
    checked,
    FakePanel,
    INTENT,
    NOTICE,
    openComposer,
    OWN,
    SEND,
    settled,
    UNAVAILABLE,
    update,
    WORDS,
} from "./composer_test_helpers";
import {defineTwitterModels, text as segmentOf, UUID} from "./crm_twitter_test_helpers";

defineTwitterModels();

const WARNINGS = ".o_crm_twitter_warnings li";
const OPEN = ".o_crm_twitter_open";

async function write(text) {
    await contains(WORDS).edit(text, {confirm: false});
    await settled();
}

/** A telephone's page: the window of a test has its size in name only. */
function narrow() {
    const page = queryOne(".o-main-components-container");
    // What is fixed in the window is then fixed in here.
    Object.assign(page.style, {width: "390px", height: "844px", contain: "layout"});
    return page;
}

async function attach(file) {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    const values = {bubbles: true, cancelable: true, dataTransfer};
    queryOne(WORDS).dispatchEvent(new DragEvent("drop", values));
    await waitFor(`:contains("${file.name}")`);
    await settled();
}

/** Links lead nowhere in a test. */
function stayHere() {
    queryOne(OPEN).addEventListener("click", (ev) => ev.preventDefault());
}

describe("what is shown", () => {
    test("a post: as whom, and nothing to send yet", async () => {
        await openComposer(new FakePanel());
        expect(".modal-title").toHaveText("Post on X");
        expect(".o_crm_twitter_as").toHaveText(/@marcdemo\s*your own account/);
        expect(".o_crm_twitter_as input").toHaveCount(0);
        expect(WORDS).toBeFocused();
        expect(WORDS).toHaveAttribute("dir", "auto");
        expect(SEND).not.toBeEnabled();
        expect(SEND).toHaveAttribute("title", "There is nothing to post yet.");
        expect(`#${queryOne(SEND).getAttribute("aria-describedby")}`).toHaveText(
            "There is nothing to post yet."
        );
        expect(".o_crm_twitter_preview, .o_crm_twitter_answered").toHaveCount(0);
        expect(".o_crm_twitter_discard").toHaveCount(0);
    });

    test("a mention begins with the handle, and the cursor is behind it", async () => {
        await openComposer(new FakePanel(), "mention");
        expect(".modal-title").toHaveText("Mention @jacquesdunagan on X");
        expect(WORDS).toHaveValue("@jacquesdunagan ");
        expect(queryOne(WORDS).selectionStart).toBe("@jacquesdunagan ".length);
    });

    for (const [kind, title, label, verb] of [
        ["reply", "Reply to @jacquesdunagan on X", "The post you reply to", "Reply"],
        ["quote", "Quote @jacquesdunagan on X", "The post you quote", "Post"],
    ]) {
        test(`a ${kind} shows the post it is about`, async () => {
            await openComposer(new FakePanel(), kind, answeredPost());
            expect(".modal-title").toHaveText(title);
            expect(".o_crm_twitter_answered").toHaveAttribute("aria-label", label);
            expect(".o_crm_twitter_answered").toHaveText(/Our new chair/);
            expect(SEND).toHaveText(new RegExp(`^${verb}`));
        });
    }

    test("the preview is the very text, with X's links", async () => {
        await openComposer(new FakePanel());
        const words = "Hi @odoo\n  <b>#crm</b>";
        await write(words);
        const preview = ".o_crm_twitter_preview ";
        expect(queryOne(`${preview}.o_crm_twitter_text`).textContent).toBe(words);
        expect(`${preview}.o_crm_twitter_preview_as`).toHaveText("@marcdemo");
        expect(queryAllTexts(`${preview}a`)).toEqual(["@odoo", "#crm"]);
        expect(`${preview}b`).toHaveCount(0);
    });

    test("right to left", async () => {
        await openComposer(new FakePanel());
        await write("مرحبا بالعالم @odoo");
        const directionOf = (selector) =>
            getComputedStyle(queryOne(selector)).direction;
        expect(directionOf(WORDS)).toBe("rtl");
        expect(directionOf(".o_crm_twitter_preview .o_crm_twitter_text")).toBe("rtl");
        expect(directionOf(".o_crm_twitter_left")).toBe("ltr");
        expect(SEND).not.toHaveAttribute("title");
        for (const [text, direction] of [
            ["@jacquesdunagan مرحبا بكم", "rtl"],
            ["@jacquesdunagan @odoo 12: שלום Odoo", "rtl"],
            ["@jacquesdunagan hello مرحبا", "ltr"],
        ]) {
            await write(text);
            expect(directionOf(WORDS)).toBe(direction);
            expect(directionOf(".o_crm_twitter_preview .o_crm_twitter_text")).toBe(
                direction
            );
        }
    });

    test("that a mention mentions nobody any more is said, and blocks nothing", async () => {
        await openComposer(new FakePanel(), "mention");
        await write("@JacquesDunagan hello");
        expect(WARNINGS).toHaveCount(0);
        await write("Hello @jacques");
        expect(WARNINGS).toHaveText("@jacquesdunagan is not mentioned any more.");
        expect(SEND).toBeEnabled();
    });

    test("on a telephone, nothing sticks out", async () => {
        await resize({width: 390, height: 844});
        const long = "W".repeat(60);
        const model = new FakePanel({
            panel: {accounts: [{...OWN, handle: "w".repeat(15)}, BRAND]},
            checkText: (asked) =>
                checked(asked, [{code: "same_as_last", message: long, blocks: false}]),
            act: () => update("refused", {engagement: {reason: long}}),
        });
        const author = {...answeredPost().author, name: long, handle: "w".repeat(15)};
        const segments = [segmentOf(`${long}${long}`)];
        await openComposer(model, "reply", answeredPost({author, segments}));
        const page = narrow();
        await write(`https://example.com/${"a".repeat(200)} ${"W".repeat(100)}`);
        await contains(SEND).click();
        await settled();
        await attach(new File([Uint8Array.of(0xff, 0xd8, 0xff)], `${long}.jpg`));
        await attach(new File([], `${long}.bmp`));
        expect(".o_crm_twitter_picture, .o_crm_twitter_refusals li").toHaveCount(2);
        expect(`${NOTICE}, .o_crm_twitter_discard, .o_crm_twitter_free`).toHaveCount(3);
        const modal = queryOne(".o_dialog .modal");
        expect(modal.getBoundingClientRect().width).toBe(390);
        const sheet = queryOne(".o_crm_twitter_composer");
        const right = page.getBoundingClientRect().right;
        const isOut = (el) =>
            el.scrollWidth > el.clientWidth || el.getBoundingClientRect().right > right;
        // What is inline has no width of its own; what is only said is nowhere.
        const shown = ":is(button, div, footer, img, label, li, main, p, textarea)";
        const parts = sheet.querySelectorAll(`${shown}:not(.visually-hidden)`);
        const out = [modal, sheet, ...parts].filter(isOut);
        expect(out.map((el) => `${el.tagName} ${el.className}`)).toEqual([]);
    });
});

describe("count", () => {
    for (const [length, state, left, said] of [
        [259, "far", "21", ""],
        [260, "near", "20", "No more than 20 characters left."],
        [280, "near", "0", "No more than 20 characters left."],
        [281, "over", "-1", "The text is too long for X."],
    ]) {
        test(`${length} of 280`, async () => {
            await openComposer(new FakePanel());
            await write("a".repeat(length));
            expect(".o_crm_twitter_count").toHaveAttribute("data-state", state);
            expect(".o_crm_twitter_left").toHaveText(left);
            expect(".o_crm_twitter_count_said").toHaveText(said);
            expect(queryOne(SEND).disabled).toBe(length > 280);
        });
    }

    test("who may write longer posts has another limit", async () => {
        const model = new FakePanel({panel: {accounts: [OWN, BRAND]}});
        await openComposer(model);
        await write("a".repeat(300));
        expect(SEND).not.toBeEnabled();
        await contains("[data-account='12'] input").click();
        await settled();
        expect(model.asked("setActing")).toEqual([12]);
        expect(".o_crm_twitter_left").toHaveText("24700");
        expect(SEND).toBeEnabled();
    });

    test("what X refuses is not sent, before the server has said so", async () => {
        const model = new FakePanel({checkText: () => new Deferred()});
        await openComposer(model);
        for (const text of ["$ONE and $TWO", "a\ufffeb", "  \n "]) {
            await write(text);
            expect(SEND).not.toBeEnabled();
        }
        await write("$ONE");
        expect(SEND).toBeEnabled();
    });
});

describe("as whom", () => {
    test("one's own account or the company's, in words", async () => {
        await openComposer(new FakePanel({panel: {accounts: [OWN, BRAND]}}));
        expect("[data-account='11'] input").toBeChecked();
        expect(queryAllTexts(".o_crm_twitter_as small")).toEqual([
            "your own account",
            "the company's account",
        ]);
    });

    test("on x.com the choice changes the way, not as whom it is published", async () => {
        const panel = {accounts: [OWN, BRAND], actions: {post: INTENT}};
        await openComposer(new FakePanel({panel}));
        expect("fieldset.o_crm_twitter_published legend").toHaveText("Acting as");
        expect(".o_crm_twitter_published_on_site").toHaveText(/whoever is logged in/);
    });

    test("without a login, whoever is logged in on x.com", async () => {
        const panel = {accounts: [], acting: 0, actions: {post: INTENT}};
        await openComposer(new FakePanel({panel}));
        expect(".o_crm_twitter_published").toHaveText(/whoever is logged in on x\.com/);
        expect(OPEN).toHaveCount(0);
        await write("Hello");
        expect(OPEN).toHaveCount(1);
    });
});

describe("price and warnings", () => {
    test("the price is on the button, and a link makes it dearer", async () => {
        await openComposer(new FakePanel());
        await write("Hello");
        expect(`${SEND} .o_crm_twitter_price`).toHaveText("$0.015");
        expect(WARNINGS).toHaveCount(0);
        await write("Hello odoo.com");
        expect(`${SEND} .o_crm_twitter_price`).toHaveText("$0.20");
        expect(WARNINGS).toHaveText(
            /^A link makes this post 13 times dearer: \$0\.20 instead of \$0\.015\./
        );
        expect(".o_crm_twitter_free").toHaveText("Post on x.com instead: free");
        expect(".o_crm_twitter_free").toHaveAttribute(
            "href",
            "https://x.com/intent/tweet?text=Hello+odoo.com"
        );
        expect(".o_crm_twitter_free").toHaveAttribute("rel", "noopener noreferrer");
        expect(SEND).toBeEnabled();
    });

    test("as the company there is no free way", async () => {
        const panel = {accounts: [BRAND], acting: 12};
        await openComposer(new FakePanel({panel}));
        await write("Hello odoo.com");
        expect(WARNINGS).toHaveCount(1);
        expect(".o_crm_twitter_free").toHaveCount(0);
    });

    test("the server is asked once the keys rest", async () => {
        const model = new FakePanel();
        await openComposer(model);
        expect(model.asked("checkText").length).toBe(1);
        await contains(WORDS).edit("Hello", {confirm: false});
        expect(model.asked("checkText").length).toBe(1);
        await settled();
        expect(model.asked("checkText").slice(1)).toEqual([
            {kind: "post", text: "Hello", postId: "", pictures: 0, described: 0},
        ]);
    });

    test("what the server warns of is said; what blocks, blocks", async () => {
        const message = "This is the same text as in your last post.";
        let blocks = false;
        const model = new FakePanel({
            checkText: (asked) =>
                checked(asked, [{code: "same_as_last", message, blocks}]),
        });
        await openComposer(model);
        await write("Hello");
        expect(WARNINGS).toHaveText(message);
        expect(SEND).toBeEnabled();
        blocks = true;
        await write("Hello again");
        expect(SEND).not.toBeEnabled();
    });

    test("a late answer about what is not there any more is dropped", async () => {
        const late = new Deferred();
        const model = new FakePanel({
            checkText: (asked) => (asked.text === "odoo.com" ? late : checked(asked)),
        });
        await openComposer(model);
        await write("odoo.com");
        await write("Hello");
        late.resolve(checked({text: "odoo.com"}));
        await settled();
        expect(`${SEND} .o_crm_twitter_price`).toHaveText("$0.015");
    });

    test("a warning that was not there to be read stops the click", async () => {
        const message = "The same text went to @jane within the last 30 days.";
        const model = new FakePanel({
            checkText: (asked) =>
                checked(asked, asked.text ? [{code: "sent_to_others", message}] : []),
        });
        await openComposer(model);
        await contains(WORDS).edit("Hello", {confirm: false});
        await contains(SEND).click();
        await animationFrame();
        expect(model.asked("act")).toEqual([]);
        expect(WARNINGS).toHaveText(message);
        expect(NOTICE).toHaveText("Read this first, and then send it.");
        await contains(SEND).click();
        await settled();
        expect(model.asked("act").length).toBe(1);
    });
});

describe("routes", () => {
    test("by the API: sent with what is on the screen, and closed", async () => {
        const model = new FakePanel();
        await openComposer(model, "reply", answeredPost());
        await write("Thank you");
        await contains(SEND).click();
        await settled();
        const [{requestUid, ...sent}] = model.asked("act");
        expect(sent).toEqual({
            kind: "reply",
            postId: "501",
            text: "Thank you",
            pictures: [],
        });
        expect(requestUid).toMatch(UUID);
        expect(".o_dialog").toHaveCount(0);
    });

    test("on X's own page: a link with the text, noted, and the draft kept", async () => {
        const model = new FakePanel();
        await openComposer(model, "reply", answeredPost({actions: {reply: INTENT}}));
        await write("Thank you");
        expect(SEND).toHaveCount(0);
        expect(OPEN).toHaveText("Reply on x.com");
        expect(OPEN).toHaveAttribute("target", "_blank");
        expect(OPEN).toHaveAttribute("rel", "noopener noreferrer");
        const {searchParams} = new URL(queryOne(OPEN).href);
        expect(searchParams.get("in_reply_to")).toBe("501");
        expect(searchParams.get("text")).toBe("Thank you");
        expect(".o_crm_twitter_route").toHaveText(INTENT.reason);
        expect(".o_crm_twitter_as").toHaveCount(0);
        expect(".o_crm_twitter_published").toHaveText(
            /^Published as whoever is logged in on x\.com/
        );
        expect(".o_crm_twitter_preview").toHaveText(
            /^What x\.com opens with\s+Thank you$/
        );
        stayHere();
        await contains(OPEN).click();
        await settled();
        expect(model.asked("act")).toEqual([]);
        expect(model.asked("openIntent").length).toBe(1);
        expect(".o_dialog").toHaveCount(0);
        await openComposer(model, "reply", answeredPost({actions: {reply: INTENT}}));
        expect(WORDS).toHaveValue("Thank you");
    });

    test("a page that could not be noted down is said", async () => {
        const model = new FakePanel({
            panel: {actions: {post: INTENT}},
            openIntent: () => null,
        });
        model.error = "Odoo cannot be reached.";
        await openComposer(model);
        await write("Hello");
        stayHere();
        await contains(OPEN).click();
        await settled();
        expect(NOTICE).toHaveText("Odoo cannot be reached.");
    });

    test("not at all: why, in words", async () => {
        const model = new FakePanel();
        await openComposer(
            model,
            "quote",
            answeredPost({actions: {quote: UNAVAILABLE}})
        );
        await write("Look");
        expect(SEND).not.toBeEnabled();
        expect(".o_crm_twitter_route_reason").toHaveText("The posts are protected.");
        expect(".o_crm_twitter_preview").toHaveText(/^What you have written/);
        await press("Control+Enter");
        await settled();
        expect(model.asked("act")).toEqual([]);
    });

    test("X's page takes nothing that X would refuse", async () => {
        await openComposer(new FakePanel({panel: {actions: {post: INTENT}}}));
        await write("a".repeat(281));
        expect(OPEN).toHaveCount(0);
        expect(SEND).not.toBeEnabled();
        expect(SEND).toHaveText("Post on x.com");
    });
});

describe("keys and clicks", () => {
    test("Ctrl+Enter sends", async () => {
        const model = new FakePanel();
        await openComposer(model);
        await write("Hello");
        await press("Control+Enter");
        await settled();
        expect(model.asked("act").length).toBe(1);
        expect(".o_dialog").toHaveCount(0);
    });

    test("Ctrl+Enter opens X's page where that is the way, and discards nothing", async () => {
        const model = new FakePanel({panel: {actions: {post: INTENT}}});
        await openComposer(model);
        await write("Hello");
        stayHere();
        await press("Control+Enter");
        await settled();
        expect(model.asked("openIntent").length).toBe(1);
    });

    test("Ctrl+Enter does nothing while there is nothing to send", async () => {
        const model = new FakePanel();
        await openComposer(model);
        await press("Control+Enter");
        await settled();
        expect(model.asked("act")).toEqual([]);
        expect(".o_dialog").toHaveCount(1);
    });

    test("Escape closes and keeps the draft", async () => {
        mockService("notification", {add: (words) => expect.step(String(words))});
        await openComposer(new FakePanel());
        await write("Hello");
        await press("Escape");
        await settled();
        expect(".o_dialog").toHaveCount(0);
        expect.verifySteps(["Draft kept."]);
        await openComposer(new FakePanel());
        expect(WORDS).toHaveValue("Hello");
        await contains(".o_crm_twitter_discard").click();
        await settled();
        expect.verifySteps([]);
    });

    test("nothing is said where nothing was written", async () => {
        mockService("notification", {add: (words) => expect.step(String(words))});
        await openComposer(new FakePanel(), "mention");
        await press("Escape");
        await settled();
        expect.verifySteps([]);
    });

    test("a double click is one; meanwhile nothing can be changed", async () => {
        const answer = new Deferred();
        const model = new FakePanel({act: () => answer});
        await openComposer(model);
        await write("Hello");
        queryOne(SEND).click();
        queryOne(SEND).click();
        await press("Control+Enter");
        await animationFrame();
        expect(model.asked("act").length).toBe(1);
        expect(SEND).not.toBeEnabled();
        expect(SEND).toHaveText("Sending…");
        expect(WORDS).toHaveAttribute("readonly");
        answer.resolve(update("done"));
        await settled();
        expect(".o_dialog").toHaveCount(0);
    });

    test("closed while it is being sent, the draft goes once it is sent", async () => {
        mockService("notification", {add: (words) => expect.step(String(words))});
        const answer = new Deferred();
        const model = new FakePanel({act: () => answer});
        await openComposer(model);
        await write("Hello");
        await contains(SEND).click();
        await press("Escape");
        await animationFrame();
        expect.verifySteps(["It is still being sent. The draft is kept."]);
        const before = model.asked("checkText").length;
        answer.resolve(update("done"));
        await runAllTimers();
        expect(model.asked("checkText").length).toBe(before);
        await openComposer(new FakePanel());
        expect(WORDS).toHaveValue("");
    });
});

test("the account's routes are what counts after it is changed", async () => {
    const model = new FakePanel({panel: {accounts: [OWN, BRAND]}});
    model.setActing = async (accountId) => {
        model.panel.acting = accountId;
        model.panel.actions = {post: {...UNAVAILABLE, reason: "Log in as @acme."}};
    };
    await openComposer(model);
    await write("Hello");
    expect(SEND).toBeEnabled();
    await contains("[data-account='12'] input").click();
    await settled();
    expect(SEND).not.toBeEnabled();
    expect(".o_crm_twitter_route_reason").toHaveText("Log in as @acme.");
});
