// Where a label covers nothing: no curve, no other label.

/**
 * @import { Frame, Scale } from "./geometry.js"
 *
 * @typedef {object} Curve heights in pixels, one a step
 * @property {number} first step
 * @property {ArrayLike<number>} pixels
 */

import { clip } from "./geometry.js";

const AIR = 2; // pixels around a label
const WORSE = 1e6; // pieces of a curve, of another label over this one

/**
 * Of these places for a label the one where the least is covered, the first of equals.
 * @param {Frame[]} places in the order in which they are liked
 * @param {Curve[]} curves
 * @param {Scale} x of the steps
 * @param {Frame[]} taken by other labels
 */
export function quietest(places, curves, x, taken) {
  let [best, least] = [0, Infinity];
  for (let i = 0; i < places.length && least > 0; i++) {
    const { left, right, top, bottom } = places[i];
    const box = { left: left - AIR, right: right + AIR, top: top - AIR, bottom: bottom + AIR };
    const over = taken.filter((other) => overlaps(other, box)).length;
    const all = curves.map((curve) => pieces(curve, box, x));
    const covered = all.reduce((sum, count) => sum + count, WORSE * over);
    if (covered < least) [best, least] = [i, covered];
  }
  return best;
}

/**
 * @param {Frame} a
 * @param {Frame} b
 */
export function overlaps(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * How many pieces of a curve cross a box.
 * @param {Curve} curve
 * @param {Frame} box
 * @param {Scale} x
 */
function pieces({ first, pixels }, box, x) {
  const from = Math.max(Math.floor(x.from(box.left)) - first, 0);
  const to = Math.min(Math.ceil(x.from(box.right)) - first, pixels.length - 1);
  let count = 0;
  for (let k = from; k < to; k++) {
    const [a, b] = [pixels[k], pixels[k + 1]];
    if (!Number.isFinite(a + b)) continue;
    if (clip(x.to(first + k), a, x.to(first + k + 1), b, box)) count += 1;
  }
  return count;
}
