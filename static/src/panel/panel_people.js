import {_t} from "@web/core/l10n/translation";
import {PanelActing} from "./panel_acting";

const METHODS = {followers: "twitter_followers", following: "twitter_following"};

/** Who follows the person, and whom the person follows. */
export class PanelPeople extends PanelActing {
    constructor(params) {
        super(params);
        /** what was read: {followers: {items, next_token, read_at}, following} */
        this.people = {};
        /** which list is shown in place of the posts: "", "followers" or "following" */
        this.shownPeople = "";
    }

    /** Costs nothing where the list was read before. */
    async showPeople(kind) {
        this.shownPeople = kind;
        this.problems = {};
        if (!this.people[kind]) {
            await this.readPeople(kind);
        }
    }

    hidePeople() {
        this._drop(["people"]);
        this.shownPeople = "";
        this.problems = {};
    }

    /** What a list of X costs at most that is asked for today, or its next page. */
    peoplePrice(kind) {
        const {kept, prices} = this.panel;
        const known = this.people[kind];
        const isKept = known ? known.next_kept : kept[kind];
        return isKept ? 0 : prices.people;
    }

    /** The first page, or the next one. */
    async readPeople(kind) {
        if (this.busy.people) {
            return;
        }
        const known = this.people[kind] || {items: [], next_token: ""};
        const {next_token} = known;
        const answer = await this._askX("people", METHODS[kind], [], {
            next_token,
            account_id: this.panel.acting,
        });
        if (answer?.people) {
            const ids = new Set(known.items.map((person) => person.twitter_id));
            const added = answer.people.items.filter((p) => !ids.has(p.twitter_id));
            this.people[kind] = {...answer.people, items: [...known.items, ...added]};
            const count = added.length;
            this.status =
                count === 1
                    ? _t("1 more person is shown.")
                    : _t("%(count)s more people are shown.", {count});
        }
    }

    _forgetPeople() {
        this.people = {};
        this.shownPeople = "";
    }
}
