import {_t} from "@web/core/l10n/translation";
import {PanelPeople} from "./panel_people";

/** What of the profile the record may keep: the photo, the website. */
export class PanelKeeping extends PanelPeople {
    /** Whether the contact's image is the photo from X. */
    get usedPhoto() {
        return Boolean(this.panel.photo?.can_undo);
    }

    /** With the photo and the website, what may be kept of them changes. */
    async read(refresh = false) {
        const {avatar_url, url} = this.profile;
        await super.read(refresh);
        if (this.profile.avatar_url !== avatar_url || this.profile.url !== url) {
            await this.renewKeeping();
        }
    }

    /**
     * Fetch X's picture, and make it the contact's.
     *
     * @returns {Promise<string>} a question, to be answered by `keepPhoto(true)`
     */
    async usePhoto() {
        if (this.busy.photo) {
            return "";
        }
        const answer = await this._askX("photo", "twitter_fetch_photo");
        return answer && !answer.problem ? this.keepPhoto() : "";
    }

    /** @returns {Promise<string>} a question, where an image would be replaced */
    async keepPhoto(replace = false) {
        const answer = await this._keep("twitter_use_photo", {replace});
        if (answer?.panel && !answer.question) {
            this._showKept(answer.panel, _t("The photo is used."));
        }
        return answer?.question || "";
    }

    async undoPhoto() {
        const panel = await this._keep("twitter_undo_photo");
        if (panel) {
            this._showKept(panel, _t("The former image is back."));
        }
    }

    async fillWebsite() {
        const panel = await this._keep("twitter_fill_website");
        if (panel) {
            this._showKept(panel, _t("The website is filled in."));
        }
    }

    /** What may be kept of the profile as it was just read; X is not asked. */
    async renewKeeping() {
        const account_id = this.panel.acting;
        const {status} = this;
        const panel = await this._ask("keeping", "twitter_panel", [], {account_id});
        this.status = status;
        if (panel) {
            const {photo, website} = panel;
            Object.assign(this.panel, {photo, website});
        }
    }

    _keep(method, kwargs) {
        return this._write(method, [], kwargs, {keepsQuestions: true});
    }

    _showKept({photo, website, record}, sentence) {
        Object.assign(this.panel, {photo, website, record});
        this.notice = {text: sentence, url: ""};
    }
}
