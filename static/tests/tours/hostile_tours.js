/**
 * Tours past what people who mean harm have put on X (simulator/hostile.py). Whatever
 * of it runs counts in `window.ran`, and asks for a host that the test watches.
 */

import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {openPanel} from "./panel_steps";

const tours = registry.category("web_tour.tours");

const RUNS = /^\s*(javascript|vbscript|data:text|data:image\/svg)/i;
/** What of ours has words of theirs in it. */
const OURS = ".o_action_manager, .modal, .o_notification_manager";
const STRANGE = ["script", "iframe", "object", "embed", "svg", "base", "form[action]"];

function complain(element, what) {
    throw new Error(`${what}: ${element.outerHTML.slice(0, 300)}`);
}

function checkAttributes(element) {
    for (const {name, value} of element.attributes) {
        if (name.startsWith("on")) {
            complain(element, "An event handler");
        }
        if (
            ["href", "src", "action", "srcdoc", "data"].includes(name) &&
            RUNS.test(value)
        ) {
            complain(element, "An address that runs");
        }
    }
}

function checkPicture(picture) {
    const {host, protocol} = new URL(picture.src || location.href, location.href);
    const hosts = [location.host, ...session.twitter_image_hosts];
    if (protocol !== "data:" && protocol !== "blob:" && !hosts.includes(host)) {
        complain(picture, "A picture from elsewhere");
    }
}

/** Nothing on the page runs, or can be made to by a click. */
function check() {
    if (window.ran) {
        throw new Error(`A script of theirs ran, ${window.ran} times`);
    }
    for (const place of document.querySelectorAll(OURS)) {
        for (const strange of place.querySelectorAll(STRANGE.join())) {
            // Odoo's own drawings have no script in them.
            if (strange.matches("svg") && !strange.closest("[class*=o_crm_twitter]")) {
                continue;
            }
            complain(strange, "An element of theirs");
        }
        place.querySelectorAll("*").forEach(checkAttributes);
        place.querySelectorAll("img").forEach(checkPicture);
    }
}

/** What is to be seen, and that it does no harm. */
const harmless = (trigger) => ({
    content: "It is shown, and inert",
    trigger,
    run: check,
});

/** Open an action without loading the page anew. */
const goTo = (xmlid, options = {}) => ({
    content: `Go to ${xmlid}`,
    trigger: "body",
    run: () =>
        window.odoo.__WOWL_DEBUG__.root.env.services.action.doAction(xmlid, options),
});

/** Before: the lead has the username of one of them, whom nobody has read. */
tours.add("crm_twitter_hostile_panel", {
    steps: () => [
        ...openPanel(),
        {
            trigger:
                ".modal .o_crm_twitter_profile .o_crm_twitter_handle:contains(@mallory)",
        },
        harmless(".modal .o_crm_twitter_posts .o_crm_twitter_post .o_crm_twitter_text"),
        {
            content: "The words are there, as words",
            trigger: ".modal .o_crm_twitter_body:contains(<script>)",
        },
    ],
});

/** Before: the lead is called Mallory, and has no username. */
tours.add("crm_twitter_hostile_found", {
    steps: () => [
        ...openPanel(),
        harmless(".modal .o_crm_twitter_candidate[data-handle^=mallory]"),
    ],
});

/** Before: the lead has the company's username, the plan is enterprise. */
tours.add("crm_twitter_hostile_people", {
    steps: () => [
        ...openPanel(),
        {
            trigger:
                ".modal .o_crm_twitter_profile_actions [data-kind=followers][data-route=api]",
            run: "click",
        },
        harmless(".modal .o_crm_twitter_person[data-handle=mallory_script]"),
    ],
});

/** Before: the board has what they said. */
tours.add("crm_twitter_hostile_board", {
    steps: () => [
        harmless(".o_kanban_record .o_crm_twitter_body:contains(<script>)"),
        {
            content: "All of them, as far as the column goes",
            trigger: ".o_kanban_group",
            run: () => {
                const bodies = document.querySelectorAll(".o_crm_twitter_body");
                if (bodies.length < 10) {
                    throw new Error(`Only ${bodies.length} posts are on the board`);
                }
            },
        },
        {trigger: ".o_switch_view.o_list", run: "click"},
        harmless(".o_list_view .o_data_row:contains(mallory)"),
        {trigger: ".o_data_row:contains(<script>) .o_data_cell:first", run: "click"},
        harmless(".o_form_view .o_crm_twitter_post"),
        harmless(".o-mail-Chatter"),
    ],
});

/** Before: leads with their usernames, read; a note in the first one's chatter. */
tours.add("crm_twitter_hostile_records", {
    steps: () => [
        harmless(".o-mail-Message:contains(<script>)"),
        goTo("crm.crm_lead_action_pipeline"),
        harmless(".o_kanban_record:contains(mallory_script)"),
        {trigger: ".o_switch_view.o_list", run: "click"},
        harmless(".o_list_view .o_data_row"),
        goTo("crm_twitter.twitter_profile_action"),
        harmless(".o_list_view .o_data_row:contains(Mallory <script>)"),
        {trigger: ".o_data_row:contains(<script>) .o_data_cell:first", run: "click"},
        harmless(".o_form_view .o_field_widget[name=description]:contains(<script>)"),
    ],
});
