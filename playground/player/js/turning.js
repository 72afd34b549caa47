// Turning a knob: what is shown meanwhile, and what Python is told.

/**
 * @import { Fan, Lane } from "./fan.js"
 * @import { Fans } from "./fans.js"
 * @import { Knob, KnobHooks } from "./knob.js"
 * @import { Scene } from "./payload.js"
 *
 * @typedef {[slot: string, param: string, value: number]} Turn
 *
 * @typedef {object} TurningHooks
 * @property {(slot: string) => void} begin a hand begins to turn a knob of this runner
 * @property {(slot: string, lane: Lane) => void} preview its run is this for the time being
 * @property {(turn: Turn) => void} deliver Python is told
 * @property {() => void} back what was turned last will not be answered
 * @property {() => Knob[]} knobs that are on the page
 * @property {(fan: Fan | null) => void} spread all lanes of a fan are shown beside the runs, or none
 */

import { Post } from "./post.js";

const EAGER = 400; // milliseconds of rest after which the tracks are painted without being touched,
const LATER = 2500; // and where no hand is near

export class Turning {
  /**
   * @param {HTMLElement} root of the player
   * @param {Fans} fans
   * @param {TurningHooks} hooks
   */
  constructor(root, fans, hooks) {
    this.root = root;
    this.fans = fans;
    this.hooks = hooks;
    /** @type {Post<Turn>} */
    this.post = new Post(hooks.deliver, 4000, () => {
      this.previews = false;
      hooks.back();
    });
    /** @type {Knob | null} */
    this.knob = null; // that was turned last
    /** @type {Knob | null} */
    this.wide = null; // whose positions are all seen at once
    this.opened = false; // the first scene has rested
    this.previews = false; // what is shown is a lane of a fan
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.idle = undefined;
    /** @param {Fan} fan */
    this.told = (fan) => this.paint(fan.id);
    fans.listeners.add(this.told);
    this.near = () => this.settle();
    root.addEventListener("pointerenter", this.near);
  }

  destroy() {
    clearTimeout(this.idle);
    this.post.close();
    this.fans.listeners.delete(this.told);
    this.root.removeEventListener("pointerenter", this.near);
  }

  get busy() {
    return this.post.dragging || this.post.expected !== null;
  }

  /**
   * Whether a hand is on a knob, or its last choice on its way.
   * @param {Knob} knob
   */
  held(knob) {
    return this.busy && knob === this.knob;
  }

  /**
   * It is pointed at or focused: its fan shall be there when it is turned.
   * @param {Knob} knob
   */
  touch(knob) {
    this.fans.ask(...wantedBy(knob));
  }

  /**
   * Show the run of a position; without its fan, Python answers as fast as it can.
   * @param {Knob} knob
   * @param {number} value
   */
  turn(knob, value) {
    if (!knob.facts) return;
    if (!this.post.dragging) this.hooks.begin(knob.slot);
    this.knob = knob;
    this.touch(knob);
    const fan = this.fans.get(knob.facts.fan);
    const place = fan ? fan.values.indexOf(value) : -1;
    if (!fan || place < 0) {
      this.post.drag([knob.slot, knob.facts.param, value]);
      return;
    }
    this.post.hold();
    this.previews = true;
    this.hooks.preview(knob.slot, fan.lane(place));
  }

  /**
   * It was let go: Python confirms with the whole run.
   * @param {Knob} knob
   * @param {number} value
   */
  set(knob, value) {
    if (knob.facts) this.post.drop([knob.slot, knob.facts.param, value]);
  }

  /**
   * Whether a scene must wait, because a hand, or its last choice, is ahead of it.
   * @param {Scene} scene
   */
  holds(scene) {
    this.post.landed();
    this.post.answers(([slot, param, value]) =>
      [scene.dials, ...scene.tracks].some(
        (turned) =>
          turned.slot === slot &&
          turned.knobs.some((knob) => knob.param === param && knob.value === value),
      ),
    );
    const wait = this.busy && this.previews;
    if (!wait) this.previews = false;
    return wait;
  }

  /**
   * The knobs of a new scene are there: give them the fans that have come.  Once the page rests
   * the others are asked for, that of the hand first, so that a track is painted before it is
   * touched: soon when the page opens or the hand is near, else late, since a fan costs Python as
   * much as the change did.
   */
  settle() {
    this.paint();
    if (this.wide && !this.hooks.knobs().includes(this.wide)) this.all(null); // it is gone
    clearTimeout(this.idle);
    const soon = !this.opened || this.root.matches(":hover, :focus-within");
    this.idle = setTimeout(() => this.prepare(), soon ? EAGER : LATER);
  }

  prepare() {
    if (this.busy) {
      this.settle(); // its answers come first
      return;
    }
    const knobs = this.hooks.knobs();
    const own = knobs.find((knob) => knob === this.knob) ?? knobs[0];
    const others = knobs.filter((knob) => knob !== own).reverse();
    this.fans.ask(...[...others, ...(own ? [own] : [])].flatMap(wantedBy));
    this.opened = true;
  }

  /**
   * All positions of a knob are to be seen at once, or no longer; of one knob at a time.
   * @param {Knob | null} knob
   */
  all(knob) {
    const before = this.wide;
    if (knob && !knob.all && knob !== before) return;
    this.wide = knob?.all ? knob : null;
    if (before && before !== knob) before.widen(false);
    this.hooks.spread(this.wide?.fan ?? null);
  }

  /** @param {string} id of the fan that has come, or any */
  paint(id = "") {
    for (const knob of this.hooks.knobs()) {
      const fan = knob.facts && this.fans.get(knob.facts.fan);
      if (fan && (!id || fan.id === id)) knob.spread(fan);
    }
  }
}

/**
 * The fan of a knob, if it has one.
 * @param {Knob} knob
 */
function wantedBy({ facts, slot }) {
  return facts?.fan ? [{ id: facts.fan, slot, param: facts.param }] : [];
}

/**
 * What knobs report, as it is turned to account.
 * @param {Turning} turning
 * @returns {KnobHooks}
 */
export const handsOf = (turning) => ({
  touch: (knob) => turning.touch(knob),
  turn: (knob, value) => turning.turn(knob, value),
  set: (knob, value) => turning.set(knob, value),
  all: (knob) => turning.all(knob),
});
