import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {SafeLink} from "../safe_link/safe_link";

/** The next step that a refusal of X offers, by the `action` of the server's answer. */
const STEPS = {
    login: _t("Log in with X"),
    settings: _t("Open the settings"),
    retry: _t("Try again"),
    // Where there is credit again.
    credits: _t("Try again"),
    handle: _t("Enter the handle"),
};

/** Why X did not do it, in a sentence, and the way on. */
export class Problem extends Component {
    static template = "crm_twitter.Problem";
    static components = {SafeLink};
    static props = {
        problem: Object,
        canConfigure: {type: Boolean, optional: true},
        onStep: Function,
    };

    get step() {
        const {action} = this.props.problem;
        if (action === "settings" && !this.props.canConfigure) {
            return "";
        }
        return STEPS[action] || "";
    }

    /** What "Try again" does, the panel knows as one step only. */
    onStep() {
        const {action} = this.props.problem;
        return this.props.onStep(action === "credits" ? "retry" : action);
    }

    get needsCredits() {
        return this.props.problem.action === "credits";
    }
}
