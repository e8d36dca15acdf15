/**
 * Tours on the board, each begun at /odoo/social by a salesperson who may post as the
 * company, with the simulator as X and its pay-per-use plan.
 */

import {registry} from "@web/core/registry";
import {
    ANY_CARD,
    cardHasFocus,
    cardIn,
    column,
    dialogIsClosed,
    GONE,
    hasFocus,
    isGone,
    key,
    tabTo,
    WORDS,
} from "./board_steps";

const tours = registry.category("web_tour.tours");

const leadIsShown = {
    content: "The form is filled in, without the post's words",
    trigger: `.modal .o_form_view:not(:contains(${WORDS})) .o_field_widget[name=name]`,
};

const isKnown = {
    content: "The card is in the column of open deals, and leads to the record",
    trigger: `${cardIn("Potential Contacts")} .o_crm_twitter_record a`,
};

const replyIsThere = {
    content: "It is on X, and the card says so",
    trigger: `${ANY_CARD} .o_crm_twitter_notice:contains(done)`,
};

/** Before: nothing was read yet, and X has what was said earlier. */
tours.add("crm_twitter_board_start", {
    steps: () => [
        {trigger: ".o_kanban_renderer"},
        {
            content: "What it costs is on the button",
            trigger: ".o_crm_twitter_start:contains($1.50)",
            run: "click",
        },
        {trigger: `${column("Others")} .o_kanban_record .o_crm_twitter_post`},
        {trigger: ".o_crm_twitter_last_read:contains(Read just now)"},
    ],
});

/** Before: somebody the CRM does not know has said WORDS. */
tours.add("crm_twitter_board_day", {
    steps: () => [
        {
            content: "It is counted",
            trigger: ".o_crm_twitter_systray .o_crm_twitter_new_count",
        },
        {
            content: "A stranger is offered to be added",
            trigger: `${cardIn("Others")} .o_crm_twitter_add:contains(Add)`,
            run: "click",
        },
        {
            trigger: ".o_crm_twitter_add_menu [data-add=lead]",
            run: "click",
        },
        leadIsShown,
        {trigger: ".modal .o_form_button_save", run: "click"},
        dialogIsClosed,
        isKnown,
        {
            content: "Answer as the company",
            trigger: `${ANY_CARD} [data-kind=reply][data-route=api]`,
            run: "click",
        },
        {trigger: ".o_crm_twitter_composer .o_crm_twitter_as:contains(@ourcompany)"},
        {
            trigger: ".o_crm_twitter_composer .o_crm_twitter_words",
            run: "edit Up to three metres",
        },
        {
            trigger: ".o_crm_twitter_composer .o_crm_twitter_send:enabled",
            run: "click",
        },
        {trigger: "body:not(:has(.o_crm_twitter_composer))"},
        replyIsThere,
        {trigger: `${ANY_CARD} [data-deed=handle]`, run: "click"},
        isGone,
        {
            content: "That can be undone",
            trigger: ".o_notification button:contains(Undo)",
            run: "click",
        },
        {trigger: `${cardIn("Potential Contacts")} [data-deed=handle]`, run: "click"},
        {trigger: GONE},
    ],
});

/** Before: as for the day. The mouse is not used. */
tours.add("crm_twitter_board_keys", {
    steps: () => [
        {trigger: `${cardIn("Others")} .o_crm_twitter_post`},
        hasFocus(".o_searchview_input"),
        key("ArrowDown"),
        cardHasFocus,
        {
            content: "Arrows go from card to card",
            ...key("ArrowDown"),
        },
        hasFocus(`.o_kanban_record:not(:contains(${WORDS}))`),
        key("ArrowUp"),
        cardHasFocus,
        {content: "A lead is made of it", ...key("c")},
        leadIsShown,
        key("alt+s"),
        dialogIsClosed,
        isKnown,
        {content: "The focus has gone along", ...cardHasFocus},
        {content: "An answer", ...key("r")},
        hasFocus(".o_crm_twitter_words"),
        {trigger: ".o_crm_twitter_words", run: "edit Up to three metres"},
        {trigger: ".o_crm_twitter_composer .o_crm_twitter_send:enabled"},
        key("control+Enter"),
        {trigger: "body:not(:has(.o_crm_twitter_composer))"},
        replyIsThere,
        tabTo(".o_kanban_record [data-deed=handle]"),
        {content: "Handled", ...key("Enter")},
        {trigger: GONE},
        {content: "The next card has the focus", trigger: ".o_kanban_record:focus"},
        {content: "And undone, from there", ...key("u")},
        {trigger: ANY_CARD},
        {content: "Arrows lead back to it", ...key("ArrowLeft")},
        cardHasFocus,
        {content: "It opens", ...key("Enter")},
        {trigger: `.o_form_view .o_crm_twitter_post:contains(${WORDS})`},
        {trigger: ".o_form_view button[name=action_handle]"},
        key("alt+w"),
        {trigger: ".o_form_view button[name=action_reopen]"},
    ],
});
