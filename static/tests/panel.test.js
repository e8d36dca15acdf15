import {describe, expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mockService,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {
    actionsData,
    associatedData,
    candidateData,
    defineTwitterModels,
    mountPanel,
    NO_KEYS,
    NOT_CONNECTED,
    ownKwargs,
    panelData,
    postData,
    postsData,
    profileData,
    searchData,
    unavailableData,
} from "./crm_twitter_test_helpers";

defineTwitterModels();

describe("no keys", () => {
    test("what works is said, and a typed username is associated unseen", async () => {
        onRpc("crm.lead", "twitter_associate", (call) => {
            expect.step([call.args, ownKwargs(call)]);
            return associatedData({keys: NO_KEYS, posts: false});
        });
        await mountPanel(panelData({keys: NO_KEYS, connection: NOT_CONNECTED}));
        expect(".o_crm_twitter_no_keys").toHaveText(
            /X is not set up here[^]*enter a handle[^]*follow[^]*post and mention them on x\.com/
        );
        expect(".o_crm_twitter_no_keys button").toHaveCount(0);
        expect(".o_crm_twitter_connect, .o_crm_twitter_search").toHaveCount(0);
        await contains(".o_crm_twitter_know").click();
        await contains(".o_crm_twitter_handle_entry input").edit("@jack");
        await animationFrame();
        expect(".o_crm_twitter_candidate").toHaveText(/Not read from X/);
        await contains(".o_crm_twitter_associate").click();
        expect.verifySteps([
            [[[1], "jack", "given"], {twitter_id: "", origin: "typed"}],
        ]);
        expect(".o_crm_twitter_profile").toHaveText(/Jacques Dunagan/);
    });

    test("a stored profile is shown, and an administrator gets to the settings", async () => {
        mockService("action", {doAction: (action) => expect.step(action)});
        await mountPanel(
            associatedData({
                keys: {configured: false, can_configure: true},
                connection: NOT_CONNECTED,
            })
        );
        expect(".o_crm_twitter_profile a.o_crm_twitter_handle").toHaveAttribute(
            "href",
            "https://x.com/jacquesdunagan"
        );
        expect(".o_crm_twitter_refresh").toHaveCount(0);
        await contains(".o_crm_twitter_settings").click();
        expect.verifySteps(["crm.crm_config_settings_action"]);
    });
});

test("not connected: log in, and what is stored is shown all the same", async () => {
    await mountPanel(associatedData({connection: NOT_CONNECTED}));
    expect(".o_crm_twitter_login").toHaveCount(1);
    expect(".o_crm_twitter_profile .o_crm_twitter_name").toHaveText("Jacques Dunagan");
    expect(".o_crm_twitter_post").toHaveCount(1);
    expect(".o_crm_twitter_refresh, .o_crm_twitter_reposts").toHaveCount(0);
});

describe("associated", () => {
    test("the profile and the posts as they are stored", async () => {
        await mountPanel(associatedData());
        expect(".o_crm_twitter_panel :is(h1, h2, h3)").toHaveCount(0);
        expect(".o_crm_twitter_profile .o_crm_twitter_handle").toHaveText(
            "@jacquesdunagan"
        );
        expect(".o_crm_twitter_bio").toHaveText("Chairs");
        expect(queryAllTexts(".o_crm_twitter_profile [data-count]")).toEqual([
            "1,234 followers",
            "56 following",
            "789 posts",
        ]);
        expect(".o_crm_twitter_profile").toHaveText(/Joined May 2012/);
        expect(".o_crm_twitter_photo").toHaveCount(0);
        expect(".o_crm_twitter_profile .o_crm_twitter_age").toHaveText(
            "as of 10 minutes ago"
        );
        expect(".o_crm_twitter_refresh .o_crm_twitter_price").toHaveText("$0.06");
        expect(".o_crm_twitter_refresh .o_crm_twitter_price").toHaveAttribute(
            "dir",
            "ltr"
        );
    });

    test("one follower and one post are one", async () => {
        const profile = profileData({followers: 1, following: 1, posts: 1});
        await mountPanel(associatedData({profile}));
        expect(queryAllTexts(".o_crm_twitter_profile [data-count]")).toEqual([
            "1 follower",
            "1 following",
            "1 post",
        ]);
    });

    test("a username nobody has: that sentence once, and nothing else", async () => {
        const note = "There is nobody on X with this handle.";
        const problem = {code: "not_found", message: note, action: "handle"};
        const profile = profileData({
            twitter_id: "",
            name: "jacquesdunagan",
            description_segments: [],
            location: "",
            url: "",
            created_at: "",
            followers: 0,
            state: "gone",
            note,
        });
        onRpc("crm.lead", "twitter_read", () => ({profile, posts: false, problem}));
        await mountPanel(associatedData({profile, posts: false}));
        await contains(".o_crm_twitter_refresh").click();
        expect(".o_crm_twitter_profile .o_crm_twitter_byline").toHaveText(
            "@jacquesdunagan"
        );
        expect(".o_crm_twitter_note").toHaveText(note);
        expect(".o_crm_twitter_problem, .o_crm_twitter_badge").toHaveCount(0);
        expect(".o_crm_twitter_profile").not.toHaveText(
            /follow|No longer|no longer|Not read|as of/
        );
    });

    test("nothing is counted that was never read", async () => {
        const profile = profileData({state: "unresolved", stale: false});
        await mountPanel(associatedData({profile}));
        expect(".o_crm_twitter_profile [data-count]").toHaveCount(0);
        expect(".o_crm_twitter_unread").toHaveCount(1);
    });

    test("one click on the photo downloads it", async () => {
        const avatar_url = "https://pbs.twimg.com/a_normal.jpg";
        await mountPanel(associatedData({profile: profileData({avatar_url})}));
        expect("a.o_crm_twitter_photo").toHaveAttribute(
            "href",
            "/crm_twitter/profile/7/photo"
        );
        expect("a.o_crm_twitter_photo").toHaveAttribute("download");
    });

    test("a stale profile is painted at once and read in the background", async () => {
        const answer = new Deferred();
        onRpc("crm.lead", "twitter_read", (call) => {
            expect.step(ownKwargs(call));
            return answer;
        });
        await mountPanel(
            associatedData({profile: profileData({stale: true}), posts: false})
        );
        expect(".o_crm_twitter_bio").toHaveText("Chairs");
        expect.verifySteps([{refresh: false, account_id: 11}]);
        answer.resolve({
            profile: profileData({followers: 2000}),
            posts: postsData([postData(), postData({id: "502"})]),
            problem: false,
        });
        await animationFrame();
        expect("[data-count=followers]").toHaveText("2,000 followers");
        expect(".o_crm_twitter_post").toHaveCount(2);
        expect(".o_crm_twitter_status").toHaveText("The profile is up to date.");
    });

    test("refresh reads again", async () => {
        onRpc("crm.lead", "twitter_read", (call) => {
            expect.step(ownKwargs(call));
            return {
                profile: profileData({name: "J. D."}),
                posts: postsData([postData()]),
                problem: false,
            };
        });
        await mountPanel(associatedData());
        expect.verifySteps([]);
        await contains(".o_crm_twitter_refresh").click();
        expect.verifySteps([{refresh: true, account_id: 11}]);
        expect(".o_crm_twitter_profile .o_crm_twitter_name").toHaveText("J. D.");
        expect(".o_crm_twitter_post").toHaveCount(1);
    });

    for (const [state, label] of [
        ["protected", "Protected"],
        ["suspended", "Suspended"],
        ["gone", "No longer on X"],
    ]) {
        test(`an account that is ${state} says so, and is not read for posts`, async () => {
            onRpc("crm.lead", "twitter_read", () => expect.step("read"));
            await mountPanel(
                associatedData({profile: profileData({state}), posts: false})
            );
            expect(".o_crm_twitter_badge").toHaveText(label);
            expect.verifySteps([]);
        });
    }

    for (const [state, code, note] of [
        ["suspended", "suspended", ""],
        ["gone", "account_gone", "This account is no longer on X."],
    ]) {
        test(`who is found to be ${state} has nothing on X any more`, async () => {
            const avatar_url = "https://pbs.twimg.com/a_normal.jpg";
            const was = profileData({avatar_url});
            const message = note || "X has suspended this account.";
            const none = unavailableData(message);
            const is = {
                profile: {...was, state, note, followers: 0},
                posts: false,
                problem: {code, message, action: "handle"},
                actions: actionsData({
                    follow: none,
                    unfollow: none,
                    mention: none,
                    followers: none,
                    following: none,
                }),
            };
            onRpc("crm.lead", "twitter_read", () => is);
            const photo = {can_use: true, target: "Jacques", reason: ""};
            await mountPanel(associatedData({profile: was, photo}));
            expect(".o_crm_twitter_post, .o_crm_twitter_use_photo").toHaveCount(2);
            await contains(".o_crm_twitter_refresh").click();
            await animationFrame();
            expect(".o_crm_twitter_posts, [data-count]").toHaveCount(0);
            expect(
                "a.o_crm_twitter_photo, .o_crm_twitter_use_photo, [data-kind=photo]"
            ).toHaveCount(0);
            expect(".o_crm_twitter_badge").toHaveCount(1);
            const {textContent} = queryOne(".o_crm_twitter_panel");
            expect(textContent.split(message).length - 1).toBe(1);
            expect(
                queryAll(".o_crm_twitter_profile_actions [data-kind]").map(
                    ({dataset}) => dataset.kind
                )
            ).toEqual(["post"]);
        });
    }

    test("other records with the same profile are named and opened", async () => {
        mockService("action", {doAction: (action) => expect.step(action.res_id)});
        const also_linked = [
            {model: "crm.lead", id: 4, name: "Lamps"},
            {model: "res.partner", id: 5, name: "Jacques"},
        ];
        await mountPanel(associatedData({also_linked}));
        expect(".o_crm_twitter_also").toHaveText("Also linked to: Lamps, Jacques");
        await contains(".o_crm_twitter_also a:contains(Jacques)").click();
        expect.verifySteps([5]);
    });

    test("change keeps the old link until another is confirmed", async () => {
        onRpc("crm.lead", "twitter_look_up", ({args}) => ({
            candidate: candidateData({handle: args[1], twitter_id: "2"}),
            problem: false,
        }));
        onRpc("crm.lead", "twitter_associate", ({args}) => {
            expect.step(args[1]);
            return associatedData({profile: profileData({handle: args[1]})});
        });
        await mountPanel(associatedData());
        await contains(".o_crm_twitter_change").click();
        expect(".o_crm_twitter_profile").toHaveCount(0);
        await contains(".o_crm_twitter_keep").click();
        expect(".o_crm_twitter_profile").toHaveCount(1);
        await contains(".o_crm_twitter_change").click();
        await contains(".o_crm_twitter_know").click();
        await contains(".o_crm_twitter_handle_entry input").edit("other");
        expect.verifySteps([]);
        await contains(".o_crm_twitter_associate").click();
        expect.verifySteps(["other"]);
        expect(".o_crm_twitter_profile .o_crm_twitter_handle").toHaveText("@other");
    });

    test("who may only read the record may not change its association", async () => {
        await mountPanel(associatedData({record: {can_write: false}}));
        expect(".o_crm_twitter_profile").toHaveCount(1);
        expect(".o_crm_twitter_change, .o_crm_twitter_disassociate").toHaveCount(0);
    });
});

describe("disassociate", () => {
    const undo = {handle: "jacquesdunagan", basis: "consent", twitter_id: "1001"};

    async function disassociate() {
        onRpc("crm.lead", "twitter_disassociate", () => {
            expect.step("disassociate");
            return {panel: panelData(), undo};
        });
        onRpc("crm.lead", "twitter_associate", (call) => {
            expect.step([call.args, ownKwargs(call)]);
            return associatedData();
        });
        await mountPanel(associatedData(), {onWritten: () => expect.step("written")});
        await contains(".o_crm_twitter_disassociate").click();
        expect(".modal").toHaveText(
            /Disassociate @jacquesdunagan from Office chairs\?/
        );
        expect(".modal").not.toHaveText(/photo/);
        expect.verifySteps([]);
        await contains(".modal .btn-primary").click();
        await animationFrame();
        expect.verifySteps(["disassociate", "written"]);
        expect(".o_crm_twitter_profile").toHaveCount(0);
    }

    const undone = [
        [[1], "jacquesdunagan", "consent"],
        {twitter_id: "1001", origin: "typed"},
    ];

    test("the photo from X goes along: said before and afterwards", async () => {
        onRpc("crm.lead", "twitter_disassociate", () => ({panel: panelData(), undo}));
        const photo = {can_use: true, target: "Jacques", can_undo: true, reason: ""};
        onRpc("crm.lead", "twitter_fetch_photo", () => ({problem: false}));
        onRpc("crm.lead", "twitter_use_photo", () => ({
            panel: associatedData({photo}),
            question: "",
        }));
        await mountPanel(associatedData({photo: {...photo, can_undo: false}}));
        await contains(".o_crm_twitter_use_photo").click();
        await animationFrame();
        expect(".o_crm_twitter_notice").toHaveText("The photo is used.");
        await contains(".o_crm_twitter_disassociate").click();
        expect(".modal").toHaveText(/The photo from X leaves the contact as well\./);
        await contains(".modal .btn-primary").click();
        await animationFrame();
        expect(".o_crm_twitter_notice").toHaveCount(0);
        expect(".o_crm_twitter_undone").toHaveText(
            /no longer associated, and the photo from X has left the contact\./
        );
    });

    test("asks once, and can be undone in the panel", async () => {
        await disassociate();
        await contains(".o_crm_twitter_undo").click();
        expect.verifySteps([undone, "written"]);
        expect(".o_crm_twitter_profile").toHaveCount(1);
        expect(".o_crm_twitter_undone").toHaveCount(0);
    });

    test("can be undone in the notification, and only once", async () => {
        await disassociate();
        await contains(".o_notification button:contains(Undo)").click();
        await animationFrame();
        expect.verifySteps([undone, "written"]);
        expect(".o_notification, .o_crm_twitter_undone").toHaveCount(0);
        expect(".o_crm_twitter_profile").toHaveCount(1);
    });

    test("is not done when the question is answered with Keep", async () => {
        onRpc("crm.lead", "twitter_disassociate", () => expect.step("disassociate"));
        await mountPanel(associatedData());
        await contains(".o_crm_twitter_disassociate").click();
        await contains(".modal .btn-secondary").click();
        await animationFrame();
        expect.verifySteps([]);
        expect(".o_crm_twitter_profile").toHaveCount(1);
    });
});

test("a double click is one write", async () => {
    const answer = new Deferred();
    onRpc("crm.lead", "twitter_associate", () => {
        expect.step("associate");
        return answer;
    });
    const search = searchData([candidateData()]);
    const {model} = await mountPanel(panelData({search}));
    model.associate(candidateData(), "given", "search");
    model.associate(candidateData(), "given", "search");
    await animationFrame();
    expect.verifySteps(["associate"]);
    answer.resolve(associatedData());
    await animationFrame();
    expect(".o_crm_twitter_profile").toHaveCount(1);
});

describe("answers", () => {
    test("a late answer about what is no longer associated is ignored", async () => {
        const late = new Deferred();
        onRpc("crm.lead", "twitter_read", () => late);
        onRpc("crm.lead", "twitter_disassociate", () => ({
            panel: panelData(),
            undo: {handle: "jacquesdunagan", basis: "given", twitter_id: ""},
        }));
        await mountPanel(associatedData());
        await contains(".o_crm_twitter_refresh").click();
        await contains(".o_crm_twitter_disassociate").click();
        await contains(".modal .btn-primary").click();
        late.resolve({profile: profileData(), posts: false, problem: false});
        await animationFrame();
        expect(".o_crm_twitter_profile").toHaveCount(0);
        expect(".o_crm_twitter_candidates").toHaveCount(1);
    });

    test("of two searches only the last one's answer is shown", async () => {
        const first = new Deferred();
        onRpc("crm.lead", "twitter_search", ({kwargs}) =>
            kwargs.query === "one"
                ? first
                : {search: searchData([candidateData({handle: "two"})]), problem: false}
        );
        const {model} = await mountPanel(panelData());
        model.searchPeople("one");
        model.searchPeople("two");
        await animationFrame();
        const answer = searchData([candidateData({handle: "one"})]);
        first.resolve({search: answer, problem: false});
        await animationFrame();
        expect(queryOne(".o_crm_twitter_candidate").dataset.handle).toBe("two");
    });

    test("an error of the server is a sentence in the panel", async () => {
        onRpc("crm.lead", "twitter_read", () => {
            throw makeServerError({type: "AccessError", message: "You may not."});
        });
        await mountPanel(associatedData());
        await contains(".o_crm_twitter_refresh").click();
        expect(".o_crm_twitter_error").toHaveText("You may not.");
        expect(".o_crm_twitter_profile").toHaveCount(1);
        expect(".o_crm_twitter_refresh").toBeEnabled();
    });

    test("a panel that could not be loaded can be tried again", async () => {
        let isDown = true;
        await mountPanel(() => {
            if (isDown) {
                throw makeServerError({message: "Not now."});
            }
            return associatedData();
        });
        expect(".o_crm_twitter_error").toHaveText(/Not now\./);
        isDown = false;
        await contains(".o_crm_twitter_error button").click();
        expect(".o_crm_twitter_profile").toHaveCount(1);
        expect(".o_crm_twitter_error").toHaveCount(0);
    });
});
