import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {formatPrice} from "../price/price";

/**
 * Ask before a single key has something done on X, where everybody may see it.
 *
 * @param {object} dialog the service
 * @param {object} model of the card
 * @param {string} kind repost or like
 * @param {Function} onClose
 */
export function askToAct(dialog, model, kind, onClose) {
    const {accounts, acting} = model.panel;
    const account = accounts.find(({id}) => id === acting);
    if (!account || model.isActing(kind, model.post.id)) {
        return;
    }
    const {handle} = account;
    const {price} = model.routeOf(kind, model.post);
    const isRepost = kind === "repost";
    const question = isRepost
        ? _t("Repost this as @%(handle)s?", {handle})
        : _t("Like this as @%(handle)s?", {handle});
    const charge =
        price &&
        _t("X charges your company %(price)s for it.", {price: formatPrice(price)});
    const props = {
        title: isRepost ? _t("Repost") : _t("Like"),
        body: [question, charge].filter(Boolean).join(" "),
        confirmLabel: isRepost ? _t("Repost") : _t("Like"),
        confirm: () => {
            model.actAtOnce(kind, model.post.id);
        },
        cancelLabel: _t("Cancel"),
        cancel: () => true,
    };
    dialog.add(ConfirmationDialog, props, {onClose});
}
