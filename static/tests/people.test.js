import {describe, expect, test} from "@odoo/hoot";
import {queryAll} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {contains, mockService, onRpc} from "@web/../tests/web_test_helpers";
import {
    actionsData,
    associatedData,
    defineTwitterModels,
    engagementData,
    mountPanel,
    ownKwargs,
    postData,
    postsData,
    profileData,
    text,
    unavailableData,
    updateData,
} from "./crm_twitter_test_helpers";

defineTwitterModels();

const followers = "[data-kind=followers]";
const handles = () => queryAll(".o_crm_twitter_person").map((el) => el.dataset.handle);

function personData(values = {}) {
    return {
        twitter_id: "2001",
        handle: "julie",
        name: "Julie Richards",
        description: "Sofas",
        description_segments: [text("Sofas")],
        avatar_url: "",
        verified_type: "blue",
        protected: false,
        profile_url: "https://x.com/julie",
        linked: [],
        ...values,
    };
}

const pageOf = (items, next_token = "") => ({
    people: {items, next_token, read_at: "2019-03-11T09:20:00+00:00"},
    problem: false,
});

describe("followers", () => {
    test("are read on a click with its price, page by page, each once", async () => {
        onRpc("crm.lead", "twitter_followers", (call) => {
            const {next_token} = ownKwargs(call);
            expect.step(next_token);
            const max = personData({twitter_id: "2002", handle: "max"});
            return next_token
                ? pageOf([personData(), max])
                : pageOf([personData()], "page2");
        });
        await mountPanel(associatedData());
        expect(`${followers} .o_crm_twitter_price`).toHaveText("$0.20");
        await contains(followers).click();
        expect(handles()).toEqual(["julie"]);
        expect(followers).toHaveAttribute("aria-pressed", "true");
        expect(".o_crm_twitter_people h4").toBeFocused();
        expect(".o_crm_twitter_posts").toHaveCount(0);
        const person = ".o_crm_twitter_person ";
        expect(`${person}.o_crm_twitter_name`).toHaveAttribute(
            "href",
            "https://x.com/julie"
        );
        expect(person).toHaveText(/Julie Richards\s*@julie\s*Sofas/);
        expect(`${person}.o_crm_twitter_verified`).toHaveCount(1);
        expect(".o_crm_twitter_more_people .o_crm_twitter_price").toHaveText("$0.20");
        await contains(".o_crm_twitter_more_people").click();
        expect(handles()).toEqual(["julie", "max"]);
        expect(".o_crm_twitter_more_people").toHaveCount(0);
        expect.verifySteps(["", "page2"]);
        await contains(".o_crm_twitter_back").click();
        expect(".o_crm_twitter_posts").toHaveCount(1);
        expect(`${followers} .o_crm_twitter_price`).toHaveCount(0);
        await contains(followers).click();
        expect(handles()).toEqual(["julie", "max"]);
        expect.verifySteps([]);
    });

    test("that are in the CRM are links to their records", async () => {
        mockService("action", {doAction: ({res_id}) => expect.step(res_id)});
        const linked = [
            {model: "crm.lead", id: 4, name: "Lamps"},
            {model: "res.partner", id: 5, name: "Julie"},
        ];
        onRpc("crm.lead", "twitter_following", () => pageOf([personData({linked})]));
        await mountPanel(associatedData());
        await contains("[data-kind=following]").click();
        expect(".o_crm_twitter_linked").toHaveText("In your CRM: Lamps, Julie");
        await contains(".o_crm_twitter_linked a:contains(Julie)").click();
        expect.verifySteps([5]);
    });

    test("nobody is said to be nobody", async () => {
        onRpc("crm.lead", "twitter_followers", () => pageOf([]));
        await mountPanel(associatedData());
        await contains(followers).click();
        expect(".o_crm_twitter_nobody").toHaveText("Nobody follows this account.");
    });

    test("that X refuses are asked for again", async () => {
        const problem = {code: "unavailable", message: "Later.", action: "retry"};
        const answers = [{people: false, problem}, pageOf([personData()])];
        onRpc("crm.lead", "twitter_followers", () => answers.shift());
        await mountPanel(associatedData());
        await contains(followers).click();
        expect(".o_crm_twitter_problem").toHaveText(/Later\./);
        await contains(".o_crm_twitter_step").click();
        expect(handles()).toEqual(["julie"]);
        expect(".o_crm_twitter_problem").toHaveCount(0);
    });

    test("that cannot be read are not, and why", async () => {
        onRpc("crm.lead", "twitter_followers", () => expect.step("read"));
        const actions = actionsData({followers: unavailableData("Protected.")});
        await mountPanel(associatedData({actions}));
        await contains(followers).click();
        expect(".o_crm_twitter_reason").toHaveText("Protected.");
        expect.verifySteps([]);
    });

    test("that were left and opened again are asked for once", async () => {
        const answer = new Deferred();
        onRpc("crm.lead", "twitter_followers", () => {
            expect.step("read");
            return answer;
        });
        await mountPanel(associatedData());
        await contains(followers).click();
        await contains(".o_crm_twitter_back").click();
        expect(followers).toBeFocused();
        await contains(followers).click();
        expect.verifySteps(["read"]);
        answer.resolve(pageOf([personData()]));
        await animationFrame();
        expect(handles()).toEqual(["julie"]);
        expect(`${followers} .fa-spin`).toHaveCount(0);
    });

    test("the other list is asked for although one is on its way", async () => {
        const answer = new Deferred();
        onRpc("crm.lead", "twitter_followers", () => answer);
        const joe = personData({handle: "joe", twitter_id: "3"});
        onRpc("crm.lead", "twitter_following", () => pageOf([joe]));
        await mountPanel(associatedData());
        await contains(followers).click();
        await contains("[data-kind=following]").click();
        expect(handles()).toEqual(["joe"]);
        answer.resolve(pageOf([personData()]));
        await animationFrame();
        expect(handles()).toEqual(["joe"]);
        await contains(followers).click();
        expect(handles()).toEqual(["julie"]);
    });

    test("are asked for anew after a refresh", async () => {
        onRpc("crm.lead", "twitter_followers", () => {
            expect.step("people");
            return pageOf([personData()]);
        });
        onRpc("crm.lead", "twitter_read", () => ({
            profile: profileData(),
            posts: postsData([postData()]),
            problem: false,
        }));
        const kept = {followers: true, following: true, reposts: false};
        await mountPanel(associatedData({kept}));
        await contains(followers).click();
        await contains(".o_crm_twitter_refresh").click();
        await animationFrame();
        expect(".o_crm_twitter_people").toHaveCount(0);
        expect(`${followers} .o_crm_twitter_price`).toHaveText("$0.20");
        await contains(followers).click();
        expect.verifySteps(["people", "people"]);
    });

    test("of somebody else are forgotten with them", async () => {
        onRpc("crm.lead", "twitter_followers", () => pageOf([personData()]));
        const {model} = await mountPanel(associatedData());
        await contains(followers).click();
        model._show(associatedData({profile: profileData({id: 8})}));
        await animationFrame();
        expect(".o_crm_twitter_people").toHaveCount(0);
        expect(`${followers} .o_crm_twitter_price`).toHaveCount(1);
    });
});

