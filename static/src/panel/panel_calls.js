import {markRaw} from "@odoo/owl";
import {askAgain} from "./asking_again";
import {Latest} from "./latest";
import {sentenceOf} from "./server_error";

const NOT_LOGGED_IN = {not_connected: "none", reconnect: "reconnect"};

/**
 * The calls of one record's panel to our server, and how they stand: what is under way,
 * what X refused, what went wrong. Nothing of that is handled anywhere else.
 */
export class PanelCalls {
    constructor({orm, resModel, resId, onWritten}) {
        Object.assign(this, {resModel, resId, onWritten});
        this.orm = markRaw(orm);
        this.latest = markRaw(new Latest());
        /** by kind of question: is one under way, what did X refuse */
        this.busy = {};
        this.problems = {};
        this.error = "";
        /** what has just happened, for who listens rather than looks */
        this.status = "";
        /** whether nobody looks at it any more */
        this.isStopped = false;
    }

    /** Somebody says that there is credit again: the next call goes out to X. */
    tryNow() {
        return this.orm.call("twitter.limit", "try_now");
    }

    _call(method, args = [], kwargs = {}) {
        return this.orm.call(this.resModel, method, [[this.resId], ...args], kwargs);
    }

    /** Ask the server; a late answer never arrives, an error becomes `this.error`. */
    _ask(kind, method, args, kwargs) {
        return this._expect(kind, () => this._call(method, args, kwargs));
    }

    async _expect(kind, ask) {
        this.busy[kind] = true;
        this.error = "";
        this.status = "";
        let answer = null;
        try {
            answer = await this.latest.add(kind, ask());
        } catch (error) {
            this.error = sentenceOf(error);
            this.status = "";
        }
        this.busy[kind] = false;
        return answer;
    }

    /** Drop the questions of some kinds that are under way: they do not matter any more. */
    _drop(kinds) {
        this.latest.drop(kinds);
        for (const kind of kinds) {
            this.busy[kind] = false;
        }
    }

    /**
     * Read something of X by the server, which is asked again where many wait for X, as
     * long as somebody wants it; what X refused becomes `this.problems[kind]`, the only
     * problem shown: what X refused before was often refused for the same reason.
     */
    async _askX(kind, method, args, kwargs, isStillWanted = () => true) {
        this.problems = {};
        const isLast = this.latest.begin(kind);
        const isWanted = () => !this.isStopped && isLast() && isStillWanted();
        const answer = await this._expect(kind, () =>
            askAgain(() => this._call(method, args, kwargs), isWanted)
        );
        if (answer?.problem) {
            this._showProblem(kind, answer.problem);
        }
        return answer;
    }

    _showProblem(kind, problem) {
        this.status = "";
        if (problem.code in NOT_LOGGED_IN && !this.isCompanyActing) {
            // Said where one logs in again.
            this.problems = {};
            this.loseConnection(NOT_LOGGED_IN[problem.code]);
        } else {
            this.problems = {[kind]: problem};
        }
    }

    /**
     * One write at a time: a double click is one. Unless it `keepsQuestions`, answers
     * about what is shown now do not matter any more.
     */
    async _write(method, args, kwargs, {keepsQuestions = false} = {}) {
        if (this.busy.write) {
            return null;
        }
        if (!keepsQuestions) {
            this.latest.drop();
            this.busy = {};
        }
        const answer = await this._ask("write", method, args, kwargs);
        if (answer) {
            this.onWritten?.();
        }
        return answer;
    }
}
