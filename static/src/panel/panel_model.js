import {markRaw, toRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Latest} from "./latest";
import {sentenceOf} from "./server_error";

/** Refusals after which a handle is known to name nobody who could be associated. */
const NOBODY = ["not_found", "gone", "suspended"];
const NOT_LOGGED_IN = {not_connected: "none", reconnect: "reconnect"};

/** A handle nobody asked X about: what the panel can say of it by itself. */
function unseenCandidate(handle) {
    return {
        handle,
        twitter_id: "",
        name: "",
        description_segments: [],
        evidence: [],
        rejected: false,
        state: "unresolved",
    };
}

/**
 * What the panel of one record knows, and its calls to the server. Components show it
 * and call its methods; no answer of X and no refusal is handled anywhere else.
 *
 * It outlives the dialog: a write that is under way when the dialog is closed ends as
 * usual, and `onWritten` is told.
 */
export class PanelModel {
    constructor({orm, resModel, resId, onWritten}) {
        Object.assign(this, {resModel, resId, onWritten});
        this.orm = markRaw(orm);
        this.latest = markRaw(new Latest());
        /** the server's PANEL */
        this.panel = null;
        /** the person's candidates: {query, candidates, read_at} or false */
        this.search = false;
        /** what *Hide reposts* goes back to */
        this.postsWithoutReposts = false;
        /** X's ids of who is not this person, as said here */
        this.rejected = new Set();
        /** the candidate of a typed handle, or false */
        this.typed = false;
        /** what a disassociation can be undone with, or false */
        this.undo = false;
        this.isChanging = false;
        /** by kind of question: is one under way, what did X refuse */
        this.busy = {};
        this.problems = {};
        this.error = "";
        this.status = "";
    }

    // What is shown

    get record() {
        return this.panel.record;
    }

    get profile() {
        return this.panel.profile;
    }

    get posts() {
        return this.panel.posts;
    }

    get isConnected() {
        return (
            this.panel.keys.configured && this.panel.connection.state === "connected"
        );
    }

    /** "associated" or "search": the two things the panel can be about */
    get scene() {
        return this.profile && !this.isChanging ? "associated" : "search";
    }

    get isTimelineReadable() {
        return !["suspended", "gone", "protected"].includes(this.profile.state);
    }

    // Loading

    async load() {
        const panel = await this._ask("panel", "twitter_panel");
        if (panel) {
            this._show(panel);
        }
        return Boolean(panel);
    }

    /** What the panel does by itself once it is painted. */
    async goOn() {
        if (!this.panel || !this.isConnected || this.isChanging) {
            return;
        }
        if (!this.profile) {
            const {search_on_open, record} = this.panel;
            if (search_on_open && record.person && !this.search) {
                await this.searchPeople();
            }
        } else if (this.profile.stale || (!this.posts && this.isTimelineReadable)) {
            await this.read();
        }
    }

    async reload() {
        if (await this.load()) {
            await this.goOn();
        }
    }

    // Finding

    async searchPeople(query = "") {
        const answer = await this._askX("search", "twitter_search", [], {query});
        if (answer?.search) {
            this._showSearch(answer.search);
            const count = this.search.candidates.length;
            this.status = count
                ? _t("%(count)s people found on X.", {count})
                : _t("Nobody found on X.");
        }
    }

    async lookUp(handle) {
        this.typed = false;
        const unseen = unseenCandidate(handle);
        if (!this.isConnected) {
            this.typed = unseen;
            return;
        }
        const answer = await this._askX("lookUp", "twitter_look_up", [handle]);
        if (answer?.candidate) {
            this.typed = answer.candidate;
            this.status = _t("%(name)s is shown.", {name: `@${this.typed.handle}`});
        } else if (answer?.problem && !NOBODY.includes(answer.problem.code)) {
            this.typed = unseen;
        }
    }

    // Associating

    startChange() {
        this.isChanging = true;
        this.typed = false;
        this.problems = {};
    }

    stopChange() {
        this.isChanging = false;
        this.typed = false;
        this.problems = {};
    }

    async associate({handle, twitter_id}, basis, origin) {
        this._drop();
        const panel = await this._write("twitter_associate", [handle, basis], {
            twitter_id,
            origin,
        });
        if (panel) {
            this.undo = false;
            this.isChanging = false;
            this.typed = false;
            this._show(panel);
            this.status = _t("@%(handle)s is associated.", {handle});
            await this.goOn();
        }
    }