describe("who of us reached out", () => {
    const touch = {
        user: "Anna Smith",
        kind: "reply",
        label: "Anna Smith replied as @acme",
        date: "2019-03-08T09:30:00+00:00",
        url: "https://x.com/acme/status/77",
        is_mine: false,
        engagement_id: 3,
        post_id: "77",
        can_delete: false,
    };

    test("is said with its age and its place on X", async () => {
        await mountPanel(associatedData({reached_out: [touch]}));
        const own = ".o_crm_twitter_reached_out ";
        expect(`${own}li`).toHaveText(
            /^Anna Smith replied as @acme\s*3 days ago\s*View on X$/
        );
        expect(`${own}a`).toHaveAttribute("href", touch.url);
        expect(`${own}button`).toHaveCount(0);
    });

    test("one's own is deleted after a question", async () => {
        onRpc("crm.lead", "twitter_act", (call) => {
            expect.step([call.args[2], ownKwargs(call).post_id]);
            const engagement = engagementData({kind: "delete", post_id: "77"});
            return updateData({engagement});
        });
        const reached_out = [{...touch, can_delete: true}];
        await mountPanel(associatedData({reached_out}));
        expect(".o_crm_twitter_delete .o_crm_twitter_price").toHaveText("$0.01");
        await contains(".o_crm_twitter_delete").click();
        expect(".modal").toHaveText(/X charges your company \$0\.01 for it\./);
        await contains(".modal .btn-secondary").click();
        expect.verifySteps([]);
        await contains(".o_crm_twitter_delete").click();
        await contains(".modal .btn-primary").click();
        await animationFrame();
        expect.verifySteps([["delete", "77"]]);
        expect(".o_crm_twitter_reached_out").toHaveCount(0);
    });
});

