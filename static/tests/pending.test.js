import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    getMockEnv,
    makeMockEnv,
    makeServerError,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {ConnectionLostError} from "@web/core/network/rpc";
import {PanelModel} from "@crm_twitter/panel/panel_model";
import {
    actionsData,
    associatedData,
    defineTwitterModels,
    engagementData,
    intentData,
    mountPanel,
    NO_KEYS,
    NOT_CONNECTED,
    relationData,
    updateData,
} from "./crm_twitter_test_helpers";

defineTwitterModels();

const opened = engagementData({route: "intent", state: "opened", can_answer: true});
const sending = engagementData({state: "sending"});
const unknown = engagementData({state: "unknown", can_answer: true, can_check: true});
const lines = () => queryAllTexts(".o_crm_twitter_pending > span");

async function comeBack() {
    window.dispatchEvent(new Event("focus"));
    await animationFrame();
}

/** A model whose server answers each call with `answer(method, args)`. */
async function makeModel(answer, panel = associatedData()) {
    if (!getMockEnv()) {
        await makeMockEnv();
    }
    const orm = {
        call: async (resModel, method, [, ...args]) =>
            method === "twitter_panel" ? panel : answer(method, args),
    };
    const model = new PanelModel({orm, resModel: "crm.lead", resId: 1});
    await model.load();
    return model;
}

