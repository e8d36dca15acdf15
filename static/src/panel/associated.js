import {Component, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {Keeping} from "../keeping/keeping";
import {People} from "../people/people";
import {PostList} from "../post_list/post_list";
import {Price} from "../price/price";
import {Problem} from "../problem/problem";
import {ProfileActions} from "../profile_actions/profile_actions";
import {ProfileCard} from "../profile_card/profile_card";
import {ReachedOut} from "../reached_out/reached_out";

const UNDO_FOR = 20 * 1000;
/** Refusals that a suspended account's, or a lost one's, profile says in words. */
const ABSENCES = ["suspended", "gone", "not_found", "account_gone"];

/** What a disassociation has done, by what it can be undone with. */
export function sentenceOfUndo({handle, hadPhoto}) {
    return hadPhoto
        ? _t(
              "@%(handle)s is no longer associated, and the photo from X has left the contact.",
              {handle}
          )
        : _t("@%(handle)s is no longer associated.", {handle});
}

/** Who is associated: the profile, what can be done with it, and the posts. */
export class Associated extends Component {
    static template = "crm_twitter.Associated";
    static components = {
        Keeping,
        People,
        PostList,
        Price,
        Problem,
        ProfileActions,
        ProfileCard,
        ReachedOut,
    };
    static props = {
        model: Object,
        onStep: Function,
        onOpenRecord: Function,
    };

    setup() {
        this.dialog = useService("dialog");
        // Not the component's own: the profile is gone when there is something to undo.
        this.notification = this.env.services.notification;
        this.model = useState(this.props.model);
    }

    get panel() {
        return this.model.panel;
    }

    /** Unless the profile says the same, in its note or its badge. */
    get readProblem() {
        const problem = this.model.problems.read;
        const isSaid =
            problem?.message === this.model.profile.note ||
            (this.model.isAbsent && ABSENCES.includes(problem?.code));
        return problem && !isSaid && problem;
    }

    get readPrice() {
        return this.panel.prices.open;
    }

    get prices() {
        return {
            quoted: this.panel.prices.quoted,
            reposts: this.model.repostsPrice,
            more: this.model.morePostsPrice,
        };
    }

    recordUrl({model, id}) {
        return `/odoo/${model}/${id}`;
    }

    onReposts(areShown) {
        return areShown ? this.model.showReposts() : this.model.hideReposts();
    }

    onPostsStep(action) {
        return action === "retry" ? this.model.retryPosts() : this.props.onStep(action);
    }

    get disassociateQuestion() {
        const {handle} = this.model.profile;
        const question = _t(
            "Disassociate @%(handle)s from %(name)s? The handle is cleared, and what was read about it goes when no other record is linked to it.",
            {handle, name: this.model.record.name}
        );
        return this.model.usedPhoto
            ? `${question} ${_t("The photo from X leaves the contact as well.")}`
            : question;
    }

    onDisassociate() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Disassociate"),
            body: this.disassociateQuestion,
            confirmLabel: _t("Disassociate"),
            confirm: () => this.disassociate(),
            cancelLabel: _t("Keep"),
            cancel: () => true,
        });
    }

    async disassociate() {
        const undo = await this.model.disassociate();
        if (!undo) {
            return;
        }
        let close = null;
        const onClick = () => {
            close();
            this.model.undoDisassociation(undo);
        };
        close = this.notification.add(sentenceOfUndo(undo), {
            type: "info",
            autocloseDelay: UNDO_FOR,
            buttons: [{name: _t("Undo"), onClick}],
        });
    }
}
