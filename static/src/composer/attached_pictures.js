import {Component, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ACCEPTED, LONGEST_ALT} from "./pictures";

/** The pictures that go with a post, each with its alternative text. */
export class AttachedPictures extends Component {
    static template = "crm_twitter.AttachedPictures";
    static props = {
        /** a Pictures */
        pictures: Object,
        canAdd: Boolean,
        isDisabled: Boolean,
        onAdd: Function,
        onRemove: Function,
        onDescribed: Function,
    };

    setup() {
        this.input = useRef("input");
        this.accepted = ACCEPTED;
        this.longest = LONGEST_ALT;
    }

    get missed() {
        const names = this.props.pictures.missed.map(({name}) => name).join(", ");
        return (
            names &&
            _t("Pictures are not kept with a draft. Choose them again: %(names)s", {
                names,
            })
        );
    }

    removeLabel({name}) {
        return _t("Remove %(name)s", {name});
    }

    altLabel({name}) {
        return _t("Description of %(name)s, for who cannot see it", {name});
    }

    onDescribe(item, alt) {
        item.alt = alt;
        this.props.onDescribed();
    }

    async onChosen(ev) {
        const files = [...ev.target.files];
        // The same file again is a choice, too.
        ev.target.value = "";
        await this.props.onAdd(files);
    }
}
