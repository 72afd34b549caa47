// One row: which parameter of something is turned, and its knob.

/**
 * @import { KnobHooks } from "./knob.js"
 * @import { Turned } from "./payload.js"
 */

import { Knob } from "./knob.js";
import { tr } from "./language.js";
import { html } from "./nodes.js";

export class TurnRow {
  /** @param {KnobHooks} hooks */
  constructor(hooks) {
    this.hooks = hooks;
    /** @type {Turned | null} */
    this.of = null;
    /** @type {(knob: Knob) => boolean} */
    this.held = () => false;
    /** @type {Knob | null} */
    this.knob = null;
    this.box = html("div", { class: "pgp-turn" });
    this.which = html("select", { class: "pgp-which" });
    this.which.addEventListener("change", () => this.turn());
  }

  /**
   * Show what can be turned; without anything the row is taken away by who has placed it.
   * @param {Turned} of
   * @param {(knob: Knob) => boolean} held
   * @returns {boolean} whether there is anything
   */
  show(of, held) {
    this.of = of;
    this.held = held;
    this.choices();
    return this.turn();
  }

  /** The parameters that the knob can turn. */
  choices() {
    const { knobs = [] } = this.of ?? {};
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

  /** Show the knob of the chosen parameter. */
  turn() {
    const { of, which } = this;
    const facts = of?.knobs.find(({ param }) => param === which.value) ?? of?.knobs[0];
    if (!of || !facts) {
      this.knob = null;
      return false;
    }
    if (this.knob?.slot !== of.slot) {
      this.box.replaceChildren(which);
      this.knob = new Knob(this.box, of.slot, this.hooks);
    }
    which.setAttribute("aria-label", tr("Which parameter of {} is turned", of.name));
    this.knob.show(facts, of.name, this.held(this.knob));
    return true;
  }
}
