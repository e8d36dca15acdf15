import {expect, test} from "@odoo/hoot";
import {click} from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    mockService,
    mountView,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {CrmLead} from "./crm_twitter_test_helpers";

const PICTURE = "https://pbs.twimg.com/profile_images/1/a_bigger.jpg";

class LeadWithPicture extends CrmLead {
    _name = "crm.lead";

    twitter_avatar_url = fields.Char();

    _records = [
        {
            id: 1,
            name: "Office chairs",
            twitter_handle: "jacquesdunagan",
            twitter_avatar_url: PICTURE,
        },
        {id: 2, name: "Desks", twitter_handle: "not a username"},
        {id: 3, name: "Lamps", twitter_handle: "jill"},
    ];
}

defineMailModels();
defineModels([LeadWithPicture]);

const CARDS = /* xml */ `
    <kanban>
        <templates>
            <t t-name="card">
                <field name="name"/>
                <field name="twitter_avatar_url" widget="twitter_avatar"/>
            </t>
        </templates>
    </kanban>`;
const LIST = /* xml */ `
    <list>
        <field name="name"/>
        <field name="twitter_avatar_url" widget="twitter_avatar"/>
    </list>`;
const card = (number) => `.o_kanban_record:not(.o_kanban_ghost):eq(${number})`;

test("a card shows the picture as X's image host has it, and tells it nothing", async () => {
    await mountView({type: "kanban", resModel: "crm.lead", arch: CARDS});
    const image = `${card(0)} img`;
    // Hoot keeps addresses of pictures from being fetched.
    expect(image).toHaveAttribute("data-src", PICTURE);
    expect(image).toHaveAttribute("referrerpolicy", "no-referrer");
    expect(image).toHaveAttribute("loading", "lazy");
    expect(image).toHaveAttribute("alt", "");
    expect(image).toHaveAttribute("width", "24");
    expect(image).toHaveAttribute("height", "24");
});

test("the picture links to the profile on X, and does not open the card", async () => {
    mockService("action", {
        doAction() {
            expect.step("opened");
        },
        loadState: () => false,
    });
    await mountView({
        type: "kanban",
        resModel: "crm.lead",
        arch: CARDS,
        selectRecord: () => expect.step("opened"),
    });
    const link = `${card(0)} a[target=_blank]`;
    expect(link).toHaveAttribute("href", "https://x.com/jacquesdunagan");
    expect(link).toHaveAttribute("rel", "noopener noreferrer");
    expect(`${card(0)} i.oi-x`).toHaveAttribute("aria-label", "@jacquesdunagan on X");
    document
        .querySelector(".o_kanban_record a[target=_blank]")
        .addEventListener("click", (ev) => ev.preventDefault());
    await click(link);
    expect.verifySteps([]);
    await click(`${card(0)} .o_field_widget[name=name], ${card(0)} span:first`);
    expect.verifySteps(["opened"]);
});

test("without a picture there is the X; without a handle, nothing", async () => {
    await mountView({type: "kanban", resModel: "crm.lead", arch: CARDS});
    expect(`${card(1)} a, ${card(1)} img`).toHaveCount(0);
    expect(`${card(2)} img`).toHaveCount(0);
    expect(`${card(2)} a i.oi-x`).toHaveCount(1);
});

test("a card may say the handle as well", async () => {
    const arch = CARDS.replace(
        'widget="twitter_avatar"',
        `widget="twitter_avatar" options="{'show_handle': True}"`
    );
    await mountView({type: "kanban", resModel: "crm.lead", arch});
    expect(`${card(0)} a[target=_blank]`).toHaveText("@jacquesdunagan");
    expect(`${card(1)} a`).toHaveCount(0);
});

test("a row of a list shows it, too", async () => {
    await mountView({type: "list", resModel: "crm.lead", arch: LIST});
    expect(".o_data_row:eq(0) img").toHaveAttribute("data-src", PICTURE);
    expect(".o_data_row:eq(0) a[target=_blank]").toHaveCount(1);
    expect(".o_data_row:eq(0) a[target=_blank]").toHaveText("");
    expect(".o_data_row:eq(1) img").toHaveCount(0);
});
