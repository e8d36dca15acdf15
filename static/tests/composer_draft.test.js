import {describe, expect, test} from "@odoo/hoot";
import {press, queryAll} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {user} from "@web/core/user";
import {session} from "@web/session";
import {Draft} from "@crm_twitter/composer/draft";
import {
    answeredPost,
    FakePanel,
    NOTICE,
    openComposer,
    SEND,
    settled,
    update,
    WORDS,
} from "./composer_test_helpers";
import {defineTwitterModels, UUID} from "./crm_twitter_test_helpers";

defineTwitterModels();

const ABOUT = {model: "crm.lead", id: 1, kind: "post", postId: ""};

async function write(text) {
    await contains(WORDS).edit(text, {confirm: false});
    await settled();
}

describe("the draft", () => {
    test("is there after the browser was closed, with the same intention", () => {
        const draft = new Draft(ABOUT);
        draft.write({text: "Hello", pictures: [{name: "a.png", alt: "A", data: "x"}]});
        const again = new Draft(ABOUT);
        expect(again.text).toBe("Hello");
        expect(again.requestUid).toBe(draft.requestUid);
        expect(again.pictures).toEqual([{name: "a.png", alt: "A"}]);
    });

    for (const change of [
        {model: "res.partner"},
        {id: 2},
        {kind: "reply"},
        {postId: "5"},
    ]) {
        test(`is of one thing only: ${JSON.stringify(change)}`, () => {
            new Draft(ABOUT).write({text: "Hello"});
            expect(new Draft({...ABOUT, ...change}).text).toBe("");
        });
    }

    test("is of one user in one database", () => {
        new Draft(ABOUT).write({text: "Hello"});
        patchWithCleanup(session, {db: "another"});
        expect(new Draft(ABOUT).text).toBe("");
    });

    test("is of one user only", () => {
        new Draft(ABOUT).write({text: "Hello"});
        patchWithCleanup(user, {userId: 4711});
        expect(new Draft(ABOUT).text).toBe("");
    });

    test("has a request's id as the panel makes them", () => {
        expect(new Draft(ABOUT).requestUid).toMatch(UUID);
    });

    test("of nothing written is not kept", () => {
        const draft = new Draft({...ABOUT, kind: "mention"}, "@jane ");
        draft.write({text: "@jane hello"});
        expect(browser.localStorage.getItem(draft.key)).not.toBe(null);
        draft.write({text: "@jane "});
        expect(browser.localStorage.getItem(draft.key)).toBe(null);
    });

    test("that is removed begins anew, as another intention", () => {
        const draft = new Draft(ABOUT, "");
        draft.write({text: "Hello"});
        const before = draft.requestUid;
        draft.remove();
        expect([draft.text, draft.isKept]).toEqual(["", false]);
        expect(draft.requestUid).not.toBe(before);
        expect(browser.localStorage.getItem(draft.key)).toBe(null);
    });
});

describe("closing and opening again", () => {
    test("each post has its own", async () => {
        const model = new FakePanel();
        await openComposer(model, "reply", answeredPost());
        await write("To the one");
        await press("Escape");
        await animationFrame();
        await openComposer(model, "reply", answeredPost({id: "502"}));
        expect(WORDS).toHaveValue("");
    });

    test("discarded is discarded", async () => {
        const model = new FakePanel();
        await openComposer(model);
        await write("Hello");
        await contains(".o_crm_twitter_discard").click();
        await settled();
        expect(".o_dialog").toHaveCount(0);
        await openComposer(model);
        expect(WORDS).toHaveValue("");
    });

    test("a tab that died while sending: what became of it is asked first", async () => {
        const draft = new Draft(ABOUT);
        draft.write({text: "Hello"});
        draft.begin("sent");
        const model = new FakePanel();
        await openComposer(model);
        expect(model.asked("engagementState")).toEqual([draft.requestUid]);
        expect(SEND).toBeEnabled();
        await contains(SEND).click();
        await settled();
        expect(model.asked("act")[0].requestUid).toBe(draft.requestUid);
    });
});

describe("two tabs", () => {
    test("with the same draft send one and the same intention", async () => {
        new Draft(ABOUT).write({text: "Hello"});
        const [one, two] = [new FakePanel(), new FakePanel()];
        await openComposer(one);
        await openComposer(two);
        for (const button of queryAll(SEND).reverse()) {
            button.click();
        }
        await settled();
        const [first, second] = [one, two].map((model) => model.asked("act")[0]);
        expect(first.requestUid).toBe(second.requestUid);
    });

    test("one sends: the other keeps its words, and says so", async () => {
        new Draft(ABOUT).write({text: "Hello"});
        const model = new FakePanel();
        await openComposer(model);
        const other = new Draft(ABOUT);
        other.remove();
        await settled();
        expect(NOTICE).toHaveText(/sent or discarded in another tab/);
        expect(WORDS).toHaveValue("Hello");
    });

    test("the same words then are the same intention, others are another", async () => {
        const draft = new Draft(ABOUT);
        draft.write({text: "Hello"});
        const model = new FakePanel({
            act: () => update("refused", {engagement: {reason: "No."}}),
        });
        await openComposer(model);
        new Draft(ABOUT).remove();
        await settled();
        await contains(SEND).click();
        await settled();
        expect(model.asked("act")[0].requestUid).toBe(draft.requestUid);
        await write("Hello, you");
        await contains(SEND).click();
        await settled();
        expect(model.asked("act")[1].requestUid).not.toBe(draft.requestUid);
    });

    test("sent before with other words: these are kept, as another intention", async () => {
        const model = new FakePanel({
            act: () => update("done", {engagement: {text: "Hello"}}),
        });
        await openComposer(model);
        await write("Hello, you");
        await contains(SEND).click();
        await settled();
        expect(NOTICE).toHaveText(/sent before, with these words: “Hello”/);
        expect(WORDS).toHaveValue("Hello, you");
        await contains(SEND).click();
        await settled();
        const [first, second] = model.asked("act");
        expect(first.requestUid).not.toBe(second.requestUid);
    });

    test("where nothing is written, the other's draft is taken over", async () => {
        const model = new FakePanel();
        await openComposer(model);
        const other = new Draft(ABOUT);
        other.write({text: "Hello"});
        await settled();
        expect(WORDS).toHaveValue("Hello");
        await contains(SEND).click();
        await settled();
        expect(model.asked("act")[0].requestUid).toBe(other.requestUid);
    });
});
