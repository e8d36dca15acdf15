import {Component, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {formatAge} from "../age/age";
import {SafeLink} from "../safe_link/safe_link";

/** Who of us reached out to the person on X, newest first. */
export class ReachedOut extends Component {
    static template = "crm_twitter.ReachedOut";
    static components = {SafeLink};
    static props = {model: Object};

    setup() {
        this.dialog = useService("dialog");
        this.model = useState(this.props.model);
    }

    get touches() {
        return this.model.panel.reached_out.map((touch) => ({
            ...touch,
            age: formatAge(touch.date),
            isBusy: this.model.isActing("delete", touch.post_id),
        }));
    }

    onDelete({post_id}) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Delete on X"),
            body: _t(
                "Delete this post on X? It goes for everybody, and cannot be brought back."
            ),
            confirmLabel: _t("Delete"),
            confirm: () => {
                this.model.actAtOnce("delete", post_id);
            },
            cancelLabel: _t("Keep"),
            cancel: () => true,
        });
    }
}