describe("what was opened on x.com", () => {
    const follow = intentData("follow?user_id=1001");

    async function open(values = {}) {
        onRpc("crm.lead", "twitter_open_intent", () =>
            updateData({engagement: opened, pending: [opened]})
        );
        const panel = associatedData({actions: actionsData({follow}), ...values});
        const component = await mountPanel(panel);
        await component.model.openAtOnce("follow");
        await animationFrame();
        return component;
    }

    test("is asked about when the page has the focus again", async () => {
        await open();
        expect(".o_crm_twitter_pending").toHaveCount(0);
        const focused = document.activeElement;
        await comeBack();
        expect(lines()).toEqual(["Did you follow @jacquesdunagan on X?"]);
        expect("[role=status] .o_crm_twitter_pending").toHaveCount(1);
        expect(document.activeElement).toBe(focused);
        expect(".o_crm_twitter_refresh").toBeEnabled();
    });

    test("is asked about at once where the panel is opened later", async () => {
        await mountPanel(associatedData({pending: [opened]}));
        expect(".o_crm_twitter_pending").toHaveCount(1);
    });

    test("is asked about where the answer came after the user did", async () => {
        const answer = new Deferred();
        onRpc("crm.lead", "twitter_open_intent", () => answer);
        const {model} = await mountPanel(associatedData());
        model.openAtOnce("follow");
        await comeBack();
        answer.resolve(updateData({engagement: opened, pending: [opened]}));
        await animationFrame();
        expect(".o_crm_twitter_pending").toHaveCount(1);
    });

    test("done: X is asked, with its price before, and confirms it", async () => {
        onRpc("crm.lead", "twitter_answer", () => expect.step("answer"));
        onRpc("crm.lead", "twitter_check", ({args}) => {
            expect.step(["check", ...args]);
            return updateData({
                engagement: {...opened, state: "done"},
                relation: relationData({following: true}),
            });
        });
        await open();
        await comeBack();
        expect(".o_crm_twitter_done .o_crm_twitter_price").toHaveText("$0.01");
        queryOne(".o_crm_twitter_done").focus();
        await contains(".o_crm_twitter_done").click();
        await animationFrame();
        expect.verifySteps([["check", [1], 31]]);
        expect(".o_crm_twitter_pending").toHaveCount(0);
        expect("[data-relation=following]").toHaveCount(1);
        expect(".o_crm_twitter_notice").toHaveText(/done/);
        expect(".o_crm_twitter_title").toBeFocused();
    });

    test("done, and X denies it: said once, and the user's word is asked for", async () => {
        const message = "X does not show that @marcdemo follows @jacquesdunagan.";
        const problem = {code: "not_shown", message, action: ""};
        onRpc("crm.lead", "twitter_check", () =>
            updateData({engagement: opened, pending: [opened], problem})
        );
        onRpc("crm.lead", "twitter_answer", ({args}) => {
            expect.step(args);
            return updateData({engagement: {...opened, state: "done"}});
        });
        await mountPanel(associatedData({pending: [opened]}));
        await contains(".o_crm_twitter_done").click();
        expect(lines()).toEqual([message]);
        expect(".o_crm_twitter_problem, .o_crm_twitter_notice").toHaveCount(0);
        expect(".o_crm_twitter_done").toHaveText("Done anyway");
        expect(".o_crm_twitter_not_done").toHaveCount(1);
        expect.verifySteps([]);
        // Not as a double click.
        await advanceTime(1000);
        await contains(".o_crm_twitter_done").click();
        expect.verifySteps([[[1], 31, true]]);
        expect(".o_crm_twitter_pending").toHaveCount(0);
        expect(".o_crm_twitter_notice").toHaveText(/done/);
    });

    for (const [why, check] of [
        [
            "X is out of reach",
            () =>
                updateData({
                    engagement: opened,
                    pending: [opened],
                    problem: {code: "unreachable", message: "Gone.", action: "retry"},
                }),
        ],
        [
            "Odoo has an error",
            () => {
                throw makeServerError({message: "Not now."});
            },
        ],
        ["X was not asked", () => updateData({engagement: opened, pending: [opened]})],
    ]) {
        test(`done, and ${why}: the user's word counts`, async () => {
            onRpc("crm.lead", "twitter_check", () => {
                expect.step("check");
                return check();
            });
            onRpc("crm.lead", "twitter_answer", ({args}) => {
                expect.step(args);
                return updateData({engagement: {...opened, state: "done"}});
            });
            await mountPanel(associatedData({pending: [opened]}));
            await contains(".o_crm_twitter_done").click();
            await animationFrame();
            expect.verifySteps(["check", [[1], 31, true]]);
            expect(".o_crm_twitter_pending, .o_crm_twitter_problem").toHaveCount(0);
            expect(".o_crm_twitter_error").toHaveCount(0);
            expect(".o_crm_twitter_notice").toHaveText(/done/);
        });
    }

    test("done: nobody is asked without a login", async () => {
        onRpc("crm.lead", "twitter_answer", () =>
            updateData({engagement: {...opened, state: "done"}})
        );
        onRpc("crm.lead", "twitter_check", () => expect.step("check"));
        await mountPanel(
            associatedData({
                keys: NO_KEYS,
                connection: NOT_CONNECTED,
                accounts: [],
                acting: 0,
                pending: [opened],
            })
        );
        expect(".o_crm_twitter_done .o_crm_twitter_price").toHaveCount(0);
        await contains(".o_crm_twitter_done").click();
        expect.verifySteps([]);
        expect(".o_crm_twitter_pending").toHaveCount(0);
    });

    test("not done: said once, and nothing is noted", async () => {
        onRpc("crm.lead", "twitter_answer", ({args}) => {
            expect.step(args);
            return updateData({engagement: {...opened, state: "not_done"}});
        });
        await mountPanel(associatedData({pending: [opened]}), {
            onWritten: () => expect.step("written"),
        });
        await contains(".o_crm_twitter_not_done").dblclick();
        // The record counts what was begun, too.
        expect.verifySteps([[[1], 31, false], "written"]);
        expect(".o_crm_twitter_pending, .o_crm_twitter_notice").toHaveCount(0);
    });
});

