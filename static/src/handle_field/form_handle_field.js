import {onMounted, status, useRef} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useBus, useOwnedDialogs} from "@web/core/utils/hooks";
import {HANDLE_HELP} from "../candidates/handle_entry";
import {WRITTEN} from "../panel/panel_action";
import {PanelDialog} from "../panel/panel_dialog";
import {takePanel} from "../panel/reopen";
import {HandleField, handleField} from "./handle_field";

/** In a form: also the X that opens the panel, and why a text is no username. */
export class FormHandleField extends HandleField {
    static template = "crm_twitter.FormHandleField";

    setup() {
        super.setup();
        this.addDialog = useOwnedDialogs();
        this.opener = useRef("opener");
        this.help = HANDLE_HELP;
        useBus(this.env.bus, WRITTEN, ({detail}) => this.onWrittenElsewhere(detail));
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
        const props = {resModel, resId, login, onWritten: () => this.reload()};
        this.addDialog(PanelDialog, props, {onClose: () => this.opener.el?.focus()});
    }

    /** By the panel that the stat button opens, which is not this form's own. */
    async onWrittenElsewhere({resModel, resId}) {
        const {record} = this.props;
        if (this.canOpen && record.resModel === resModel && record.resId === resId) {
            await this.reload();
        }
    }

    async reload() {
        const {record} = this.props;
        if (status(this) !== "destroyed" && !(await record.isDirty())) {
            await record.load();
        }
    }
}

registry.category("fields").add("form.twitter_handle", {
    ...handleField,
    component: FormHandleField,
});
