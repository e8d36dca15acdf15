import {markRaw} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {PanelReading} from "./panel_reading";
import {sentenceOf} from "./server_error";
import {isTold, sentenceOfDone} from "./update";

const ASK_EVERY = 2000;
const ASK_FOR = 30 * 1000;
/** The parts of the panel that an UPDATE brings anew: the record's, an account's. */
const PARTS = ["reached_out", "pending"];
const PARTS_OF_ACCOUNT = ["relation", "actions"];

const pause = () => new Promise((resolve) => browser.setTimeout(resolve, ASK_EVERY));

/** What was done on X from here, and how it stands: answers, polls, and UPDATEs. */
export class PanelEngagements extends PanelReading {
    constructor(params) {
        super(params);
        /** what is being done, by target */
        this.underWay = {};
        this.promises = markRaw(new Map());
        /** what was done last: {text, url}, or false */
        this.notice = false;
        /** what X says against an answer of the user, by engagement */
        this.denied = {};
        /** the engagements X was asked about, and still does not show */
        this.unshown = {};
        /** how each engagement stood when it was last heard of, by id */
        this.heard = markRaw(new Map());
        /** who is told of news: functions of an engagement */
        this.listeners = markRaw(new Set());
        /** timers, and until when to go on asking, by the request's id */
        this.timers = markRaw(new Map());
        this.deadlines = markRaw(new Map());
    }

    /** @returns {Function} that ends the listening */
    listen(onNews) {
        this.listeners.add(onNews);
        return () => this.listeners.delete(onNews);
    }

    /** Nobody looks at the panel any more: ask no more. */
    stop() {
        this.isStopped = true;
        for (const timer of this.timers.values()) {
            browser.clearTimeout(timer);
        }
        this.timers.clear();
    }

    /** Ask X how it stands. */
    check(engagementId) {
        return this._once(`check ${engagementId}`, async () => {
            delete this.unshown[engagementId];
            const update = await this._tell("twitter_check", [engagementId]);
            if (update?.engagement.state === "unknown" && !update.problem) {
                this.unshown[engagementId] = true;
            }
            return update;
        });
    }

    /**
     * @returns {Promise<object|null>} UPDATE, whose engagement is false where the
     *     request never arrived; null where that cannot be told
     */
    async engagementState(requestUid) {
        const update = await this._tell("twitter_engagement_state", [requestUid]);
        return update && isTold(update) ? update : null;
    }

    /** One at a time per target: a second call gets the answer of the first. */
    _once(target, job) {
        if (!this.promises.has(target)) {
            this.underWay[target] = true;
            const promise = job().finally(() => {
                this.promises.delete(target);
                delete this.underWay[target];
            });
            this.promises.set(target, promise);
        }
        return this.promises.get(target);
    }

    /**
     * Ask for what is so for the account shown.
     *
     * @returns {Promise<object|null>} UPDATE; without an answer `error` says why
     */
    async _tell(method, args, kwargs = {}) {
        const account_id = this.panel.acting;
        try {
            const update = await this._call(method, args, {...kwargs, account_id});
            return this._apply(update, account_id);
        } catch (error) {
            this.error = sentenceOf(error);
            return null;
        }
    }

    async _askUntilAnswered(requestUid, tries) {
        for (let left = tries; left > 0 && !this.isStopped; left--) {
            const update = await this.engagementState(requestUid);
            if (update) {
                return update;
            }
            if (left > 1) {
                await pause();
            }
        }
        return null;
    }

    // What an UPDATE changes

    /** @param {object} update @param {number} acting the account it was made for */
    _apply(update, acting) {
        const {engagement, problem} = update;
        this._applyParts(update, acting === this.panel.acting);
        if (!isTold(update)) {
            this.error = _t(
                "Odoo could not say what became of it. Reload the page to see."
            );
        }
        this._forgetSettled();
        if (problem) {
            this._showProblemOf(engagement, problem);
        }
        if (engagement) {
            this._hear(engagement);
        }
        return update;
    }

    /** Unless the line of the engagement says it. */
    _showProblemOf(engagement, problem) {
        const isOpen = engagement && this._isPending(engagement.id);
        if (isOpen && problem.code === "not_shown") {
            this.denied[engagement.id] = problem.message;
        } else if (!isOpen || problem.message !== engagement.reason) {
            const about = isOpen ? engagement.id : 0;
            this._showProblem("act", {...problem, about});
        }
    }

    _isPending(engagementId) {
        return this.panel.pending.some(({id}) => id === engagementId);
    }

    /** What X said of something that was open, and is not any more, goes. */
    _forgetSettled() {
        const {about} = this.problems.act || {};
        if (about && !this._isPending(about)) {
            this.problems = {};
        }
    }

    /** Routes and the like only where `isShown`, the account they are for. */
    _applyParts(update, isShown) {
        for (const part of isShown ? [...PARTS, ...PARTS_OF_ACCOUNT] : PARTS) {
            if (part in update) {
                this.panel[part] = update[part];
            }
        }
        const {post} = update;
        if (post && isShown) {
            this._changePosts((own) => (own.id === post.id ? {...own, ...post} : own));
        }
    }

    /** What was open when the panel was made is no news, and may still go on. */
    _hearPending() {
        for (const engagement of this.panel.pending) {
            this.heard.set(engagement.id, engagement.state);
            this._askLater(engagement, false);
        }
    }

    _hear(engagement) {
        const {id, state} = engagement;
        const isNews = this.heard.get(id) !== state;
        this.heard.set(id, state);
        if (isNews) {
            this.onWritten?.();
            this.listeners.forEach((onNews) => onNews(engagement));
        }
        if (isNews && state === "done") {
            this._showDone(engagement);
        }
        if (isNews && state === "refused" && !this.problems.act) {
            const message = engagement.reason || _t("X did not do it.");
            this._showProblem("act", {code: "refused", message, action: ""});
        }
        this._askLater(engagement, isNews);
    }

    _showDone(engagement) {
        this.status = "";
        this.notice = {
            text: sentenceOfDone(engagement, this.panel.relation),
            url: engagement.result_url || "",
        };
        if (engagement.kind === "delete") {
            const isLeft = ({id}) => id !== engagement.post_id;
            this._changePosts((post) => isLeft(post) && post);
        }
    }

    // What is not settled yet

    /** What another tab is sending is asked after; what X left open, once. */
    _askLater({id, request_uid, state, can_check}, isNews) {
        if (state === "sending") {
            const now = luxon.DateTime.now().toMillis();
            if (!this.deadlines.has(request_uid)) {
                this.deadlines.set(request_uid, now + ASK_FOR);
            }
            if (now < this.deadlines.get(request_uid)) {
                this._later(request_uid, () => this._poll(request_uid));
            }
        } else if (state === "unknown" && isNews && can_check) {
            this._later(request_uid, () => this.check(id));
        }
    }

    async _poll(requestUid) {
        const update = await this.engagementState(requestUid);
        const known = this.panel.pending.find((row) => row.request_uid === requestUid);
        if (!update?.engagement && known) {
            // Odoo was not reached this time; or a colleague is sending it.
            this._askLater(known, false);
        }
    }

    _later(requestUid, job) {
        browser.clearTimeout(this.timers.get(requestUid));
        if (!this.isStopped) {
            this.timers.set(requestUid, browser.setTimeout(job, ASK_EVERY));
        }
    }
}
