import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** As which of the user's accounts one acts on X, where there are several. */
export class ActingChooser extends Component {
    static template = "crm_twitter.ActingChooser";
    static props = {
        accounts: Array,
        /** id of the account in use */
        acting: Number,
        isBusy: {type: Boolean, optional: true},
        /** its promise is waited for; `acting` is another one then, or still the same */
        onChange: Function,
    };

    setup() {
        this.select = useRef("select");
        this.state = useState({isChanging: false});
        // It says as whom one acts now, not as whom one would like to.
        useEffect(
            () => this.showActing(),
            () => [this.props.acting, this.state.isChanging]
        );
    }

    get choices() {
        return this.props.accounts.map(({id, handle, is_brand}) => ({
            id,
            label: is_brand ? _t("@%(handle)s (company)", {handle}) : `@${handle}`,
        }));
    }

    get isBusy() {
        return Boolean(this.props.isBusy || this.state.isChanging);
    }

    showActing() {
        this.select.el.value = String(this.props.acting);
    }

    async onChange(ev) {
        const accountId = Number(ev.target.value);
        if (this.isBusy) {
            this.showActing();
            return;
        }
        this.state.isChanging = true;
        try {
            await this.props.onChange(accountId);
        } finally {
            this.state.isChanging = false;
        }
    }
}
