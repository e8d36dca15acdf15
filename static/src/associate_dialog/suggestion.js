import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

const KINDS = {
    lead: {label: _t("Lead"), icon: "fa-star-o"},
    opportunity: {label: _t("Opportunity"), icon: "fa-star"},
    contact: {label: _t("Contact"), icon: "fa-user"},
};

/** A record that somebody on X may be, and why it is proposed. */
export class Suggestion extends Component {
    static template = "crm_twitter.Suggestion";
    static props = {
        /** {model, id, name, kind, reason, handle} */
        suggestion: Object,
        isBusy: Boolean,
        onChoose: Function,
    };

    get kind() {
        return KINDS[this.props.suggestion.kind] || KINDS.contact;
    }
}
