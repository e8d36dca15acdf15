import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {SelectCreateDialog} from "@web/views/view_dialogs/select_create_dialog";
import {AssociateDialog} from "../associate_dialog/associate_dialog";
import {KeysDialog} from "./keys_dialog";

const UNDO_FOR = 20 * 1000;

/**
 * What one does with an interaction in the CRM, by a button or a key: the calls of its
 * model, and the windows and notifications around them. They outlive the card.
 */
export class CardDeeds {
    /**
     * @param {object} about
     * @param {object} about.services the page's
     * @param {object} about.model an InteractionModel
     * @param {object} about.cards those of the board
     * @param {Function} about.onChanged reads the board again
     * @param {Function} about.onConnected reads as whom one may act, too
     */
    constructor({services, model, cards, onChanged, onConnected}) {
        const {action, dialog, notification, orm} = services;
        Object.assign(this, {action, dialog, notification, orm});
        Object.assign(this, {model, cards, onChanged, onConnected});
    }

    get card() {
        return this.model.card;
    }

    // Whether it is handled

    handle() {
        const {handle} = this.card.author;
        return this._settle(
            "handle",
            _t("The post of @%(handle)s is handled.", {handle})
        );
    }

    ignore() {
        const {handle} = this.card.author;
        return this._settle(
            "ignore",
            _t("The post of @%(handle)s is ignored.", {handle})
        );
    }

    reopen() {
        return this._reopen(this.model);
    }

    /** What was done last goes back: to this card, or to one that has left. */
    async undo() {
        if (this.card.state !== "new") {
            return this.card.can.write && this.reopen();
        }
        const {lastDone} = this.cards;
        return lastDone && this._reopen(lastDone);
    }

    // Who looks after it

    assignToMe() {
        return this.assign(user.userId);
    }

    async assign(userId) {
        if (await this.model.assign(userId)) {
            await this.onChanged();
        }
    }

    searchColleague(domain) {
        this._open(SelectCreateDialog, {
            resModel: "res.users",
            domain,
            title: _t("Assign to"),
            multiSelect: false,
            noCreate: true,
            onSelected: ([userId]) => this.assign(userId),
        });
    }

    // What is made of it

    async createLead() {
        await this._fillIn(await this.model.createLead());
    }

    async createContact() {
        await this._fillIn(await this.model.createContact());
    }

    associate() {
        const {id, author} = this.card;
        this._open(AssociateDialog, {
            interaction: {id, author},
            onAssociated: () => this.onChanged(),
        });
    }

    openRecord({model, id}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    // The rest

    /** The way to where something becomes available, or is tried again. */
    async step(step) {
        if (step === "settings") {
            await this.action.doAction("crm.crm_config_settings_action");
        } else if (step === "login") {
            const preferences = await this.orm.call(
                "twitter.account",
                "action_open_preferences",
                [[]]
            );
            await this._openForm(preferences, () => this.onConnected());
        } else if (step === "retry") {
            await this.model.loadAgain();
        }
    }

    showKeys() {
        this._open(KeysDialog, {});
    }

    // Parts

    /** A window of the card's; the focus then goes back to the cards. */
    _open(Dialog, props) {
        const {focus} = this.cards;
        this.dialog.add(Dialog, props, {onClose: () => focus.comeBack()});
    }

    async _fillIn(form) {
        if (form) {
            await this._openForm(form, () => this.onChanged());
        }
    }

    /** In a window of its own, after which `readAgain` is called. */
    _openForm(form, readAgain) {
        const onClose = async () => {
            await readAgain();
            this.cards.focus.comeBack();
        };
        return this.action.doAction(form, {onClose});
    }

    async _settle(deed, sentence) {
        const {model} = this;
        if (!(await model[deed]())) {
            return;
        }
        this.cards.lastDone = model;
        let close = null;
        const onClick = () => {
            close();
            this._reopen(model);
        };
        close = this.notification.add(sentence, {
            type: "success",
            autocloseDelay: UNDO_FOR,
            buttons: [{name: _t("Undo"), onClick}],
        });
        await this.onChanged();
    }

    async _reopen(model) {
        if (await model.reopen()) {
            if (this.cards.lastDone === model) {
                this.cards.lastDone = null;
            }
            await this.onChanged();
        }
    }
}
