import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {sentenceOf} from "../panel/server_error";
import {Price} from "../price/price";
import {SafeLink} from "../safe_link/safe_link";

/** The next step that a refusal of X offers, by the `action` of the server's answer. */
const STEPS = {
    login: _t("Log in with X"),
    settings: _t("Open the settings"),
    retry: _t("Try again"),
    // It was asked again by itself, and in vain.
    wait: _t("Try again"),
    credits: _t("Try now"),
    handle: _t("Enter the handle"),
};

/** Why X did not do it, in a sentence, and the way on. */
export class Problem extends Component {
    static template = "crm_twitter.Problem";
    static components = {Price, SafeLink};
    static props = {
        problem: Object,
        canConfigure: {type: Boolean, optional: true},
        /** what it costs at most to try again */
        price: {type: [Number, Boolean], optional: true},
        onStep: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({isTrying: false, error: ""});
    }

    get step() {
        const {action} = this.props.problem;
        if (action === "settings" && !this.props.canConfigure) {
            return "";
        }
        return STEPS[action] || "";
    }

    get isRetry() {
        return ["retry", "wait", "credits"].includes(this.props.problem.action);
    }

    /** Whatever stood in the way, to try once more is one step to who shows this. */
    async onStep() {
        const {action} = this.props.problem;
        if (action === "credits" && !(await this.letOut())) {
            return;
        }
        return this.props.onStep(this.isRetry ? "retry" : action);
    }

    /** Somebody says that there is credit again: the next call goes out to X. */
    async letOut() {
        Object.assign(this.state, {isTrying: true, error: ""});
        try {
            return await this.orm.call("twitter.limit", "try_now");
        } catch (error) {
            this.state.error = sentenceOf(error);
        } finally {
            this.state.isTrying = false;
        }
    }

    get needsCredits() {
        return this.props.problem.action === "credits";
    }
}