describe("what X did not answer", () => {
    test("is checked once by itself, then by the user", async () => {
        onRpc("crm.lead", "twitter_act", () =>
            updateData({engagement: unknown, pending: [unknown]})
        );
        const checked = [
            updateData({engagement: unknown, pending: [unknown]}),
            updateData({engagement: {...unknown, state: "done"}}),
        ];
        onRpc("crm.lead", "twitter_check", ({args}) => {
            expect.step(args[1]);
            return checked.shift();
        });
        await mountPanel(associatedData());
        await contains("[data-kind=follow]").click();
        expect(lines()).toEqual([
            "It is not known whether X did this: Follow as @marcdemo.",
        ]);
        expect.verifySteps([]);
        await advanceTime(2100);
        expect.verifySteps([31]);
        await advanceTime(60000);
        expect.verifySteps([]);
        await contains(".o_crm_twitter_check").click();
        expect.verifySteps([31]);
        expect(".o_crm_twitter_pending").toHaveCount(0);
        expect(".o_crm_twitter_notice").toHaveText(/done/);
    });

    test("while X is asked again that is seen, and afterwards what it shows", async () => {
        const answer = new Deferred();
        onRpc("crm.lead", "twitter_check", () => answer);
        await mountPanel(associatedData({pending: [unknown]}));
        await contains(".o_crm_twitter_check").click();
        expect(".o_crm_twitter_check .fa-spin").toHaveCount(1);
        expect(".o_crm_twitter_check").toHaveAttribute("aria-busy", "true");
        expect(".o_crm_twitter_done .fa-spin, .o_crm_twitter_unshown").toHaveCount(0);
        answer.resolve(updateData({engagement: unknown, pending: [unknown]}));
        await animationFrame();
        expect(".o_crm_twitter_check .fa-spin").toHaveCount(0);
        expect("[role=status] .o_crm_twitter_unshown").toHaveText(
            "X does not show it yet."
        );
    });

    test("is said once, and what X said of it goes when it is settled", async () => {
        const reason = "X did not answer. The CRM finds out.";
        const row = {...unknown, reason};
        const said = (code, message) => ({
            engagement: row,
            pending: [row],
            problem: {code, message, action: ""},
        });
        onRpc("crm.lead", "twitter_act", () => updateData(said("unknown", reason)));
        const checked = [
            updateData(said("unreachable", "X is out of reach.")),
            updateData({engagement: {...row, state: "done", reason: ""}}),
        ];
        onRpc("crm.lead", "twitter_check", () => checked.shift());
        await mountPanel(associatedData());
        await contains("[data-kind=follow]").click();
        expect(lines()).toEqual([`Follow as @marcdemo: ${reason}`]);
        expect(".o_crm_twitter_problem").toHaveCount(0);
        await contains(".o_crm_twitter_check").click();
        expect(".o_crm_twitter_problem").toHaveText("X is out of reach.");
        expect(".o_crm_twitter_unshown").toHaveCount(0);
        await advanceTime(1000);
        await contains(".o_crm_twitter_check").click();
        expect(".o_crm_twitter_problem, .o_crm_twitter_pending").toHaveCount(0);
        expect(".o_crm_twitter_notice").toHaveText(/done/);
    });

    test("who listens hears each news of it once", async () => {
        const rows = ["unknown", "unknown", "done"].map((state) => ({
            ...unknown,
            state,
        }));
        const model = await makeModel(() => {
            const engagement = rows.shift();
            const pending = engagement.state === "done" ? [] : [engagement];
            return updateData({engagement, pending});
        });
        const stop = model.listen(({state}) => expect.step(state));
        await model.act({requestUid: "uid-31", kind: "follow"});
        await model.check(31);
        expect.verifySteps(["unknown"]);
        await model.check(31);
        expect.verifySteps(["done"]);
        stop();
        model._hear({...unknown, state: "refused"});
        expect.verifySteps([]);
        model.stop();
    });

    test("is not checked where the panel is opened later, but can be", async () => {
        onRpc("crm.lead", "twitter_check", () => expect.step("check"));
        const reason = "X did not answer.";
        await mountPanel(associatedData({pending: [{...unknown, reason}]}));
        await advanceTime(60000);
        expect.verifySteps([]);
        expect(lines()[0]).toMatch(/X did not answer\.$/);
        expect(".o_crm_twitter_check, .o_crm_twitter_done").toHaveCount(2);
    });
});

