import {onMounted, status} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useOwnedDialogs} from "@web/core/utils/hooks";
import {HANDLE_HELP} from "../candidates/handle_entry";
import {PanelDialog} from "../panel/panel_dialog";
import {takePanel} from "../panel/reopen";
import {HandleField, handleField} from "./handle_field";

/** In a form: also the X that opens the panel, and why a text is no username. */
export class FormHandleField extends HandleField {
    static template = "crm_twitter.FormHandleField";

    setup() {
        super.setup();
        this.addDialog = useOwnedDialogs();
        this.help = HANDLE_HELP;
        onMounted(() => this.reopen());
    }

    /** Not on a line of another record, which is saved with that one only. */
    get canOpen() {
        const {record} = this.props;
        return record.id === record.model.root.id;
    }

    get isInvalid() {
        const {record, name} = this.props;
        return record.isFieldInvalid(name) || Boolean(this.value && !this.handle);
    }

    get helpId() {
        return `${this.props.id || this.props.name}_help`;
    }

    /** Back from X in the same tab: go on where the user left. */
    reopen() {
        const {resModel, resId} = this.props.record;
        const entry = this.isAllowed && this.canOpen && takePanel(resModel, resId);
        if (entry) {
            this.openPanel(entry.login);
        }
    }

    async onOpen() {
        const {record} = this.props;
        if (record.isNew || (await record.isDirty())) {
            if (!(await record.save())) {
                return;
            }
        }
        this.openPanel();
    }

    openPanel(login) {
        const {resModel, resId} = this.props.record;
        this.addDialog(PanelDialog, {
            resModel,
            resId,
            login,
            onWritten: () => this.reload(),
        });
    }

    async reload() {
        if (status(this) !== "destroyed") {
            await this.props.record.load();
        }
    }
}

registry.category("fields").add("form.twitter_handle", {
    ...handleField,
    component: FormHandleField,
});
