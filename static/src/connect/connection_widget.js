import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {sentenceOf} from "../panel/server_error";
import {SafeLink} from "../safe_link/safe_link";
import {Connect} from "./connect";

const {DateTime} = luxon;

/** The user's connection with X, in the preferences: log in, see, disconnect. */
export class ConnectionWidget extends Component {
    static template = "crm_twitter.ConnectionWidget";
    static components = {Connect, SafeLink};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.action = useService("action");
        this.state = useState({data: null, message: "", error: ""});
        onWillStart(() => this.load());
    }

    get connection() {
        return this.state.data.connection;
    }

    get isConnected() {
        return this.connection.state === "connected";
    }

    get since() {
        return DateTime.fromISO(this.connection.connected_since).toLocaleString(
            DateTime.DATE_FULL
        );
    }

    load() {
        return this.attempt(async () => {
            this.state.data = await this.orm.call("twitter.account", "connection");
        });
    }

    async onConnected({handle}) {
        this.state.message = _t("Connected as @%(handle)s.", {handle});
        await this.load();
    }

    onDisconnect() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Disconnect from X"),
            body: _t(
                "You will not be able to use X here until you log in again. Nothing that is associated is lost."
            ),
            confirmLabel: _t("Disconnect"),
            confirm: () => this.disconnect(),
            cancelLabel: _t("Stay connected"),
            cancel: () => true,
        });
    }

    disconnect() {
        return this.attempt(async () => {
            const answer = await this.orm.call("twitter.account", "disconnect");
            this.state.message = answer.message;
            await this.load();
        });
    }

    openSettings() {
        return this.action.doAction("crm.crm_config_settings_action");
    }

    async attempt(job) {
        this.state.error = "";
        try {
            await job();
        } catch (error) {
            this.state.error = sentenceOf(error);
        }
    }
}

registry.category("view_widgets").add("twitter_connection", {
    component: ConnectionWidget,
});
