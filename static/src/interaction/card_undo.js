import {_t} from "@web/core/l10n/translation";

const UNDO_FOR = 20 * 1000;

/**
 * What one did to the state of a card last, and can take back: as long as it is
 * offered, and nobody has changed the card since.
 */
export class CardUndo {
    /**
     * @param {object} about
     * @param {object} about.notification the service
     * @param {object} about.cards those of the board
     * @param {object} about.model an InteractionModel, in the state that is taken back
     * @param {string} about.previous the state before
     * @param {Function} about.run has it in that state again
     */
    constructor({notification, cards, model, previous, run}) {
        Object.assign(this, {notification, cards, model, previous, run});
        this.seen = model.seen;
        this.isOver = false;
        cards.lastDone?.end();
        cards.lastDone = this;
        model.onTaken = (seen) => this._compare(seen);
    }

    /** Offer it for a while, with what was done; or until it works, after a failure. */
    offer(sentence, type = "success") {
        const close = this.close;
        this.close = null;
        close?.();
        this.close = this.notification.add(sentence, {
            type,
            sticky: type === "danger",
            autocloseDelay: UNDO_FOR,
            buttons: [{name: _t("Undo"), onClick: () => this.run(this)}],
            onClose: () => this._onClose(),
        });
    }

    /** It is done, or cannot be done any more. */
    end() {
        if (this.isOver) {
            return;
        }
        this.isOver = true;
        this.model.onTaken = null;
        if (this.cards.lastDone === this) {
            this.cards.lastDone = null;
        }
        this.close?.();
        this.cards.sweepSoon();
    }

    _onClose() {
        // Unless another offer takes its place.
        if (this.close) {
            this.end();
        }
    }

    _compare({state, handled_at}) {
        if (state !== this.seen.state || handled_at !== this.seen.handled_at) {
            this.end();
        }
    }
}
