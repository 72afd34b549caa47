// All of one kind that is drawn on the page, each in an element of Streamlit's.

/**
 * @import { Component } from "./mount.js"
 *
 * @typedef {object} Resident
 * @property {Component} component the latest that it was called with
 * @property {(component: Component) => unknown} receive new data, or the same in another theme
 * @property {() => void} destroy
 */

import { heardHere, whenGone } from "./leaving.js";

export class Residents {
  /** @param {(component: Component) => Resident} make */
  constructor(make) {
    this.make = make;
    /** @type {Map<HTMLElement, Resident>} */
    this.inside = new Map();
  }

  /**
   * The first call for an element makes it, every later one brings it something.
   * @param {Component} component
   */
  receive(component) {
    const { parentElement } = component;
    const resident = this.inside.get(parentElement) ?? this.make(component);
    this.inside.set(parentElement, resident);
    void resident.receive(heardHere(component));
    return whenGone(parentElement, () => this.leave(parentElement));
  }

  /** @param {HTMLElement} element */
  leave(element) {
    this.inside.get(element)?.destroy();
    this.inside.delete(element);
  }

  /** Make all anew: how they are called was written when they were made. */
  renew() {
    for (const [element, { component }] of [...this.inside]) {
      this.leave(element);
      if (element.isConnected) this.receive(component);
    }
  }
}
