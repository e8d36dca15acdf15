import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Price} from "../price/price";

/** Something begun on X of which it is not settled yet whether it was done. */
export class PendingLine extends Component {
    static template = "crm_twitter.PendingLine";
    static components = {Price};
    static props = {
        /** the server's ENGAGEMENT */
        engagement: Object,
        model: Object,
    };

    setup() {
        this.model = useState(this.props.model);
    }

    get engagement() {
        return this.props.engagement;
    }

    get isBusy() {
        return (
            this.isChecking ||
            Boolean(this.model.underWay[`answer ${this.engagement.id}`])
        );
    }

    get isChecking() {
        return Boolean(this.model.underWay[`check ${this.engagement.id}`]);
    }

    /** What X says against the user's word, or "". */
    get denial() {
        return this.model.denied[this.engagement.id] || "";
    }

    get isUnshown() {
        return Boolean(this.model.unshown[this.engagement.id]) && !this.isChecking;
    }

    get doneLabel() {
        return this.denial ? _t("Done anyway") : _t("Done");
    }

    get sentence() {
        const {state, label, question, reason, is_mine} = this.engagement;
        if (this.denial) {
            return this.denial;
        }
        if (!is_mine) {
            return this.sentenceOfColleague;
        }
        if (state === "sending") {
            return _t("%(label)s is being sent…", {label});
        }
        if (state === "opened") {
            return question;
        }
        return reason
            ? _t("%(label)s: %(reason)s", {label, reason})
            : _t("It is not known whether X did this: %(label)s.", {label});
    }

    get sentenceOfColleague() {
        const {state, label, user, reason} = this.engagement;
        if (state === "sending") {
            return _t("%(user)s: %(label)s is being sent…", {user, label});
        }
        if (state === "opened") {
            return _t(
                "%(user)s opened this on x.com, and has not said whether it is done: %(label)s.",
                {user, label}
            );
        }
        const said = {user, label, reason};
        return reason
            ? _t("%(user)s: %(label)s: %(reason)s", said)
            : _t("%(user)s: it is not known whether X did this: %(label)s.", said);
    }

    /** Where *Done* has X asked, too. */
    get donePrice() {
        return (
            this.model.isAskedWhenDone(this.engagement) &&
            this.model.panel.prices.profile
        );
    }

    get checkPrice() {
        return this.model.panel.prices.check;
    }

    // A double click is one.

    onAnswer(ev, isDone) {
        if (ev.detail < 2) {
            this.model.answer(this.engagement.id, isDone);
        }
    }

    onCheck(ev) {
        if (ev.detail < 2) {
            this.model.check(this.engagement.id);
        }
    }
}
