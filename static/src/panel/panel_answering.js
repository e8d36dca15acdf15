import {PanelEngagements} from "./panel_engagements";

/** What the user says of what was begun on x.com, or of what X left open. */
export class PanelAnswering extends PanelEngagements {
    constructor(params) {
        super(params);
        /** X's windows that were opened since the user last came back, by engagement */
        this.away = {};
        /** how often the user came back to this page */
        this.returns = 0;
    }

    /** The engagements to show: X's window is asked about when the user is back. */
    get waiting() {
        return this.panel.pending.filter(({id, state}) => {
            return state !== "opened" || !this.away[id];
        });
    }

    /** The user looks at this page again. */
    comeBack() {
        this.returns++;
        this.away = {};
    }

    /**
     * Whether the user did on x.com what was opened there, or what X left unknown.
     * Whom one follows X can tell, and is asked before the user's word counts.
     */
    answer(engagementId, isDone) {
        return this._once(`answer ${engagementId}`, async () => {
            const row = this.panel.pending.find(({id}) => id === engagementId);
            if (isDone && row && this.isAskedWhenDone(row)) {
                const update = await this.check(engagementId);
                if (this.denied[engagementId] || this._isSettled(update)) {
                    return update;
                }
                this.error = "";
            }
            return this._tell("twitter_answer", [engagementId, isDone]);
        });
    }

    /** Whether X is asked once the user says it was done there; not a second time. */
    isAskedWhenDone({id, kind, route, state}) {
        const isFollow = kind === "follow" || kind === "unfollow";
        const isOpened = isFollow && route === "intent" && state === "opened";
        // On x.com nothing is done as the company.
        const canAsk = this.isConnected && this.panel.acting && !this.isCompanyActing;
        return Boolean(isOpened && canAsk && !this.denied[id]);
    }

    _isSettled(update) {
        return Boolean(update?.engagement) && update.engagement.state !== "opened";
    }
}
