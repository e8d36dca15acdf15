import {Component, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {ActionButton} from "../action_button/action_button";

/** What of the profile the record may keep: the photo for its contact, the website. */
export class Keeping extends Component {
    static template = "crm_twitter.Keeping";
    static components = {ActionButton};
    static props = {model: Object};

    setup() {
        this.dialog = useService("dialog");
        this.model = useState(this.props.model);
    }

    get photo() {
        return this.model.panel.photo || {};
    }

    get website() {
        return this.model.panel.website || {};
    }

    get isBusy() {
        return Boolean(this.model.busy.photo || this.model.busy.write);
    }

    get photoHint() {
        return _t("As the image of %(name)s", {name: this.photo.target});
    }

    /** Why the photo cannot be used, as what cannot be done on X is shown. */
    get noPhoto() {
        return {route: "unavailable", reason: this.photo.reason, remedy: ""};
    }

    async onUsePhoto() {
        const question = await this.model.usePhoto();
        if (question) {
            this.dialog.add(ConfirmationDialog, {
                title: _t("Use as photo"),
                body: question,
                confirmLabel: _t("Replace it"),
                confirm: () => {
                    this.model.keepPhoto(true);
                },
                cancelLabel: _t("Keep"),
                cancel: () => true,
            });
        }
    }
}
