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
        /** the reading under way, and what another one in its place resolves */
        this.reading = null;
        this.nextReading = markRaw(new Deferred());
    }

    /** One that another takes the place of never ends. */
    load() {
        this.nextReading.resolve();
        this.nextReading = markRaw(new Deferred());
        this.reading = markRaw(super.load(...arguments));
        return this.reading;
    }

    /** Read again what is shown; ends in any case, when the last reading does. */
    async readAgain() {
        this.load();
        let isReading = true;
        while (isReading) {
            isReading = await Promise.race([
                this.reading.then(() => false),
                this.nextReading.then(() => true),
            ]);
        }
    }

    /** The cards there are, in the order one comes across them. */
    get records() {
        const {root} = this;
        return root.isGrouped
            ? root.groups.flatMap(({list}) => list.records)
            : root.records;
    }

    _getNextConfig() {
        const config = super._getNextConfig(...arguments);
        config.context.twitter_account_id = this.accountId;
        return config;
    }
}
