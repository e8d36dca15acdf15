import {
    Component,
    onPatched,
    onWillPatch,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {Problem} from "../problem/problem";
import {SafeLink} from "../safe_link/safe_link";
import {PendingLine} from "./pending_line";

/** What is not offered here: to click what was clicked is to try again. */
const REPEATED = ["retry", "wait"];

/**
 * What became of what was done on X from here: done, refused and why, or not settled.
 * It stays in sight, and takes the focus from nothing.
 */
export class ActingBar extends Component {
    static template = "crm_twitter.ActingBar";
    static components = {PendingLine, Problem, SafeLink};
    static props = {model: Object, onStep: Function, onFocusStart: Function};

    setup() {
        this.model = useState(this.props.model);
        this.root = useRef("root");
        useExternalListener(window, "focus", () => this.model.comeBack());
        useExternalListener(document, "visibilitychange", () => {
            if (document.visibilityState === "visible") {
                this.model.comeBack();
            }
        });
        this.keepFocus();
    }

    /** To try once more is to click what was clicked: its words are still there. */
    get problem() {
        const problem = this.model.problems.act || this.model.problems.photo;
        return (
            problem && {
                ...problem,
                action: REPEATED.includes(problem.action) ? "" : problem.action,
            }
        );
    }

    /** Where there is credit again, the ways to act are others. */
    onStep(action) {
        return action === "retry"
            ? this.model.setActing(this.model.panel.acting)
            : this.props.onStep(action);
    }

    /** A button that was pressed is gone with its line: on to the next line. */
    keepFocus() {
        let isInside = false;
        onWillPatch(() => {
            isInside = this.root.el.contains(document.activeElement);
        });
        onPatched(() => {
            if (!isInside || this.root.el.contains(document.activeElement)) {
                return;
            }
            const next = this.root.el.querySelector("button");
            if (next) {
                next.focus();
            } else {
                this.props.onFocusStart();
            }
        });
    }
}
