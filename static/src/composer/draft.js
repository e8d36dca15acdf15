import {browser} from "@web/core/browser/browser";
import {user} from "@web/core/user";
import {session} from "@web/session";
import {newRequestUid} from "../panel/request_uid";

const PREFIX = "crm_twitter.draft";

/**
 * What one user writes to one person, kept in this browser until it is on X: the text,
 * the id of the intention to send it (so that all tabs with this draft send one and the
 * same), and what pictures went with it, though not the pictures.
 */
export class Draft {
    /**
     * @param {object} about
     * @param {string} about.model of the record
     * @param {number} about.id of the record
     * @param {string} about.kind
     * @param {string} about.postId X's id of the post that is answered, or ""
     * @param {string} initial the text before anything is written
     */
    constructor({model, id, kind, postId}, initial = "") {
        const where = [session.db || "", user.userId, model, id, kind, postId];
        this.key = [PREFIX, ...where].join(" ");
        this.initial = initial;
        /** whether another tab has sent or discarded what is here */
        this.isGone = false;
        this.read();
    }

    /** Take over what is kept in the browser. */
    read() {
        const kept = JSON.parse(browser.localStorage.getItem(this.key) || "false");
        this.isKept = Boolean(kept);
        this.text = kept ? kept.text : this.initial;
        this.requestUid = kept ? kept.requestUid : newRequestUid();
        /** "", or what was begun with this id and is not known to have ended: "sent"
         * to our server, "opened" on X's page */
        this.begun = kept ? kept.begun : "";
        /** the pictures it had: {name, alt} */
        this.pictures = kept ? kept.pictures : [];
    }

    get isPristine() {
        return this.text === this.initial && !this.pictures.length;
    }

    write({text = this.text, pictures = this.pictures}) {
        if ((this.begun === "opened" || this.isGone) && text !== this.text) {
            // Other words than the ones on X's page, or sent: another intention.
            this.renew();
        }
        this.text = text;
        this.pictures = pictures.map(({name, alt}) => ({name, alt}));
        this._keep();
    }

    /** From here on it may be on X, whatever happens to this tab. */
    begin(how) {
        this.begun = how;
        this._keep();
    }

    /** It did not get anywhere: the same intention may be tried again. */
    rest() {
        this.begun = "";
        this._keep();
    }

    /** What was intended is settled: from here on it is another intention. */
    renew() {
        this.requestUid = newRequestUid();
        this.isGone = false;
        this.rest();
    }

    remove() {
        this.text = this.initial;
        this.pictures = [];
        this.renew();
    }

    _keep() {
        this.isKept = Boolean(this.begun) || !this.isPristine;
        if (!this.isKept) {
            browser.localStorage.removeItem(this.key);
            return;
        }
        const {text, requestUid, begun, pictures} = this;
        const kept = {text, requestUid, begun, pictures};
        browser.localStorage.setItem(this.key, JSON.stringify(kept));
    }
}
