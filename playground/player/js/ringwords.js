// What the ring and the critical points of the map are called.

/** @import { Ground, Point } from "./payload.js" */

import { tr } from "./language.js";
import { say } from "./words.js";

/**
 * The start, for those who do not see it.
 * @param {Point} point
 * @param {boolean} startable it can be moved
 */
export function nameOfRing(point, startable) {
  const place = point.map((value) => say(value));
  return startable
    ? tr("Start ({}, {}): arrow keys move it", ...place)
    : tr("Start ({}, {})", ...place);
}

/**
 * A critical point.
 * @param {Ground["marks"][number]} mark
 */
export function nameOfMark([x, y, kind]) {
  return tr("{} at ({}, {})", kindName(kind), say(x), say(y));
}

/** @param {string} kind */
function kindName(kind) {
  /** @type {Record<string, string>} */
  const names = {
    minimum: tr("minimum"),
    maximum: tr("maximum"),
    saddle: tr("saddle"),
    degenerate: tr("degenerate"),
  };
  return names[kind];
}
