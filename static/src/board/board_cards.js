import {markRaw} from "@odoo/owl";
import {Deferred} from "@web/core/utils/concurrency";
import {RelationalModel} from "@web/model/relational_model/relational_model";

/** The cards, with what one may do to each as the account one acts as. */
export class BoardCards extends RelationalModel {
    /** X's content is not kept on the disks of those who look at it. */
    static withCache = false;

    setup() {
        super.setup(...arguments);
        /** id of the account, 0 for the one the server proposes */
        this.accountId = 0;
        this.nextLoad = markRaw(new Deferred());
    }

    /** One that another takes the place of never ends. */
    async load() {
        this.nextLoad.resolve();
        this.nextLoad = markRaw(new Deferred());
        return super.load(...arguments);
    }

    /** Read again what is shown; ends in any case. */
    async readAgain() {
        const load = this.load();
        await Promise.race([load, this.nextLoad]);
    }

    _getNextConfig() {
        const config = super._getNextConfig(...arguments);
        config.context.twitter_account_id = this.accountId;
        return config;
    }
}
