import {
    Component,
    onWillStart,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {ActingBar} from "../acting_bar/acting_bar";
import {Candidates} from "../candidates/candidates";
import {Connect} from "../connect/connect";
import {Problem} from "../problem/problem";
import {Associated, sentenceOfUndo} from "./associated";
import {PanelModel} from "./panel_model";

/** X, about one lead or contact: who it is there, or finding that out. */
export class Panel extends Component {
    static template = "crm_twitter.Panel";
    static components = {ActingBar, Associated, Candidates, Connect, Problem};
    static props = {
        resModel: String,
        resId: Number,
        /** a login this tab left for and is back from */
        login: {type: Number, optional: true},
        onWritten: {type: Function, optional: true},
        onLeave: {type: Function, optional: true},
        /** told what the panel is about, for a dialog's title */
        onTitle: {type: Function, optional: true},
    };

    setup() {
        this.action = useService("action");
        this.root = useRef("root");
        this.heading = useRef("heading");
        const {resModel, resId, onWritten} = this.props;
        // Not the component's own `orm`: a write goes on when the dialog is closed.
        const {orm} = this.env.services;
        this.model = useState(new PanelModel({orm, resModel, resId, onWritten}));
        onWillStart(() => this.start());
        onWillUnmount(() => this.model.stop());
        this.keepFocus();
        useEffect(
            (isWidening) => {
                if (isWidening) {
                    this.focusLogin();
                }
            },
            () => [this.model.isWidening]
        );
        useEffect(
            (title) => {
                if (title) {
                    this.props.onTitle?.(title);
                }
            },
            () => [this.panel && this.title]
        );
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
                    this.focusStart();
                }
                shown = scene;
            },
            () => [this.scene]
        );
    }

    focusStart() {
        this.heading.el?.focus();
    }

    get panel() {
        return this.model.panel;
    }

    get scene() {
        return this.panel && `${this.model.scene} ${this.panel.connection.state}`;
    }

    /** What the panel is about, in any of its scenes. */
    get title() {
        const {name, person} = this.model.record;
        return _t("%(who)s on X", {who: person || name});
    }

    /** Read out where a scene begins; a heading that is seen is the dialog's title. */
    get sceneTitle() {
        const {name, person} = this.model.record;
        const who = person || name;
        if (this.model.isChanging) {
            return _t("Another profile for %(who)s", {who});
        }
        return this.model.scene === "associated"
            ? this.title
            : _t("Who is %(who)s on X?", {who});
    }

    get canConnect() {
        const isWanted = !this.model.isConnected || this.model.isWidening;
        return this.panel.keys.configured && isWanted;
    }

    get undoText() {
        return sentenceOfUndo(this.model.undo);
    }

    async onConnected() {
        await this.model.reload();
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

    /** Where one logs in, or, being connected, allows more. */
    goToLogin() {
        if (this.model.isConnected) {
            this.model.isWidening = true;
        }
        this.focusLogin();
    }

    /** The way back, where nothing needs to be allowed. */
    get onCancelLogin() {
        return this.model.isWidening ? () => this.stopWidening() : undefined;
    }

    stopWidening() {
        this.model.isWidening = false;
        this.focusStart();
    }

    focusLogin() {
        this.root.el?.querySelector(".o_crm_twitter_login")?.focus();
    }

    onStep(action) {
        if (action === "settings") {
            return this.openSettings();
        }
        if (action === "login") {
            return this.goToLogin();
        }
        if (action === "handle") {
            this.model.startChange();
        }
        if (action === "retry") {
            return this.model.readAgain();
        }
    }
}
