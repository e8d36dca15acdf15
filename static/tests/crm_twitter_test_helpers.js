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

/** How a request is named. */
export const UUID =
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

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

export function routeData(values = {}) {
    return {
        route: "api",
        url: "",
        takes_text: false,
        reason: "",
        remedy: "",
        price: 0,
        note: "",
        ...values,
    };
}

export const API = routeData({price: 0.015});
export const PLAN_ONLY = "X lets apps do this on its Enterprise plan only.";
export const INTENT_NOTE = "It is done as whoever is logged in there.";

/** The way over X's own page at `path`. */
export function intentData(path, values = {}) {
    return routeData({
        route: "intent",
        url: `https://x.com/intent/${path}`,
        reason: PLAN_ONLY,
        note: INTENT_NOTE,
        ...values,
    });
}

export function unavailableData(reason, remedy = "") {
    return routeData({route: "unavailable", reason, remedy});
}

/** What one can do to the person; all by the API, unless `values` say otherwise. */
export function actionsData(values = {}) {
    const kinds = ["follow", "unfollow", "post", "mention", "followers", "following"];
    return {...Object.fromEntries(kinds.map((kind) => [kind, API])), ...values};
}

/** What one can do to a post. */
export function postActionsData(values = {}) {
    const kinds = ["reply", "repost", "unrepost", "quote", "like", "unlike"];
    return {
        ...Object.fromEntries(kinds.map((kind) => [kind, API])),
        delete: false,
        ...values,
    };
}

/** A post one can act on. */
export function actionablePostData(values = {}) {
    return postData({
        actions: postActionsData(),
        mine: {reposted: false, liked: false},
        touches: [],
        ...values,
    });
}

export function accountData(values = {}) {
    return {
        id: 11,
        handle: "marcdemo",
        name: "Marc Demo",
        avatar_url: "",
        is_brand: false,
        limit: 280,
        ...values,
    };
}

export function relationData(values = {}) {
    return {
        following: false,
        pending: false,
        followed_by: false,
        blocking: false,
        read_at: "2019-03-11T09:20:00+00:00",
        ...values,
    };
}

/** Something done on X from here, or begun. */
export function engagementData(values = {}) {
    return {
        id: 31,
        request_uid: "uid-31",
        kind: "follow",
        route: "api",
        state: "done",
        label: "Follow as @marcdemo",
        text: "",
        post_id: "",
        result_id: "",
        result_url: "",
        as_handle: "marcdemo",
        user: "Marc Demo",
        is_mine: true,
        date: "2019-03-11T09:25:00+00:00",
        reason: "",
        question: "Did you follow @jacquesdunagan on X?",
        can_answer: false,
        can_check: false,
        ...values,
    };
}

/** How the server answers where something was done. */
export function updateData(values = {}) {
    return {
        engagement: engagementData(),
        problem: false,
        relation: relationData(),
        actions: actionsData(),
        reached_out: [],
        pending: [],
        post: false,
        ...values,
    };
}

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
        kept: {followers: false, following: false, reposts: false},
        prices: {
            search: 0.1,
            profile: 0.01,
            posts: 0.05,
            reposts: 0.35,
            quoted: 0.015,
            open: 0.06,
            people: 0.2,
            delete: 0.01,
        },
        accounts: [accountData()],
        acting: 11,
        actions: actionsData(),
        relation: false,
        reached_out: [],
        pending: [],
        photo: {
            can_use: false,
            target: "",
            has_image: false,
            can_undo: false,
            reason: "",
        },
        website: {can_fill: false, url: ""},
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
