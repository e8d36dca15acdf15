import {Component, onWillStart, useEffect, useRef, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {Candidates} from "../candidates/candidates";
import {Connect} from "../connect/connect";
import {PostList} from "../post_list/post_list";
import {Price} from "../price/price";
import {Problem} from "../problem/problem";
import {ProfileCard} from "../profile_card/profile_card";
import {PanelModel} from "./panel_model";

/** X, about one lead or contact: who it is there, or finding that out. */
export class Panel extends Component {
    static template = "crm_twitter.Panel";
    static components = {Candidates, Connect, PostList, Price, Problem, ProfileCard};
    static props = {
        resModel: String,
        resId: Number,
        /** a login this tab left for and is back from */
        login: {type: Number, optional: true},
        onWritten: {type: Function, optional: true},
        onLeave: {type: Function, optional: true},
    };

    setup() {
        this.dialog = useService("dialog");
        this.action = useService("action");
        this.notification = this.env.services.notification;
        this.root = useRef("root");
        this.heading = useRef("heading");
        const {resModel, resId, onWritten} = this.props;
        // Not the component's own `orm`: a write goes on when the dialog is closed.
        const {orm} = this.env.services;
        this.model = useState(new PanelModel({orm, resModel, resId, onWritten}));
        onWillStart(() => this.start());
        this.keepFocus();
    }

    async start() {
        await this.model.load();
        this.model.goOn();
    }

    /** Where another scene begins, its heading is what is read out next. */
    keepFocus() {
        let shown = null;
        useEffect(
            (scene) => {
                const isTaken = this.root.el.contains(document.activeElement);
                if (shown ? shown !== scene : !isTaken) {
                    this.heading.el?.focus();
                }
                shown = scene;
            },
            () => [this.scene]
        );
    }

    get panel() {
        return this.model.panel;
    }

    get scene() {
        return this.panel && `${this.model.scene} ${this.panel.connection.state}`;
    }

    get title() {
        const {name, person} = this.model.record;
        const who = person || name;
        if (this.model.isChanging) {
            return _t("Another profile for %(who)s", {who});
        }
        return this.model.scene === "associated"
            ? _t("%(who)s on X", {who})
            : _t("Who is %(who)s on X?", {who});
    }

    get canConnect() {
        return this.panel.keys.configured && !this.model.isConnected;
    }

    get undoText() {
        return _t("@%(handle)s is no longer associated.", this.model.undo);
    }

    recordUrl({model, id}) {
        return `/odoo/${model}/${id}`;
    }

    async onConnected() {
        await this.model.reload();
    }

    onDisassociate() {
        const {handle} = this.model.profile;
        this.dialog.add(ConfirmationDialog, {
            title: _t("Disassociate"),
            body: _t(
                "Disassociate @%(handle)s from %(name)s? The username is cleared, and what was read about it goes when no other record is linked to it.",
                {handle, name: this.model.record.name}
            ),
            confirmLabel: _t("Disassociate"),
            confirm: () => this.disassociate(),
            cancelLabel: _t("Keep"),
            cancel: () => true,
        });
    }

    async disassociate() {
        const undo = await this.model.disassociate();
        if (undo) {
            const close = this.notification.add(this.undoText, {
                type: "info",
                autocloseDelay: 20000,
                buttons: [
                    {
                        name: _t("Undo"),
                        onClick: () => {
                            close();
                            this.model.undoDisassociation(undo);
                        },
                    },
                ],
            });
        }
    }

    openSettings() {
        return this.leave("crm.crm_config_settings_action");
    }

    openRecord({model, id}) {
        return this.leave({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async leave(action) {
        this.props.onLeave?.();
        await this.action.doAction(action);
    }

    onStep(action) {
        if (action === "settings") {
            return this.openSettings();
        }
        if (action === "login") {
            this.root.el.querySelector(".o_crm_twitter_login")?.focus();
        }
        if (action === "handle") {
            this.model.startChange();
        }
        if (action === "retry") {
            return this.model.read(true);
        }
    }
}
