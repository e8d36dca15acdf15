import {Component} from "@odoo/owl";
import {SafeLink} from "../safe_link/safe_link";

/** What an interaction is about: the post it answers, who the author is to us. */
export class CardRecords extends Component {
    static template = "crm_twitter.CardRecords";
    static components = {SafeLink};
    static props = {
        /** the server's CARD */
        card: Object,
        /** whether the relation is not said by the column */
        hasRelation: {type: Boolean, optional: true},
        onOpen: Function,
    };

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
