import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mockService,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import {
    answer,
    CARD,
    cardData,
    changeStates,
    deed,
    defineInteractionModels,
    mountCard,
} from "./interaction_test_helpers";

defineInteractionModels();

describe("in the CRM", () => {
    test("handled, and undone from the notification", async () => {
        changeStates();
        await mountCard(cardData(), {onChanged: () => expect.step("changed")});
        await contains(deed("handle")).dblclick();
        expect.verifySteps([[1, "new", "handled"], "changed"]);
        expect(".o_notification").toHaveText(/@jacquesdunagan is handled/);
        await contains(".o_notification button:contains(Undo)").click();
        expect.verifySteps([[1, "handled", "new"], "changed"]);
        expect(".o_notification").toHaveText(/@jacquesdunagan is open again/);
        expect(".o_notification button:contains(Undo)").toHaveCount(0);
    });

    test("ignored, and open again once it is shown so", async () => {
        changeStates();
        await mountCard();
        await contains(deed("ignore")).click();
        expect.verifySteps([[1, "new", "ignored"]]);
        expect(".o_notification").toHaveText(/@jacquesdunagan is ignored/);
    });

    test("a card that is handled says by whom, and can be reopened", async () => {
        changeStates();
        const handled = "Handled by Anna on 03/11/2019";
        await mountCard(cardData({state: "handled", handled}));
        expect(`${CARD} .o_crm_twitter_handled`).toHaveText(handled);
        expect(deed("handle")).toHaveCount(0);
        await contains(deed("reopen")).click();
        expect.verifySteps([[1, "handled", "new"]]);
    });

    test("what the server refuses is said on the card", async () => {
        onRpc("twitter.interaction", "change_state", () => {
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

    test("who has it now is said to who listens", async () => {
        answer({fields_get: {user_id: {domain: []}}, write: true});
        onRpc("res.users", "search_read", () => [{id: 3, name: "Anna"}]);
        const {deeds, model, props} = await mountCard();
        deeds.onChanged = () => {
            const user = {id: 3, name: "Anna", avatar_url: "/web/static/img/a.png"};
            model.show(cardData({user}), props.board);
        };
        await contains(deed("assign")).click();
        const item = ".o_crm_twitter_assign_menu .o-dropdown-item:contains(Anna)";
        await contains(item).click();
        expect(`${CARD} .o_crm_twitter_status`).toHaveText("Assigned to Anna.");
        await deeds._onAssociated();
        await animationFrame();
        expect(`${CARD} .o_crm_twitter_status`).toHaveText(
            "@jacquesdunagan is associated."
        );
        expect.verifySteps([
            ["fields_get", ["user_id"], {attributes: ["domain"]}],
            ["write", [1], {user_id: 3}, {}],
        ]);
    });

    test("on a form, which says it itself, neither state nor handler", async () => {
        const handled = "Handled by Anna on 03/11/2019";
        await mountCard(cardData({state: "handled", handled}), {isAlone: true});
        for (const name of ["handle", "ignore", "reopen", "assign"]) {
            expect(deed(name)).toHaveCount(0);
        }
        expect(`${CARD} .o_crm_twitter_handled`).toHaveCount(0);
        expect(deed("createLead")).toHaveCount(1);
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
        const onChanged = () => expect.step("changed");
        await mountCard(cardData(), {onChanged, isAlone: true});
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
            "Activity",
        ]);
        await contains(`${items}:contains(New contact)`).click();
        expect.verifySteps([["action_create_contact", [1], {}], form]);
        await contains(deed("add")).click();
        await contains(`${items}:contains(Existing record)`).click();
        expect(".o_dialog .modal-title").toHaveText(/@jacquesdunagan/);
        expect.verifySteps([["suggestions", [1]]]);
    });
});
