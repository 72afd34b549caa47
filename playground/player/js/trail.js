// The trail of a path: one text of which every beginning can be shown.

/**
 * @import { Frame, Scale } from "./geometry.js"
 * @typedef {{ text: string, ends: Int32Array, joined: Uint8Array }} Trail see `trail`
 */

import { at, clip, cut, flight, inside, spot } from "./geometry.js";

/**
 * An SVG path of all steps up to `last`, cut by the frame, of which every beginning can be shown:
 * the path up to step k is `text.slice(0, ends[k])`.  `joined[k]` says whether the next piece can
 * go on from point k without lifting the pen (lifting restarts a dash pattern).
 * @param {Float64Array} points
 * @param {number} last
 * @param {Frame} frame
 * @returns {Trail}
 */
export function trail(points, last, frame) {
  let text = "";
  let down = false;
  const until = new Int32Array(last + 1);
  const joined = new Uint8Array(last + 1);
  for (let k = 0; k < last; k++) {
    const ends = flight(points, k)?.ends;
    const span = ends ? clip(...ends, frame) : null;
    if (ends && span) {
      const [begin, end] = cut(...ends, span, frame);
      text += down ? `L${end}` : `M${begin}L${end}`;
    }
    down = span !== null && span[1] === 1;
    until[k + 1] = text.length;
    joined[k + 1] = down ? 1 : 0;
  }
  return { text, ends: until, joined };
}

/**
 * The beginning of a trail up to the time `t` (a fractional step).
 * @param {Trail} whole
 * @param {Float64Array} points
 * @param {number} t
 * @param {Frame} frame
 */
export function trailUntil({ text, ends, joined }, points, t, frame) {
  const k = Math.min(Math.floor(t), ends.length - 1);
  const steps = text.slice(0, ends[k]);
  if (t === k || k === ends.length - 1) return steps;
  const step = flight(points, k);
  const span = step && clip(...step.ends, frame);
  if (!span || step.share(t - k) <= span[0]) return steps;
  const part = /** @type {[number, number]} */ ([span[0], Math.min(span[1], step.share(t - k))]);
  const [begin, end] = cut(...step.ends, part, frame);
  return joined[k] && span[0] === 0 ? `${steps}L${end}` : `${steps}M${begin}L${end}`;
}

/**
 * The steps of a trail in some stretches [first, end), up to the time `t`.
 * @param {Trail} whole
 * @param {Float64Array} points
 * @param {[number, number][]} stretches
 * @param {number} t
 */
export function partsUntil({ text, ends, joined }, points, stretches, t) {
  const k = Math.min(Math.floor(t), ends.length - 1);
  let parts = "";
  for (const [first, end] of stretches) {
    if (first >= k) break;
    if (joined[first]) parts += `M${spot(points[2 * first], points[2 * first + 1])}`;
    parts += text.slice(ends[first], ends[Math.min(end, k)]);
  }
  return parts;
}

/**
 * The last steps of the beginning of a trail that ends at the time `t`.
 * @param {Trail} whole
 * @param {Float64Array} points
 * @param {string} beginning as `trailUntil` gives it
 * @param {number} t
 * @param {number} steps how many
 */
export function lastOf({ ends, joined }, points, beginning, t, steps) {
  const first = Math.max(Math.min(Math.floor(t), ends.length - 1) - steps, 0);
  const begin = joined[first] ? `M${spot(points[2 * first], points[2 * first + 1])}` : "";
  return begin + beginning.slice(ends[first]);
}

/**
 * How much of the ground that a path crosses inside the frame is under its line; more than 1 where
 * it runs over itself.
 * @param {Float64Array} points
 * @param {number} last
 * @param {Frame} frame
 * @param {number} wide the line, in pixels
 */
export function density(points, last, frame, wide) {
  let long = 0;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let k = 0; k < last; k++) {
    const ends = flight(points, k)?.ends;
    const span = ends && clip(...ends, frame);
    if (!span) continue;
    const [ax, ay, bx, by] = ends;
    const [x0, x1, y0, y1] = [
      at(ax, bx, span[0]),
      at(ax, bx, span[1]),
      at(ay, by, span[0]),
      at(ay, by, span[1]),
    ];
    long += Math.hypot(x1 - x0, y1 - y0);
    [left, right] = [Math.min(left, x0, x1), Math.max(right, x0, x1)];
    [top, bottom] = [Math.min(top, y0, y1), Math.max(bottom, y0, y1)];
  }
  return long && (wide * long) / ((right - left + wide) * (bottom - top + wide));
}

/**
 * A dot at every step as one path of zero-length strokes, to be sliced like a trail.
 * @param {Float64Array} points
 * @param {number} last
 * @param {Frame} frame
 */
export function dots(points, last, frame) {
  let text = "";
  const ends = new Int32Array(last + 1);
  let count = 0;
  for (let k = 0; k <= last; k++) {
    if (inside(points[2 * k], points[2 * k + 1], frame)) {
      text += `M${spot(points[2 * k], points[2 * k + 1])}h0`;
      count++;
    }
    ends[k] = text.length;
  }
  return { text, ends, count };
}

/**
 * A line of a chart as an SVG path, cut by the frame; where a value cannot be drawn the pen is lifted.
 * @param {number} first step, of the first value
 * @param {Float64Array} pixels the height of every value
 * @param {Scale} x
 * @param {Frame} frame
 */
export function polyline(first, pixels, x, frame) {
  const points = new Float64Array(2 * pixels.length);
  pixels.forEach((y, k) => points.set([x.to(first + k), y], 2 * k));
  return trail(points, pixels.length - 1, frame).text;
}
