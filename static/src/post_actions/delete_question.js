import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {formatPrice} from "../price/price";

/**
 * Ask before a post is deleted on X.
 *
 * @param {object} dialog the service
 * @param {number} price in US dollars, 0 where X charges nothing
 * @param {Function} onDelete called where the answer is yes
 */
export function askToDelete(dialog, price, onDelete) {
    const question = _t(
        "Delete this post on X? It goes for everybody, and cannot be brought back."
    );
    const charge =
        price &&
        _t("X charges your company %(price)s for it.", {price: formatPrice(price)});
    dialog.add(ConfirmationDialog, {
        title: _t("Delete on X"),
        body: [question, charge].filter(Boolean).join(" "),
        confirmLabel: _t("Delete"),
        confirm: () => {
            onDelete();
        },
        cancelLabel: _t("Keep"),
        cancel: () => true,
    });
}
