import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne, queryRect} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mockService,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import {actionablePostData, postData, text} from "./crm_twitter_test_helpers";
import {
    answer,
    CARD,
    cardData,
    deed,
    defineInteractionModels,
    mountCard,
    onPost,
    wordlessData,
} from "./interaction_test_helpers";

defineInteractionModels();

describe("what is shown", () => {
    test("the post by X's rules, and what the CRM does outside of it", async () => {
        const author = {
            ...postData().author,
            avatar_url: "https://pbs.twimg.example/jd.jpg",
            verified_type: "blue",
        };
        const segments = [
            text("Is "),
            {kind: "mention", text: "@acme", href: "https://x.com/acme"},
            text(" any good?"),
        ];
        const post = actionablePostData({author, segments});
        await mountCard(cardData({post}));
        const article = `${CARD} article.o_crm_twitter_post `;
        expect(`${article}.o_crm_twitter_avatar`).toHaveAttribute(
            "referrerpolicy",
            "no-referrer"
        );
        expect(`${article}.o_crm_twitter_verified`).toHaveCount(1);
        expect(`${article}.o_crm_twitter_handle`).toHaveText("@jacquesdunagan");
        expect(`${article}.o_crm_twitter_handle`).toHaveAttribute(
            "href",
            "https://x.com/jacquesdunagan"
        );
        expect(queryOne(`${article}.o_crm_twitter_text`).textContent).toBe(
            "Is @acme any good?"
        );
        expect(`${article}.o_crm_twitter_permalink`).toHaveAttribute("href", post.url);
        expect(`${article}.o_crm_twitter_view`).toHaveAttribute("href", post.url);
        for (const kind of ["reply", "repost", "quote", "like"]) {
            expect(onPost(kind)).toHaveCount(1);
        }
        expect(`${article}[data-deed]`).toHaveCount(0);
        expect(`${CARD} .o_crm_twitter_interaction_post > .oi-x`).toHaveCount(1);
        for (const name of ["handle", "ignore", "createLead", "add", "assign"]) {
            expect(deed(name)).toHaveCount(1);
        }
    });

    test("who it is to us, what it answers, and what was made of it", async () => {
        const answers = {
            url: "https://x.com/acme/status/400",
            label: "In reply to your post",
        };
        const leads = [{id: 9, name: "Ten desks"}];
        mockService("action", {
            doAction: ({res_model, res_id}) => expect.step([res_model, res_id]),
        });
        await mountCard(
            cardData({answers, leads, hidden_records: true, company: "ACME Ltd"})
        );
        expect(`${CARD} .o_crm_twitter_kind`).toHaveText("Mention");
        expect(`${CARD} .o_crm_twitter_answers`).toHaveAttribute("href", answers.url);
        expect(`${CARD} .o_crm_twitter_company`).toHaveText("ACME Ltd");
        expect(`${CARD} .o_crm_twitter_hidden`).toHaveCount(1);
        expect(`${CARD} .o_crm_twitter_record a`).toHaveAttribute(
            "href",
            "/odoo/crm.lead/1"
        );
        await contains(`${CARD} .o_crm_twitter_record a`).click();
        await contains(`${CARD} .o_crm_twitter_made a`).click();
        expect.verifySteps([
            ["crm.lead", 1],
            ["crm.lead", 9],
        ]);
        // There is a lead already: another one is not the first thing offered.
        expect(deed("createLead")).toHaveCount(0);
    });

    test("without words: who, when, why, what we did, and no post", async () => {
        const touches = [
            {
                user: "Anna",
                label: "Anna replied as @acme",
                date: "2019-03-08T09:30:00+00:00",
            },
        ];
        await mountCard(wordlessData({touches}));
        expect(`${CARD} article`).toHaveCount(0);
        expect(`${CARD} img`).toHaveCount(0);
        expect(`${CARD} .o_crm_twitter_handle`).toHaveText("@jacquesdunagan");
        expect(`${CARD} .o_crm_twitter_permalink`).toHaveText("1 hour ago");
        expect(`${CARD} .o_crm_twitter_note`).toHaveText(/not confirmed/);
        expect(`${CARD} .o_crm_twitter_touches li`).toHaveText(
            /^Anna replied as @acme\s*3 days ago$/
        );
        expect(deed("load")).toHaveText(/Load again\s*\$0\.005/);
        expect(deed("handle")).toHaveCount(1);
    });

    test("where nothing can be loaded, nothing offers it", async () => {
        await mountCard(wordlessData({can_load: false}));
        expect(deed("load")).toHaveCount(0);
    });

    test("load again shows the post, once, or says why not", async () => {
        const first = new Deferred();
        const answers = [first, {card: cardData(), problem: false}];
        answer({twitter_load_again: () => answers.shift()});
        await mountCard(wordlessData());
        await contains(deed("load")).click();
        await contains(deed("load")).click();
        expect.verifySteps([["twitter_load_again", [1], {}]]);
        const problem = {code: "unavailable", message: "X is down.", action: "retry"};
        first.resolve({card: wordlessData(), problem});
        await animationFrame();
        expect(`${CARD} .o_crm_twitter_problem`).toHaveText(/X is down\./);
        await contains(`${CARD} .o_crm_twitter_step`).click();
        expect.verifySteps([["twitter_load_again", [1], {}]]);
        expect(`${CARD} article .o_crm_twitter_body`).toHaveText("Is @acme any good?");
        expect(`${CARD} .o_crm_twitter_problem`).toHaveCount(0);
    });

    test("who may not write sees what is done, and does nothing", async () => {
        const can = {
            write: false,
            create_lead: false,
            create_contact: false,
            associate: false,
        };
        const user = {id: 3, name: "Anna", avatar_url: "/web/static/img/avatar.png"};
        await mountCard(cardData({can, user}));
        expect(`${CARD} .o_crm_twitter_card_actions [data-deed]`).toHaveCount(1);
        expect(deed("keys")).toHaveCount(1);
        expect(`${CARD} span.o_crm_twitter_assign`).toHaveAttribute(
            "title",
            "Handler: Anna"
        );
    });

    test("right to left the avatar is on the right", async () => {
        const {root} = await mountCard();
        const left = () => queryRect(`${CARD} .o_crm_twitter_avatar`).left;
        const name = () => queryRect(`${CARD} .o_crm_twitter_byline`).left;
        expect(left()).toBeLessThan(name());
        root.el.style.direction = "rtl";
        expect(left()).toBeGreaterThan(name());
        expect(`${CARD} .o_crm_twitter_text`).toHaveAttribute("dir", "auto");
    });

    test("nothing is wider than a telephone, however long a name is", async () => {
        const long =
            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch".repeat(3);
        const author = {...postData().author, name: long, handle: "jacquesdunagan"};
        const {root} = await mountCard(
            cardData({
                post: actionablePostData({author, segments: [text(long)]}),
                records: [{model: "crm.lead", id: 1, name: long, kind: "lead"}],
                leads: [{id: 9, name: long}],
                company: long,
                user: {id: 3, name: long, avatar_url: "/web/static/img/avatar.png"},
            })
        );
        const frame = root.el.parentElement;
        frame.style.width = "320px";
        frame.style.position = "relative";
        const right = frame.getBoundingClientRect().right + 0.5;
        for (const element of root.el.querySelectorAll(":scope *")) {
            const box = element.getBoundingClientRect();
            const isHidden =
                element.closest(".visually-hidden") ||
                element.parentElement.closest(".text-truncate");
            if (box.width && !isHidden && box.right > right) {
                expect.step(element.outerHTML.slice(0, 200));
            }
        }
        expect.verifySteps([]);
    });
});

