// The card of a track: a chip with its name and value, its knob, its verdict.

/**
 * @import { Knob, KnobHooks } from "./knob.js"
 * @import { LegendHooks } from "./legend.js"
 * @import { Ending, Track } from "./payload.js"
 */

import { tr } from "./language.js";
import { fill, html, svg } from "./nodes.js";
import { strokeDash } from "./theme.js";
import { TurnRow } from "./turnrow.js";

export class Card {
  /**
   * @param {HTMLElement} parent
   * @param {number} index of the track
   * @param {LegendHooks & KnobHooks} hooks
   */
  constructor(parent, index, hooks) {
    this.hooks = hooks;
    /** @type {Track | null} */
    this.track = null;
    this.box = html("div", { class: "pgp-card" }, parent);
    this.head = html("div", { class: "pgp-head-row" }, this.box);
    this.chip = html("button", { type: "button", class: "pgp-chip" }, this.head);
    const view = { viewBox: "0 0 28 10", class: "pgp-sample", "aria-hidden": "true" };
    this.sample = svg("path", { d: "M1 5h26" }, svg("svg", view, this.chip));
    this.name = html("span", { class: "pgp-name" }, this.chip);
    this.note = html("span", { class: "pgp-note" }, this.chip);
    this.row = new TurnRow(hooks);
    this.foot = html("div", { class: "pgp-foot-row" }, this.box);
    this.verdict = html("span", { class: "pgp-verdict" });
    this.value = html("span", { class: "pgp-value" }, this.foot);
    this.chip.addEventListener("click", () => hooks.chip(index));
    for (const enter of ["pointerenter", "focusin"]) {
      this.box.addEventListener(enter, () => hooks.hover(index));
    }
    for (const leave of ["pointerleave", "focusout"]) {
      this.box.addEventListener(leave, () => hooks.hover(null));
    }
  }

  /**
   * @param {Track} track
   * @param {boolean} on it is not hidden
   * @param {(knob: Knob) => boolean} held
   */
  show(track, on, held) {
    const { color, dash, ghost, name, short, note, ending, slot } = track;
    this.track = track;
    const title = on ? tr("Click to hide") : tr("Click to show");
    fill(this.chip, { "aria-pressed": on, title });
    const stroke = { stroke: color, opacity: ghost ? 0.6 : 1 };
    fill(this.sample, { ...stroke, "stroke-dasharray": ghost ? "5 4" : strokeDash(dash) });
    this.name.textContent = short || name;
    this.name.title = name;
    this.note.textContent = note;
    this.note.hidden = !note || ending !== null; // the verdict says it
    this.value.hidden = ghost;
    this.box.style.setProperty("--pgp-runner", color);
    this.judge(ending, slot);
    if (!this.row.show(track, held)) this.row.box.remove();
    else if (!this.row.box.parentNode) this.head.after(this.row.box);
  }

  get knob() {
    return this.row.knob;
  }

  /**
   * The verdict in one line.
   * @param {Ending | null} ending
   * @param {string} slot
   */
  judge(ending, slot = this.track?.slot ?? "") {
    if (!ending) {
      this.verdict.remove();
      return;
    }
    if (!this.verdict.parentNode) this.foot.prepend(this.verdict);
    this.verdict.dataset.runner = slot;
    this.verdict.replaceChildren();
    const badge = html("span", { class: "pgp-badge", text: ending.noun }, this.verdict);
    badge.style.setProperty("--pgp-badge", ending.colour);
    html("span", { text: ending.words }, this.verdict);
  }
}
