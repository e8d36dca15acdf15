import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Age} from "../age/age";
import {Price} from "../price/price";
import {Problem} from "../problem/problem";
import {Candidate} from "./candidate";
import {HandleEntry} from "./handle_entry";

const USERNAME_QUESTIONS = {
    lead: _t("Do you know the lead's X username?"),
    opportunity: _t("Do you know the opportunity's X username?"),
    contact: _t("Do you know the contact's X username?"),
};

/** Finding the person on X: by name, or by a username that is known. */
export class Candidates extends Component {
    static template = "crm_twitter.Candidates";
    static components = {Age, Candidate, HandleEntry, Price, Problem};
    static props = {
        model: Object,
        onStep: Function,
        /** moves the focus to where the panel begins */
        onFocusStart: Function,
    };

    setup() {
        this.model = useState(this.props.model);
        this.root = useRef("root");
        this.searchInput = useRef("search");
        this.lastHandle = "";
        const {record} = this.model;
        this.state = useState({
            query: this.model.search?.query || record.person,
            isTyping: !record.person || Boolean(record.handle_problem),
            /** {handle, at}: who was last said not to be this person, and their place */
            rejected: null,
        });
        this.keepFocus();
    }

    /** Whoever is not this person goes, and the focus moves on to who is next. */
    keepFocus() {
        useEffect(
            (rejected) => {
                if (!rejected) {
                    return;
                }
                const {handle, at} = rejected;
                const cards = this.root.el.querySelectorAll("[data-rejectable]");
                const card = cards[Math.min(at, cards.length - 1)];
                if (!card) {
                    this.props.onFocusStart();
                } else if (card.dataset.rejectable === handle) {
                    card.querySelector(".o_crm_twitter_reject").focus();
                } else {
                    card.querySelector("a, input, button").focus();
                }
            },
            () => [this.state.rejected]
        );
    }

    get panel() {
        return this.model.panel;
    }

    get question() {
        return USERNAME_QUESTIONS[this.model.record.kind];
    }

    /** X takes Latin letters only: what it was asked for may not be what was typed. */
    get asked() {
        const {asked, query} = this.model.search;
        return asked && asked !== query && _t("X was asked for “%(asked)s”.", {asked});
    }

    get candidates() {
        const handle = this.model.profile?.handle;
        return this.model.search.candidates.filter((c) => c.handle !== handle);
    }

    get searchPrice() {
        return this.model.searchPrice(this.state.query);
    }

    /** Whose they are, where X was asked for another name since, in vain. */
    get foundFor() {
        const {query} = this.model.search;
        return _t("Found for “%(query)s”,", {query});
    }

    profileUrl({handle}) {
        return `${this.panel.site_url}/${handle}`;
    }

    onSearch() {
        const query = this.state.query.trim();
        if (query) {
            this.model.searchPeople(query);
        } else {
            this.searchInput.el.focus();
        }
    }

    async onReject(candidate) {
        const {handle} = candidate;
        const at = this.candidates.findIndex((c) => c.handle === handle);
        await this.model.reject(candidate);
        this.state.rejected = {handle, at};
    }

    onStep(kind, action) {
        if (action === "retry") {
            return kind === "search" ? this.onSearch() : this.retryLookUp();
        }
        if (action === "handle") {
            this.state.isTyping = true;
            // Where it is not there yet, it takes the focus by itself.
            this.root.el.querySelector("#o_crm_twitter_handle_input")?.focus();
            return;
        }
        return this.props.onStep(action);
    }

    onEnterHandle(handle) {
        this.lastHandle = handle;
        return this.model.lookUp(handle);
    }

    retryLookUp() {
        return this.model.lookUp(this.lastHandle);
    }
}
