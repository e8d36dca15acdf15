import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Panel} from "./panel";

/** On the web client's bus: a panel has written to the record {resModel, resId}. */
export const WRITTEN = "CRM_TWITTER:WRITTEN";

/** The panel as a client action, which the record's stat button opens in a dialog. */
export class PanelAction extends Component {
    static template = "crm_twitter.PanelAction";
    static components = {Panel};
    static props = {...standardActionServiceProps};

    setup() {
        // Outlives the dialog, as a write that is under way does.
        this.bus = this.env.bus;
    }

    get panelProps() {
        const {res_model, res_id} = this.props.action.params || {};
        return (
            res_model &&
            res_id && {
                resModel: res_model,
                resId: res_id,
                onWritten: () =>
                    this.bus.trigger(WRITTEN, {resModel: res_model, resId: res_id}),
            }
        );
    }
}

registry.category("actions").add("crm_twitter.panel", PanelAction);
