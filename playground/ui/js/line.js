// The line to the server: what is said while it is down, and what is asked once it is up again.
//
// What a visitor set is in his browser, but Streamlit drops whatever is said while the line is down
// or was silently dead before, and asks for nothing when it is up again, unless by luck.  It also
// covers the page with a dialog that speaks of servers and terminals.

import { stepAgain } from "./address.js";

/**
 * @typedef {object} Said
 * @property {string} words said while the line is down
 * @property {(name: string, value: unknown) => void} ask makes the page run with all that is set
 */

/** Where the player sees whether the line is down; there too it hears that it is up again. */
const LINE = Symbol.for("optimizer-playground-line");
const UP_AGAIN = "optimizer-playground-line-up";

const STATE = "data-test-connection-state";
const DIALOG = "[data-testid=stDialog]";
const BRIEF = 700; // milliseconds for which it may be down before that is worth a word

export class Line {
  /** @param {Window & Record<symbol, any>} view */
  constructor(view) {
    this.view = view;
    this.down = false;
    /** @type {Said | null} */
    this.said = null; // by the latest run
    /** @type {Map<string, () => void>} */
    this.waiting = new Map(); // what was told while it was down, by name
    this.note = view.document.createElement("div");
    this.note.className = "pgp-line-down";
    this.note.setAttribute("role", "status");
    this.spoken = 0;
    const app = view.document.querySelector(`[${STATE}]`);
    if (!app) return; // another Streamlit, which shows it in its own way
    app.append(this.note); // where it is as light or dark as all else
    const look = () => this.see(app.getAttribute(STATE) !== "CONNECTED");
    new MutationObserver(look).observe(app, { attributeFilter: [STATE] });
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) if (this.down) addedNodes.forEach(dismiss);
    }).observe(view.document.body, { childList: true });
  }

  /**
   * Tell the server, at once or when the line is up; of what has one name the last counts.
   * @param {string} name
   * @param {() => void} act
   */
  tell(name, act) {
    if (this.down) this.waiting.set(name, act);
    else act();
  }

  /** @param {boolean} down */
  see(down) {
    if (down === this.down) return;
    this.view.clearTimeout(this.spoken);
    if (!down) this.greet();
    else this.spoken = this.view.setTimeout(() => this.speak(this.said?.words ?? ""), BRIEF);
    this.down = down;
  }

  /** @param {string} words */
  speak(words) {
    this.note.textContent = words;
  }

  /**
   * It is up again.  Whatever was told on it and not answered is told anew, and before that a step
   * in the history is taken, or the page runs with all that is set.
   */
  greet() {
    this.speak("");
    this.view.dispatchEvent(new Event(UP_AGAIN)); // whoever still waits for an answer
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    if (!stepAgain(this.view)) this.said?.ask("again", true);
    for (const act of waiting) act();
  }
}

/** @param {Node} node */
function dismiss(node) {
  if (!(node instanceof Element)) return;
  const dialog = node.matches(DIALOG) ? node : node.querySelector(DIALOG);
  dialog?.querySelector("button")?.click();
}

/**
 * Watch the line of this window, and know what to say and do.
 * @param {Window & Record<symbol, any>} view
 * @param {Said} said
 */
export function watch(view, said) {
  view[LINE] ??= new Line(view);
  view[LINE].said = said;
}
