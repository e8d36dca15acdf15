/** Steps that several tours share. */

export const openPanel = () => [
    {
        content: "The X beside the username opens the panel",
        trigger: ".o_field_widget[name=twitter_handle] .o_crm_twitter_open",
        run: "click",
    },
    {trigger: ".modal .o_crm_twitter_panel"},
];

export const closePanel = () => [
    {trigger: ".modal .btn-close", run: "click"},
    {trigger: "body:not(:has(.modal))"},
];

export const disassociate = () => [
    {trigger: ".modal .o_crm_twitter_disassociate", run: "click"},
    {
        content: "It asks once",
        trigger:
            ".modal:contains(Disassociate @jacquesdunagan) .modal-footer .btn-primary",
        run: "click",
    },
    {
        content: "The association is gone, and can be undone",
        trigger: ".modal:not(:has(.o_crm_twitter_profile)) .o_crm_twitter_undo",
    },
];

export const profileIsShown = () => ({
    content: "Who it is on X",
    trigger:
        ".modal .o_crm_twitter_profile:has(.o_crm_twitter_handle:contains(@jacquesdunagan)):contains(Jacques Dunagan)",
});

export const postsAreShown = () => ({
    content: "What they post",
    trigger: ".modal .o_crm_twitter_posts .o_crm_twitter_post .o_crm_twitter_text",
});

export const fieldIs = (handle) => ({
    content: "The record has the username",
    trigger: `.o_field_widget[name=twitter_handle] input:value(${handle})`,
});

export const fieldIsEmpty = () => ({
    content: "The record has no username",
    trigger: ".o_field_widget[name=twitter_handle] input:value()",
    run: ({anchor}) => {
        if (anchor.value) {
            throw new Error(`The username is still there: ${anchor.value}`);
        }
    },
});
