import {describe, expect, test} from "@odoo/hoot";
import {queryOne} from "@odoo/hoot-dom";
import {contains} from "@web/../tests/web_test_helpers";
import {
    answeredPost,
    FakePanel,
    INTENT,
    NOTICE,
    openComposer,
    SEND,
    settled,
    update,
    WORDS,
} from "./composer_test_helpers";
import {defineTwitterModels} from "./crm_twitter_test_helpers";

defineTwitterModels();

const ASK_AGAIN = ".o_crm_twitter_ask_again";
const RULE = "You can only reply to posts where you are mentioned.";

async function write(text) {
    await contains(WORDS).edit(text, {confirm: false});
    await settled();
}

async function click(selector) {
    await contains(selector).click();
    await settled();
}

/** Write and send; return what was asked of the server. */
async function send(model, text = "Hello", kind = "post", post = false) {
    await openComposer(model, kind, post);
    await write(text);
    await click(SEND);
    return model.asked("act").at(-1);
}

const uids = (model) => model.asked("act").map(({requestUid}) => requestUid);

describe("refused", () => {
    test("X's reason is said, the words stay, and the next way is there", async () => {
        const post = answeredPost();
        const model = new FakePanel({
            panel: {posts: {items: [post]}},
            act: (_asked, panel) => {
                panel.panel.posts.items = [{...post, actions: {reply: INTENT}}];
                return update("refused", {engagement: {reason: RULE}});
            },
        });
        await send(model, "Thank you", "reply", post);
        expect(NOTICE).toHaveText(RULE);
        expect(NOTICE).toHaveAttribute("role", "alert");
        expect(WORDS).toHaveValue("Thank you");
        expect(SEND).toHaveCount(0);
        expect(".o_crm_twitter_open").toHaveText("Reply on x.com");
        const {searchParams} = new URL(queryOne(".o_crm_twitter_open").href);
        expect(searchParams.get("text")).toBe("Thank you");
    });

    test("a post the panel does not show takes the next way all the same", async () => {
        const model = new FakePanel({
            act: () =>
                update("refused", {
                    engagement: {reason: RULE},
                    post: {id: "501", actions: {reply: INTENT}},
                }),
        });
        await send(model, "Thank you", "reply", answeredPost());
        expect(".o_crm_twitter_open").toHaveCount(1);
    });

    test("once more is another intention", async () => {
        const model = new FakePanel({
            act: () => update("refused", {engagement: {reason: "Not now."}}),
        });
        await send(model);
        await click(SEND);
        const [first, second] = uids(model);
        expect(first).not.toBe(second);
    });

    test("refused before anything was begun: the same intention", async () => {
        const problem = {code: "too_many", message: "Too many.", action: "retry"};
        const model = new FakePanel({act: () => update(false, {problem})});
        await send(model);
        expect(NOTICE).toHaveText("Too many.");
        expect(WORDS).toHaveValue("Hello");
        await click(SEND);
        const [first, second] = uids(model);
        expect(first).toBe(second);
    });
});

describe("not known", () => {
    test("X did not answer: nothing is sent again, and the draft is kept", async () => {
        const model = new FakePanel({
            act: ({requestUid}) =>
                update("unknown", {engagement: {request_uid: requestUid}}),
            engagementState: (uid) =>
                update("unknown", {engagement: {request_uid: uid}}),
        });
        await send(model);
        expect(NOTICE).toHaveText(/X did not answer[^]*Nothing will be sent again/);
        expect(SEND).toHaveCount(0);
        expect(WORDS).toHaveAttribute("readonly");
        await click(ASK_AGAIN);
        expect(model.asked("act").length).toBe(1);
        await click(".o_crm_twitter_close");
        await openComposer(model);
        expect(WORDS).toHaveValue("Hello");
        expect(SEND).toHaveCount(0);
        expect(model.asked("act").length).toBe(1);
    });

    test("X has done it, and that is not written down yet", async () => {
        const problem = {code: "unwritten", message: "X has done it.", action: ""};
        const model = new FakePanel({
            act: () => update(false, {problem}),
            engagementState: () => update("sending"),
        });
        await send(model);
        expect(NOTICE).toHaveText("X has done it.");
        expect(SEND).toHaveCount(0);
        await click(ASK_AGAIN);
        expect(NOTICE).toHaveText(/being sent/);
        expect(model.asked("act").length).toBe(1);
    });

    test("the same with the row: what is said of it, and nothing is sent", async () => {
        const problem = {code: "unwritten", message: "X has done it.", action: ""};
        const model = new FakePanel({act: () => update("refused", {problem})});
        await send(model);
        expect(NOTICE).toHaveText("X has done it.");
        expect(SEND).toHaveCount(0);
        expect(WORDS).toHaveAttribute("readonly");
        expect(ASK_AGAIN).toHaveCount(1);
    });

    test("no word from the database is not taken for anything", async () => {
        await send(new FakePanel({act: () => update(false)}));
        expect(NOTICE).toHaveText(/not known whether this was sent/);
        expect(SEND).toHaveCount(0);
    });

    test("known later: the draft goes, and that is said", async () => {
        const model = new FakePanel({act: () => update("unknown")});
        await send(model);
        await click(".o_crm_twitter_close");
        model.answers.engagementState = () =>
            update("done", {engagement: {text: "Hello"}});
        await openComposer(model);
        expect(NOTICE).toHaveText("What you wrote here before is on X: “Hello”");
        expect(WORDS).toHaveValue("");
        await write("Hello again");
        model.answers.act = () => update("done");
        await click(SEND);
        const [first, second] = uids(model);
        expect(first).not.toBe(second);
    });

    test("settled in the panel: the composer in front closes", async () => {
        const model = new FakePanel({act: () => update("unknown")});
        const {requestUid} = await send(model);
        const row = {request_uid: requestUid, is_mine: true, text: "Hello"};
        model.tell({...row, request_uid: "another", state: "done"});
        await settled();
        expect(".o_dialog").toHaveCount(1);
        model.tell({...row, state: "done"});
        await settled();
        expect(".o_dialog").toHaveCount(0);
        expect(model.listeners.size).toBe(0);
        await openComposer(model);
        expect(WORDS).toHaveValue("");
    });

    test("settled in the panel as not done: the draft is given back", async () => {
        const model = new FakePanel({act: () => update("unknown")});
        const {requestUid} = await send(model);
        expect(WORDS).toHaveAttribute("readonly");
        model.tell({request_uid: requestUid, is_mine: true, state: "not_done"});
        await settled();
        expect(NOTICE).toHaveText("This was not done on X. Your text is kept.");
        expect(WORDS).toHaveValue("Hello");
        expect(WORDS).not.toHaveAttribute("readonly");
        expect(SEND).toBeEnabled();
    });

    test("known not to be done: it can be sent, as another intention", async () => {
        const model = new FakePanel({act: () => update("unknown")});
        await send(model);
        model.answers.engagementState = () => update("not_done");
        await click(ASK_AGAIN);
        expect(NOTICE).toHaveText("This was not done on X. Your text is kept.");
        model.answers.act = () => update("done");
        await click(SEND);
        const [first, second] = uids(model);
        expect(first).not.toBe(second);
        expect(".o_dialog").toHaveCount(0);
    });

    test("the row of another tab with the same words is asked after", async () => {
        const model = new FakePanel({
            act: () => update("unknown", {engagement: {request_uid: "theirs"}}),
        });
        await send(model);
        model.answers.engagementState = () => update("unknown");
        await click(ASK_AGAIN);
        expect(model.asked("engagementState")).toEqual(["theirs"]);
    });
});

