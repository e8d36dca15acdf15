import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {SelectCreateDialog} from "@web/views/view_dialogs/select_create_dialog";
import {AssociateDialog} from "../associate_dialog/associate_dialog";
import {CardUndo} from "./card_undo";
import {KeysDialog} from "./keys_dialog";
import {schedulingOf} from "./scheduling";

function sentenceOfState(state, handle) {
    return {
        new: _t("The post of @%(handle)s is open again.", {handle}),
        handled: _t("The post of @%(handle)s is handled.", {handle}),
        ignored: _t("The post of @%(handle)s is ignored.", {handle}),
    }[state];
}

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
        return this._settle("handled");
    }

    ignore() {
        return this._settle("ignored");
    }

    reopen() {
        return this._settle("new");
    }

    /** What one did last goes back: to this card, or to one that has left. */
    async undo() {
        const {lastDone} = this.cards;
        const isOther = !lastDone || lastDone.model.resId !== this.model.resId;
        if (isOther && this.card.state !== "new") {
            return this.card.can.write && this.reopen();
        }
        return lastDone && lastDone.run(lastDone);
    }

    // Who looks after it

    assignToMe() {
        return this.assign(user.userId);
    }

    async assign(userId) {
        if (!(await this.model.assign(userId))) {
            this._sayFailure();
            return;
        }
        await this.onChanged();
        const {user: handler} = this.card;
        this._say(
            userId && handler
                ? _t("Assigned to %(name)s.", {name: handler.name})
                : _t("Assigned to nobody.")
        );
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
            onAssociated: () => this._onAssociated(),
        });
    }

    schedule() {
        return this._fillIn(schedulingOf(this.card.id));
    }

    sayMissing() {
        this.notification.add(
            _t("You need another right for this. An administrator can give it to you."),
            {type: "info"}
        );
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

    async _onAssociated() {
        const {handle} = this.card.author;
        await this.onChanged();
        this._say(_t("@%(handle)s is associated.", {handle}));
    }

    async _fillIn(form) {
        if (form) {
            await this._openForm(form, () => this.onChanged());
        } else {
            this._sayFailure();
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

    /** For who listens: on the card, or where that has left, beside the board. */
    _say(sentence) {
        if (this.model.shown) {
            this.model.status = sentence;
        } else {
            this.notification.add(sentence, {type: "info"});
        }
    }

    /** Where the card has left, nothing else says it. */
    _sayFailure() {
        const {error, shown} = this.model;
        if (error && !shown) {
            this.notification.add(error, {type: "danger"});
        }
    }

    async _settle(state) {
        const {model, cards, notification} = this;
        const previous = this.card.state;
        const {handle} = this.card.author;
        const answer = await model.changeState(state);
        if (!answer) {
            this._sayFailure();
            return;
        }
        if (answer.changed) {
            const run = (undo) => this._undo(undo);
            const undo = new CardUndo({notification, cards, model, previous, run});
            undo.offer(sentenceOfState(state, handle));
        } else {
            notification.add(answer.message, {type: "warning"});
        }
        await this.onChanged();
    }

    async _undo(undo) {
        const {model, previous, seen} = undo;
        const {focus} = this.cards;
        // Else the focus stays at the card where a key was pressed.
        const goesAlong = focus.isOutside;
        const answer = undo.isOver ? null : await model.changeState(previous, seen);
        if (answer) {
            undo.end();
            this.notification.add(
                answer.changed
                    ? sentenceOfState(previous, model.card.author.handle)
                    : answer.message,
                {type: answer.changed ? "success" : "warning"}
            );
            await this.onChanged();
            focus.comeBack(goesAlong ? model.resId : 0);
        } else if (model.error && !undo.isOver) {
            undo.offer(model.error, "danger");
            model.error = "";
        }
    }
}
