import {_t} from "@web/core/l10n/translation";
import {askAgain} from "./asking_again";
import {PanelCalls} from "./panel_calls";
import {sentenceOf} from "./server_error";
import {isToday} from "./today";

const {DateTime} = luxon;

const ABSENT = ["suspended", "gone"];
const UNREADABLE = [...ABSENT, "protected"];

/** Refusals of posts after which none of the person are for whoever asked. */
const NOT_SHOWN = ["blocked", "protected"];

/** What the panel shows: as whom one acts, the profile and the posts. */
export class PanelReading extends PanelCalls {
    constructor(params) {
        super(params);
        /** the server's PANEL */
        this.panel = null;
        /** when the server said what X need not be asked for */
        this.keptAt = "";
        /** what *Hide reposts* goes back to */
        this.postsWithoutReposts = false;
        /** quoted posts that were asked for, by their ids */
        this.quoted = {};
        /** whether *Refresh* was what X was asked for last */
        this.wasRefresh = false;
    }

    get record() {
        return this.panel.record;
    }

    /** Whether X can be asked: as the user, or as the company the user acts for. */
    get isConnected() {
        const isConnected = this.panel.connection.state === "connected";
        return this.panel.keys.configured && (isConnected || this.isCompanyActing);
    }

    get isCompanyActing() {
        const {accounts, acting} = this.panel;
        return accounts.some(({id, is_brand}) => id === acting && is_brand);
    }

    loseConnection(state) {
        this.panel.connection.state = state;
    }

    get profile() {
        return this.panel.profile;
    }

    /** Whom X has suspended or does not know any more: nothing of theirs is on X. */
    get isAbsent() {
        return ABSENT.includes(this.profile.state);
    }

    get posts() {
        return !this.isAbsent && this.panel.posts;
    }

    get isTimelineReadable() {
        return !UNREADABLE.includes(this.profile.state);
    }

    /** Why X is not asked at the moment, or false; not what is said anyway. */
    get notAsked() {
        const {stop} = this.panel;
        const isOver = stop?.until && DateTime.fromISO(stop.until) <= DateTime.now();
        const problems = Object.values(this.problems);
        const isSaid = problems.some((problem) => problem?.code === stop?.code);
        return stop && !isOver && !isSaid && stop;
    }

    async tryNow() {
        await super.tryNow();
        this.panel.stop = false;
    }

    async read(refresh = false) {
        if (this.busy.read) {
            return;
        }
        this.wasRefresh = refresh;
        const answer = await this._askX("read", "twitter_read", [], {
            refresh,
            account_id: this.panel.acting,
        });
        if (answer) {
            this._takeRead(answer);
        }
        if (answer && !answer.problem) {
            this.status = _t("The profile is up to date.");
            this.panel.stop = refresh ? false : this.panel.stop;
        }
    }

    _takeRead(answer) {
        for (const part of ["relation", "actions"]) {
            if (part in answer) {
                this.panel[part] = answer[part];
            }
        }
        this.panel.profile = answer.profile || this.panel.profile;
        if ("posts" in answer) {
            this._takePosts(answer.posts);
        }
    }

    /** @param {object|false} posts the newest, or false: none may be shown any more */
    _takePosts(posts) {
        this.panel.posts = posts;
        this.postsWithoutReposts = false;
        this.quoted = {};
        // What X told with reposts may be older than this.
        this._noteKept({reposts: false});
    }

    _showProblem(kind, problem) {
        super._showProblem(kind, problem);
        if (kind === "posts" && NOT_SHOWN.includes(problem.code)) {
            this._takePosts(false);
        }
    }

    async readMorePosts() {
        const {items, next_token, reposts} = this.posts;
        const more = await this._readPosts({next_token, reposts});
        if (more) {
            const known = new Set(items.map((post) => post.id));
            const added = more.items.filter((post) => !known.has(post.id));
            this.panel.posts = {...more, items: [...items, ...added]};
            const count = added.length;
            this.status =
                count === 1
                    ? _t("1 more post is shown.")
                    : _t("%(count)s more posts are shown.", {count});
        }
    }

    async showReposts() {
        const posts = await this._readPosts({reposts: true});
        if (posts) {
            this.postsWithoutReposts = this.posts;
            this.panel.posts = posts;
            this._noteKept({reposts: true});
        }
    }

    // What costs nothing, as X was asked for it today, has no price

    get kept() {
        return isToday(this.keptAt) ? this.panel.kept : {};
    }

    get repostsPrice() {
        return this.kept.reposts ? 0 : this.panel.prices.reposts;
    }

    get morePostsPrice() {
        const {next_kept, read_at, reposts} = this.posts;
        const {prices} = this.panel;
        const price = reposts ? prices.reposts : prices.posts;
        return next_kept && isToday(read_at) ? 0 : price;
    }

    /** Of what was asked for last, once more. */
    get retriedPostsPrice() {
        const {next_token, reposts} = this.postsAsked;
        if (next_token) {
            return this.morePostsPrice;
        }
        return reposts ? this.repostsPrice : this.panel.prices.posts;
    }

    _noteKept(changes) {
        this.panel.kept = {...this.kept, ...changes};
        this.keptAt = DateTime.utc().toISO();
    }

    /** Costs nothing where the posts without reposts were shown before. */
    async hideReposts() {
        this.panel.posts =
            this.postsWithoutReposts ||
            (await this._readPosts({reposts: false})) ||
            this.posts;
    }

    /** What X was asked for last, once more. */
    readAgain() {
        return this.read(this.wasRefresh);
    }

    /** What X refused, once more. */
    async retryPosts() {
        const {next_token, reposts} = this.postsAsked;
        if (next_token) {
            await this.readMorePosts();
        } else if (reposts) {
            await this.showReposts();
        } else {
            await this.hideReposts();
        }
    }

    async _readPosts(asked) {
        if (this.busy.posts) {
            return false;
        }
        this.postsAsked = asked;
        const answer = await this._askX("posts", "twitter_posts", [], {
            ...asked,
            account_id: this.panel.acting,
        });
        return answer?.posts;
    }

    /** @returns {Promise<{post, problem}|undefined>} a quoted post, for who asks */
    async readPost(postId) {
        try {
            const account_id = this.panel.acting;
            const answer = await askAgain(
                () => this._call("twitter_post", [postId], {account_id}),
                () => !this.isStopped
            );
            if (answer.post) {
                this.quoted[postId] = answer.post;
            }
            return answer;
        } catch (error) {
            this.error = sentenceOf(error);
        }
    }

    /** Change the posts that are shown, or would be; `change` returns false to drop. */
    _changePosts(change) {
        const changed = (posts) =>
            posts && {...posts, items: posts.items.map(change).filter(Boolean)};
        this.panel.posts = changed(this.panel.posts);
        this.postsWithoutReposts = changed(this.postsWithoutReposts);
        for (const [id, post] of Object.entries(this.quoted)) {
            this.quoted[id] = change(post);
        }
    }
}
