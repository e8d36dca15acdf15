import {toRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {PanelKeeping} from "./panel_keeping";
import {isToday} from "./today";

const {DateTime} = luxon;

/** Refusals after which a handle is known to name nobody who could be associated. */
const NOBODY = ["not_found", "gone", "suspended"];

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
export class PanelModel extends PanelKeeping {
    constructor(params) {
        super(params);
        /** the person's candidates: {query, candidates, read_at} or false */
        this.search = false;
        /** whether everybody that X found is said not to be this person */
        this.isEverybodySetAside = false;
        /** X's ids of who is not this person, as said here */
        this.rejected = new Set();
        /** when handles were looked up here, by the handle in small letters */
        this.lookedUp = {};
        /** the candidate of a typed handle, or false */
        this.typed = false;
        /** what a disassociation can be undone with, or false */
        this.undo = false;
        this.isChanging = false;
        /** whether the user is about to allow more on X */
        this.isWidening = false;
    }

    // What is shown

    /** "associated" or "search": the two things the panel can be about */
    get scene() {
        return this.profile && !this.isChanging ? "associated" : "search";
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
            // An empty answer of today costs nothing, and comes with the reason.
            const isWanted = this.search
                ? !this.search.candidates.length
                : search_on_open;
            if (isWanted && record.person) {
                await this.searchPeople();
            }
        } else if (this.profile.stale || (!this.posts && this.isTimelineReadable)) {
            await this.read();
        }
    }

    async reload() {
        this.isWidening = false;
        if (await this.load()) {
            await this.goOn();
        }
    }

    // Finding

    /** What looking for a name costs at most; nothing where X was asked for it today. */
    searchPrice(name) {
        const isSame = this.search && this.search.query === name.trim();
        const isKept = isSame && isToday(this.search.read_at);
        return isKept ? 0 : this.panel.prices.search;
    }

    async searchPeople(query = "") {
        const answer = await this._askX("search", "twitter_search", [], {query});
        if (answer?.search) {
            this._showSearch(answer.search);
        }
        if (answer?.search && !answer.problem) {
            const count = this.search.candidates.length;
            this.isEverybodySetAside = !count;
            this.status =
                count === 1
                    ? _t("1 person found on X.")
                    : _t("%(count)s people found on X.", {count});
        }
    }

    /** What showing who has a handle costs at most. */
    lookUpPrice(handle) {
        const isKept = isToday(this.lookedUp[handle.toLowerCase()] || "");
        return this.isConnected && !isKept && this.panel.prices.profile;
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
            this.lookedUp[handle.toLowerCase()] = DateTime.utc().toISO();
            this.status = _t("%(name)s is shown.", {name: `@${this.typed.handle}`});
        } else if (answer?.problem && !NOBODY.includes(answer.problem.code)) {
            this.typed = unseen;
        }
    }

    /** What is typed now is no handle: who was shown for the last one is not meant. */
    forgetTyped() {
        this._drop(["lookUp"]);
        this.problems.lookUp = false;
        this.typed = false;
        this.status = "";
    }

    // Associating

    startChange() {
        this._drop(["read", "posts", "followers", "following"]);
        this.isChanging = true;
        this.typed = false;
        this.problems = {};
    }

    stopChange() {
        this._drop(["search", "lookUp"]);
        this.isChanging = false;
        this.typed = false;
        this.problems = {};
    }

    async associate({handle, twitter_id}, basis, origin) {
        const panel = await this._write("twitter_associate", [handle, basis], {
            twitter_id,
            origin,
        });
        if (panel) {
            this.undo = false;
            this.isChanging = false;
            this.typed = false;
            this.rejected.delete(twitter_id);
            this._show(panel);
            // What it asks for takes back what was announced before.
            const goneOn = this.goOn();
            this.status = _t("@%(handle)s is associated.", {handle});
            await goneOn;
        }
    }

    async reject({handle, twitter_id}) {
        const panel = await this._write(
            "twitter_reject",
            [twitter_id, handle],
            {},
            {keepsQuestions: true}
        );
        if (panel) {
            this.rejected.add(twitter_id);
            this.panel = panel;
            this.keptAt = DateTime.utc().toISO();
            this._showSearch(this.search);
            this.isEverybodySetAside = !this.search.candidates.length;
            this.status = _t("@%(handle)s will not be suggested again.", {handle});
        }
    }

    async disassociate() {
        const {handle} = this.profile;
        const hadPhoto = this.usedPhoto;
        const answer = await this._write("twitter_disassociate");
        if (answer) {
            this._show(answer.panel);
            this.notice = false;
            this.undo = {...answer.undo, hadPhoto};
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

    // Parts

    _show(panel) {
        if (this.panel?.profile?.id !== panel.profile?.id) {
            this._forgetPeople();
        }
        this.panel = panel;
        this.keptAt = DateTime.utc().toISO();
        this.quoted = {};
        this._showSearch(panel.search);
        this.postsWithoutReposts = false;
        this.problems = {};
        this._hearPending();
    }

    /** Without whoever was rejected while the search was under way. */
    _showSearch(search) {
        this.isEverybodySetAside = false;
        this.search = search && {
            ...search,
            candidates: search.candidates.filter(
                (c) => !this.rejected.has(c.twitter_id)
            ),
        };
    }
}
