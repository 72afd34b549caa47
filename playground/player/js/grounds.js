// The grounds that have come, for the players that name them.

/** @import { Ground } from "./payload.js" */

const KEPT = 24; // the last few, for those who go back; small multiples may have one each

export class Grounds {
  /** @param {number} most that are kept */
  constructor(most = KEPT) {
    this.most = most;
    /** @type {Map<string, Ground>} */
    this.kept = new Map(); // the newest last
    /** @type {Set<() => void>} */
    this.waiting = new Set();
  }

  /**
   * Keep a ground, and tell those who wait for one.
   * @param {Ground} ground
   */
  keep(ground) {
    this.kept.delete(ground.id);
    this.kept.set(ground.id, ground);
    for (const id of [...this.kept.keys()].slice(0, -this.most)) this.kept.delete(id);
    for (const told of [...this.waiting]) told();
  }

  /**
   * The ground of that name; if it has not come yet, `told` is called whenever one comes.
   * @param {string} id
   * @param {() => void} told
   */
  ask(id, told) {
    const ground = this.kept.get(id);
    if (ground) this.waiting.delete(told);
    else this.waiting.add(told);
    return ground;
  }

  /**
   * Wait no longer.
   * @param {() => void} told
   */
  forget(told) {
    this.waiting.delete(told);
  }
}
