/**
 * Tours about the connection with X. They start on the form of a lead, as its
 * salesperson, with the simulator as X:
 * `start_tour(f"/odoo/crm.lead/{lead.id}", NAME, login="salesperson")`.
 *
 * A tour acts in its own tab only, and the consent page is on another origin, which X's
 * headers cut off besides. So in the login tours the simulator has to answer by itself,
 * with a redirect to the callback at once. Chromium blocks windows that no person's
 * click opens: the popup tours need it started with `--disable-popup-blocking`.
 */

import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {closePanel, openPanel} from "./panel_steps";

const tours = registry.category("web_tour.tours");

const logIn = {trigger: ".modal .o_crm_twitter_login", run: "click"};
const isConnected = {
    content: "The panel learns of it, and goes on by itself",
    trigger:
        ".modal .o_crm_twitter_panel:not(:has(.o_crm_twitter_connect)) .o_crm_twitter_search",
};

/**
 * Before: the salesperson is not connected, the lead has no username. The callback
 * address must be that of the test's own server, and the simulator must know it.
 */
tours.add("crm_twitter_connect_popup", {
    steps: () => [
        ...openPanel(),
        {
            content: "What is needed is fixed",
            trigger: ".modal .o_crm_twitter_connect input:disabled:checked",
        },
        logIn,
        isConnected,
        ...closePanel(),
    ],
});

/** Before: as above, but the browser lets no window be opened. */
tours.add("crm_twitter_connect_tab", {
    steps: () => [
        ...openPanel(),
        {
            content: "Popups are blocked",
            trigger: ".modal .o_crm_twitter_login",
            run: () => {
                browser.open = () => null;
            },
        },
        {...logIn, expectUnloadPage: true},
        {
            content: "Back on the record, the panel is open again and connected",
            ...isConnected,
        },
        ...closePanel(),
    ],
});

/** Before: as above, with `x.auto_refuse` in place of `x.auto_consent`. */
tours.add("crm_twitter_connect_refused", {
    steps: () => [
        ...openPanel(),
        logIn,
        {
            content: "A refusal ends in a sentence, and a way on",
            trigger:
                ".modal .o_crm_twitter_connect:has(.o_crm_twitter_outcome) .o_crm_twitter_login",
        },
        ...closePanel(),
    ],
});

/**
 * Before: the salesperson is connected, the lead has the username jacquesdunagan that
 * was never read, and then `x.revoke(…)` took the connection away.
 */
tours.add("crm_twitter_revoked", {
    steps: () => [
        ...openPanel(),
        {
            content: "The panel says that X no longer accepts the connection",
            trigger:
                ".modal .o_crm_twitter_connect:contains(no longer accepts your connection) .o_crm_twitter_login",
        },
        {
            content: "The association stays",
            trigger: ".modal .o_crm_twitter_profile:contains(@jacquesdunagan)",
        },
        ...closePanel(),
    ],
});

/** Before: no client id is set; the lead has no username. */
tours.add("crm_twitter_no_keys", {
    steps: () => [
        ...openPanel(),
        {
            content: "What works all the same is said",
            trigger: ".modal .o_crm_twitter_no_keys:contains(X is not set up here)",
        },
        {trigger: ".modal .o_crm_twitter_know", run: "click"},
        {
            trigger: ".modal #o_crm_twitter_handle_input",
            run: "edit jacquesdunagan && press Enter",
        },
        {trigger: ".modal .o_crm_twitter_associate", run: "click"},
        {
            content: "The record is linked to the profile on X",
            trigger:
                ".modal .o_crm_twitter_profile a.o_crm_twitter_handle:contains(@jacquesdunagan)",
        },
        ...closePanel(),
    ],
});

/**
 * Before: an employee without the permission; the record (a contact will do) has the
 * username jacquesdunagan.
 */
tours.add("crm_twitter_no_permission", {
    steps: () => [
        {
            content: "The username, as plain text",
            trigger: ".o_field_widget[name=twitter_handle]",
            run: ({anchor}) => {
                const shown =
                    anchor.querySelector("input")?.value || anchor.textContent;
                if (shown !== "jacquesdunagan") {
                    throw new Error(`The username is shown as "${shown}"`);
                }
            },
        },
        {
            content: "No X, no link to it, no button",
            trigger:
                ".o_form_view:not(:has(.o_crm_twitter_open, .o_crm_twitter_link, [name=action_open_twitter_panel]))",
        },
    ],
});