describe("a lost connection", () => {
    test("it arrived: as if the answer had come", async () => {
        const model = new FakePanel({
            act: () => null,
            engagementState: () => update("done"),
        });
        const {requestUid} = await send(model);
        expect(model.asked("engagementState")).toEqual([requestUid]);
        expect(".o_dialog").toHaveCount(0);
    });

    test("it did not arrive: why, and the same intention once more", async () => {
        const model = new FakePanel({act: () => null});
        model.error = "Odoo could not be reached, so nothing was sent to X. Try again.";
        await send(model);
        expect(NOTICE).toHaveText(model.error);
        expect(WORDS).toHaveValue("Hello");
        expect(WORDS).not.toHaveAttribute("readonly");
        model.answers.act = () => update("done");
        await click(SEND);
        const [first, second] = uids(model);
        expect(first).toBe(second);
    });

    test("Odoo stays away: not known, and nothing is sent by asking", async () => {
        const model = new FakePanel({act: () => null, engagementState: () => null});
        await send(model);
        expect(NOTICE).toHaveText(/not known whether this was sent/);
        expect(WORDS).toHaveAttribute("readonly");
        model.answers.engagementState = () => update(false);
        await click(ASK_AGAIN);
        expect(NOTICE).toHaveText(/was not sent\. You can send it now/);
        expect(model.asked("act").length).toBe(1);
        expect(SEND).toBeEnabled();
    });

    test("the check of the text has no answer: nothing is sent", async () => {
        const model = new FakePanel({checkText: () => null});
        model.error = "Odoo cannot be reached.";
        await openComposer(model);
        await write("Hello");
        await click(SEND);
        expect(NOTICE).toHaveText("Odoo cannot be reached.");
        expect(model.asked("act")).toEqual([]);
    });
});

describe("X's own page", () => {
    const opened = () =>
        new FakePanel({
            panel: {actions: {post: INTENT}},
            engagementState: () => update("opened"),
        });

    async function open(model) {
        await openComposer(model);
        await write("Hello");
        queryOne(".o_crm_twitter_open").addEventListener("click", (ev) =>
            ev.preventDefault()
        );
        await click(".o_crm_twitter_open");
    }

    test("not answered yet: said, and the same intention", async () => {
        const model = opened();
        await open(model);
        await openComposer(model);
        expect(NOTICE).toHaveText(/opened on x\.com before/);
        expect(WORDS).toHaveValue("Hello");
        queryOne(".o_crm_twitter_open").addEventListener("click", (ev) =>
            ev.preventDefault()
        );
        await click(".o_crm_twitter_open");
        const [first, second] = model.asked("openIntent");
        expect(first.requestUid).toBe(second.requestUid);
    });

    test("other words are another intention", async () => {
        const model = opened();
        await open(model);
        await openComposer(model);
        await write("Something else");
        queryOne(".o_crm_twitter_open").addEventListener("click", (ev) =>
            ev.preventDefault()
        );
        await click(".o_crm_twitter_open");
        const [first, second] = model.asked("openIntent");
        expect(first.requestUid).not.toBe(second.requestUid);
        expect(second.text).toBe("Something else");
    });

    test("answered: the draft is gone", async () => {
        const model = opened();
        await open(model);
        model.answers.engagementState = () =>
            update("done", {engagement: {text: "Hello"}});
        await openComposer(model);
        expect(WORDS).toHaveValue("");
    });
});
