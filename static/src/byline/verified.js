import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** X's verified marks, by `verified_type`. */
const MARKS = {
    blue: {title: _t("Verified account"), color: "text-info"},
    business: {title: _t("Verified organization"), color: "text-warning"},
    government: {title: _t("Verified government account"), color: "text-muted"},
};

export class Verified extends Component {
    static template = "crm_twitter.Verified";
    static props = {type: {type: [String, Boolean], optional: true}};

    get mark() {
        return MARKS[this.props.type];
    }
}
