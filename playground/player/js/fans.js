// The fans that have come, and those that are asked for.

/**
 * @import { Component } from "./mount.js"
 * @import { Fan } from "./fan.js"
 */

import { parcels } from "./bytes.js";
import { readFan } from "./fan.js";

const FANS_KEPT = 24; // the last few, for those who go back
const MANY = 16; // that are wanted at most: older ones are of scenes that are gone
const SILENCE = 2500; // milliseconds without an answer, after which the next one is asked for

export class Fans {
  constructor() {
    /** @type {Map<string, Fan>} */
    this.kept = new Map(); // the newest last
    /** @type {Map<string, [slot: string, param: string]>} */
    this.wanted = new Map(); // the newest last; one answer is on its way at a time
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    /** @type {Set<(fan: Fan) => void>} */
    this.listeners = new Set();
    /** @type {Component | null} */
    this.component = null;
  }

  /**
   * The mount through which fans are asked for, and in which they come.
   * @param {Component} component
   */
  async receive(component) {
    this.component = component;
    if (!component.data?.length) return;
    for (const fan of await Promise.all(parcels(component.data).map(readFan))) {
      this.wanted.delete(fan.id);
      this.kept.delete(fan.id);
      this.kept.set(fan.id, fan);
      for (const id of [...this.kept.keys()].slice(0, -FANS_KEPT)) this.kept.delete(id);
      for (const told of [...this.listeners]) told(fan);
    }
    this.next();
  }

  /**
   * The mount has left the page.
   * @param {Component} component
   */
  leave(component) {
    if (this.component?.parentElement === component.parentElement) this.component = null;
  }

  /** The endings of those that have come are said otherwise now. */
  forget() {
    this.kept.clear();
  }

  /**
   * The fan of that name, if it has come.
   * @param {string} id
   */
  get(id) {
    return this.kept.get(id) ?? null;
  }

  /**
   * Ask for fans of parameters of runners, the last one first, and before all that wait.
   * @param {{ id: string, slot: string, param: string }[]} fans
   */
  ask(...fans) {
    for (const { id, slot, param } of fans) {
      if (this.kept.has(id)) continue;
      this.wanted.delete(id);
      this.wanted.set(id, [slot, param]);
    }
    for (const old of [...this.wanted.keys()].slice(0, -MANY)) this.wanted.delete(old);
    if (this.waiting === undefined) this.next();
  }

  /**
   * All that are wanted, once the last have come or nobody answered; together, for what Python does
   * for one answer costs more than what a fan adds to it.
   */
  next() {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    const asked = [...this.wanted.values()].reverse();
    if (!this.component || !asked.length) return;
    this.wanted.clear(); // what no longer exists is not asked for again and again
    this.component.setTriggerValue("ask", asked);
    this.waiting = setTimeout(() => this.next(), SILENCE);
  }
}