    async reject({handle, twitter_id}) {
        const panel = await this._write("twitter_reject", [twitter_id, handle]);
        if (panel) {
            this.rejected.add(twitter_id);
            this.panel = panel;
            this._showSearch(this.search);
            this.status = _t("@%(handle)s will not be suggested again.", {handle});
        }
    }

    async disassociate() {
        const {handle} = this.profile;
        this._drop();
        const answer = await this._write("twitter_disassociate");
        if (answer) {
            this._show(answer.panel);
            this.undo = answer.undo;
            this.status = _t("@%(handle)s is disassociated.", {handle});
        }
        return Boolean(answer) && this.undo;
    }

    /** Associate again what `undo` of a disassociation names. */
    async undoDisassociation(undo) {
        if (toRaw(this.undo) === toRaw(undo)) {
            await this.associate(undo, undo.basis, "typed");
        }
    }

    // Looking

    async read(refresh = false) {
        const answer = await this._askX("read", "twitter_read", [], {refresh});
        if (answer?.profile) {
            this.panel.profile = answer.profile;
        }
        if (answer?.posts) {
            this.panel.posts = answer.posts;
            this.postsWithoutReposts = false;
        }
        if (answer && !answer.problem) {
            this.status = _t("The profile is up to date.");
        }
    }

    async readMorePosts() {
        const {items, next_token, reposts} = this.posts;
        const answer = await this._askX("posts", "twitter_posts", [], {
            next_token,
            reposts,
        });
        if (answer?.posts) {
            const known = new Set(items.map((post) => post.id));
            const more = answer.posts.items.filter((post) => !known.has(post.id));
            this.panel.posts = {...answer.posts, items: [...items, ...more]};
            this.status = _t("%(count)s more posts are shown.", {count: more.length});
        }
    }

    async showReposts() {
        const answer = await this._askX("posts", "twitter_posts", [], {reposts: true});
        if (answer?.posts) {
            this.postsWithoutReposts = this.posts;
            this.panel.posts = answer.posts;
        }
    }

    /** Costs nothing where the posts without reposts were shown before. */
    async hideReposts() {
        if (this.postsWithoutReposts) {
            this.panel.posts = this.postsWithoutReposts;
            return;
        }
        const answer = await this._askX("posts", "twitter_posts", [], {reposts: false});
        if (answer?.posts) {
            this.panel.posts = answer.posts;
        }
    }

    /** @returns {Promise<{post, problem}|undefined>} a quoted post, for who asks */
    async readPost(postId) {
        try {
            return await this._call("twitter_post", [postId]);
        } catch (error) {
            this.error = sentenceOf(error);
        }
    }

    // Calls

    _call(method, args = [], kwargs = {}) {
        return this.orm.call(this.resModel, method, [[this.resId], ...args], kwargs);
    }

    /** Ask the server; a late answer never arrives, an error becomes `this.error`. */
    async _ask(kind, method, args, kwargs) {
        this.busy[kind] = true;
        this.error = "";
        let answer = null;
        try {
            answer = await this.latest.add(kind, this._call(method, args, kwargs));
        } catch (error) {
            this.error = sentenceOf(error);
        }
        this.busy[kind] = false;
        return answer;
    }

    /** Ask X by the server; what X refused becomes `this.problems[kind]`. */
    async _askX(kind, method, args, kwargs) {
        this.problems[kind] = false;
        const answer = await this._ask(kind, method, args, kwargs);
        const problem = answer?.problem || false;
        this.problems[kind] = problem;
        if (problem && problem.code in NOT_LOGGED_IN) {
            this.panel.connection.state = NOT_LOGGED_IN[problem.code];
        }
        return answer;
    }

    /** Answers about what is shown now do not matter any more. */
    _drop() {
        this.latest.drop();
        this.busy = {};
    }

    async _write(method, args, kwargs) {
        const answer = await this._ask("write", method, args, kwargs);
        if (answer) {
            this.onWritten?.();
        }
        return answer;
    }

    _show(panel) {
        this.panel = panel;
        this._showSearch(panel.search);
        this.postsWithoutReposts = false;
        this.problems = {};
    }

    /** Without whoever was rejected while the search was under way. */
    _showSearch(search) {
        this.search = search && {
            ...search,
            candidates: search.candidates.filter(
                (c) => !this.rejected.has(c.twitter_id)
            ),
        };
    }
}