describe("photo and website", () => {
    const photo = {
        can_use: true,
        target: "Jacques Dunagan",
        has_image: false,
        can_undo: false,
        reason: "",
    };
    const used = () => associatedData({photo: {...photo, can_undo: true}});

    test("the photo is used in one click, and undone in another", async () => {
        onRpc("crm.lead", "twitter_fetch_photo", () => {
            expect.step("fetch");
            return {problem: false};
        });
        onRpc("crm.lead", "twitter_use_photo", (call) => {
            expect.step(ownKwargs(call));
            return {panel: used(), question: ""};
        });
        onRpc("crm.lead", "twitter_undo_photo", () => {
            expect.step("undo");
            return associatedData({photo});
        });
        await mountPanel(associatedData({photo}));
        expect(".o_crm_twitter_use_photo").toHaveAttribute(
            "title",
            "As the image of Jacques Dunagan"
        );
        await contains(".o_crm_twitter_use_photo").click();
        await animationFrame();
        expect.verifySteps(["fetch", {replace: false}]);
        expect(".o_crm_twitter_notice").toHaveText("The photo is used.");
        await contains(".o_crm_twitter_undo_photo").click();
        expect.verifySteps(["undo"]);
        expect(".o_crm_twitter_undo_photo").toHaveCount(0);
    });

    test("an image that is there is replaced after a question only", async () => {
        onRpc("crm.lead", "twitter_fetch_photo", () => ({problem: false}));
        onRpc("crm.lead", "twitter_use_photo", ({kwargs: {replace}}) => {
            expect.step(replace);
            return replace
                ? {panel: used(), question: ""}
                : {panel: associatedData({photo}), question: "Replace it?"};
        });
        await mountPanel(associatedData({photo}));
        await contains(".o_crm_twitter_use_photo").click();
        await animationFrame();
        expect(".modal").toHaveText(/Replace it\?/);
        expect.verifySteps([false]);
        await contains(".modal .btn-primary").click();
        await animationFrame();
        expect.verifySteps([true]);
        expect(".o_crm_twitter_undo_photo").toHaveCount(1);
    });

    test("a picture X does not give is not used, and why", async () => {
        const problem = {code: "gone", message: "No longer there.", action: ""};
        onRpc("crm.lead", "twitter_fetch_photo", () => ({problem}));
        onRpc("crm.lead", "twitter_use_photo", () => expect.step("use"));
        await mountPanel(associatedData({photo}));
        await contains(".o_crm_twitter_use_photo").click();
        expect(".o_crm_twitter_problem").toHaveText("No longer there.");
        expect.verifySteps([]);
    });

    test("why there is no contact to have it is said", async () => {
        const reason = "There is no contact of this person yet to have it.";
        const none = {...photo, can_use: false, reason};
        await mountPanel(associatedData({photo: none}));
        expect(".o_crm_twitter_use_photo").toHaveCount(0);
        await contains("[data-kind=photo]").click();
        expect(".o_crm_twitter_reason").toHaveText(reason);
    });

    test("what a first reading brings can be kept at once", async () => {
        let isRead = false;
        const profile = profileData({avatar_url: "https://pbs.twimg.com/a.jpg"});
        onRpc("crm.lead", "twitter_read", () => {
            isRead = true;
            return {profile, posts: postsData([postData()]), problem: false};
        });
        await mountPanel(() => (isRead ? associatedData({photo}) : associatedData()));
        expect(".o_crm_twitter_use_photo").toHaveCount(0);
        await contains(".o_crm_twitter_refresh").click();
        await animationFrame();
        expect(".o_crm_twitter_use_photo").toHaveCount(1);
        expect(".o_crm_twitter_post").toHaveCount(1);
    });

    test("an empty website is filled in one click", async () => {
        onRpc("crm.lead", "twitter_fill_website", () => {
            expect.step("fill");
            return associatedData();
        });
        const website = {can_fill: true, url: "https://leclub.example"};
        await mountPanel(associatedData({website}));
        expect(".o_crm_twitter_fill_website").toHaveAttribute("title", website.url);
        await contains(".o_crm_twitter_fill_website").click();
        expect.verifySteps(["fill"]);
        expect(".o_crm_twitter_fill_website").toHaveCount(0);
    });
});
