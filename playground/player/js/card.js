// The card of a track: a chip with its name and value, its knob, its verdict.

/**
 * @import { Knob as KnobType, KnobHooks } from "./knob.js"
 * @import { LegendHooks } from "./legend.js"
 * @import { Ending, Track } from "./payload.js"
 */

import { Knob } from "./knob.js";
import { fill, html, svg } from "./nodes.js";
import { strokeDash } from "./theme.js";

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
    /** @type {((knob: KnobType) => boolean) | undefined} */
    this.held = undefined;
    this.box = html("div", { class: "pgp-card" }, parent);
    this.head = html("div", { class: "pgp-head-row" }, this.box);
    this.chip = html("button", { type: "button", class: "pgp-chip" }, this.head);
    const view = { viewBox: "0 0 28 10", class: "pgp-sample", "aria-hidden": "true" };
    this.sample = svg("path", { d: "M1 5h26" }, svg("svg", view, this.chip));
    this.name = html("span", { class: "pgp-name" }, this.chip);
    this.note = html("span", { class: "pgp-note" }, this.chip);
    /** @type {KnobType | null} */
    this.knob = null;
    this.which = html("select", { class: "pgp-which" });
    this.which.addEventListener("change", () => this.turn());
    this.row = html("div", { class: "pgp-turn" });
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
   * @param {(knob: KnobType) => boolean} held
   */
  show(track, on, held) {
    const { color, dash, ghost, name, short, note, ending, slot } = track;
    this.track = track;
    this.held = held;
    fill(this.chip, { "aria-pressed": on, title: on ? "Click to hide" : "Click to show" });
    const stroke = { stroke: color, opacity: ghost ? 0.6 : 1 };
    fill(this.sample, { ...stroke, "stroke-dasharray": ghost ? "5 4" : strokeDash(dash) });
    this.name.textContent = short || name;
    this.name.title = name;
    this.note.textContent = note;
    this.note.hidden = !note || ending !== null; // the verdict says it
    this.value.hidden = ghost;
    this.box.style.setProperty("--pgp-runner", color);
    this.judge(ending, slot);
    this.choices();
    this.turn();
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

  /** The parameters that the knob can turn. */
  choices() {
    const { knobs = [] } = this.track ?? {};
    const names = knobs.map((facts) => facts.param).join();
    if (this.which.dataset.of === names) return;
    this.which.dataset.of = names;
    this.which.replaceChildren();
    for (const { param, symbol, label } of knobs) {
      const text = `${symbol}\u2003\u2003${label}`; // closed, there is room for the symbol
      html("option", { value: param, text }, this.which);
    }
    this.which.disabled = knobs.length < 2;
  }

  /** Show the knob of the chosen parameter; none where the track has none. */
  turn() {
    const track = this.track;
    const facts = track?.knobs.find(({ param }) => param === this.which.value) ?? track?.knobs[0];
    if (!track || !facts) {
      this.row.remove();
      this.knob = null;
      return;
    }
    if (!this.row.parentNode) this.head.after(this.row);
    if (this.knob?.slot !== track.slot) {
      this.row.replaceChildren(this.which);
      this.knob = new Knob(this.row, track.slot, this.hooks);
    }
    this.which.setAttribute("aria-label", `Which parameter of ${track.name} is turned`);
    this.knob.show(facts, track.name, this.held?.(this.knob) ?? false);
  }
}