describe("what the database does not say", () => {
    const silence = {engagement: false, problem: false};
    const message = "X has done it. Do not send it again.";
    const unwritten = {
        engagement: false,
        problem: {code: "unwritten", message, action: ""},
    };

    test("X's answer is shown, and the next click is the same request", async () => {
        const uids = [];
        onRpc("crm.lead", "twitter_act", ({args}) => {
            uids.push(args[1]);
            return uids.length === 1 ? unwritten : updateData();
        });
        const {model} = await mountPanel(associatedData());
        await contains("[data-kind=follow]").click();
        expect(".o_crm_twitter_bar .o_crm_twitter_problem").toHaveText(message);
        expect("[data-kind=follow]").toHaveAttribute("data-route", "api");
        await model.actAtOnce("follow");
        await model.actAtOnce("follow");
        expect(uids[1]).toBe(uids[0]);
        expect(uids[2]).not.toBe(uids[0]);
    });

    test("is not taken for an answer, and the next click is the same", async () => {
        const uids = [];
        onRpc("crm.lead", "twitter_act", ({args}) => {
            uids.push(args[1]);
            return silence;
        });
        const {model} = await mountPanel(associatedData());
        await contains("[data-kind=follow]").click();
        expect(".o_crm_twitter_error").toHaveText(/could not say what became of it/);
        await model.actAtOnce("follow");
        expect(uids[1]).toBe(uids[0]);
    });

    test("whether a request arrived is not known then", async () => {
        const model = await makeModel(() => silence);
        expect(await model.engagementState("uid-31")).toBe(null);
    });

    test("a line stays where its answer was not told", async () => {
        onRpc("crm.lead", "twitter_answer", () => silence);
        onRpc("crm.lead", "twitter_check", () => silence);
        await mountPanel(associatedData({pending: [opened]}));
        await contains(".o_crm_twitter_done").click();
        await animationFrame();
        expect(".o_crm_twitter_pending").toHaveCount(1);
        expect(".o_crm_twitter_error").toHaveCount(1);
    });
});

describe("what a colleague began", () => {
    const label = "Follow as @acme";
    const theirs = {user: "Anna Smith", is_mine: false, label};

    for (const [row, line] of [
        [sending, "Anna Smith: Follow as @acme is being sent…"],
        [
            opened,
            "Anna Smith opened this on x.com, and has not said whether it is done: Follow as @acme.",
        ],
        [
            {...unknown, reason: "X did not answer."},
            "Anna Smith: Follow as @acme: X did not answer.",
        ],
    ]) {
        test(`is said to be theirs: ${row.state}`, async () => {
            onRpc("crm.lead", "twitter_engagement_state", () => updateData());
            await mountPanel(associatedData({pending: [{...row, ...theirs}]}));
            expect(lines()).toEqual([line]);
        });
    }

    test("can be answered by who may act as the account", async () => {
        onRpc("crm.lead", "twitter_answer", ({args}) => {
            expect.step(args);
            return updateData({engagement: {...unknown, ...theirs, state: "done"}});
        });
        await mountPanel(associatedData({pending: [{...unknown, ...theirs}]}));
        await contains(".o_crm_twitter_done").click();
        expect.verifySteps([[[1], 31, true]]);
        expect(".o_crm_twitter_pending").toHaveCount(0);
    });

    test("on x.com is not taken for the user's own", async () => {
        onRpc("crm.lead", "twitter_open_intent", ({args}) => {
            expect.step(args[2]);
            return updateData({engagement: opened, pending: [opened]});
        });
        const pending = [{...opened, ...theirs, id: 30}];
        const {model} = await mountPanel(associatedData({pending}));
        await model.openAtOnce("follow");
        expect.verifySteps(["follow"]);
    });

    test("is asked after until it is settled, though it is not told apart", async () => {
        const row = {...sending, ...theirs};
        const pendings = [[row], [row], []];
        onRpc("crm.lead", "twitter_engagement_state", () => {
            expect.step("state");
            return updateData({engagement: false, pending: pendings.shift()});
        });
        await mountPanel(associatedData({pending: [row]}));
        for (let i = 0; i < 3; i++) {
            await advanceTime(2000);
            expect.verifySteps(["state"]);
        }
        await advanceTime(60000);
        expect.verifySteps([]);
        expect(".o_crm_twitter_pending").toHaveCount(0);
    });
});

