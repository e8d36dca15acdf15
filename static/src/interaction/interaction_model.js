import {_t} from "@web/core/l10n/translation";
import {CardShowing} from "./card_showing";

const NOT_KNOWN_YET = _t("As which account you would act is not known yet.");

/**
 * What the card of one interaction knows, and its calls to the server: acting on X as
 * from a panel, and what the CRM does with it.
 *
 * It outlives its component: a board makes its cards anew whenever it is read.
 */
export class InteractionModel extends CardShowing {
    // Acting

    /**
     * Whether the card is of another account than the one chosen for all: until it is
     * read for that one, nothing is done as anybody.
     */
    get isBehind() {
        if (this.isChoosing) {
            return true;
        }
        const {accounts, acting} = this.panel;
        const isTheirs = accounts.some(({id}) => id === this.above);
        return isTheirs && !this.chosen && acting !== this.above;
    }

    isActing(kind, postId) {
        const isHeld = this.isBehind || Boolean(this.busy.acting);
        return isHeld || super.isActing(kind, postId);
    }

    /** By the API nothing is done as nobody in particular. */
    routeOf(kind, post) {
        const route = super.routeOf(kind, post);
        return route.route === "api" && !this.panel.acting
            ? {...route, route: "unavailable", reason: NOT_KNOWN_YET, price: 0}
            : route;
    }

    // What the CRM does; each returns null where it did not

    /**
     * Have it in another state, unless a colleague was there since it was `seen`.
     *
     * @param {string} state new, handled or ignored
     * @param {{state: string, handled_at: string}} seen
     * @returns {Promise<{changed: boolean, message: string}|null>}
     */
    async changeState(state, seen = this.seen) {
        const args = [state, seen];
        const answer = await this._deed("change_state", args, this._asActing);
        if (answer) {
            this._takeCard(answer.card);
        }
        return answer;
    }

    /** @param {number|false} userId a colleague, or nobody */
    assign(userId) {
        return this._deed("write", [{user_id: userId}]);
    }

    /** @returns {Promise<object|null>} the form's action */
    createLead() {
        return this._deed("action_create_lead");
    }

    /** @returns {Promise<object|null>} the form's action */
    createContact() {
        return this._deed("action_create_contact");
    }

    /** Have X tell the post again, which costs `card.load_price`. */
    async loadAgain() {
        if (this.busy.load) {
            return;
        }
        const answer = await this._askX(
            "load",
            "twitter_load_again",
            [],
            this._asActing
        );
        if (answer?.card) {
            this._takeCard(answer.card);
        }
        if (this.post) {
            this.status = _t("The post is shown.");
        }
    }

    // Parts

    /** What a card is asked for with, so that it is for the account of this one. */
    get _asActing() {
        return {context: {twitter_account_id: this.panel.acting}};
    }

    /** One at a time: a double click is one. */
    async _deed(method, args = [], kwargs = {}) {
        return this.busy.write ? null : this._ask("write", method, args, kwargs);
    }

    /** After another account was chosen: see `setActing`. */
    _show(panel) {
        this.chosen = panel.acting;
        this.panel = panel;
        this.quoted = {};
        this.problems = {};
        this._hearPending();
    }

    /** A card has no place of its own where one logs in: the problem leads there. */
    _showProblem(kind, problem) {
        this.status = "";
        this.problems = {[kind]: problem};
    }
}
