import {Deferred, KeepLast} from "@web/core/utils/concurrency";

/**
 * For each kind of question, only the answer to the last one asked counts: an answer
 * that comes late, about what is no longer shown, is dropped.
 */
export class Latest {
    constructor() {
        this.keepLasts = {};
        /** how many questions of each kind were asked, or forgotten */
        this.counts = {};
    }

    /** @returns {Function} whether the question of its kind that begins now still counts */
    begin(kind) {
        const count = this._count(kind);
        return () => this.counts[kind] === count;
    }

    /** @returns {Promise} that settles only if `promise` is still the last of its kind */
    add(kind, promise) {
        this.keepLasts[kind] ||= new KeepLast();
        return this.keepLasts[kind].add(promise);
    }

    /** Forget the questions under way, all or those of one kind. */
    drop(kinds = Object.keys(this.keepLasts)) {
        for (const kind of kinds) {
            this._count(kind);
            this.keepLasts[kind]?.add(new Deferred());
        }
    }

    _count(kind) {
        this.counts[kind] = (this.counts[kind] || 0) + 1;
        return this.counts[kind];
    }
}
