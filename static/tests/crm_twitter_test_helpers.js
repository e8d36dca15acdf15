import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {animationFrame} from "@odoo/hoot";
import {
    defineModels,
    fields,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {Panel} from "@crm_twitter/panel/panel";

export class CrmLead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    twitter_handle = fields.Char({string: "X (Twitter)"});

    _records = [
        {id: 1, name: "Office chairs", twitter_handle: "jacquesdunagan"},
        {id: 2, name: "Desks", twitter_handle: "not a username"},
        {id: 3, name: "Lamps", twitter_handle: false},
    ];
}

export function defineTwitterModels() {
    defineMailModels();
    defineModels([CrmLead]);
}

export const text = (words) => ({kind: "text", text: words, href: ""});

export function profileData(values = {}) {
    return {
        id: 7,
        twitter_id: "1001",
        handle: "jacquesdunagan",
        name: "Jacques Dunagan",
        description: "Chairs",
        description_segments: [text("Chairs")],
        location: "Lyon",
        url: "https://t.co/club",
        display_url: "leclub.example",
        verified_type: "",
        protected: false,
        created_at: "2012-05-01T08:00:00+00:00",
        followers: 1234,
        following: 56,
        posts: 789,
        avatar_url: "",
        avatar_large_url: "",
        photo_url: "/crm_twitter/profile/7/photo",
        state: "active",
        fetched_at: "2019-03-11T09:20:00+00:00",
        note: "",
        stale: false,
        ...values,
    };
}

export function candidateData(values = {}) {
    return {...profileData(), evidence: [], rejected: false, ...values};
}

export function postData(values = {}) {
    return {
        id: "501",
        url: "https://x.com/jacquesdunagan/status/501",
        created_at: "2019-03-11T08:30:00+00:00",
        segments: [text("Our new chair")],
        likes: 5,
        reposts: 3,
        replies: 2,
        quotes: 1,
        is_reply: false,
        edited: false,
        quoted_id: "",
        quoted_url: "",
        reposted_by: "",
        media: [],
        author: {
            handle: "jacquesdunagan",
            name: "Jacques Dunagan",
            avatar_url: "",
            verified_type: "",
            url: "https://x.com/jacquesdunagan",
        },
        ...values,
    };
}

export function postsData(items, values = {}) {
    return {
        items,
        next_token: "",
        read_at: "2019-03-11T09:20:00+00:00",
        reposts: false,
        ...values,
    };
}

export function searchData(candidates, query = "Jacques Dunagan") {
    return {query, candidates, read_at: "2019-03-11T09:20:00+00:00"};
}

export const PERMISSIONS = [
    {
        code: "read",
        label: "Read profiles and posts",
        help: "",
        needed: true,
        ticked: true,
        available: true,
    },
    {
        code: "post",
        label: "Post and repost",
        help: "",
        needed: false,
        ticked: true,
        available: true,
    },
    {
        code: "like",
        label: "Like",
        help: "Only on X's Enterprise plan",
        needed: false,
        ticked: true,
        available: false,
    },
];

/** What `twitter_panel` answers: connected, nothing associated, nothing searched. */
export function panelData({record = {}, ...values} = {}) {
    return {
        record: {
            model: "crm.lead",
            id: 1,
            name: "Office chairs",
            kind: "lead",
            person: "Jacques Dunagan",
            handle: "",
            handle_problem: "",
            basis: "",
            can_write: true,
            ...record,
        },
        site_url: "https://x.com",
        keys: {configured: true, can_configure: false},
        connection: {state: "connected", handle: "ourcompany", name: "Us", scopes: []},
        permissions: PERMISSIONS,
        privacy_url: "",
        profile: false,
        posts: false,
        search: false,
        search_on_open: false,
        bases: [
            {value: "given", label: "Given by the person", help: ""},
            {value: "consent", label: "Consent", help: ""},
            {value: "public", label: "Public information", help: ""},
        ],
        last_basis: "given",
        also_linked: [],
        prices: {
            search: 0.1,
            profile: 0.01,
            posts: 0.05,
            reposts: 0.35,
            quoted: 0.015,
            open: 0.06,
        },
        ...values,
    };
}

/** The panel of somebody associated and read today. */
export function associatedData(values = {}) {
    return panelData({
        record: {handle: "jacquesdunagan", basis: "given"},
        profile: profileData(),
        posts: postsData([postData()]),
        ...values,
    });
}

export const NOT_CONNECTED = {state: "none", handle: "", name: "", scopes: []};
export const NO_KEYS = {configured: false, can_configure: false};

/** Answer `twitter_panel` of the lead with `panel`, or with what it returns. */
export function mockPanel(panel) {
    const answer = typeof panel === "function" ? panel : () => panel;
    onRpc("crm.lead", "twitter_panel", answer);
}

/** Mount the panel of lead 1, for which the server has `panel`. */
export async function mountPanel(panel, props = {}) {
    mockPanel(panel);
    const component = await mountWithCleanup(Panel, {
        props: {resModel: "crm.lead", resId: 1, ...props},
    });
    await animationFrame();
    return component;
}

/** The keyword arguments of a call, without the context that Odoo adds. */
export function ownKwargs({kwargs}) {
    return Object.fromEntries(
        Object.entries(kwargs).filter(([name]) => name !== "context")
    );
}