describe("what another tab is sending", () => {
    test("is asked after every two seconds, until it is settled", async () => {
        const states = [sending, sending, {...sending, state: "done"}];
        onRpc("crm.lead", "twitter_act", () =>
            updateData({engagement: sending, pending: [sending]})
        );
        onRpc("crm.lead", "twitter_engagement_state", ({args}) => {
            expect.step(args[1]);
            const engagement = states.shift();
            const pending = engagement.state === "sending" ? [engagement] : [];
            return updateData({engagement, pending});
        });
        await mountPanel(associatedData());
        await contains("[data-kind=follow]").click();
        expect(lines()).toEqual(["Follow as @marcdemo is being sent…"]);
        for (let i = 0; i < 3; i++) {
            await advanceTime(2000);
            expect.verifySteps(["uid-31"]);
        }
        await advanceTime(60000);
        expect.verifySteps([]);
        expect(".o_crm_twitter_pending").toHaveCount(0);
        expect(".o_crm_twitter_notice").toHaveText(/done/);
    });

    test("is asked after for half a minute, and not when the panel is closed", async () => {
        let count = 0;
        const answer = () => {
            count++;
            return updateData({engagement: sending, pending: [sending]});
        };
        const panel = associatedData({pending: [sending]});
        const model = await makeModel(answer, panel);
        for (let i = 0; i < 40; i++) {
            await advanceTime(2000);
        }
        expect(count).toBeGreaterThan(5);
        expect(count).toBeLessThan(16);
        const other = await makeModel(answer, panel);
        other.stop();
        count = 0;
        await advanceTime(4000);
        expect(count).toBe(0);
        model.stop();
    });
});

describe("a lost connection to Odoo", () => {
    const request = {requestUid: "a-request-of-ours", kind: "follow"};

    test("the request is asked after, and what became of it is shown", async () => {
        let left = 3;
        const model = await makeModel((method, args) => {
            if (method === "twitter_act" || --left) {
                throw new ConnectionLostError("url");
            }
            expect.step([method, ...args]);
            return updateData();
        });
        const act = model.act(request);
        await advanceTime(2000);
        await advanceTime(2000);
        expect((await act).engagement.state).toBe("done");
        expect.verifySteps([["twitter_engagement_state", "a-request-of-ours"]]);
        expect(model.error).toBe("");
    });

    test("what never arrived was not sent, and is said so", async () => {
        const model = await makeModel((method) => {
            if (method === "twitter_act") {
                throw new ConnectionLostError("url");
            }
            return updateData({engagement: false});
        });
        expect(await model.act(request)).toBe(null);
        expect(model.error).toMatch(/nothing was sent/);
    });

    test("after half a minute without an answer, that is said", async () => {
        const model = await makeModel(() => {
            throw new ConnectionLostError("url");
        });
        const act = model.act(request);
        for (let i = 0; i < 16; i++) {
            await advanceTime(2000);
        }
        expect(await act).toBe(null);
        expect(model.error).toMatch(/Whether it was done/);
        expect(model.isActing("follow")).toBe(false);
    });
});
