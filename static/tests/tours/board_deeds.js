/**
 * Tours of single deeds on the board's cards; before each, somebody has said WORDS. See
 * board_day.js for where they begin.
 */

import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";
import {
    ANY_CARD,
    cardHasFocus,
    cardIn,
    dialogIsClosed,
    downTo,
    hasFocus,
    isGone,
    key,
    tabTo,
    WORDS,
} from "./board_steps";

const tours = registry.category("web_tour.tours");

const QUESTION = ".modal .modal-footer .btn-primary";

const theCard = [
    {trigger: `${cardIn("Others")} .o_crm_twitter_interaction`},
    key("ArrowDown"),
    cardHasFocus,
];

/** Before: a lead of that name. The mouse is not used. */
tours.add("crm_twitter_board_associate", {
    steps: () => [
        ...theCard,
        tabTo(".o_crm_twitter_add"),
        key("Enter"),
        {trigger: ".o_crm_twitter_add_menu [data-add=existing]"},
        // The last but one: after it comes the activity.
        key("End"),
        hasFocus(".o_crm_twitter_add_menu [data-add=activity]"),
        key("ArrowUp"),
        hasFocus(".o_crm_twitter_add_menu [data-add=existing]"),
        key("Enter"),
        hasFocus("#o_crm_twitter_record_search"),
        {trigger: ".o_crm_twitter_choose:contains(Big chairs)"},
        key("ArrowDown"),
        hasFocus(".o_crm_twitter_choose"),
        key("Enter"),
        dialogIsClosed,
        {trigger: `${cardIn("Potential")} a:contains(Big chairs)`},
        {
            content: "It is said",
            trigger: ".o_notification:contains(is associated with)",
        },
        {
            content: "The focus has gone along",
            ...hasFocus(`${ANY_CARD}, ${ANY_CARD} *`),
        },
    ],
});

/** The mouse is not used. */
tours.add("crm_twitter_board_contact", {
    steps: () => [
        ...theCard,
        tabTo(".o_crm_twitter_add"),
        key("Enter"),
        {trigger: ".o_crm_twitter_add_menu [data-add=contact]"},
        downTo(".o_crm_twitter_add_menu [data-add=contact]"),
        key("Enter"),
        {
            content: "The form is filled in, without the post's words",
            trigger: `.modal .o_form_view:not(:contains(${WORDS})) .o_field_widget[name=name]`,
        },
        key("alt+s"),
        dialogIsClosed,
        {trigger: `${cardIn("Leads and")} .o_crm_twitter_record a:contains(Tim Tall)`},
        {
            content: "The focus has gone along",
            ...hasFocus(`${ANY_CARD}, ${ANY_CARD} *`),
        },
    ],
});

const isAsked = [
    {trigger: ".modal:contains(Repost this as @ourcompany?)"},
    hasFocus(QUESTION),
];

/** The mouse is not used. */
tours.add("crm_twitter_board_reposted", {
    steps: () => [
        ...theCard,
        key("t"),
        ...isAsked,
        {content: "Nothing is on X without an answer", ...key("Escape")},
        dialogIsClosed,
        cardHasFocus,
        key("t"),
        ...isAsked,
        key("Enter"),
        dialogIsClosed,
        {trigger: `${ANY_CARD} [data-kind=unrepost]`},
        cardHasFocus,
        {content: "It is for oneself to look after", ...key("a")},
        {trigger: `${ANY_CARD} .o_crm_twitter_assign img`},
    ],
});

/** Before: X has not confirmed it for a day. The mouse is not used. */
tours.add("crm_twitter_board_load", {
    steps: () => [
        {trigger: `.o_kanban_renderer:not(:contains(${WORDS}))`},
        {trigger: ".o_crm_twitter_load:contains($0.005)"},
        key("ArrowDown"),
        tabTo(".o_crm_twitter_load"),
        key("Enter"),
        {trigger: `${ANY_CARD} .o_crm_twitter_post`},
        {content: "The focus stays on it", ...hasFocus(`${ANY_CARD}, ${ANY_CARD} *`)},
    ],
});

tours.add("crm_twitter_board_activity", {
    steps: () => [
        {trigger: `${ANY_CARD} .o-mail-ActivityButton`, run: "click"},
        {
            trigger:
                ".o-mail-ActivityListPopover button:contains(Schedule an activity)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=summary] input",
            run: "edit Send the catalogue",
        },
        {trigger: ".modal button[name=action_schedule_activities]", run: "click"},
        dialogIsClosed,
        {
            trigger: `${ANY_CARD} .o-mail-ActivityButton i:not(.fa-clock-o), ${ANY_CARD} .o-mail-ActivityButton .text-success, ${ANY_CARD} .o-mail-ActivityButton .text-warning`,
        },
    ],
});

/** What a colleague made of it meanwhile is not taken back. */
tours.add("crm_twitter_board_undo", {
    steps: () => [
        {trigger: `${ANY_CARD} [data-deed=handle]`, run: "click"},
        isGone,
        {
            content: "Somebody else ignores it",
            trigger: ".o_notification button:contains(Undo)",
            run: async () => {
                const domain = [["state", "=", "handled"]];
                const call = (method, args) =>
                    rpc(`/web/dataset/call_kw/twitter.interaction/${method}`, {
                        model: "twitter.interaction",
                        method,
                        args,
                        kwargs: {},
                    });
                const ids = await call("search", [domain]);
                await call("action_ignore", [ids]);
            },
        },
        {trigger: ".o_notification button:contains(Undo)", run: "click"},
        {trigger: ".o_notification:contains(has ignored this meanwhile)"},
    ],
});

/** Before, begun on the form of a lead of who has said WORDS. */
tours.add("crm_twitter_board_said", {
    steps: () => [
        {
            trigger: "button[name=action_open_twitter_interactions]:contains(1)",
            run: "click",
        },
        {trigger: `.o_list_view .o_data_row:contains(${WORDS})`},
        {trigger: ".o_data_row .o_data_cell[name=kind]", run: "click"},
        {trigger: `.o_form_view .o_crm_twitter_post:contains(${WORDS})`},
    ],
});
