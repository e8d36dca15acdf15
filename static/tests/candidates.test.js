import {describe, expect, test} from "@odoo/hoot";
import {press, queryAll, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mockService,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {
    associatedData,
    candidateData,
    defineTwitterModels,
    mountPanel,
    ownKwargs,
    panelData,
    searchData,
} from "./crm_twitter_test_helpers";

defineTwitterModels();

const TWO = [
    candidateData({
        evidence: [
            {favours: true, text: "The bio names Le Club"},
            {favours: false, text: "Another town"},
        ],
    }),
    candidateData({handle: "jdunagan", twitter_id: "1002", name: "J. Dunagan"}),
];
const handles = () =>
    queryAll(".o_crm_twitter_candidate").map((el) => el.dataset.handle);

describe("search", () => {
    test("runs when the panel opens, where the setting says so", async () => {
        onRpc("crm.lead", "twitter_search", (call) => {
            expect.step(ownKwargs(call));
            return {search: searchData(TWO), problem: false};
        });
        await mountPanel(panelData({search_on_open: true}));
        await animationFrame();
        expect.verifySteps([{query: ""}]);
        expect(handles()).toEqual(["jacquesdunagan", "jdunagan"]);
        expect(".o_crm_twitter_status").toHaveText("2 people found on X.");
    });

    test("does not run again when today's answer is stored", async () => {
        onRpc("crm.lead", "twitter_search", () => expect.step("search"));
        await mountPanel(panelData({search_on_open: true, search: searchData(TWO)}));
        expect(handles()).toEqual(["jacquesdunagan", "jdunagan"]);
        expect.verifySteps([]);
    });

    test("does not run without a person's name: the username is asked for", async () => {
        onRpc("crm.lead", "twitter_search", () => expect.step("search"));
        await mountPanel(panelData({search_on_open: true, record: {person: ""}}));
        expect(".o_crm_twitter_handle_entry").toHaveCount(1);
        expect.verifySteps([]);
    });

    test("another name, by Enter, with its price on the button", async () => {
        onRpc("crm.lead", "twitter_search", (call) => {
            expect.step(ownKwargs(call));
            return {search: searchData(TWO, call.kwargs.query), problem: false};
        });
        await mountPanel(panelData());
        expect(".o_crm_twitter_search .o_crm_twitter_price").toHaveText("$0.10");
        expect("#o_crm_twitter_search_input").toHaveValue("Jacques Dunagan");
        await contains("#o_crm_twitter_search_input").edit("Jack", {confirm: false});
        await press("Enter");
        await animationFrame();
        expect.verifySteps([{query: "Jack"}]);
    });

    test("one person found is announced as one", async () => {
        onRpc("crm.lead", "twitter_search", () => ({
            search: searchData([TWO[0]]),
            problem: false,
        }));
        await mountPanel(panelData({search_on_open: true}));
        expect(".o_crm_twitter_status").toHaveText("1 person found on X.");
    });

    test("nobody found is the server's sentence, also where it is stored", async () => {
        const problem = {code: "nobody", message: "Nobody there.", action: "handle"};
        onRpc("crm.lead", "twitter_search", () => {
            expect.step("search");
            return {search: searchData([]), problem};
        });
        await mountPanel(panelData({search: searchData([])}));
        expect.verifySteps(["search"]);
        expect(".o_crm_twitter_problem").toHaveText(/Nobody there\./);
        expect(".o_crm_twitter_set_aside").toHaveCount(0);
        expect(".o_crm_twitter_status").toHaveText("");
    });

    test("everybody found was set aside: said so, and the username is next", async () => {
        onRpc("crm.lead", "twitter_search", () => ({
            search: searchData([]),
            problem: false,
        }));
        await mountPanel(panelData({search_on_open: true}));
        expect(".o_crm_twitter_set_aside span").toHaveText(
            "Everybody X found by this name was set aside as not this person."
        );
        await contains(".o_crm_twitter_set_aside button").click();
        expect("#o_crm_twitter_handle_input").toBeFocused();
    });

    for (const problem of [false, {code: "nobody", message: "Nobody.", action: ""}]) {
        test(`what X was asked for is said where it differs: ${Boolean(problem)}`, async () => {
            onRpc("crm.lead", "twitter_search", ({kwargs: {query}}) => ({
                search: {
                    ...searchData(problem ? [] : TWO, query),
                    asked: "Iulia",
                },
                problem,
            }));
            const {model} = await mountPanel(panelData());
            await model.searchPeople("Юлия");
            await animationFrame();
            expect(".o_crm_twitter_asked").toHaveText("X was asked for “Iulia”.");
            await model.searchPeople("Iulia");
            await animationFrame();
            expect(".o_crm_twitter_asked").toHaveCount(0);
        });
    }

    test("an announcement goes when something else is asked, or refused", async () => {
        const second = new Deferred();
        const answers = [{search: searchData(TWO), problem: false}, second];
        onRpc("crm.lead", "twitter_search", () => answers.shift());
        const {model} = await mountPanel(panelData({search_on_open: true}));
        expect(".o_crm_twitter_status").toHaveText("2 people found on X.");
        model.searchPeople("Jack");
        await animationFrame();
        expect(".o_crm_twitter_status").toHaveText("");
        model.status = "Something else.";
        const problem = {code: "unreachable", message: "No answer.", action: "retry"};
        second.resolve({search: false, problem});
        await animationFrame();
        expect(".o_crm_twitter_problem").toHaveCount(1);
        expect(".o_crm_twitter_status").toHaveText("");
    });

    test("a refusal goes while X is asked again, and stands alone", async () => {
        const problem = {code: "unreachable", message: "No answer.", action: "retry"};
        const last = new Deferred();
        const answers = [
            {search: searchData([]), problem: false},
            {search: false, problem},
            last,
        ];
        onRpc("crm.lead", "twitter_search", () => answers.shift());
        await mountPanel(panelData({search_on_open: true}));
        expect(".o_crm_twitter_set_aside").toHaveCount(1);
        await contains(".o_crm_twitter_search button").click();
        expect(".o_crm_twitter_problem").toHaveCount(1);
        expect(".o_crm_twitter_set_aside").toHaveCount(0);
        await contains(".o_crm_twitter_step").click();
        expect(".o_crm_twitter_problem").toHaveCount(0);
        last.resolve({search: searchData(TWO), problem: false});
        await animationFrame();
        expect(handles()).toEqual(["jacquesdunagan", "jdunagan"]);
    });
});

describe("candidate", () => {
    test("evidence for and against is in words", async () => {
        await mountPanel(panelData({search: searchData(TWO)}));
        expect(queryAllTexts(".o_crm_twitter_evidence li")).toEqual([
            "The bio names Le Club",
            "Another town",
        ]);
        expect(".o_crm_twitter_evidence .text-success").toHaveCount(1);
        expect(".o_crm_twitter_evidence .text-danger").toHaveCount(1);
    });

    test("is associated with the basis that is chosen", async () => {
        onRpc("crm.lead", "twitter_associate", (call) => {
            expect.step([call.args, ownKwargs(call)]);
            return associatedData();
        });
        const panel = panelData({search: searchData(TWO), last_basis: "consent"});
        await mountPanel(panel, {onWritten: () => expect.step("written")});
        const first = ".o_crm_twitter_candidate:first";
        expect(`${first} input[value=consent]`).toBeChecked();
        await contains(`${first} input[value=public]`).click();
        await contains(`${first} .o_crm_twitter_associate`).click();
        expect.verifySteps([
            [[[1], "jacquesdunagan", "public"], {twitter_id: "1001", origin: "search"}],
            "written",
        ]);
        expect(".o_crm_twitter_profile").toHaveCount(1);
        expect(".o_crm_twitter_title").toBeFocused();
        expect(".o_crm_twitter_status").toHaveText("@jacquesdunagan is associated.");
    });

    test("that is not this person goes, and the focus moves on", async () => {
        onRpc("crm.lead", "twitter_reject", ({args}) => {
            expect.step(args);
            return panelData();
        });
        await mountPanel(panelData({search: searchData(TWO)}));
        await contains(".o_crm_twitter_reject:first").click();
        await animationFrame();
        expect.verifySteps([[[1], "1001", "jacquesdunagan"]]);
        expect(handles()).toEqual(["jdunagan"]);
        expect(".o_crm_twitter_candidate[data-handle=jdunagan] a:first").toBeFocused();
        expect(".o_crm_twitter_set_aside").toHaveCount(0);
        await contains(".o_crm_twitter_reject").click();
        await animationFrame();
        expect.verifySteps([[[1], "1002", "jdunagan"]]);
        expect(".o_crm_twitter_set_aside").toHaveCount(1);
        expect(".o_crm_twitter_title").toBeFocused();
    });

    test("keeps the focus when it could not be set aside", async () => {
        onRpc("crm.lead", "twitter_reject", () => {
            throw makeServerError({message: "Not now."});
        });
        await mountPanel(panelData({search: searchData(TWO)}));
        await contains(".o_crm_twitter_reject:last").click();
        await animationFrame();
        expect(".o_crm_twitter_error").toHaveText("Not now.");
        expect(".o_crm_twitter_reject:last").toBeFocused();
    });

    test("one follower is one, and who was never read has none", async () => {
        const search = searchData([
            candidateData({handle: "one", followers: 1}),
            candidateData({handle: "unread", state: "unresolved", followers: 0}),
        ]);
        await mountPanel(panelData({search}));
        expect("[data-handle=one] .list-inline").toHaveText(/1 follower$/);
        expect("[data-handle=unread]").not.toHaveText(/follower/);
        expect("[data-handle=unread]").toHaveText(/Not read from X/);
    });
});

describe("a username that is known", () => {
    for (const [kind, question] of [
        ["lead", "Do you know the lead's X username?"],
        ["opportunity", "Do you know the opportunity's X username?"],
        ["contact", "Do you know the contact's X username?"],
    ]) {
        test(`is asked for by what the record is: ${kind}`, async () => {
            await mountPanel(panelData({record: {kind}}));
            expect(".o_crm_twitter_know").toHaveText(question);
        });
    }

    async function enterAgain(text) {
        expect("#o_crm_twitter_handle_input").toBeFocused();
        await contains("#o_crm_twitter_handle_input").edit(text, {confirm: false});
        await press("Enter");
        await animationFrame();
    }

    async function enter(text) {
        await contains(".o_crm_twitter_know").click();
        await enterAgain(text);
    }

    test("shows its profile first, with a warning if it was rejected", async () => {
        onRpc("crm.lead", "twitter_look_up", ({args}) => {
            expect.step(args);
            return {candidate: candidateData({rejected: true}), problem: false};
        });
        await mountPanel(panelData());
        await enter("https://x.com/jacquesdunagan");
        expect.verifySteps([[[1], "jacquesdunagan"]]);
        expect(".o_crm_twitter_candidate .o_crm_twitter_name").toHaveText(
            "Jacques Dunagan"
        );
        expect(".o_crm_twitter_rejected").toHaveCount(1);
        expect(".o_crm_twitter_reject").toHaveCount(0);
    });

    test("that is none is refused with a sentence, and X is not asked", async () => {
        onRpc("crm.lead", "twitter_look_up", () => expect.step("look up"));
        await mountPanel(panelData());
        await enter("Jacques Dunagan");
        expect("#o_crm_twitter_handle_problem").toHaveText(/up to 15 letters/);
        expect("#o_crm_twitter_handle_input").toBeFocused();
        expect.verifySteps([]);
    });

    test("can be associated unseen when X cannot be reached", async () => {
        const problem = {code: "unreachable", message: "No answer.", action: "retry"};
        onRpc("crm.lead", "twitter_look_up", () => {
            expect.step("look up");
            return {candidate: false, problem};
        });
        await mountPanel(panelData());
        await enter("jack");
        expect(".o_crm_twitter_problem").toHaveText(/No answer\./);
        expect(".o_crm_twitter_candidate").toHaveText(/Not read from X/);
        await contains(".o_crm_twitter_step").click();
        expect.verifySteps(["look up", "look up"]);
    });

    test("that nobody has cannot be associated", async () => {
        const problem = {code: "not_found", message: "Nobody.", action: "handle"};
        onRpc("crm.lead", "twitter_look_up", () => ({candidate: false, problem}));
        await mountPanel(panelData());
        await enter("jack");
        expect(".o_crm_twitter_problem").toHaveText(/Nobody\./);
        expect(".o_crm_twitter_candidate").toHaveCount(0);
    });

    test("that is none, or nobody's, takes away who was shown before", async () => {
        const problem = {code: "not_found", message: "Nobody.", action: "handle"};
        onRpc("crm.lead", "twitter_look_up", ({args: [, handle]}) =>
            handle === "jack"
                ? {candidate: candidateData({handle}), problem: false}
                : {candidate: false, problem}
        );
        await mountPanel(panelData());
        await enter("jack");
        expect(handles()).toEqual(["jack"]);
        await enterAgain("no username");
        expect(handles()).toEqual([]);
        await enterAgain("jack");
        expect(handles()).toEqual(["jack"]);
        await enterAgain("nobody");
        expect(handles()).toEqual([]);
        expect(".o_crm_twitter_problem").toHaveCount(1);
        await enterAgain("no username");
        expect(".o_crm_twitter_problem").toHaveCount(0);
    });

    test("that is none drops the answer about the one before", async () => {
        const answer = new Deferred();
        onRpc("crm.lead", "twitter_look_up", () => answer);
        await mountPanel(panelData());
        await enter("jack");
        expect(".o_crm_twitter_show").not.toBeEnabled();
        await contains("#o_crm_twitter_handle_input").edit("no username", {
            confirm: false,
        });
        queryOne(".o_crm_twitter_handle_entry").requestSubmit();
        await animationFrame();
        answer.resolve({candidate: candidateData(), problem: false});
        await animationFrame();
        expect(handles()).toEqual([]);
    });

    test("is asked for where what is stored is no username", async () => {
        const record = {handle: "no name", handle_problem: "This is no username."};
        await mountPanel(panelData({record}));
        expect(".o_crm_twitter_handle_problem").toHaveText("This is no username.");
        expect(".o_crm_twitter_handle_entry").toHaveCount(1);
    });
});

describe("a refused search", () => {
    const refused = async (problem, values = {}) => {
        onRpc("crm.lead", "twitter_search", () => {
            expect.step("search");
            return {search: false, problem};
        });
        await mountPanel(panelData({search_on_open: true, ...values}));
        await animationFrame();
        expect.verifySteps(["search"]);
        expect(".o_crm_twitter_problem").toHaveCount(1);
        expect(".o_crm_twitter_problem span:first").toHaveText(
            new RegExp(`^${problem.message}`)
        );
    };

    test("offers to try again", async () => {
        await refused({code: "unreachable", message: "No answer.", action: "retry"});
        await contains(".o_crm_twitter_step:contains(Try again)").click();
        expect.verifySteps(["search"]);
    });

    test("offers the username", async () => {
        await refused({code: "name_not_searchable", message: "No.", action: "handle"});
        await contains(".o_crm_twitter_step:contains(Enter the handle)").click();
        expect("#o_crm_twitter_handle_input").toBeFocused();
    });

    test("is said once, with the login, when X took the connection away", async () => {
        const problem = {code: "reconnect", message: "Expired.", action: "login"};
        onRpc("crm.lead", "twitter_search", () => ({search: false, problem}));
        await mountPanel(panelData({search_on_open: true}));
        await animationFrame();
        expect(".o_crm_twitter_intro[role=alert]").toHaveText(
            /no longer accepts your connection/
        );
        expect(".o_crm_twitter_login").toHaveCount(1);
        expect(".o_crm_twitter_problem").toHaveCount(0);
    });

    test("for want of credit leads an administrator to X's console", async () => {
        const keys = {configured: true, can_configure: true};
        await refused(
            {code: "out_of_credits", message: "Used up.", action: "credits"},
            {keys}
        );
        expect("a.o_crm_twitter_console").toHaveText("Open X's console");
        expect("a.o_crm_twitter_console").toHaveAttribute(
            "href",
            "https://console.x.com"
        );
        onRpc("twitter.limit", "try_now", () => {
            expect.step("try now");
            return true;
        });
        await contains(".o_crm_twitter_step:contains(Try now)").click();
        await animationFrame();
        expect.verifySteps(["try now", "search"]);
    });

    test("for want of credit sends others to their administrator", async () => {
        await refused({code: "out_of_credits", message: "Used up.", action: "credits"});
        expect(".o_crm_twitter_tell").toHaveText("Tell your administrator.");
        expect(".o_crm_twitter_console").toHaveCount(0);
        onRpc("twitter.limit", "try_now", () => true);
        await contains(".o_crm_twitter_step:contains(Try now)").click();
        await animationFrame();
        expect.verifySteps(["search"]);
    });

    test("offers the settings to who may change them", async () => {
        mockService("action", {doAction: (action) => expect.step(action)});
        const keys = {configured: true, can_configure: true};
        await refused(
            {code: "keys_refused", message: "Wrong keys.", action: "settings"},
            {keys}
        );
        await contains(".o_crm_twitter_step").click();
        expect.verifySteps(["crm.crm_config_settings_action"]);
    });

    test("does not offer the settings to others", async () => {
        await refused({code: "keys_refused", message: "Wrong.", action: "settings"});
        expect(".o_crm_twitter_step").toHaveCount(0);
    });

    test("without a next step is a sentence", async () => {
        await refused({code: "not_allowed", message: "Not allowed.", action: ""});
        expect(".o_crm_twitter_step").toHaveCount(0);
    });
});

test("somebody rejected while a search runs does not come back with its answer", async () => {
    const answer = new Deferred();
    onRpc("crm.lead", "twitter_search", () => answer);
    onRpc("crm.lead", "twitter_reject", () => panelData());
    const {model} = await mountPanel(panelData({search: searchData(TWO)}));
    model.searchPeople("Jacques");
    await contains(".o_crm_twitter_reject:first").click();
    answer.resolve({search: searchData(TWO, "Jacques"), problem: false});
    await animationFrame();
    expect(handles()).toEqual(["jdunagan"]);
});

test("somebody set aside and associated after all may be suggested again", async () => {
    const search = searchData(TWO);
    onRpc("crm.lead", "twitter_reject", () => panelData());
    onRpc("crm.lead", "twitter_associate", () => associatedData());
    onRpc("crm.lead", "twitter_disassociate", () => ({
        panel: panelData({search}),
        undo: {handle: "jacquesdunagan", basis: "given", twitter_id: "1001"},
    }));
    const {model} = await mountPanel(panelData({search}));
    await model.reject(TWO[0]);
    await model.associate(TWO[0], "given", "typed");
    await model.disassociate();
    await animationFrame();
    expect(handles()).toEqual(["jacquesdunagan", "jdunagan"]);
});
