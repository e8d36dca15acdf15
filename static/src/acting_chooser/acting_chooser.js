import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** As which of the user's accounts one acts on X, where there are several. */
export class ActingChooser extends Component {
    static template = "crm_twitter.ActingChooser";
    static props = {
        accounts: Array,
        /** id of the account in use */
        acting: Number,
        isBusy: {type: Boolean, optional: true},
        onChange: Function,
    };

    get choices() {
        return this.props.accounts.map(({id, handle, is_brand}) => ({
            id,
            label: is_brand ? _t("@%(handle)s (company)", {handle}) : `@${handle}`,
        }));
    }

    onChange(ev) {
        return this.props.onChange(Number(ev.target.value));
    }
}
