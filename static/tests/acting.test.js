import {after, describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mockService,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {
    accountData,
    actionablePostData,
    actionsData,
    associatedData,
    defineTwitterModels,
    engagementData,
    INTENT_NOTE,
    intentData,
    mountPanel,
    NOT_CONNECTED,
    ownKwargs,
    PERMISSIONS,
    PLAN_ONLY,
    postActionsData,
    postsData,
    relationData,
    unavailableData,
    updateData,
    UUID,
} from "./crm_twitter_test_helpers";

defineTwitterModels();

const action = (kind) => `.o_crm_twitter_profile_actions [data-kind=${kind}]`;
const onPost = (kind) => `.o_crm_twitter_post_actions [data-kind=${kind}]`;

/** Let links be clicked without leaving the test. */
function stayHere() {
    const stay = (ev) => ev.target.closest("a") && ev.preventDefault();
    document.addEventListener("click", stay);
    after(() => document.removeEventListener("click", stay));
}

const withPost = (values = {}, others = {}) =>
    associatedData({posts: postsData([actionablePostData(values)]), ...others});

describe("by the API", () => {
    test("a click does it, and the button shows the new state", async () => {
        const answer = new Deferred();
        onRpc("crm.lead", "twitter_act", (call) => {
            const [ids, uid, kind] = call.args;
            expect(uid).toMatch(UUID);
            expect.step([ids, kind, ownKwargs(call)]);
            return answer;
        });
        await mountPanel(associatedData(), {onWritten: () => expect.step("written")});
        expect(action("follow")).toHaveText(/Follow\s*\$0\.015/);
        expect(action("follow")).toHaveAttribute("data-route", "api");
        await contains(action("follow")).click();
        expect(action("follow")).toHaveAttribute("aria-busy", "true");
        expect.verifySteps([
            [[1], "follow", {post_id: "", text: "", pictures: [], account_id: 11}],
        ]);
        answer.resolve(updateData({relation: relationData({following: true})}));
        await animationFrame();
        expect.verifySteps(["written"]);
        expect(action("follow")).toHaveCount(0);
        expect(action("unfollow")).toHaveText(/Unfollow/);
        expect("[data-relation=following]").toHaveText("You follow them");
        expect("[role=status] .o_crm_twitter_notice").toHaveText(
            "Follow as @marcdemo: done."
        );
        expect(action("unfollow")).toBeFocused();
        expect(action("unfollow")).toHaveClass(["btn-secondary", "active"]);
        expect(action("unfollow")).toHaveAttribute("aria-pressed", "true");
        expect(".o_crm_twitter_profile_actions .btn-primary").toHaveCount(0);
    });

    test("a double click is one, also where the answer comes in between", async () => {
        onRpc("crm.lead", "twitter_act", ({args}) => {
            expect.step(args[2]);
            const post = {id: "501", mine: {liked: true, reposted: false}};
            return updateData({post});
        });
        await mountPanel(withPost());
        await contains(onPost("like")).dblclick();
        await animationFrame();
        expect.verifySteps(["like"]);
        expect(onPost("unlike")).toHaveCount(1);
    });

    test("two clicks under way on the same thing are one request", async () => {
        const answer = new Deferred();
        onRpc("crm.lead", "twitter_act", ({args}) => {
            expect.step(args[2]);
            return answer;
        });
        const {model} = await mountPanel(associatedData());
        const first = model.actAtOnce("follow");
        const second = model.actAtOnce("unfollow");
        answer.resolve(updateData());
        expect(await first).toBe(await second);
        expect.verifySteps(["follow"]);
    });

    for (const [relation, text] of [
        [{following: true}, "You follow them"],
        [{pending: true}, "Requested to follow"],
        [{followed_by: true}, "Follows you"],
        [{blocking: true}, "Blocked by you"],
    ]) {
        test(`how the two stand is said: ${text}`, async () => {
            await mountPanel(associatedData({relation: relationData(relation)}));
            expect(queryAllTexts(".o_crm_twitter_relation")).toEqual([text]);
        });
    }

    test("a request to follow can be withdrawn, and says that it waits", async () => {
        const relation = relationData({pending: true});
        onRpc("crm.lead", "twitter_act", () => updateData({relation}));
        await mountPanel(associatedData());
        await contains(action("follow")).click();
        expect(".o_crm_twitter_notice").toHaveText(/requested/);
        expect(action("unfollow")).toHaveText(/Withdraw the request/);
    });

    test("a post's icons show counts, what is mine, and who of us was there", async () => {
        const touches = [
            {
                user: "Anna",
                label: "Anna replied as @acme",
                date: "2019-03-08T09:30:00+00:00",
            },
        ];
        const mine = {reposted: true, liked: false};
        await mountPanel(withPost({mine, touches}));
        expect(onPost("reply")).toHaveText(/^Reply\s*2/);
        expect(onPost("unrepost")).toHaveAttribute("aria-pressed", "true");
        expect(onPost("like")).toHaveAttribute("aria-pressed", "false");
        expect(onPost("quote")).not.toHaveAttribute("aria-pressed");
        expect(onPost("delete")).toHaveCount(0);
        expect(".o_crm_twitter_touches").toHaveText(
            /^Anna replied as @acme\s*3 days ago$/
        );
        expect(".o_crm_twitter_permalink").toHaveCount(1);
    });

    test("an own post is deleted after a question, and goes", async () => {
        onRpc("crm.lead", "twitter_act", (call) => {
            expect.step([call.args[2], ownKwargs(call).post_id]);
            const values = {kind: "delete", post_id: "501", label: "Delete"};
            return updateData({engagement: engagementData(values)});
        });
        const actions = postActionsData({delete: postActionsData().like});
        await mountPanel(withPost({actions}));
        await contains(onPost("delete")).click();
        expect(".modal").toHaveText(/Delete this post on X\?[^]*\$0\.015/);
        expect.verifySteps([]);
        await contains(".modal .btn-primary:contains(Delete)").click();
        await animationFrame();
        expect.verifySteps([["delete", "501"]]);
        expect(".o_crm_twitter_post").toHaveCount(0);
    });

    test("words come first in the composer, for the person or the post", async () => {
        mockService("dialog", {
            add: (component, {kind, post}) => {
                expect.step([component.name, kind, post && post.id]);
            },
        });
        await mountPanel(withPost());
        await contains(action("post")).click();
        await contains(action("mention")).click();
        await contains(onPost("reply")).click();
        await contains(onPost("quote")).click();
        expect.verifySteps([
            ["Composer", "post", false],
            ["Composer", "mention", false],
            ["Composer", "reply", "501"],
            ["Composer", "quote", "501"],
        ]);
    });
});

describe("refused", () => {
    test("X's reason is said, and the next way is offered then and there", async () => {
        onRpc("crm.lead", "twitter_act", () =>
            updateData({
                engagement: engagementData({state: "refused", reason: "Not in plan."}),
                problem: {code: "not_allowed", message: "Not in plan.", action: ""},
                actions: actionsData({follow: intentData("follow?user_id=1001")}),
            })
        );
        await mountPanel(associatedData(), {onWritten: () => expect.step("written")});
        await contains(action("follow")).click();
        expect(".o_crm_twitter_bar .o_crm_twitter_problem").toHaveText("Not in plan.");
        expect(action("follow")).toHaveAttribute("data-route", "intent");
        expect(action("follow")).toBeFocused();
        // The record counts what was refused, too.
        expect.verifySteps(["written"]);
    });

    test("a reason without a problem is said, too", async () => {
        const engagement = engagementData({state: "refused", reason: "You may not."});
        onRpc("crm.lead", "twitter_act", () => updateData({engagement}));
        await mountPanel(associatedData());
        await contains(action("follow")).click();
        expect(".o_crm_twitter_problem").toHaveText("You may not.");
    });

    test("a lost login is said where one logs in", async () => {
        const problem = {code: "reconnect", message: "Revoked.", action: "login"};
        onRpc("crm.lead", "twitter_act", () =>
            updateData({engagement: false, problem})
        );
        await mountPanel(associatedData());
        await contains(action("follow")).click();
        expect(".o_crm_twitter_connect .alert-warning").toHaveCount(1);
        expect(".o_crm_twitter_problem").toHaveCount(0);
    });

    test("an error of the server is a sentence, once it is known not to be done", async () => {
        const uids = [];
        onRpc("crm.lead", "twitter_act", ({args}) => {
            uids.push(args[1]);
            throw makeServerError({message: "Not on this record."});
        });
        onRpc("crm.lead", "twitter_engagement_state", ({args}) => {
            expect.step(args[1] === uids.at(-1));
            return updateData({engagement: false});
        });
        const {model} = await mountPanel(associatedData());
        await contains(action("follow")).click();
        await animationFrame();
        expect(".o_crm_twitter_error").toHaveText("Not on this record.");
        await model.actAtOnce("follow");
        expect.verifySteps([true, true]);
        expect(uids[0]).toBe(uids[1]);
    });
});

describe("on x.com", () => {
    const follow = intentData("follow?user_id=1001");
    const opened = engagementData({
        route: "intent",
        state: "opened",
        can_answer: true,
        as_handle: "",
    });

    test("a link says so before the click, and the click is noted", async () => {
        stayHere();
        onRpc("crm.lead", "twitter_open_intent", (call) => {
            expect(call.args[1]).toMatch(UUID);
            expect.step([call.args[2], ownKwargs(call)]);
            return updateData({
                engagement: opened,
                pending: [opened],
                actions: actionsData({follow}),
            });
        });
        await mountPanel(associatedData({actions: actionsData({follow})}));
        const link = queryOne(action("follow"));
        expect(link.tagName).toBe("A");
        expect(link).toHaveAttribute(
            "href",
            "https://x.com/intent/follow?user_id=1001"
        );
        expect(link).toHaveAttribute("target", "_blank");
        expect(link).toHaveAttribute("rel", "noopener noreferrer");
        expect(link).toHaveText(/Follow\s*\(on x\.com\)/);
        expect(link).toHaveAttribute(
            "title",
            `Follow: opens x.com. ${INTENT_NOTE} ${PLAN_ONLY}`
        );
        expect(`${action("follow")} .o_crm_twitter_price`).toHaveCount(0);
        await contains(action("follow")).click();
        const kwargs = {post_id: "", text: "", account_id: 11};
        expect.verifySteps([["follow", kwargs]]);
        // Once more is still the same intention.
        await contains(action("follow")).click();
        expect.verifySteps([]);
    });

    test("words still come first in the composer", async () => {
        mockService("dialog", {add: (component, {kind}) => expect.step(kind)});
        const actions = postActionsData({reply: intentData("tweet?in_reply_to=501")});
        await mountPanel(withPost({actions}));
        expect(queryOne(onPost("reply")).tagName).toBe("BUTTON");
        expect(onPost("reply")).toHaveAttribute(
            "title",
            `Reply: written here, sent on x.com. ${INTENT_NOTE} ${PLAN_ONLY}`
        );
        await contains(onPost("reply")).click();
        expect.verifySteps(["reply"]);
    });

    test("as whom it is done there is readable without a pointer", async () => {
        const sentence = /open x\.com and are done as whoever is logged in there\./;
        const like = intentData("like?tweet_id=501");
        await mountPanel(withPost({actions: postActionsData({like})}));
        expect(".o_crm_twitter_on_site").toHaveText(sentence);
    });

    test("nothing is said of x.com where nothing is done there", async () => {
        await mountPanel(withPost());
        expect(".o_crm_twitter_on_site").toHaveCount(0);
    });

    test("an unsafe address is no link", async () => {
        const unsafe = {...follow, url: "javascript:alert(1)"};
        await mountPanel(associatedData({actions: actionsData({follow: unsafe})}));
        expect(action("follow")).toHaveAttribute("data-route", "unavailable");
        expect(".o_crm_twitter_panel [href^='javascript:']").toHaveCount(0);
    });
});

describe("unavailable", () => {
    const reason = "Your login does not include this.";
    const panel = (remedy, values = {}) =>
        associatedData({
            actions: actionsData({follow: unavailableData(reason, remedy)}),
            ...values,
        });

    test("the reason is reached by keyboard, and goes with it", async () => {
        onRpc("crm.lead", "twitter_act", () => expect.step("act"));
        await mountPanel(panel(""));
        expect(action("follow")).toHaveAttribute("aria-disabled", "true");
        expect(action("follow")).toBeEnabled();
        expect(action("follow")).toHaveAttribute("title", `Follow: ${reason}`);
        const {id} = queryOne(".o_crm_twitter_profile_actions .visually-hidden[id]");
        expect(action("follow")).toHaveAttribute("aria-describedby", id);
        queryOne(".o_crm_twitter_disassociate").focus();
        await press("Tab");
        await animationFrame();
        expect(action("follow")).toBeFocused();
        await press("Enter");
        await animationFrame();
        expect(".o_crm_twitter_reason").toHaveText(reason);
        await press("Escape");
        await animationFrame();
        expect(".o_crm_twitter_reason").toHaveCount(0);
        expect.verifySteps([]);
    });

    test("what came with the focus goes with it, by way of the link in it", async () => {
        await mountPanel(panel("site"));
        const control = queryOne(action("follow"));
        // As where the keyboard brought the focus.
        control.matches = () => true;
        control.focus();
        await animationFrame();
        expect(".o_crm_twitter_reason").toHaveCount(1);
        queryOne(".o_crm_twitter_remedy").focus();
        await animationFrame();
        expect(".o_crm_twitter_reason").toHaveCount(1);
        queryOne(".o_crm_twitter_disassociate").focus();
        await animationFrame();
        expect(".o_crm_twitter_reason").toHaveCount(0);
    });

    test("a click shows it, another hides it", async () => {
        await mountPanel(panel(""));
        await contains(action("follow")).click();
        expect(".o_crm_twitter_reason").toHaveText(reason);
        expect(".o_crm_twitter_remedy").toHaveCount(0);
        await contains(action("follow")).click();
        expect(".o_crm_twitter_reason").toHaveCount(0);
    });

    test("the way out: allow it on X, with the permissions to choose from", async () => {
        await mountPanel(panel("login"));
        expect(".o_crm_twitter_connect").toHaveCount(0);
        await contains(action("follow")).click();
        await contains(".o_crm_twitter_remedy").click();
        await animationFrame();
        expect(".o_crm_twitter_connect input[name=post]").toHaveCount(1);
        expect(".o_crm_twitter_intro").toHaveText(/allow it on X/);
        expect(".o_crm_twitter_login").toBeFocused();
    });

    test("what is done on x.com for want of a permission can be allowed", async () => {
        const follow = intentData("follow?user_id=1001", {remedy: "login"});
        await mountPanel(associatedData({actions: actionsData({follow})}));
        await contains(".o_crm_twitter_widen").click();
        expect(".o_crm_twitter_connect").toHaveCount(1);
        expect(".o_crm_twitter_widen").toHaveCount(0);
        expect(".o_crm_twitter_login").toBeFocused();
        await contains(".o_crm_twitter_no_more").click();
        expect(".o_crm_twitter_connect").toHaveCount(0);
        expect(".o_crm_twitter_widen").toHaveCount(1);
        expect(".o_crm_twitter_title").toBeFocused();
    });

    test("where all that is offered is allowed, nothing more is", async () => {
        const follow = intentData("follow?user_id=1001", {remedy: "login"});
        const actions = actionsData({follow});
        const permissions = PERMISSIONS.map((one) => ({
            ...one,
            needed: one.available,
        }));
        await mountPanel(associatedData({actions, permissions}));
        expect(".o_crm_twitter_widen").toHaveCount(0);
    });

    test("what nothing needs is not asked for", async () => {
        const actions = actionsData({follow: intentData("follow?user_id=1001")});
        await mountPanel(associatedData({actions}));
        expect(".o_crm_twitter_widen").toHaveCount(0);
    });

    test("a post that needs more asks for it as well", async () => {
        const repost = intentData("retweet?tweet_id=501", {remedy: "login"});
        await mountPanel(withPost({actions: postActionsData({repost})}));
        expect(".o_crm_twitter_widen").toHaveCount(1);
    });

    test("the way out: the settings, for who may open them", async () => {
        mockService("action", {doAction: (name) => expect.step(name)});
        const keys = {configured: true, can_configure: true};
        await mountPanel(panel("settings", {keys}));
        await contains(action("follow")).click();
        await contains(".o_crm_twitter_remedy").click();
        expect.verifySteps(["crm.crm_config_settings_action"]);
    });

    test("no way out is offered to who may not take it", async () => {
        await mountPanel(panel("settings"));
        await contains(action("follow")).click();
        expect(".o_crm_twitter_remedy").toHaveCount(0);
    });

    test("the way out: x.com, for the company's account", async () => {
        await mountPanel(panel("site"));
        await contains(action("follow")).click();
        expect("a.o_crm_twitter_remedy").toHaveAttribute("href", "https://x.com");
    });
});

describe("as whom", () => {
    const accounts = [
        accountData(),
        accountData({id: 12, handle: "acme", is_brand: true}),
    ];

    test("one account is no choice", async () => {
        await mountPanel(associatedData());
        expect(".o_crm_twitter_acting_chooser").toHaveCount(0);
    });

    test("as the company, one needs no login of one's own", async () => {
        const problem = {code: "reconnect", message: "Renew it.", action: "login"};
        onRpc("crm.lead", "twitter_read", () => ({
            profile: false,
            posts: false,
            problem,
        }));
        await mountPanel(
            associatedData({
                connection: NOT_CONNECTED,
                accounts: [accounts[1]],
                acting: 12,
                posts: false,
            })
        );
        await animationFrame();
        expect(".o_crm_twitter_connect").toHaveCount(0);
        expect(".o_crm_twitter_refresh").toHaveCount(1);
        expect(".o_crm_twitter_problem").toHaveText(/Renew it\./);
    });

    test("another account has its own routes, and is who acts", async () => {
        await mountPanel(({kwargs}) => {
            const acting = kwargs.account_id || 11;
            const follow =
                acting === 12
                    ? unavailableData("Log in on x.com as @acme.")
                    : undefined;
            const actions = actionsData(follow && {follow});
            return associatedData({accounts, acting, actions});
        });
        onRpc("crm.lead", "twitter_act", (call) => {
            expect.step(ownKwargs(call).account_id);
            return updateData();
        });
        expect(queryAllTexts(".o_crm_twitter_acting_chooser option")).toEqual([
            "@marcdemo",
            "@acme (company)",
        ]);
        await contains(".o_crm_twitter_acting_chooser select").select("12");
        await animationFrame();
        expect(action("follow")).toHaveAttribute("data-route", "unavailable");
        expect(".o_crm_twitter_acting_chooser select").toHaveValue("12");
        await contains(".o_crm_twitter_acting_chooser select").select("11");
        await animationFrame();
        await contains(action("follow")).click();
        expect.verifySteps([11]);
    });

    /** The panel of either account; only the company's is told to use x.com. */
    const panelOf = ({kwargs}) => {
        const acting = kwargs.account_id || 11;
        const follow = intentData("follow?user_id=1001");
        const actions = actionsData(acting === 12 ? {follow} : {});
        return withPost({}, {accounts, acting, actions});
    };

    test("a click without an answer is not taken for another account's", async () => {
        const sent = [];
        onRpc("crm.lead", "twitter_act", (call) => {
            sent.push([call.args[1], ownKwargs(call).account_id]);
            throw makeServerError({message: "Not now."});
        });
        onRpc("crm.lead", "twitter_engagement_state", () =>
            updateData({engagement: false})
        );
        const {model} = await mountPanel(panelOf);
        for (const acting of [11, 12, 11]) {
            await model.setActing(acting);
            await model.actAtOnce("like", "501");
        }
        const [own, companys, again] = sent.map(([uid]) => uid);
        expect(sent.map(([, acting]) => acting)).toEqual([11, 12, 11]);
        expect(companys).not.toBe(own);
        expect(again).toBe(own);
    });

    test("what one account does is not under way for another", async () => {
        const answers = {11: new Deferred(), 12: new Deferred()};
        onRpc("crm.lead", "twitter_act", (call) => {
            const {account_id} = ownKwargs(call);
            expect.step(account_id);
            return answers[account_id];
        });
        const {model} = await mountPanel(panelOf);
        const own = model.actAtOnce("like", "501");
        await model.setActing(12);
        expect(model.isActing("like", "501")).toBe(false);
        const companys = model.actAtOnce("like", "501");
        expect(model.isActing("like", "501")).toBe(true);
        await animationFrame();
        expect.verifySteps([11, 12]);
        answers[11].resolve(updateData());
        answers[12].resolve(updateData());
        await Promise.all([own, companys]);
    });

    test("an answer for the account of before changes no routes", async () => {
        const answer = new Deferred();
        onRpc("crm.lead", "twitter_act", () => answer);
        const {model} = await mountPanel(panelOf);
        const act = model.actAtOnce("like", "501");
        await model.setActing(12);
        const touch = {
            user: "Marc Demo",
            kind: "like",
            label: "Marc Demo liked it as @marcdemo",
            date: "2019-03-11T09:25:00+00:00",
            url: "",
            post_id: "501",
            can_delete: false,
        };
        answer.resolve(
            updateData({
                relation: relationData({following: true}),
                reached_out: [touch],
                post: {id: "501", mine: {liked: true, reposted: false}},
            })
        );
        await act;
        await animationFrame();
        expect(action("follow")).toHaveAttribute("data-route", "intent");
        expect(".o_crm_twitter_relation").toHaveCount(0);
        expect(onPost("like")).toHaveCount(1);
        expect(".o_crm_twitter_reached_out [data-kind=like]").toHaveCount(1);
    });

    test("all that is asked afterwards is for the account shown", async () => {
        const answer = (call) => {
            expect.step([call.method, ownKwargs(call)]);
            return updateData();
        };
        const methods = ["answer", "check", "engagement_state"];
        for (const method of methods) {
            onRpc("crm.lead", `twitter_${method}`, answer);
        }
        const {model} = await mountPanel(panelOf);
        await model.setActing(12);
        await model.answer(31, false);
        await model.check(31);
        await model.engagementState("uid-31");
        expect.verifySteps(
            methods.map((method) => [`twitter_${method}`, {account_id: 12}])
        );
    });
});

test("on a telephone, nothing sticks out", async () => {
    const long = "W".repeat(50);
    const reached = {
        user: long,
        kind: "mention",
        label: `${long} mentioned them as @acme`,
        date: "2019-03-08T09:30:00+00:00",
        url: "https://x.com/acme/status/77",
        engagement_id: 3,
        post_id: "77",
        can_delete: true,
    };
    const follow = unavailableData(`${long} ${long}`, "site");
    const actions = actionsData({follow, post: intentData("tweet")});
    const touches = [{user: long, label: long, date: reached.date}];
    await mountPanel(
        withPost(
            {touches, actions: postActionsData({like: follow})},
            {
                actions,
                accounts: [
                    accountData({handle: "w".repeat(15)}),
                    accountData({id: 12, is_brand: true}),
                ],
                relation: relationData({following: true, followed_by: true}),
                reached_out: [reached],
                pending: [
                    engagementData({
                        state: "unknown",
                        label: `Mention as @${"w".repeat(15)}`,
                        text: "W".repeat(280),
                        reason: long,
                        can_answer: true,
                        can_check: true,
                    }),
                ],
                photo: {can_use: true, target: long, can_undo: true, reason: ""},
                website: {can_fill: true, url: `https://${long}.example`},
            }
        )
    );
    await contains(onPost("like")).click();
    const panel = queryOne(".o_crm_twitter_panel");
    // What a dialog leaves of 390 pixels.
    panel.style.width = "358px";
    expect(panel.scrollWidth).toBeLessThan(panel.clientWidth + 1);
    const right = panel.getBoundingClientRect().right;
    for (const el of panel.querySelectorAll("button, a, select, time, .badge")) {
        expect(el.getBoundingClientRect().right).toBeLessThan(right + 1);
    }
});
