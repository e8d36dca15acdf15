import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Panel} from "./panel";

/** The panel as a client action, which the record's stat button opens in a dialog. */
export class PanelAction extends Component {
    static template = "crm_twitter.PanelAction";
    static components = {Panel};
    static props = {...standardActionServiceProps};

    get panelProps() {
        const {res_model, res_id} = this.props.action.params || {};
        return res_model && res_id ? {resModel: res_model, resId: res_id} : null;
    }
}

registry.category("actions").add("crm_twitter.panel", PanelAction);
