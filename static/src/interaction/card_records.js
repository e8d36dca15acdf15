import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Price} from "../price/price";
import {Problem} from "../problem/problem";
import {SafeLink} from "../safe_link/safe_link";

/** What an interaction is about: the post it answers, who the author is to us. */
export class CardRecords extends Component {
    static template = "crm_twitter.CardRecords";
    static components = {Price, Problem, SafeLink};
    static props = {
        /** the server's CARD */
        card: Object,
        model: Object,
        /** X's id of the post it answers, where X can be asked for it; or "" */
        readableId: String,
        /** whether the relation is not said by the column */
        hasRelation: {type: Boolean, optional: true},
        onOpen: Function,
        onStep: Function,
    };

    setup() {
        this.state = useState({isReading: false, problem: false});
    }

    /** Said once: that it answers a post is what a reply or a quote is. */
    get kindLabel() {
        const {answers, kind, kind_label} = this.props.card;
        return answers && kind !== "mention" ? "" : kind_label;
    }

    get showLabel() {
        return _t("Show the post it answers");
    }

    async onShow() {
        if (this.state.isReading) {
            return;
        }
        Object.assign(this.state, {isReading: true, problem: false});
        const answer = await this.props.model.readPost(this.props.readableId);
        const problem = answer?.problem || false;
        Object.assign(this.state, {isReading: false, problem});
    }

    onProblemStep(action) {
        return action === "retry" ? this.onShow() : this.props.onStep(action);
    }

    get leads() {
        return this.props.card.leads.map((lead) => ({...lead, model: "crm.lead"}));
    }

    recordUrl({model, id}) {
        return `/odoo/${model}/${id}`;
    }

    /** A new tab is the browser's business. */
    onClick(ev, record) {
        if (!ev.ctrlKey && !ev.metaKey && !ev.shiftKey) {
            ev.preventDefault();
            this.props.onOpen(record);
        }
    }
}
