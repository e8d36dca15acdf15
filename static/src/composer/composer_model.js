import {_t} from "@web/core/l10n/translation";
import {ComposerWriting} from "./composer_writing";

const REFUSED = _t("X did not publish it.");
const NOT_KNOWN = _t(
    "Odoo does not answer, so it is not known whether this was sent. Your text is kept, and is never sent twice."
);
const STILL_OPEN = {
    sending: _t("It is being sent. What becomes of it is said outside this window."),
    unknown: _t(
        "X did not answer, so it is not known whether this is published. Nothing will be sent again. “Check again” outside this window asks X; your text is kept until then."
    ),
    opened: _t(
        "This was opened on x.com before. Say outside this window whether it is done; your text is kept until then."
    ),
};

/**
 * Having one post, reply, quote or mention published once.
 *
 * Lives on when its dialog is closed, as a post that is being sent does.
 */
export class ComposerModel extends ComposerWriting {
    /** Ask what became of what this draft was once sent as, and what X makes of it. */
    async start() {
        if (this.draft.begun) {
            const {text} = this;
            await this._findOut();
            if (this.isDone) {
                this.isDone = false;
                this._say(
                    "info",
                    _t("What you wrote here before is on X: “%(text)s”", {text})
                );
            }
        }
        this.check.now(this._asked);
    }

    /** Publish it by the API: what was warned of is on the screen by then. */
    async send() {
        if (this.canPost && !this.isLocked && this.route.route === "api") {
            await this._whileSending(async () => {
                if (await this._isWarnedOf()) {
                    await this._send();
                }
            });
        }
    }

    /** What became of what was sent; nothing is sent again by asking. */
    async askAgain() {
        await this._whileSending(async () => {
            if (await this._findOut()) {
                this._say(
                    "info",
                    _t("It did not reach Odoo, and was not sent. You can send it now.")
                );
            }
        });
    }

    /** News of what was done on X from here: maybe of what this draft was sent as. */
    hear(engagement) {
        const {request_uid, state} = engagement;
        const isIt = request_uid === this.draft.requestUid && state !== "opened";
        if (isIt && this.draft.begun && !this.isSending) {
            this._settle({engagement, problem: false});
        }
    }

    /** X's page is being opened, with the text. @returns whether that is noted down */
    async open() {
        const {kind, postId, text} = this;
        const {requestUid} = this.draft;
        this.draft.begin("opened");
        const update = await this.panel.openIntent({requestUid, kind, postId, text});
        if (!update) {
            this._say("danger", this.panel.error);
        }
        return Boolean(update);
    }

    // Parts

    async _whileSending(job) {
        if (this.isSending) {
            return;
        }
        this.isSending = true;
        this.notice = false;
        try {
            await job();
        } finally {
            this.isSending = false;
        }
    }

    /** Nothing is sent before what speaks against it was there to be read. */
    async _isWarnedOf() {
        if (this.isChecked) {
            return true;
        }
        const seen = this.warnings.map(({message}) => message);
        if (!(await this.check.now(this._asked))) {
            this._say("danger", this.panel.error);
            return false;
        }
        const isWarned = this.warnings.every(({message}) => seen.includes(message));
        if (!isWarned) {
            this._say("warning", _t("Read this first, and then send it."));
        }
        return isWarned;
    }

    async _send() {
        const {kind, postId, text, pictures} = this;
        const {requestUid} = this.draft;
        this.draft.begin("sent");
        const update = await this.panel.act({
            requestUid,
            kind,
            postId,
            text,
            pictures: pictures.sent,
        });
        if (update) {
            this._settle(update);
        } else {
            await this._findOut(this.panel.error);
        }
    }

    /**
     * @param {string} error what Odoo, or the connection to it, said instead
     * @returns {Promise<boolean>} whether it may be sent, as it was not before
     */
    async _findOut(error = "") {
        const update = await this.panel.engagementState(this.draft.requestUid);
        if (!update) {
            this._say("warning", NOT_KNOWN);
            return false;
        }
        if (update.engagement) {
            this._settle(update);
            return false;
        }
        this.draft.rest();
        if (error) {
            this._say("danger", error);
        }
        return true;
    }

    _settle({engagement, problem, post}) {
        if (post && post.id === this.postId) {
            // With the routes that X has just taught.
            this.givenPost = {...this.givenPost, ...post};
        }
        if (!engagement || problem?.code === "unwritten") {
            this._settleUnwritten(problem);
            return;
        }
        if (engagement.is_mine) {
            // Another tab may have begun the same thing with an id of its own.
            this.draft.requestUid = engagement.request_uid;
        }
        if (engagement.state === "done") {
            this._settleDone(engagement);
        } else if (engagement.state === "refused") {
            this.draft.renew();
            this._say("danger", engagement.reason || problem.message || REFUSED);
        } else if (engagement.state === "not_done") {
            this.draft.renew();
            this._say("info", _t("This was not done on X. Your text is kept."));
        } else {
            this._settleOpen(engagement);
        }
    }

    /** Nothing was begun; or it is not known here, as the database did not answer. */
    _settleUnwritten(problem) {
        if (problem && problem.code !== "unwritten") {
            this.draft.rest();
        } else {
            this.draft.begin("sent");
        }
        this._say("danger", problem ? problem.message : NOT_KNOWN);
    }

    _settleDone({text}) {
        if (text && text !== this.text) {
            this.draft.renew();
            this._say(
                "warning",
                _t(
                    "This draft was sent before, with these words: “%(text)s”. What you have written since is kept.",
                    {text}
                )
            );
            return;
        }
        this.discard();
        this.isDone = true;
    }

    _settleOpen({state}) {
        this.draft.begin(state === "opened" ? "opened" : "sent");
        this._say(state === "opened" ? "info" : "warning", STILL_OPEN[state]);
    }
}
