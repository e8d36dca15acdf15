import {_t} from "@web/core/l10n/translation";
import {PanelActing} from "./panel_acting";
import {isToday} from "./today";

const METHODS = {followers: "twitter_followers", following: "twitter_following"};

function sentenceOfMore(count) {
    return count === 1
        ? _t("1 more person is shown.")
        : _t("%(count)s more people are shown.", {count});
}

/** Who follows the person, and whom the person follows. */
export class PanelPeople extends PanelActing {
    constructor(params) {
        super(params);
        /** what was read: {followers: {items, next_token, read_at}, following} */
        this.people = {};
        /** which list is shown in place of the posts: "", "followers" or "following" */
        this.shownPeople = "";
    }

    /** Costs nothing where the list was read before, or is being read. */
    async showPeople(kind) {
        this.shownPeople = kind;
        this.problems = {};
        if (!this.people[kind]) {
            await this.readPeople(kind);
        }
    }

    hidePeople() {
        this.shownPeople = "";
        this.problems = {};
    }

    /** What a list of X costs at most that is asked for today, or its next page. */
    peoplePrice(kind) {
        const known = this.people[kind];
        const isKept = known
            ? known.next_kept && isToday(known.read_at)
            : this.kept[kind];
        return isKept ? 0 : this.panel.prices.people;
    }

    /** The first page, or the next one. */
    async readPeople(kind) {
        if (this.busy[kind]) {
            return;
        }
        const known = this.people[kind] || {items: [], next_token: ""};
        const {next_token} = known;
        const kwargs = {next_token, account_id: this.panel.acting};
        const isShown = () => this.shownPeople === kind;
        const answer = await this._askX(kind, METHODS[kind], [], kwargs, isShown);
        if (answer?.people) {
            const ids = new Set(known.items.map((person) => person.twitter_id));
            const added = answer.people.items.filter((p) => !ids.has(p.twitter_id));
            this.people[kind] = {...answer.people, items: [...known.items, ...added]};
            if (isShown()) {
                this.status = sentenceOfMore(added.length);
            }
        }
    }

    /** The lists, too, are asked for anew after a refresh. */
    _takeRead(answer) {
        super._takeRead(answer);
        if (this.wasRefresh && answer.posts && !answer.problem) {
            this._forgetPeople();
            this._noteKept({followers: false, following: false});
        }
    }

    _forgetPeople() {
        this.people = {};
        this.shownPeople = "";
    }
}
