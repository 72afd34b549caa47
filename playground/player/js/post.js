// Starts on their way to Python.

/** @import { Point } from "./payload.js" */

/**
 * At most one start of a drag is on its way at a time; of those that come meanwhile only the newest
 * is kept, and the last one, when the pointer is released, always goes.
 */
export class Post {
  /** @param {(start: Point) => void} deliver */
  constructor(deliver) {
    this.deliver = deliver;
    this.busy = false;
    this.dragging = false;
    /** @type {Point | null} */
    this.waiting = null;
    /** @type {Point | null} */
    this.expected = null; // the start whose run is to be played when it comes
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.patience = undefined;
  }

  /** @param {Point} start */
  drag(start) {
    this.dragging = true;
    this.expected = null;
    if (this.busy) this.waiting = start;
    else this.send(start);
  }

  /** @param {Point} start */
  drop(start) {
    this.dragging = false;
    this.waiting = null;
    this.expected = start;
    clearTimeout(this.patience);
    this.patience = setTimeout(() => (this.expected = null), 4000);
    this.send(start);
  }

  /** @param {Point} start */
  send(start) {
    this.busy = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.landed(), 700); // a page that ignores the start answers nothing
    this.deliver(start);
  }

  /** An answer came from Python. */
  landed() {
    clearTimeout(this.timer);
    this.busy = false;
    const { waiting } = this;
    this.waiting = null;
    if (waiting) this.send(waiting);
  }

  /**
   * Whether a scene that starts at `start` is the one the last click asked for (within `near`).
   * @param {Point | null} start
   * @param {Point} near
   */
  answers(start, near) {
    if (!this.expected || !start) return false;
    const [x, y] = this.expected;
    const hit = Math.abs(start[0] - x) <= near[0] && Math.abs(start[1] - y) <= near[1];
    if (hit) this.expected = null;
    return hit;
  }
}
