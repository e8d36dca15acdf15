import {markRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError} from "@web/core/network/rpc";
import {PanelAnswering} from "./panel_answering";
import {newRequestUid} from "./request_uid";
import {sentenceOf} from "./server_error";
import {isTold} from "./update";

/** What undoes what: of these, one at a time on the same post or person. */
const SAME_THING = {
    unfollow: "follow",
    unlike: "like",
    unrepost: "repost",
};
/** What is read of X as one account, and shown for it alone. */
const READS = ["read", "posts", "followers", "following"];
const ONE_CLICK = ["follow", "like", "repost", "delete"];

const NO_ROUTE = {
    route: "unavailable",
    url: "",
    takes_text: false,
    reason: "",
    remedy: "",
    price: 0,
    note: "",
};

/** What keeps two clicks on the same thing, as the same account, from being two. */
function targetOf({requestUid, kind, postId, acting}) {
    const thing = SAME_THING[kind] || kind;
    return ONE_CLICK.includes(thing) ? `${acting} ${thing} ${postId}` : requestUid;
}

/** Whether it is known what became of a click: the next same one is another. */
function isSettled(update) {
    return Boolean(update) && isTold(update) && update.problem?.code !== "unwritten";
}

/** Acting on X from the panel, as one of the accounts the user may act as. */
export class PanelActing extends PanelAnswering {
    constructor(params) {
        super(params);
        /** the request of a click that had no answer, for the next same click */
        this.unanswered = markRaw({});
    }

    /** @returns {object} ROUTE of `kind`, to `post` or, without one, to the person */
    routeOf(kind, post = false) {
        return (post ? post.actions : this.panel.actions)?.[kind] || NO_ROUTE;
    }

    /** Whether `kind`, or what undoes it, is being done. */
    isActing(kind, postId = "") {
        const {acting} = this.panel;
        return Boolean(this.underWay[targetOf({kind, postId, acting, requestUid: ""})]);
    }

    /**
     * Do it by the API: once, however often it is called for the same intention.
     *
     * @returns {Promise<object|null>} UPDATE; null where Odoo gave no answer, and
     *     `error` says why
     */
    act({requestUid, kind, postId = "", text = "", pictures = []}) {
        const {acting} = this.panel;
        return this._once(targetOf({requestUid, kind, postId, acting}), async () => {
            this._beginActing();
            try {
                const update = await this._call("twitter_act", [requestUid, kind], {
                    post_id: postId,
                    text,
                    pictures,
                    account_id: acting,
                });
                return this._apply(update, acting);
            } catch (error) {
                return this._recover(error, requestUid);
            }
        });
    }

    /** One click that needs no words: follow, like, repost, delete, and their undoing. */
    async actAtOnce(kind, postId = "") {
        const click = `${this.panel.acting} ${kind} ${postId}`;
        const requestUid = this.unanswered[click] || newRequestUid();
        this.unanswered[click] = requestUid;
        const update = await this.act({requestUid, kind, postId});
        if (isSettled(update)) {
            delete this.unanswered[click];
        }
        return update;
    }

    /** Note that X's own window was opened for it; the link itself opens that. */
    openIntent({requestUid, kind, postId = "", text = ""}) {
        return this._once(`open ${kind} ${postId || requestUid}`, async () => {
            this._beginActing();
            const {returns} = this;
            const update = await this._tell("twitter_open_intent", [requestUid, kind], {
                post_id: postId,
                text,
            });
            if (update?.engagement && returns === this.returns) {
                this.away[update.engagement.id] = true;
            }
            return update;
        });
    }

    /** A click on a link that needs no words; again, it is still the same intention. */
    async openAtOnce(kind, postId = "") {
        const opened = this.panel.pending.find(
            (row) =>
                row.is_mine &&
                row.state === "opened" &&
                row.kind === kind &&
                row.post_id === postId
        );
        if (opened) {
            this.away[opened.id] = true;
            return;
        }
        await this.openIntent({requestUid: newRequestUid(), kind, postId});
    }

    /** What the server says of a text before it is sent, or null without an answer. */
    async checkText({kind, text, postId = "", pictures = 0, described = 0}) {
        try {
            return await this._call("twitter_check_text", [kind, text], {
                post_id: postId,
                account_id: this.panel.acting,
                pictures,
                described,
            });
        } catch (error) {
            this.error = sentenceOf(error);
            return null;
        }
    }

    /** Act as another of the user's accounts from now on: all routes are its own. */
    async setActing(accountId) {
        this._drop(READS);
        const panel = await this._ask("acting", "twitter_panel", [], {
            account_id: accountId,
        });
        if (panel) {
            this._show(panel);
        }
    }

    _beginActing() {
        this.error = "";
        this.status = "";
        this.problems = {};
        this.notice = false;
    }

    /**
     * What became of a request whose answer got lost. The same request again would be
     * the same row on the server, so that nothing is done twice.
     */
    async _recover(error, requestUid) {
        const sentence = sentenceOf(error);
        this.error = sentence;
        const isLost = error instanceof ConnectionLostError;
        const update = await this._askUntilAnswered(requestUid, isLost ? 15 : 1);
        if (update?.engagement) {
            this.error = "";
            return update;
        }
        this.error = sentence;
        if (isLost) {
            this.error = update
                ? _t("Odoo could not be reached, so nothing was sent to X. Try again.")
                : _t(
                      "Odoo cannot be reached. Whether it was done is said here when the page is loaded again."
                  );
        }
        return null;
    }
}
