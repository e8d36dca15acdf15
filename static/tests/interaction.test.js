import {describe, expect, test} from "@odoo/hoot";
import {queryOne, queryRect} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {contains, mockService} from "@web/../tests/web_test_helpers";
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
            avatar_url: "https://pbs.twimg.com/jd.jpg",
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
        for (const name of ["handle", "ignore", "add", "assign"]) {
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
            cardData({answers, leads, hidden_records: true, company: "ACME Ltd"}),
            {isAlone: true}
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
