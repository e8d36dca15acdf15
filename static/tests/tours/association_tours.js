/**
 * Tours about tying a lead to a profile. Each starts on the form of a lead whose contact
 * name is Jacques Dunagan, as a salesperson who is connected, with the simulator as X:
 * `start_tour(f"/odoo/crm.lead/{lead.id}", NAME, login="salesperson")`.
 */

import {registry} from "@web/core/registry";
import {
    closePanel,
    disassociate,
    fieldIs,
    fieldIsEmpty,
    openPanel,
    postsAreShown,
    profileIsShown,
} from "./panel_steps";

const tours = registry.category("web_tour.tours");

/** Before: the lead has no username, and the search runs when the panel opens. */
tours.add("crm_twitter_find_and_associate", {
    steps: () => [
        ...openPanel(),
        {
            content: "Candidates by the person's name, with evidence in words",
            trigger:
                ".modal .o_crm_twitter_candidate[data-handle=jacquesdunagan] .o_crm_twitter_evidence:contains(Le Club SARL is in the bio)",
        },
        {
            content: "A namesake is not this person",
            trigger:
                ".modal .o_crm_twitter_candidate[data-handle=jdunagan_music] .o_crm_twitter_reject",
            run: "click",
        },
        {
            content: "The namesake is gone",
            trigger:
                ".modal .o_crm_twitter_candidates:not(:has([data-handle=jdunagan_music]))",
        },
        {
            trigger:
                ".modal .o_crm_twitter_candidate[data-handle=jacquesdunagan] input[value=public]",
            run: "click",
        },
        {
            trigger:
                ".modal .o_crm_twitter_candidate[data-handle=jacquesdunagan] .o_crm_twitter_associate",
            run: "click",
        },
        profileIsShown(),
        postsAreShown(),
        ...closePanel(),
        fieldIs("jacquesdunagan"),
    ],
});

/** Before: the lead has no username. */
tours.add("crm_twitter_known_handle", {
    steps: () => [
        ...openPanel(),
        {
            trigger:
                ".modal .o_crm_twitter_know:contains(Do you know the lead's X username?)",
            run: "click",
        },
        {
            trigger: ".modal #o_crm_twitter_handle_input",
            run: "edit @JacquesDunagan && press Enter",
        },
        {
            content: "The profile is shown first",
            trigger:
                ".modal .o_crm_twitter_handle_entry + .o_crm_twitter_candidate:contains(Le Club) .o_crm_twitter_associate",
            run: "click",
        },
        profileIsShown(),
        postsAreShown(),
        ...closePanel(),
        fieldIs("jacquesdunagan"),
    ],
});

/** Before: the lead has no username. */
tours.add("crm_twitter_automatic_association", {
    steps: () => [
        {
            content: "What is no username is refused with a sentence",
            trigger: ".o_field_widget[name=twitter_handle] input",
            run: "edit Jacques Dunagan && press Tab",
        },
        {
            trigger:
                ".o_field_widget[name=twitter_handle] .o_crm_twitter_invalid:contains(up to 15 letters)",
        },
        {
            content: "An address on X will do",
            trigger: ".o_field_widget[name=twitter_handle] input",
            run: "edit https://x.com/jacquesdunagan?lang=fr && press Tab",
        },
        fieldIs("jacquesdunagan"),
        {trigger: ".o_form_button_save:enabled", run: "click"},
        {trigger: ".o_form_saved"},
        ...openPanel(),
        profileIsShown(),
        postsAreShown(),
        ...closePanel(),
    ],
});

/** Before: the lead has the username jacquesdunagan. */
tours.add("crm_twitter_disassociate_button", {
    steps: () => [
        ...openPanel(),
        profileIsShown(),
        ...disassociate(),
        {trigger: ".modal .o_crm_twitter_undo", run: "click"},
        profileIsShown(),
        ...disassociate(),
        ...closePanel(),
        fieldIsEmpty(),
    ],
});

/** Before: the lead has the username jacquesdunagan. */
tours.add("crm_twitter_disassociate_clearing", {
    steps: () => [
        fieldIs("jacquesdunagan"),
        {
            trigger: ".o_field_widget[name=twitter_handle] input",
            run: "clear && press Tab",
        },
        {trigger: ".o_form_button_save:enabled", run: "click"},
        {trigger: ".o_form_saved"},
        ...openPanel(),
        {
            content: "Nobody is associated any more",
            trigger:
                ".modal .o_crm_twitter_panel:not(:has(.o_crm_twitter_profile)) .o_crm_twitter_know",
        },
        ...closePanel(),
        fieldIsEmpty(),
    ],
});
