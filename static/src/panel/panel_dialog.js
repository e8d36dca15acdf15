import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {Panel} from "./panel";

/** The panel as a dialog on the record it is about. */
export class PanelDialog extends Component {
    static template = "crm_twitter.PanelDialog";
    static components = {Dialog, Panel};
    static props = {
        resModel: String,
        resId: Number,
        login: {type: Number, optional: true},
        onWritten: {type: Function, optional: true},
        close: Function,
    };

    setup() {
        this.state = useState({title: _t("X (Twitter)")});
    }
}
