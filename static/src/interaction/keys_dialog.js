import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {KEYS} from "./keys";

/** Which keys do what on a card. */
export class KeysDialog extends Component {
    static template = "crm_twitter.KeysDialog";
    static components = {Dialog};
    static props = {close: Function};

    setup() {
        this.keys = KEYS;
    }
}
