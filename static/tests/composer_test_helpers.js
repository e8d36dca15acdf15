import {getService, mountWithCleanup} from "@web/../tests/web_test_helpers";
import {animationFrame, runAllTimers} from "@odoo/hoot-mock";
import {MainComponentsContainer} from "@web/core/main_components_container";
import {Composer} from "@crm_twitter/composer/composer";
import {weigh} from "@crm_twitter/composer/x_weight";
import {postData, profileData} from "./crm_twitter_test_helpers";

export const OWN = {
    id: 11,
    handle: "marcdemo",
    name: "Marc Demo",
    avatar_url: "",
    is_brand: false,
    limit: 280,
};
export const BRAND = {
    ...OWN,
    id: 12,
    handle: "acme",
    name: "ACME",
    is_brand: true,
    limit: 25000,
};
const NO_ROUTE = {
    route: "unavailable",
    url: "",
    takes_text: false,
    reason: "",
    remedy: "",
    price: 0,
    note: "",
};
export const API = {...NO_ROUTE, route: "api", price: 0.015};
export const INTENT = {
    ...NO_ROUTE,
    route: "intent",
    url: "https://x.com/intent/tweet?in_reply_to=501",
    takes_text: true,
    reason: "X lets apps reply only where the author has mentioned you.",
    note: "Opens X, where it is done as whoever is logged in there.",
};
export const UNAVAILABLE = {...NO_ROUTE, reason: "The posts are protected."};

export function answeredPost(values = {}) {
    return postData({actions: {reply: API, quote: API}, ...values});
}

export function engagement(state, values = {}) {
    return {
        id: 31,
        request_uid: "",
        kind: "post",
        state,
        text: "",
        reason: "",
        is_mine: true,
        ...values,
    };
}

export function update(state, values = {}) {
    const row = state && engagement(state, values.engagement);
    return {problem: false, ...values, engagement: row};
}

/** What the server would say of a text: a link costs $0.20. */
export function checked({text, described = 0}, warnings = []) {
    const {length, has_link} = weigh(text);
    return {
        length,
        limit: 280,
        valid: true,
        has_link,
        price: (has_link ? 0.2 : 0.015) + described * 0.005,
        warnings: has_link
            ? [...warnings, {code: "link_price", message: "Dearer.", blocks: false}]
            : warnings,
    };
}

/**
 * In the panel's place: what the composer uses of its model. `answers` are functions by
 * method; `calls` is what was asked of it.
 */
export class FakePanel {
    constructor({panel = {}, ...answers} = {}) {
        this.calls = [];
        this.error = "";
        this.listeners = new Set();
        this.answers = {
            act: () => update("done"),
            engagementState: () => update(false),
            openIntent: () => update("opened"),
            checkText: (asked) => checked(asked),
            ...answers,
        };
        this.panel = {
            record: {model: "crm.lead", id: 1, handle: "jacquesdunagan"},
            site_url: "https://x.com",
            profile: profileData(),
            posts: false,
            accounts: [OWN],
            acting: OWN.id,
            actions: {post: API, mention: API},
            ...panel,
        };
    }

    routeOf(kind, post) {
        return (post ? post.actions : this.panel.actions)[kind];
    }

    listen(onNews) {
        this.listeners.add(onNews);
        return () => this.listeners.delete(onNews);
    }

    /** What the panel heard of an engagement while the composer was in front. */
    tell(row) {
        this.listeners.forEach((onNews) => onNews(row));
    }

    async setActing(accountId) {
        this.calls.push(["setActing", accountId]);
        this.panel.acting = accountId;
    }

    act(asked) {
        return this._answer("act", asked);
    }

    openIntent(asked) {
        return this._answer("openIntent", asked);
    }

    engagementState(requestUid) {
        return this._answer("engagementState", requestUid);
    }

    checkText(asked) {
        return this._answer("checkText", asked);
    }

    /** What was asked of a method. */
    asked(method) {
        return this.calls.filter(([name]) => name === method).map(([, asked]) => asked);
    }

    async _answer(method, asked) {
        this.calls.push([method, asked]);
        const answer = await this.answers[method](asked, this);
        if (answer?.engagement) {
            answer.engagement.request_uid ||= asked.requestUid || asked;
        }
        return answer;
    }
}

/** Until what was typed is checked, and what was clicked has its answer. */
export async function settled() {
    await animationFrame();
    await runAllTimers();
    await animationFrame();
}

/** Open the composer as the panel does. */
export async function openComposer(model, kind = "post", post = false) {
    if (!document.querySelector(".o-main-components-container")) {
        await mountWithCleanup(MainComponentsContainer);
    }
    getService("dialog").add(Composer, {model, kind, post});
    await settled();
}

export const WORDS = ".o_crm_twitter_words";
export const SEND = ".o_crm_twitter_send";
export const NOTICE = ".o_crm_twitter_composer_notice";
