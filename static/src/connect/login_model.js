import {markRaw} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {forgetPanel, rememberPanel} from "../panel/reopen";
import {sentenceOf} from "../panel/server_error";

const POLL_EVERY = 1500;
const UNDER_WAY = ["pending", "exchanging"];
const WINDOW = ["crm_twitter_login", "popup,width=600,height=760"];

/** When the server has no sentence of its own for how a login ended. */
const OUTCOMES = {
    refused: _t("You did not allow it on X. Nothing was changed."),
    failed: _t("X did not complete the login."),
    expired: _t("The login took longer than ten minutes and has expired."),
    cancelled: "",
};

/**
 * One user's way through X's consent page.
 *
 * What came of it is asked of the server, again and again: X cuts its window off from
 * this one (Cross-Origin-Opener-Policy), so neither `opener` nor `closed` would tell.
 */
export class LoginModel {
    constructor({orm, resModel = "", resId = 0, onConnected}) {
        Object.assign(this, {resModel, resId, onConnected});
        this.orm = markRaw(orm);
        /** "idle", "starting", "waiting" or "leaving" (this very tab goes to X) */
        this.phase = "idle";
        this.message = "";
        this.login = false;
        this.url = "";
        /** whether X's window of an earlier try may still be open */
        this.isAgain = false;
    }

    /** To be called while a click is handled, or the browser blocks the window. */
    async start(permissions) {
        if (this.phase === "starting") {
            return;
        }
        this.stopWaiting();
        this.message = "";
        this.isAgain = this.phase === "waiting";
        this.phase = "starting";
        const popup = browser.open("", ...WINDOW);
        const hasPopup = Boolean(popup && !popup.closed);
        try {
            const {login, url} = await this.orm.call("twitter.login", "start", [], {
                permissions,
                popup: hasPopup,
                res_model: this.resModel,
                res_id: this.resId,
            });
            this.login = login;
            this.url = url;
        } catch (error) {
            popup?.close();
            this._end(sentenceOf(error));
            return;
        }
        if (hasPopup) {
            popup.location = this.url;
            this._wait();
        } else {
            this._leave();
        }
    }

    /** What became of a login this tab left for, on coming back. */
    async resume(login) {
        this.login = login;
        this.phase = "waiting";
        await this.poll();
        if (this.phase === "waiting") {
            this._end(_t("The login on X was not completed."));
        }
    }

    async cancel() {
        const {login} = this;
        this._end("");
        await this._quietly(this.orm.silent.call("twitter.login", "cancel", [login]));
    }

    async poll() {
        const {login} = this;
        const answer = await this._quietly(
            this.orm.silent.call("twitter.login", "poll", [login])
        );
        if (this.phase !== "waiting" || login !== this.login || !answer) {
            return;
        }
        if (answer.state === "connected") {
            this._end("");
            await this.onConnected(answer);
        } else if (!UNDER_WAY.includes(answer.state)) {
            this._end(answer.message || OUTCOMES[answer.state]);
        }
    }

    stopWaiting() {
        browser.clearInterval(this.timer);
        this.channel?.close();
        this.channel = null;
    }

    _wait() {
        this.phase = "waiting";
        this.timer = browser.setInterval(() => this.poll(), POLL_EVERY);
        // Only a hint that it is time to ask: anybody on this site could post here.
        this.channel = new browser.BroadcastChannel("crm_twitter.login");
        this.channel.onmessage = () => this.poll();
    }

    _leave() {
        this.phase = "leaving";
        if (this.resId) {
            rememberPanel(this);
        } else {
            forgetPanel();
        }
        browser.location.assign(this.url);
    }

    _end(message) {
        this.stopWaiting();
        this.phase = "idle";
        this.message = message;
    }

    /** A poll that fails shows in the message, and the next one may succeed. */
    async _quietly(promise) {
        try {
            const answer = await promise;
            this.message = "";
            return answer;
        } catch (error) {
            this.message = sentenceOf(error);
        }
    }
}
