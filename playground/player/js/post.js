// What a hand chooses, on its way to Python: a start, the value of a knob, or a step.

import { UP_AGAIN, lineDown } from "./online.js";

/** Where the one who writes the address sees whether it is still the same hand that changes
 *  something: all that a drag brings is one step of the browser's history. */
const HAND = Symbol.for("optimizer-playground-hand");
const page = /** @type {Record<symbol, object | null>} */ (/** @type {unknown} */ (globalThis));

const LATE = 1000; // milliseconds in which the last address of a drag comes after its picture

/**
 * At most one choice of a drag is on its way at a time; of those that come meanwhile only the newest
 * is kept, and the last one, when the pointer is released, always goes; where the line to the server
 * broke before it was answered, it goes again.
 * @template T
 */
export class Post {
  /**
   * @param {(choice: T) => void} deliver
   * @param {number} patience milliseconds after which the answer to a choice is a scene like others
   * @param {() => void} [lost] the last choice will not be answered
   */
  constructor(deliver, patience, lost) {
    this.deliver = deliver;
    this.patience = patience;
    this.lost = lost;
    this.busy = false;
    this.dragging = false;
    /** @type {object | null} */
    this.hand = null; // as the address sees it, of what may get lost: the others change nothing
    /** @type {T | null} */
    this.waiting = null;
    /** @type {T | null} */
    this.expected = null; // the choice whose run is to be shown when it comes
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.tired = undefined;
    this.leave = () => this.forget(); // by Back or Forward: what was on its way is left behind
    this.again = () => this.expected !== null && this.send(this.expected);
  }

  /** A hand begins to choose, unless it is at it. */
  begin() {
    if (this.lost && !this.dragging) page[HAND] = this.hand = {};
  }

  /** @param {T} choice */
  drag(choice) {
    this.begin();
    this.dragging = true;
    this.expected = null;
    if (this.busy) this.waiting = choice;
    else this.send(choice);
  }

  /** A hand drags, and need not be answered. */
  hold() {
    this.begin();
    this.dragging = true;
    this.expected = null;
    this.waiting = null;
  }

  /** @param {T} choice */
  drop(choice) {
    this.begin();
    this.dragging = false;
    this.waiting = null;
    this.expected = choice;
    this.wait();
    if (this.lost) addEventListener("popstate", this.leave);
    addEventListener(UP_AGAIN, this.again);
    this.send(choice);
  }

  /** For the answer, however long the line is down. */
  wait() {
    clearTimeout(this.tired);
    this.tired = setTimeout(() => (lineDown() ? this.wait() : this.forget()), this.patience);
  }

  /** @param {T} choice */
  send(choice) {
    this.busy = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.landed(), 700); // a page that ignores it answers nothing
    this.deliver(choice);
  }

  /** An answer came from Python. */
  landed() {
    clearTimeout(this.timer);
    this.busy = false;
    const { waiting } = this;
    this.waiting = null;
    if (waiting) this.send(waiting);
  }

  /** The answer to the last choice is waited for no longer. */
  forget() {
    const lost = this.expected !== null;
    this.close();
    if (lost) this.lost?.();
  }

  close() {
    this.expected = null;
    const { hand } = this;
    if (hand) setTimeout(() => page[HAND] === hand && (page[HAND] = null), LATE);
    clearTimeout(this.tired);
    removeEventListener("popstate", this.leave);
    removeEventListener(UP_AGAIN, this.again);
  }

  /**
   * Whether what came is what the last choice asked for.
   * @param {(expected: T) => boolean} same
   */
  answers(same) {
    const hit = this.expected !== null && same(this.expected);
    if (hit) this.close();
    return hit;
  }
}
