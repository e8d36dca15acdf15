import {_t} from "@web/core/l10n/translation";
import {ComposerCheck, isImpossible, limitOf} from "./composer_check";
import {warningsOf} from "./composer_warnings";
import {Draft} from "./draft";
import {withText, writingPage} from "./intent";
import {Pictures} from "./pictures";
import {weigh} from "./x_weight";

export const QUOTE_OR_PICTURES = _t(
    "X takes a quote or pictures from Odoo, not both: a quote goes without."
);

/** Writing one post, reply, quote or mention: the draft, and what is known of it. */
export class ComposerWriting {
    /**
     * @param {object} about
     * @param {object} about.panel the panel's model, through which all calls go
     * @param {string} about.kind post, mention, reply or quote
     * @param {object|false} about.post what is answered or quoted
     */
    constructor({panel, kind, post = false}) {
        Object.assign(this, {panel, kind, givenPost: post});
        const {model, id} = panel.panel.record;
        const about = {model, id, kind, postId: this.postId};
        this.draft = new Draft(about, kind === "mention" ? `@${this.handle} ` : "");
        this.pictures = this._draftedPictures();
        this.check = new ComposerCheck((asked) => this._ask(asked));
        /** what has happened: {type, text}, or false */
        this.notice = false;
        this.isSending = false;
        this.isSwitching = false;
        this.isDone = false;
    }

    // What is shown

    get postId() {
        return this.givenPost ? this.givenPost.id : "";
    }

    /** The post as it is now: what is done to it changes what can be done. */
    get post() {
        const {panel, givenPost} = this;
        const isIt = ({id}) => id === givenPost.id;
        return (
            givenPost &&
            ((panel.panel.posts && panel.panel.posts.items.find(isIt)) ||
                panel.quoted?.[givenPost.id] ||
                givenPost)
        );
    }

    get handle() {
        return this.panel.panel.profile?.handle || this.panel.panel.record.handle;
    }

    get accounts() {
        return this.panel.panel.accounts;
    }

    get account() {
        return this.accounts.find(({id}) => id === this.panel.panel.acting);
    }

    get route() {
        return this.panel.routeOf(this.kind, this.post);
    }

    get text() {
        return this.draft.text;
    }

    get length() {
        return weigh(this.text).length;
    }

    get limit() {
        return limitOf(this.account);
    }

    get price() {
        return this.check.answer ? this.check.answer.price : this.route.price;
    }

    get isBlank() {
        return !this.text.trim() && !this.pictures.items.length;
    }

    get warnings() {
        return warningsOf(this);
    }

    get isChecked() {
        return this.check.isAbout(this._asked);
    }

    get isBlocked() {
        return (
            this.isBlank ||
            isImpossible(this.text, this.limit) ||
            (this.isChecked && this.warnings.some(({blocks}) => blocks))
        );
    }

    /** https://docs.x.com/x-api/posts/create-post: a quote excludes media */
    get takesPictures() {
        return this.kind !== "quote";
    }

    /** Nobody knows what became of it, so nothing may be changed or sent again. */
    get isLocked() {
        return this.draft.begun === "sent" && !this.isSending;
    }

    get canPost() {
        return !(this.isBlocked || this.isSending || this.isSwitching);
    }

    /** X's own page with the text in it. */
    get intentUrl() {
        const {route, url, takes_text} = this.route;
        return route === "intent" ? withText(url, takes_text ? this.text : "") : "";
    }

    /** The same by hand, which X does not bill. Not as the company: see the routes. */
    get freeUrl() {
        const {site_url} = this.panel.panel;
        const isOwn = this.account && !this.account.is_brand;
        return isOwn
            ? withText(writingPage(site_url, this.kind, this.post), this.text)
            : "";
    }

    // What is done

    write(text) {
        this.draft.write({text});
        this.notice = this.draft.begun ? this.notice : false;
        this._changed();
    }

    async addPictures(files) {
        if (!this.takesPictures) {
            this._say("warning", QUOTE_OR_PICTURES);
            return;
        }
        await this.pictures.add(files);
        this.keepPictures();
    }

    removePicture(id) {
        this.pictures.remove(id);
        this.keepPictures();
    }

    keepPictures() {
        const {items, missed} = this.pictures;
        this.draft.write({pictures: [...items, ...missed]});
        this._changed();
    }

    async actAs(accountId) {
        this.isSwitching = true;
        await this.panel.setActing(accountId);
        this.isSwitching = false;
        this.notice = false;
        this._changed();
    }

    discard() {
        this.draft.remove();
        this.pictures = new Pictures();
        this.notice = false;
        this._changed();
    }

    /** Another tab has written to this draft, or it `isGone`: sent or discarded there. */
    onOtherTab(isGone) {
        if (this.isSending) {
            return;
        }
        if (this.draft.isPristine) {
            this.draft.read();
            this.pictures = this._draftedPictures();
            this._changed();
        } else if (isGone) {
            this.draft.isGone = true;
            this._say(
                "warning",
                _t("This draft was sent or discarded in another tab. Here it is kept.")
            );
        }
    }

    // Parts

    /** The pictures to choose again; none that could not go along. */
    _draftedPictures() {
        if (!this.takesPictures && this.draft.pictures.length) {
            this.draft.write({pictures: []});
        }
        return new Pictures(this.draft.pictures);
    }

    get _asked() {
        const {kind, text, postId, pictures} = this;
        return {
            kind,
            text,
            postId,
            pictures: pictures.items.length,
            described: pictures.described,
            acting: this.panel.panel.acting,
        };
    }

    _ask({kind, text, postId, pictures, described}) {
        return this.panel.checkText({kind, text, postId, pictures, described});
    }

    _changed() {
        this.check.soon(this._asked);
    }

    _say(type, text) {
        this.notice = {type, text};
    }
}
