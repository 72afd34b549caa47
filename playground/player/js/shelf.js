// Where the mounts of component.py meet: a shelf of the page, named by `Symbol.for`.

/**
 * @import { Component } from "./mount.js"
 *
 * @typedef {object} Shelf
 * @property {Promise<void>} ready until the library is there
 * @property {() => void} open it is there
 * @property {(component: Component) => void} ground
 * @property {(component: Component) => () => void} fan
 * @property {(component: Component) => () => void} figure
 * @property {(component: Component) => () => void} multiples
 * @property {(component: Component) => () => void} player
 */

const NAME = Symbol.for("optimizer-playground");

/** @returns {Shelf} */
export function shelf() {
  const page = /** @type {Record<symbol, Shelf>} */ (/** @type {unknown} */ (globalThis));
  if (!page[NAME]) {
    const empty = /** @type {Shelf} */ ({});
    empty.ready = new Promise((resolve) => (empty.open = resolve));
    page[NAME] = empty;
  }
  return page[NAME];
}
