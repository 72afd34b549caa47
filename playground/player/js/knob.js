// A knob: a native slider over the positions of a parameter, a number box for exact values, and a
// track painted with what happens at each position.

/**
 * @import { Fan } from "./fan.js"
 * @import { KnobFacts } from "./payload.js"
 *
 * @typedef {object} KnobHooks
 * @property {(knob: Knob) => void} touch it is pointed at, focused or pressed
 * @property {(knob: Knob, value: number) => void} turn it is being turned
 * @property {(knob: Knob, value: number) => void} set it was let go
 * @property {(knob: Knob) => void} all its positions are to be seen at once, or no longer, or others
 */

import { tr } from "./language.js";
import { fill, html } from "./nodes.js";
import { nearest, positions, share } from "./positions.js";
import { say } from "./words.js";

const KEYS_REST = 250; // milliseconds after the last key, after which a value is taken as chosen

export class Knob {
  /**
   * @param {HTMLElement} parent
   * @param {string} slot of the runner
   * @param {KnobHooks} hooks
   */
  constructor(parent, slot, hooks) {
    this.slot = slot;
    this.hooks = hooks;
    /** @type {KnobFacts | null} */
    this.facts = null;
    /** @type {Fan | null} */
    this.fan = null;
    /** @type {number[]} */
    this.values = [];
    this.pressed = false;
    this.typing = false; // what is being typed is not overwritten
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    this.box = html("div", { class: "pgp-knob", "data-runner": slot }, parent);
    this.slider = html("span", { class: "pgp-knob-slider" }, this.box);
    this.track = html("span", { class: "pgp-knob-track", "aria-hidden": "true" }, this.slider);
    this.range = html("input", { type: "range", min: 0, step: 1 }, this.slider);
    this.ticks = html("span", { class: "pgp-knob-ticks" }, this.slider);
    this.every = html("button", { type: "button", class: "pgp-every", text: "≋" }, this.box);
    this.all = false; // its positions are to be seen at once
    this.number = html("input", { type: "number", step: "any" }, this.box);
    this.listen();
  }

  /**
   * The parameter it turns, and the value it stands at unless a hand is on it.
   * @param {KnobFacts} facts
   * @param {string} name of the runner
   * @param {boolean} held a hand is on it, or its last choice is on its way
   */
  show(facts, name, held) {
    const other = this.facts?.param !== facts.param;
    this.facts = facts;
    this.box.dataset.param = facts.param;
    if (this.fan?.id !== facts.fan) this.blank();
    if (!this.fan) this.values = positions(facts);
    this.range.max = String(this.values.length - 1);
    this.range.setAttribute("aria-label", tr("{} of {}", facts.label, name));
    this.number.setAttribute("aria-label", tr("{} of {}, exactly", facts.label, name));
    this.every.hidden = !facts.fan;
    const every = tr("Every {} of {} at once", facts.label, name);
    fill(this.every, { title: every, "aria-label": every, "aria-pressed": this.all });
    if (other || !held) this.stand(facts.value);
  }

  /**
   * See all its positions at once, or no longer.
   * @param {boolean} all
   */
  widen(all) {
    this.all = all;
    fill(this.every, { "aria-pressed": all });
    if (all) this.hooks.touch(this);
    this.hooks.all(this);
  }

  /** What its positions bring is not known yet. */
  blank() {
    this.fan = null;
    this.track.style.background = "";
    this.ticks.replaceChildren();
    if (this.all) this.widen(true); // by those of another fan, once it has come
  }

  /**
   * The fan of this knob has come: its positions, its track, its names.
   * @param {Fan} fan
   */
  spread(fan) {
    if (fan.id !== this.facts?.fan || fan === this.fan) return;
    this.fan = fan;
    this.values = fan.values;
    this.track.style.background = painted(fan.endings.map((ending) => ending.colour));
    this.ticks.replaceChildren();
    for (const [value, label] of fan.ticks) this.tick(value, label);
    if (this.all) this.hooks.all(this);
    this.tell();
  }