describe("in the CRM", () => {
    test("handled, and undone from the notification", async () => {
        answer({action_handle: true, action_reopen: true});
        await mountCard(cardData(), {onChanged: () => expect.step("changed")});
        await contains(deed("handle")).dblclick();
        expect.verifySteps([["action_handle", [1], {}], "changed"]);
        expect(".o_notification").toHaveText(/@jacquesdunagan is handled/);
        await contains(".o_notification button:contains(Undo)").click();
        expect.verifySteps([["action_reopen", [1], {}], "changed"]);
        expect(".o_notification").toHaveCount(0);
    });

    test("ignored, and open again once it is shown so", async () => {
        answer({action_ignore: true, action_reopen: true});
        await mountCard();
        await contains(deed("ignore")).click();
        expect.verifySteps([["action_ignore", [1], {}]]);
        expect(".o_notification").toHaveText(/@jacquesdunagan is ignored/);
    });

    test("a card that is handled says by whom, and can be reopened", async () => {
        answer({action_reopen: true});
        const handled = "Handled by Anna on 03/11/2019";
        await mountCard(cardData({state: "handled", handled}));
        expect(`${CARD} .o_crm_twitter_handled`).toHaveText(handled);
        expect(deed("handle")).toHaveCount(0);
        await contains(deed("reopen")).click();
        expect.verifySteps([["action_reopen", [1], {}]]);
    });

    test("what the server refuses is said on the card", async () => {
        onRpc("twitter.interaction", "action_handle", () => {
            throw makeServerError({message: "You may not do this."});
        });
        await mountCard(cardData(), {onChanged: () => expect.step("changed")});
        await contains(deed("handle")).click();
        expect(`${CARD} .o_crm_twitter_error`).toHaveText("You may not do this.");
        expect(".o_notification").toHaveCount(0);
        expect.verifySteps([]);
    });

    test("it is assigned to me, to a colleague, to nobody", async () => {
        const domain = [["share", "=", false]];
        answer({fields_get: {user_id: {domain}}, write: true});
        onRpc("res.users", "search_read", ({kwargs}) => {
            expect.step(kwargs.domain);
            return [
                {id: serverState.userId, name: "Me"},
                {id: 3, name: "Anna"},
            ];
        });
        const user = {id: 5, name: "Bert", avatar_url: "/web/static/img/avatar.png"};
        await mountCard(cardData({user}), {onChanged: () => expect.step("changed")});
        expect(deed("assign")).toHaveAttribute("aria-label", "Handler: Bert");
        await contains(deed("assign")).click();
        expect.verifySteps([
            ["fields_get", ["user_id"], {attributes: ["domain"]}],
            ["&", ["share", "=", false], ["company_ids", "in", [1]]],
        ]);
        const items = ".o_crm_twitter_assign_menu .o-dropdown-item";
        expect(queryAllTexts(items)).toEqual(["Assign to me", "Anna", "Nobody"]);
        await contains(`${items}:contains(Anna)`).click();
        expect.verifySteps([["write", [1], {user_id: 3}, {}], "changed"]);
        await contains(deed("assign")).click();
        await contains(`${items}:contains(Assign to me)`).click();
        expect.verifySteps([
            ["write", [1], {user_id: serverState.userId}, {}],
            "changed",
        ]);
        await contains(deed("assign")).click();
        await contains(`${items}:contains(Nobody)`).click();
        expect.verifySteps([["write", [1], {user_id: false}, {}], "changed"]);
    });

    test("more colleagues than fit are searched for", async () => {
        answer({fields_get: {user_id: {domain: []}}, write: true});
        const people = [...Array(9).keys()].map((id) => ({
            id: id + 50,
            name: `C${id}`,
        }));
        onRpc("res.users", "search_read", () => people);
        const {deeds} = await mountCard();
        deeds.dialog = {
            add(Dialog, {resModel, domain, onSelected}, {onClose}) {
                expect.step([resModel, domain]);
                onSelected([58]);
                onClose();
            },
        };
        await contains(deed("assign")).click();
        const items = ".o_crm_twitter_assign_menu .o-dropdown-item";
        expect(items).toHaveCount(10);
        await contains(`${items}:contains(Search more)`).click();
        expect.verifySteps([
            ["fields_get", ["user_id"], {attributes: ["domain"]}],
            ["res.users", [["company_ids", "in", [1]]]],
            ["write", [1], {user_id: 58}, {}],
        ]);
    });

    test("a lead is made in its own form, and the board read when that closes", async () => {
        const form = {type: "ir.actions.act_window", res_model: "crm.lead"};
        answer({action_create_lead: form});
        mockService("action", {
            doAction(action, {onClose}) {
                expect.step(action);
                onClose();
            },
        });
        await mountCard(cardData(), {onChanged: () => expect.step("changed")});
        await contains(deed("createLead")).click();
        expect.verifySteps([["action_create_lead", [1], {}], form, "changed"]);
    });

    test("a stranger becomes a lead, a contact, or is one that is there", async () => {
        const form = {type: "ir.actions.act_window", res_model: "res.partner"};
        answer({action_create_contact: form});
        onRpc("twitter.interaction", "suggestions", ({args: [ids]}) => {
            expect.step(["suggestions", ids]);
            return [];
        });
        mockService("action", {doAction: (action) => expect.step(action)});
        await mountCard(cardData({relation: "other", records: []}));
        expect(deed("createLead")).toHaveCount(0);
        expect(deed("add")).toHaveText("Add");
        await contains(deed("add")).click();
        const items = ".o_crm_twitter_add_menu .o-dropdown-item";
        expect(queryAllTexts(items)).toEqual([
            "New lead",
            "New contact",
            "Existing record",
        ]);
        await contains(`${items}:contains(New contact)`).click();
        expect.verifySteps([["action_create_contact", [1], {}], form]);
        await contains(deed("add")).click();
        await contains(`${items}:contains(Existing record)`).click();
        expect(".o_dialog .modal-title").toHaveText(/@jacquesdunagan/);
        expect.verifySteps([["suggestions", [1]]]);
    });
});
