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

    /** Unless the profile says the same in its note. */
    get readProblem() {
        const problem = this.model.problems.read;
        return problem && problem.message !== this.model.profile.note && problem;
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

    onDisassociate() {
        const {handle} = this.model.profile;
        this.dialog.add(ConfirmationDialog, {
            title: _t("Disassociate"),
            body: _t(
                "Disassociate @%(handle)s from %(name)s? The handle is cleared, and what was read about it goes when no other record is linked to it.",
                {handle, name: this.model.record.name}
            ),
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
        close = this.notification.add(
            _t("@%(handle)s is no longer associated.", undo),
            {
                type: "info",
                autocloseDelay: UNDO_FOR,
                buttons: [{name: _t("Undo"), onClick}],
            }
        );
    }
}