  /**
   * @param {number} value
   * @param {string} label
   */
  tick(value, label) {
    const place = share(this.values, value);
    if (place < 0 || place > 1) return;
    const words = `${label}: ${say(value)}`;
    const look = { type: "button", class: "pgp-knob-tick", title: words, "aria-label": words };
    const button = html("button", { ...look, tabindex: -1 }, this.ticks);
    button.style.insetInlineStart = `${(100 * place).toFixed(2)}%`;
    button.addEventListener("click", () => this.choose(value));
  }

  /**
   * Stand at a value that need not be a position.
   * @param {number} value
   */
  stand(value) {
    this.value = value;
    this.range.value = String(nearest(this.values, value));
    if (!this.typing) this.number.value = written(value);
    this.tell();
  }

  /** What those hear who do not see the track. */
  tell() {
    const ending = this.fan?.endings[Number(this.range.value)];
    const words = [say(this.value), ending?.noun].filter(Boolean).join(", ");
    this.range.setAttribute("aria-valuetext", words);
  }

  /**
   * What the colour under the pointer means.
   * @param {number} x pixels from the left end of the track
   */
  name(x) {
    const last = this.values.length - 1;
    const place = Math.round((x / Math.max(this.range.clientWidth, 1)) * last);
    const at = Math.min(Math.max(place, 0), last);
    const noun = this.fan?.endings[at]?.noun;
    this.range.title = noun ? `${this.facts?.symbol} = ${say(this.values[at])}: ${noun}` : "";
  }

  /** @param {number} value */
  choose(value) {
    clearTimeout(this.resting); // what keys chose before it comes no later
    this.stand(value);
    this.hooks.turn(this, value);
    this.hooks.set(this, value);
  }

  listen() {
    const { range, number, box } = this;
    for (const sign of ["pointerenter", "focusin", "touchstart"]) {
      box.addEventListener(sign, () => this.hooks.touch(this), { passive: true });
    }
    this.every.addEventListener("click", () => this.widen(!this.all));
    range.addEventListener("pointermove", ({ offsetX }) => this.name(offsetX), { passive: true });
    range.addEventListener("pointerdown", () => (this.pressed = true));
    for (const end of ["pointerup", "pointercancel"]) {
      range.addEventListener(end, () => setTimeout(() => (this.pressed = false))); // its change is next
    }
    range.addEventListener("input", () => {
      this.value = this.values[Number(range.value)];
      number.value = written(this.value);
      this.tell();
      this.hooks.turn(this, this.value);
      clearTimeout(this.resting);
    });
    range.addEventListener("change", () => {
      clearTimeout(this.resting); // keys change it again and again: the last one counts
      const wait = this.pressed ? 0 : KEYS_REST;
      this.pressed = false;
      this.resting = setTimeout(() => this.hooks.set(this, this.values[Number(range.value)]), wait);
    });
    number.addEventListener("input", () => {
      this.typing = true;
      number.setCustomValidity("");
    });
    number.addEventListener("change", () => this.type());
  }

  /** A typed value is taken where it is allowed, and refused in words where it is not. */
  type() {
    const { facts, number } = this;
    this.typing = false;
    if (!facts) return;
    const value = number.valueAsNumber;
    const [low, high, first, last] = facts.valid;
    const above = low === null || value > low || (first && value === low);
    const below = high === null || value < high || (last && value === high);
    if (Number.isFinite(value) && above && below) {
      this.choose(value);
      return;
    }
    number.setCustomValidity(tr("It must be {}.", facts.allowed));
    number.reportValidity();
  }
}

/**
 * A value as a number box holds it.
 * @param {number} value
 */
const written = (value) => String(Number(value.toPrecision(12)));

/**
 * The colours of the positions as a CSS background, each over its own stretch.
 * @param {string[]} colours
 */
function painted(colours) {
  const last = Math.max(colours.length - 1, 1);
  const stops = [];
  for (let i = 0, from = 0; i < colours.length; i++) {
    if (colours[i + 1] === colours[i]) continue;
    const [a, b] = [from, i].map((place, end) => (100 * (place + (end ? 0.5 : -0.5))) / last);
    stops.push(`${colours[i]} ${Math.max(a, 0).toFixed(2)}% ${Math.min(b, 100).toFixed(2)}%`);
    from = i + 1;
  }
  return `linear-gradient(to right, ${stops.join(", ")})`;
}
